/** Seats under load: the guarded way must never oversell, the naive way beside it must, or the test proves nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { naiveRace } from '../support/naive.ts'
import { noteFigures } from '../support/reliability.ts'
import { openWorld, type World } from '../support/world.ts'

const GUESTS = 2000
const SEATS = 100

describe('2,000 answers at once for 100 seats', () => {
  let world: World
  let event: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: SEATS } } })
  })
  afterEach(() => world.close())

  it('give exactly 100 seats and 1,900 places in line, none lost', { timeout: 120_000 }, async () => {
    const answers = await Promise.all(
      Array.from({ length: GUESTS }, (_, n) =>
        world.api(
          'POST',
          `/events/${event.id}/rsvps`,
          { name: `Guest ${n}`, email: `guest${n}@example.org` },
          { token: null },
        ),
      ),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    const stored = await world.db.all<{ id: string; place: string; position: number | null }>({
      sql: 'SELECT id, place, position FROM rsvps ORDER BY position',
      params: [],
    })
    expect(stored.filter(({ place }) => place === 'seat')).toHaveLength(SEATS)
    const line = stored.filter(({ place }) => place === 'waitlist')
    expect(line.map(({ position }) => position)).toEqual(Array.from({ length: GUESTS - SEATS }, (_, n) => n + 1))
    const told = new Map(answers.map(({ body }) => [body.id, [body.place, body.position]]))
    expect(stored.map(({ id }) => told.get(id))).toEqual(stored.map(({ place, position }) => [place, position]))
    expect((await world.api('GET', `/events/${event.id}`)).body.rsvp.counts.inPerson).toEqual({
      seats: SEATS,
      waitlist: GUESTS - SEATS,
    })
  })

  it('oversell when seats are counted first and given afterwards', { timeout: 120_000 }, async () => {
    expect(await naiveRace(world.db, GUESTS, SEATS)).toBeGreaterThan(SEATS)
  })
})

describe('one answer', () => {
  it('reads and writes at most 12 rows on D1, in one read and one batch, for the 10,000th guest as for the first', async () => {
    const world = await openWorld()
    await world.group()
    const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 9_000 } } })
    const answer = async (n: number) => {
      world.costs()
      const { status } = await world.api(
        'POST',
        `/events/${event.id}/rsvps`,
        { name: `Guest ${n}`, email: `guest${n}@example.org` },
        { token: null },
      )
      expect(status).toBe(201)
      return world.costs()
    }
    const costs = [await answer(1), await answer(2)]
    // Those between them, as they would have answered.
    await world.db.all({
      sql: `WITH RECURSIVE guest (n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM guest WHERE n < 9999)
        INSERT INTO rsvps (id, event_id, occurrence, email_key, email, name, response, attendance, guests, place, position, answers, note,
          manage_hash, created_at, updated_at, change_id)
        SELECT printf('guest%05d', n), event_id, '', printf('guest%d@example.org', n), printf('guest%d@example.org', n), name, response,
          attendance, guests, CASE WHEN n <= 9000 THEN 'seat' ELSE 'waitlist' END, CASE WHEN n > 9000 THEN n - 9000 END, answers, note,
          manage_hash, created_at, updated_at, printf('guest%05d', n)
        FROM guest JOIN rsvps ON rsvps.email_key = 'guest1@example.org'`,
      params: [],
    })
    costs.push(await answer(10_000))
    expect((await world.api('GET', `/events/${event.id}`)).body.rsvp.counts.inPerson).toEqual({
      seats: 9_000,
      waitlist: 1_000,
    })
    await world.close()
    if (costs[0] === null) return
    for (const spent of costs) {
      expect(spent!.read).toBeLessThanOrEqual(12)
      expect(spent!.written).toBeLessThanOrEqual(12)
    }
    noteFigures('Rows on D1 for an answer', {
      'guest 1': JSON.stringify(costs[0]),
      'guest 10,000': JSON.stringify(costs[2]),
    })
  })
})
