/** The app in workerd as `src/worker.ts` serves it, and a bare Hono beside it; with `X-Meter` it counts. */
import { Hono } from 'hono'
import { app } from '../src/app.ts'
import { type D1, d1Db } from '../src/db/d1.ts'
import { withinASecond } from '../src/db/recent.ts'
import { deliverAll } from '../src/deliver.ts'
import type { Deps } from '../src/deps.ts'
import { sha256 } from '../src/digest.ts'
import { platform } from '../src/platform.ts'
import { remoteGetOnWeb, remotePostOnWeb } from '../src/remote/fetch-web.ts'
import { prepare } from '../src/start.ts'

type Bindings = { DB: D1; ADMIN_TOKEN: string }

const bare = new Hono().get(
  '/bare',
  () => new Response(null, { status: 304, headers: { ETag: '"1"', 'Cache-Control': 'public, max-age=300' } }),
)

/** One INSERT … SELECT, with what a bare route needs for it. */
const BARE_TABLE = 'CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE)'
const BARE_INSERT = 'INSERT INTO bare (name, email) SELECT ?, ? WHERE (SELECT max(id) FROM bare) IS NOT -1'
const bareInsert = new Hono<{ Bindings: Deps }>().post('/bare-insert', async (c) => {
  const { name, email } = await c.req.json<{ name: string; email: string }>()
  await c.env.db.all({ sql: BARE_INSERT, params: [name, email] })
  return c.json({ name }, 201)
})

/** The work of the database alone: all VEVENTs joined, and nothing sent. */
const JOINED = `SELECT length(group_concat(ics, '')) AS bytes FROM (
  SELECT ics FROM events WHERE deleted_at IS NULL ORDER BY starts_at, id)`

let started: Promise<Deps> | undefined
const start = async ({ DB, ADMIN_TOKEN }: Bindings): Promise<Deps> => {
  const deps = {
    ...platform,
    remoteGet: remoteGetOnWeb,
    remotePost: remotePostOnWeb,
    db: withinASecond(d1Db(DB), platform.now),
    baseUrl: 'http://localhost',
    adminTokenHash: await sha256(ADMIN_TOKEN),
  }
  await prepare(deps)
  await deps.db.all({ sql: BARE_TABLE, params: [] })
  return deps
}

/** What is due, to mail servers and webhooks that take everything at once. */
async function delivered(deps: Deps, isMailOn: boolean): Promise<Response> {
  let count = 0
  const taken = async () => {
    count++
    return { status: 204, headers: new Headers(), body: null }
  }
  const mailer = { send: async () => void (await taken()) }
  await deliverAll({ ...deps, remotePost: taken, ...(isMailOn ? { mailer } : {}) })
  return Response.json(count)
}

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    if (request.url.endsWith('/bare')) return bare.fetch(request)
    started ??= start(bindings)
    const deps = await started
    if (request.url.endsWith('/bare-insert')) return bareInsert.fetch(request, deps)
    if (request.url.endsWith('/joined')) return Response.json(await deps.db.all({ sql: JOINED, params: [] }))
    if (!request.headers.has('X-Meter')) return app.fetch(request, deps)
    const rows = { read: 0, written: 0, statements: 0, calls: 0 }
    const db = d1Db(bindings.DB, (meta) => {
      rows.read += meta.rows_read
      rows.written += meta.rows_written
      rows.statements += 1
    })
    const counting =
      <Call extends (...sent: never[]) => unknown>(call: Call) =>
      (...sent: Parameters<Call>) => {
        rows.calls += 1
        return call(...sent)
      }
    const counted = { ...db, batch: counting(db.batch), all: counting(db.all) } as Deps['db']
    const answer = request.url.endsWith('/deliver')
      ? await delivered({ ...deps, db: counted }, request.headers.has('X-Mail'))
      : await app.fetch(request, { ...deps, db: counted })
    return new Response(answer.body, {
      // These bytes are compressed already.
      ...(answer.headers.has('Content-Encoding') ? { encodeBody: 'manual' } : {}),
      status: answer.status,
      headers: { ...Object.fromEntries(answer.headers), 'X-Meter': JSON.stringify(rows) },
    })
  },
}
