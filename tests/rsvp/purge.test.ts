import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { countersMatch, guestsOf } from '../support/rsvps.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const DAY = 86_400

describe('answers that were kept long enough', () => {
  let world: World
  let guests: ReturnType<typeof guestsOf>
  beforeEach(async () => {
    world = await openWorld()
    guests = guestsOf(world)
    await world.group()
  })
  afterEach(async () => {
    await countersMatch(world)
    await world.close()
  })
  const stored = () =>
    world.db.all({ sql: 'SELECT name, email, answers, place, occurrence FROM rsvps ORDER BY id', params: [] })

  it('lose first what was asked for a while, then what names the guest; the counts stay', async () => {
    const questions = [
      { id: 'diet', label: 'Diet', keepFor: 'P7D' },
      { id: 'shirt', label: 'Size' },
    ]
    const event = await world.event('hyperscale', { rsvp: { keepFor: 'P30D', questions } })
    await guests.answer(event, 1, { answers: { diet: 'vegan', shirt: 'M' } })
    const end = Date.UTC(2023, 1, 2, 17) / 1000
    world.clock.now = end + 6 * DAY
    await runScheduled(world.deps)
    expect(await stored()).toMatchObject([{ answers: '{"diet":"vegan","shirt":"M"}' }])
    world.clock.now = end + 7 * DAY
    await runScheduled(world.deps)
    expect(await stored()).toMatchObject([{ name: 'Guest 1', answers: '{"shirt":"M"}' }])
    world.clock.now = end + 30 * DAY
    await runScheduled(world.deps)
    expect(await stored()).toEqual([{ name: '', email: '', answers: '{}', place: 'seat', occurrence: '' }])
    expect(await guests.counts(event)).toMatchObject({ inPerson: { seats: 1, waitlist: 0 } })
    const left = await world.db.all({ sql: 'SELECT id FROM events WHERE purge_at IS NOT NULL', params: [] })
    expect(left).toEqual([])
  })

  it('of a series go date by date, while a standing answer stays as long as the series', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: { keepFor: 'P7D' } })
    await guests.answer(series, 1)
    await guests.answer(series, 2, { occurrence: '20230118T220000Z' })
    await guests.answer(series, 3, { occurrence: '20230215T220000Z' })
    world.clock.now = Date.UTC(2023, 0, 26) / 1000
    await runScheduled(world.deps)
    expect((await stored()).map((row) => (row as { name: string }).name)).toEqual(['Guest 1', '', 'Guest 3'])
  })
})
