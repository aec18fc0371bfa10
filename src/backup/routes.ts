import { createRoute, z } from '@hono/zod-openapi'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { bodyText } from '../http/limits.ts'
import { problem } from '../http/problem.ts'
import { type Fault, invalid } from '../outcome.ts'
import { dumpPage } from './dump.ts'
import { beginRestore, type DumpRow, finishRestore, restoreRows } from './restore.ts'
import { dumpCursor, dumpLine, NewRestore, Restore, RestoredRows } from './schema.ts'

// Not a literal: the types of hono take each media type with json in it for one document.
const JSON_LINES: string = 'application/x-ndjson'
const FAULTS_MAX = 100
const security = [{ bearer: [] }]
const tags = ['Backup']
const byId = z.object({ id: z.string() })
const lines = { content: { [JSON_LINES]: { schema: z.string() } }, required: true as const }

export const backupRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/backup',
      tags,
      summary: 'A page of everything that is stored, as JSON Lines; `Link: rel="next"` leads on',
      description:
        'For the operator’s token. The same data gives the same bytes on every database. Where the `seq` of the first line is not that of the last, something was changed meanwhile: read it again.',
      security,
      request: { query: z.object({ cursor: z.string().max(2000).optional() }) },
      responses: {
        200: { description: 'Lines of JSON', content: { [JSON_LINES]: { schema: z.string() } } },
        ...answers({}, 401, 403, 422),
      },
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const { cursor: given } = c.req.valid('query')
      const cursor = given === undefined ? null : cursorIn(given)
      if (given !== undefined && !cursor) return problem(c, invalid({ path: 'cursor', message: 'is none of ours' }))
      const { lines, next } = await dumpPage(c.env.db, cursor)
      const link =
        next && `<${c.env.baseUrl}/api/v1/backup?cursor=${encodeURIComponent(JSON.stringify(next))}>; rel="next"`
      return c.body(lines.map((line) => `${line}\n`).join(''), 200, {
        'Content-Type': JSON_LINES,
        'Cache-Control': 'no-store',
        ...(link ? { Link: link } : {}),
      })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/restores',
      tags,
      summary: 'Begin to bring a backup into an empty database',
      security,
      request: { body: jsonBody(NewRestore) },
      responses: answers({ 201: Restore }, 401, 403, 409, 422),
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const outcome = await beginRestore(c.env, c.req.valid('json').schema)
      return outcome.ok ? c.json({ id: outcome.id }, 201) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/restores/{id}/rows',
      tags,
      summary: 'Bring lines of a backup in, any number of times',
      security,
      request: { params: byId, body: lines },
      responses: answers({ 200: RestoredRows }, 401, 403, 404, 413, 422),
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const read = await rowsOf(c)
      if (!('rows' in read)) return problem(c, invalid(...read.faults))
      const outcome = await restoreRows(c.env.db, c.req.valid('param').id, read.rows)
      return outcome.ok ? c.json({ rows: outcome.rows }, 200) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/restores/{id}/finish',
      tags,
      summary:
        'Bring the last lines in, those of tokens, and end: the database is then the one that was backed up, its tokens too',
      security,
      request: { params: byId, query: z.object({ rows: z.coerce.number().int().nonnegative() }), body: lines },
      responses: answers({ 200: RestoredRows }, 401, 403, 404, 413, 422),
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const read = await rowsOf(c)
      if (!('rows' in read)) return problem(c, invalid(...read.faults))
      const outcome = await finishRestore(c.env.db, c.req.valid('param').id, read.rows, c.req.valid('query').rows)
      return outcome.ok ? c.json({ rows: outcome.rows }, 200) : problem(c, outcome)
    },
  )

function cursorIn(text: string) {
  try {
    return dumpCursor.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** The rows of a body; each line that is none is a fault. */
async function rowsOf(c: AppContext): Promise<{ rows: DumpRow[] } | { faults: Fault[] }> {
  const faults: Fault[] = []
  const rows = (await bodyText(c)).split('\n').flatMap((line, at) => {
    if (line === '') return []
    const read = lineIn(line)
    if (typeof read !== 'string') return [read]
    faults.push({ path: `line ${at + 1}`, message: read })
    return []
  })
  return faults.length > 0 ? { faults: faults.slice(0, FAULTS_MAX) } : { rows }
}

function lineIn(line: string): DumpRow | string {
  try {
    return dumpLine.safeParse(JSON.parse(line)).data ?? 'is no row of a dump'
  } catch {
    return 'is no JSON'
  }
}
