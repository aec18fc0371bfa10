/** The server killed in the middle of writes: what it had acknowledged is there, and nothing is half there. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/server.ts'
import { checkCounters } from '../support/histories.ts'
import { isLong, LONG_MS, noteFigures } from '../support/reliability.ts'
import { ask, startServer } from '../support/server.ts'
import { freePort } from '../support/sqld.ts'
import { MEETUP } from '../support/world.ts'

const KILLS = isLong ? 200 : 5
const SEATS = 30
const AT_ONCE = 8

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convene-kill-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Row = { id: string; response: string; place: string | null; position: number | null }

it(`keeps every acknowledged answer through ${KILLS} kills`, { timeout: LONG_MS }, async () => {
  const file = `file:${join(folder, 'kill.db')}`
  const port = await freePort()
  const told = new Map<string, { cancelled: boolean; maybe: boolean }>()
  let event = ''
  let guest = 0
  let unanswered = 0
  let acknowledged = 0

  for (let kill = 0; kill < KILLS; kill++) {
    const server = await startServer(file, port)
    if (event === '') {
      await ask(server.url, 'POST', '/groups', { slug: 'sig', name: 'SIG' })
      const rsvp = { capacity: { inPerson: SEATS } }
      event = (await ask(server.url, 'POST', '/groups/sig/events', { ...MEETUP, start: '2099-02-02T10:00:00', rsvp }))!
        .body.id
    }
    let isOver = false
    const guests = Array.from({ length: AT_ONCE }, async () => {
      const mine: { id: string; token: string }[] = []
      while (!isOver) {
        const leaver = mine.length > 2 ? mine.shift() : undefined
        if (leaver) {
          // Until it is answered nobody knows whether it is done.
          told.set(leaver.id, { cancelled: true, maybe: true })
          const gone = await ask(server.url, 'DELETE', `/rsvps/${leaver.id}`, undefined, leaver.token)
          if (gone === null) unanswered++
          else {
            expect(gone.status).toBe(204)
            told.set(leaver.id, { cancelled: true, maybe: false })
            acknowledged++
          }
          continue
        }
        const n = guest++
        const body = { name: `Guest ${n}`, email: `guest${n}@example.org` }
        const made = await ask(server.url, 'POST', `/events/${event}/rsvps`, body, null)
        if (made === null) unanswered++
        else {
          expect(made.status).toBe(201)
          told.set(made.body.id, { cancelled: false, maybe: false })
          acknowledged++
          mine.push({ id: made.body.id, token: made.body.manageToken })
        }
      }
    })
    await new Promise((resolve) => setTimeout(resolve, 20 + ((kill * 37) % 180)))
    const killed = server.kill()
    isOver = true
    await Promise.all([killed, ...guests])
    await inspect()
  }

  /** What is in the file now. */
  async function inspect(): Promise<void> {
    const { db, close } = await openDatabase(file)
    try {
      expect(
        (await db.all<{ integrity_check: string }>({ sql: 'PRAGMA integrity_check', params: [] }))[0],
      ).toMatchObject({
        integrity_check: 'ok',
      })
      const rows = await db.all<Row>({ sql: 'SELECT id, response, place, position FROM rsvps', params: [] })
      const stored = new Map(rows.map((row) => [row.id, row]))
      const lost = [...told].filter(([id, { cancelled, maybe }]) => {
        const row = stored.get(id)
        return !row || (!maybe && (row.response === 'declined') !== cancelled)
      })
      expect(lost).toEqual([])
      const seats = rows.filter(({ place }) => place === 'seat').length
      const line = rows.filter(({ place }) => place === 'waitlist')
      expect(seats).toBeLessThanOrEqual(SEATS)
      if (line.length > 0) expect(seats).toBe(SEATS)
      expect(new Set(line.map(({ position }) => position)).size).toBe(line.length)
      await checkCounters({ db }, event)
      const journal = await db.all({
        sql: `SELECT id FROM rsvps WHERE NOT EXISTS (SELECT 1 FROM changes WHERE kind = 'rsvp.answered' AND subject_id = rsvps.id)`,
        params: [],
      })
      expect(journal).toEqual([])
    } finally {
      close()
    }
  }
  // The kills did come in the middle of writes.
  expect(unanswered).toBeGreaterThan(0)
  noteFigures('kill -9 in the middle of writes', { kills: KILLS, acknowledged, unanswered, lost: 0 })
})
