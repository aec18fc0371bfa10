/** What belongs to the site as a whole: its style, its health, its documentation. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { renderSVG } from 'uqr'
import { whyNotReady } from '../db/migrate.ts'
import { ZONE_DATA_VERSION } from '../time/zone-data.ts'
import type { AppEnv } from './app-env.ts'
import { showPage } from './page.tsx'
import { siteScript } from './site-script.ts'
import { style } from './style.ts'

export const VERSION = '0.1.0'

export const siteRoutes = new Hono<AppEnv>()

siteRoutes.get('/style.css', etag(), (c) =>
  c.body(style, 200, {
    'Content-Type': 'text/css; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
    'X-Content-Type-Options': 'nosniff',
  }),
)

siteRoutes.get('/site.js', etag(), (c) =>
  c.body(siteScript, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
  }),
)

/** An address of ours as a QR code; never one from elsewhere, so that no code of ours leads astray. */
siteRoutes.get('/qr.svg', (c) => {
  const path = c.req.query('path') ?? ''
  if (!/^\/[\w\-./?=&%,]{0,300}$/.test(path) || path.startsWith('//')) return c.text('Give a path of this site.\n', 422)
  return c.body(renderSVG(`${c.env.baseUrl}${path}`, { border: 2 }), 200, {
    'Content-Type': 'image/svg+xml',
    'Cache-Control': 'public, max-age=86400',
    'X-Content-Type-Options': 'nosniff',
  })
})

/** Whether the database answers, and which version runs. */
siteRoutes.get('/healthz', async (c) => {
  await c.env.db.all({ sql: 'SELECT 1 AS ok', params: [] })
  return c.json({ status: 'ok', version: VERSION, zoneData: ZONE_DATA_VERSION }, 200, { 'Cache-Control': 'no-store' })
})

/** Whether requests may be sent here: the schema is this version's, and no backup is being brought in. */
siteRoutes.get('/readyz', async (c) => {
  const why = await whyNotReady(c.env.db)
  return c.json(why ? { status: 'not ready', why } : { status: 'ready' }, why ? 503 : 200, {
    'Cache-Control': 'no-store',
  })
})

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
type Operation = { summary?: string; tags?: string[]; security?: unknown }

/** The OpenAPI document made from the routes' own schemas, and a page of it that needs no JavaScript. */
export function describeApi(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  const documentOf = (baseUrl: string) =>
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Convene', version: VERSION, description: 'Events, RSVPs and talks of open communities.' },
      servers: [{ url: baseUrl }],
    })

  app.get('/openapi.json', etag(), (c) =>
    c.json(documentOf(c.env.baseUrl), 200, { 'Access-Control-Allow-Origin': '*' }),
  )

  app.get('/docs', (c) => {
    const { paths = {} } = documentOf(c.env.baseUrl)
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = (item as Record<string, Operation | undefined>)[method]
        return operation ? [{ path, method, ...operation }] : []
      }),
    )
    const tags = [...new Set(operations.map(({ tags = ['Other'] }) => tags[0]!))]
    return showPage(
      c,
      { title: 'The API of Convene', description: 'Every address of the API, from its own schemas.' },
      <>
        <h1>The API</h1>
        <p>
          JSON under <code>/api/v1</code>. Reading what is public needs no token; organizers send theirs as{' '}
          <code>Authorization: Bearer …</code>. The schemas are in <a href="/openapi.json">openapi.json</a>.
        </p>
        {tags.map((tag) => (
          <section>
            <h2>{tag}</h2>
            <ul class="list">
              {operations
                .filter(({ tags: [first = 'Other'] = [] }) => first === tag)
                .map(({ method, path, summary, security }) => (
                  <li class="card">
                    <code>
                      <strong>{method.toUpperCase()}</strong> {path}
                    </code>
                    <p class="meta">
                      {summary}
                      {security ? ' · needs a token' : ''}
                    </p>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </>,
    )
  })
}
