/** Seats under load: the guarded way must never oversell, the naive way beside it must, or the test proves nothing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { naiveRace } from '../support/naive.ts'
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
  it('reads and writes at most 12 rows on D1, in one read and one batch, for the 500th guest as for the first', async () => {
    const world = await openWorld()
    await world.group()
    const event = await world.event('hyperscale')
    const costs = []
    for (let n = 1; n <= 500; n++) {
      world.costs()
      await world.api(
        'POST',
        `/events/${event.id}/rsvps`,
        { name: `Guest ${n}`, email: `guest${n}@example.org` },
        { token: null },
      )
      costs.push(world.costs())
    }
    await world.close()
    if (costs[0] === null) return
    for (const spent of [costs[0]!, costs[10]!, costs[499]!]) {
      expect(spent.read).toBeLessThanOrEqual(12)
      expect(spent.written).toBeLessThanOrEqual(12)
    }
    console.log('rows on D1 for an RSVP:', JSON.stringify([costs[0], costs[10], costs[499]]))
  })
})
