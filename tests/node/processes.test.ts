/** Several servers over one database: a file, and sqld. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../src/db/db.ts'
import { openDatabase } from '../../src/server.ts'
import { checkCounters } from '../support/histories.ts'
import { LONG_MS, noteFigures } from '../support/reliability.ts'
import { ask, type Server, startServer } from '../support/server.ts'
import { freePort, hasSqld, startSqld } from '../support/sqld.ts'
import { MEETUP } from '../support/world.ts'

const SERVERS = 3
const GUESTS = 2000
const SEATS = 100
const AT_ONCE = 100

const databases = {
  'a file': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'convene-processes-'))
    return { url: `file:${join(folder, 'all.db')}`, stop: () => rm(folder, { recursive: true, force: true }) }
  },
  ...(hasSqld ? { sqld: startSqld } : {}),
}

describe.each(Object.entries(databases))('three servers over %s', (name, start) => {
  let database: { url: string; stop(): Promise<unknown> }
  let servers: Server[]
  let db: Db
  let close: () => void
  beforeEach(async () => {
    database = await start()
    servers = []
    for (let n = 0; n < SERVERS; n++) servers.push(await startServer(database.url, await freePort()))
    ;({ db, close } = await openDatabase(database.url))
  })
  afterEach(async () => {
    close()
    await Promise.all(servers.map((server) => server.kill()))
    await database.stop()
  })

  /** Runs all, so many at a time. */
  async function all<T>(jobs: (() => Promise<T>)[]): Promise<T[]> {
    const results: T[] = []
    let next = 0
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (next < jobs.length) {
          const at = next++
          results[at] = await jobs[at]!()
        }
      }),
    )
    return results
  }

  it('give 100 seats to 2,000 answers, and 60 promotions for 60 cancellations', { timeout: LONG_MS }, async () => {
    const first = servers[0]!.url
    await ask(first, 'POST', '/groups', { slug: 'sig', name: 'SIG' })
    const rsvp = { capacity: { inPerson: SEATS } }
    const event = (await ask(first, 'POST', '/groups/sig/events', { ...MEETUP, start: '2099-02-02T10:00:00', rsvp }))!
      .body.id
    const answers = await all(
      Array.from({ length: GUESTS }, (_, n) => () => {
        const body = { name: `Guest ${n}`, email: `guest${n}@example.org` }
        return ask(servers[n % SERVERS]!.url, 'POST', `/events/${event}/rsvps`, body, null)
      }),
    )
    expect(new Set(answers.map((one) => one?.status))).toEqual(new Set([201]))
    const rows = await db.all<{ id: string; place: string; position: number | null }>({
      sql: 'SELECT id, place, position FROM rsvps ORDER BY position, id',
      params: [],
    })
    expect(rows.filter(({ place }) => place === 'seat')).toHaveLength(SEATS)
    const line = rows.filter(({ place }) => place === 'waitlist')
    expect(line.map(({ position }) => position)).toEqual(Array.from({ length: GUESTS - SEATS }, (_, n) => n + 1))
    const told = new Map(answers.map((one) => [one!.body.id, [one!.body.place, one!.body.position]]))
    expect(rows.map(({ id }) => told.get(id))).toEqual(rows.map(({ place, position }) => [place, position]))

    const seated = answers.filter((one) => one!.body.place === 'seat').slice(0, 60)
    const cancels = seated.flatMap((one, n) => {
      const cancel = (server: Server) => () =>
        ask(server.url, 'DELETE', `/rsvps/${one!.body.id}`, undefined, one!.body.manageToken)
      return n % 2 === 0 ? [cancel(servers[0]!), cancel(servers[1]!)] : [cancel(servers[2]!)]
    })
    const gone = await all(cancels)
    expect(new Set(gone.map((one) => one?.status))).toEqual(new Set([204]))
    const promoted = await db.all<{ id: string }>({
      sql: `SELECT subject_id AS id FROM changes WHERE kind = 'rsvp.promoted' ORDER BY rowid`,
      params: [],
    })
    expect(promoted.map(({ id }) => id)).toEqual(line.slice(0, 60).map(({ id }) => id))
    await checkCounters({ db }, event)
    const figures = { answers: GUESTS, seats: SEATS, errors: 0, promotions: 60 }
    noteFigures('Three servers', figures, name)
  })
})
