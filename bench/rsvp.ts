/**
 * An answer to an event, against a bare route that does one INSERT … SELECT over the same client and the same database. For
 * a file that client is @libsql/client, as one would take it; our own driver, which keeps statements, makes the bare route
 * faster too, so it stands beside as it is.
 */
import { createClient } from '@libsql/client'
import { Hono } from 'hono'
import { startSqld } from '../tests/support/sqld.ts'
import { type Community, openCommunity, serveBare } from './community.ts'
import { type Benchmark, type Figure, ratioOf } from './figure.ts'
import { requestOf, startLoad } from './load.ts'
import { openWorkerd } from './workerd.ts'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const CONNECTIONS = [1, 16, 200]
const ROUNDS = 7
const MEETUP = {
  title: 'Meetup',
  kind: 'meetup',
  start: '2036-02-02T14:00:00',
  timeZone: 'Europe/Brussels',
  rsvp: { capacity: { inPerson: 1_000_000 } },
}
const SAME = 'a bare Hono route with one INSERT … SELECT'
const BARE_TABLE = 'CREATE TABLE bare (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE)'
const BARE_INSERT = 'INSERT INTO bare (name, email) SELECT ?, ? WHERE (SELECT max(id) FROM bare) IS NOT -1'

/** A server of ours and a bare one over the same database. */
type Setting = {
  name: string
  /** Answers in a round. */
  batch: number
  port: number
  bare: { port: number; path: string }
  event(): Promise<string>
  against: string
  goal: Figure['goal']
  stop(): Promise<void>
}

type Insert = (name: string, email: string) => Promise<unknown>

async function onNode(name: string, batch: number, community: Community, insert?: Insert): Promise<Setting> {
  const { db } = community.deps
  const bareInsert: Insert = insert ?? ((...params) => db.all({ sql: BARE_INSERT, params }))
  await db.all({ sql: BARE_TABLE, params: [] })
  const bare = await serveBare(
    new Hono().post('/bare', async (c) => {
      const { name, email } = await c.req.json<{ name: string; email: string }>()
      await bareInsert(name, email)
      return c.json({ name }, 201)
    }),
  )
  return {
    name,
    against: SAME,
    goal: { atLeast: 0.5 },
    batch,
    port: community.port,
    bare: { port: bare.port, path: '/bare' },
    event: async () => (await community.api('POST', '/groups/bench/events', MEETUP)).id,
    async stop() {
      await bare.stop()
      await community.stop()
    },
  }
}

async function onFile(synchronous: 'NORMAL' | 'FULL'): Promise<Setting> {
  const community = await openCommunity()
  const pragma = `PRAGMA synchronous = ${synchronous}`
  await community.deps.db.all({ sql: pragma, params: [] })
  const client = createClient({ url: `file:${community.file}`, timeout: 10_000, concurrency: 1 })
  await client.execute(pragma)
  await client.execute('PRAGMA wal_autocheckpoint = 8000')
  const setting = await onNode(`a file, synchronous = ${synchronous}`, 1000, community, (...args) =>
    client.execute({ sql: BARE_INSERT, args }),
  )
  return {
    ...setting,
    async stop() {
      client.close()
      await setting.stop()
    },
  }
}

async function onOwnDriver(): Promise<Setting> {
  const setting = await onNode('a file', 1000, await openCommunity())
  return { ...setting, against: 'the same over our own driver', goal: null }
}

async function onSqld(): Promise<Setting> {
  const sqld = await startSqld()
  const setting = await onNode('sqld', 200, await openCommunity(sqld.url))
  return {
    ...setting,
    async stop() {
      await setting.stop()
      await sqld.stop()
    },
  }
}

async function onD1(): Promise<Setting> {
  const workerd = await openWorkerd()
  await workerd.call('POST', '/api/v1/groups', { slug: 'bench', name: 'Bench' })
  return {
    name: 'D1 in workerd',
    against: SAME,
    goal: { atLeast: 0.5 },
    batch: 300,
    port: workerd.port,
    bare: { port: workerd.port, path: '/bare-insert' },
    event: async () => JSON.parse((await workerd.call('POST', '/api/v1/groups/bench/events', MEETUP)).text).id,
    stop: () => workerd.stop(),
  }
}

export const rsvp: Benchmark = {
  name: 'An RSVP',
  async run() {
    const load = startLoad()
    const figures: Figure[] = []
    let turn = 0
    for (const open of [() => onFile('NORMAL'), () => onFile('FULL'), onOwnDriver, onSqld, onD1]) {
      const { name, batch, port, bare, event, stop, against, goal } = await open()
      for (const connections of CONNECTIONS) {
        const id = await event()
        let p99 = 0
        const rate = async (port: number, path: string) => {
          turn += 1
          const requests = Array.from({ length: batch }, (_, n) => {
            const guest = { name: `Guest ${n}`, email: `g${turn}-${n}@example.org` }
            return requestOf('POST', path, JSON_TYPE, JSON.stringify(guest))
          })
          const done = await load.run({ port, connections, ms: 60_000, requests })
          if (Object.keys(done.statuses).join() !== '201') throw new Error(`not 201: ${JSON.stringify(done.statuses)}`)
          p99 = done.p99
          return (done.answers / done.ms) * 1000
        }
        let ourP99 = 0
        const { ratio, ours, theirs } = await ratioOf(
          async () => {
            const answers = await rate(port, `/api/v1/events/${id}/rsvps`)
            ourP99 = p99
            return answers
          },
          () => rate(bare.port, bare.path),
          ROUNDS,
        )
        figures.push({
          what: `${name}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`,
          against,
          value: ratio,
          goal,
          note: `${Math.round(ours)} against ${Math.round(theirs)} answers a second; p99 ${ourP99.toFixed(0)} ms`,
        })
      }
      await stop()
    }
    load.stop()
    return figures
  },
}
