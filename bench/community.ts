/** A server with a community in a libSQL file, for as long as a benchmark runs. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { app } from '../src/app.ts'
import type { Deps } from '../src/deps.ts'
import { newEvent } from '../src/events/create.ts'
import { insertEvent } from '../src/events/row.ts'
import { NewEvent } from '../src/events/schema.ts'
import { findGroup } from '../src/groups/queries.ts'
import { connect, listen } from '../src/server.ts'

export const ORIGIN = 'http://localhost'
export const ADMIN = 'a-token-of-32-characters-for-benchmarks'

export type Community = { deps: Deps; port: number; file: string; api: Api; stop(): Promise<void> }
// biome-ignore lint/suspicious/noExplicitAny: the API's answers, which its own tests look at
type Json = any
export type Api = (method: string, path: string, body?: unknown) => Promise<Json>

export const apiOf =
  (deps: Deps): Api =>
  async (method, path, body) => {
    const answer = await app.request(
      `${ORIGIN}/api/v1${path}`,
      {
        method,
        headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      deps,
    )
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json() as Promise<Json>
  }

/** On a file of its own, or on a server. */
export async function openCommunity(databaseUrl?: string): Promise<Community> {
  const folder = await mkdtemp(join(tmpdir(), 'convene-bench-'))
  const file = join(folder, 'bench.db')
  const { deps, close } = await connect({
    databaseUrl: databaseUrl ?? `file:${file}`,
    baseUrl: ORIGIN,
    adminToken: ADMIN,
  })
  const server = await listen(deps, 0)
  const api = apiOf(deps)
  await api('POST', '/groups', { slug: 'bench', name: 'Bench' })
  return {
    deps,
    port: server.port,
    file,
    api,
    async stop() {
      await server.close()
      close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Puts this many events into the calendar: meetings, hangouts and meetups as communities have them. */
export async function addEvents(deps: Deps, count: number): Promise<void> {
  const group = (await findGroup(deps.db, 'bench', { kind: 'everything' }))!
  for (let from = 0; from < count; from += 200) {
    const statements = Array.from({ length: Math.min(200, count - from) }, (_, at) => {
      const n = from + at
      const day = new Date(Date.UTC(2026, 0, 1 + (n % 700))).toISOString().slice(0, 10)
      const event = NewEvent.parse({
        title: `Event number ${n}`,
        kind: 'hangout',
        start: `${day}T${String(n % 24).padStart(2, '0')}:30:00`,
        timeZone: 'Europe/Brussels',
        duration: 'PT1H',
        description: 'A meeting of the group, open to everybody. Bring a question, or an answer.',
        virtualLocations: [{ name: 'Video call', uri: `https://meet.example/${n}`, features: ['video'] }],
        keywords: ['bench'],
      })
      return insertEvent(newEvent(deps, group, event, deps.newId()))
    })
    await deps.db.batch(statements.flat())
  }
}

/** A bare server to compare with. */
export const serveBare = (bare: Hono): Promise<{ port: number; stop(): Promise<void> }> =>
  new Promise((resolve) => {
    const server = serve({ fetch: bare.fetch, port: 0 }, ({ port }) =>
      resolve({ port, stop: () => new Promise((done) => server.close(() => done())) }),
    )
  })
