/** What search engines ask first: which pages there are (https://www.sitemaps.org/protocol.html), and what to leave alone. */
import { type Context, Hono } from 'hono'
import { DECLARATION, element, text } from '../formats/xml.ts'
import type { AppEnv } from '../http/app-env.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { type Page, readPages, readParts } from './queries.ts'

export const sitemapRoutes = new Hono<AppEnv>()

/** The protocol allows 50,000 and 50 MB; a Worker should not hold that much. */
const SIZE = 10_000
const XMLNS = 'http://www.sitemaps.org/schemas/sitemap/0.9'
/** Pages that list others, and change with them. */
const LISTS = ['/', '/calendar', '/talks']

const xml = (c: Context<AppEnv>, name: 'urlset' | 'sitemapindex', entries: string[]) =>
  c.body(`${DECLARATION}${element(name, { xmlns: XMLNS }, entries.join('\n'))}\n`, 200, {
    'Content-Type': 'application/xml; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
  })

const entry = (baseUrl: string, kind: 'url' | 'sitemap', { path, updated }: Page) =>
  element(kind, {}, `${text('loc', `${baseUrl}${path}`)}${text('lastmod', toIso(updated))}`)

/** One part, the first with the lists, which are as new as what is newest. */
async function showPart(c: Context<AppEnv>, part: number, newest: number | null) {
  const { db, baseUrl } = c.env
  const pages = await readPages(db, part, SIZE)
  const lists = newest === null ? [] : LISTS.map((path) => ({ path, updated: newest }))
  return xml(
    c,
    'urlset',
    [...lists, ...pages].map((page) => entry(baseUrl, 'url', page)),
  )
}

sitemapRoutes.get('/sitemap.xml', async (c) => {
  const parts = await readParts(c.env.db, SIZE)
  const newest = Math.max(0, ...parts.map(({ updated }) => updated))
  if (parts.length <= 1) return showPart(c, 0, newest)
  return xml(
    c,
    'sitemapindex',
    parts.map(({ part, updated }) =>
      entry(c.env.baseUrl, 'sitemap', { path: `/sitemap-${part + 1}.xml`, updated: part === 0 ? newest : updated }),
    ),
  )
})

sitemapRoutes.get('/:file{sitemap-[1-9][0-9]{0,3}\\.xml}', async (c) => {
  const part = Number(/\d+/.exec(c.req.param('file'))![0]) - 1
  const parts = await readParts(c.env.db, SIZE)
  if (!parts.some((one) => one.part === part)) return problem(c, refused('not_found'))
  return showPart(c, part, part === 0 ? Math.max(...parts.map(({ updated }) => updated)) : null)
})

/** Leafing through the months never ends; all else that nobody should find says so itself. Feeds are for everybody. */
sitemapRoutes.get('/robots.txt', (c) =>
  c.text(
    `User-agent: *\nDisallow: /api/\nDisallow: /*?*month=\nDisallow: /*?*view=\nDisallow: /qr.svg\n\nSitemap: ${c.env.baseUrl}/sitemap.xml\n`,
    200,
    { 'Cache-Control': 'public, max-age=3600' },
  ),
)
