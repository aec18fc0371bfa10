import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { countersMatch, guestsOf } from '../support/rsvps.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('new zone data', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(async () => {
    await countersMatch(world)
    await world.close()
  })

  it('moves instants, and what was answered and written of a date goes with it', async () => {
    const guests = guestsOf(world)
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: { capacity: { remote: 1 } } })
    const made = await guests.answer(series, 1, { occurrence: '20230118T220000Z' })
    await world.api('PUT', `/events/${series.id}/occurrences/20230118T220000Z/minutes`, { text: 'We met.' })
    // As an older release of the zone data had it: an hour earlier, in the VEVENT of an older renderer.
    for (const sql of [
      `UPDATE rsvps SET occurrence = '20230118T210000Z', place = place`,
      `UPDATE minutes SET occurrence = '20230118T210000Z'`,
      `UPDATE events SET starts_at = starts_at - 3600, ics_renderer = '0|2025a|x'`,
    ])
      await world.db.all({ sql, params: [] })
    await runScheduled(world.deps)
    expect(await guests.read(made)).toMatchObject({ occurrence: '20230118T220000Z', place: 'seat' })
    expect((await guests.answer(series, 2, { occurrence: '20230118T220000Z' })).body.place).toBe('waitlist')
    const minutes = await world.api('GET', `/events/${series.id}/occurrences/20230118T220000Z/minutes`)
    expect([minutes.status, minutes.body.text]).toEqual([200, 'We met.'])
    expect((await world.api('GET', `/events/${series.id}`)).body.startUtc).toBe('2023-01-18T22:00:00Z')
  })
})
