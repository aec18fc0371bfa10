import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countersMatch, guestsOf } from '../support/rsvps.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const JANUARY = { occurrence: '20230118T220000Z' }
const FEBRUARY = { occurrence: '20230215T220000Z' }

describe('a standing answer to a series', () => {
  let world: World
  let guests: ReturnType<typeof guestsOf>
  let series: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    guests = guestsOf(world)
    await world.group()
    series = await world.event('hyperscale', { ...HANGOUT, rsvp: { capacity: { remote: 2 }, guestsMax: 2 } })
  })
  afterEach(async () => {
    await countersMatch(world)
    await world.close()
  })

  it('has a seat on each date, which counts there', async () => {
    const { answer } = guests
    expect((await answer(series, 1)).body).toMatchObject({ occurrence: null, place: 'seat' })
    expect((await answer(series, 2, JANUARY)).body.place).toBe('seat')
    expect((await answer(series, 3, JANUARY)).body).toMatchObject({ place: 'waitlist', position: 1 })
    expect((await answer(series, 3, FEBRUARY)).body.place).toBe('seat')
  })

  it('is answered otherwise for one date, which frees the seat there and only there', async () => {
    const { answer, read } = guests
    await answer(series, 1)
    await answer(series, 2)
    const waiting = await answer(series, 3, JANUARY)
    const other = await answer(series, 3, FEBRUARY)
    expect([waiting.body.place, other.body.place]).toEqual(['waitlist', 'waitlist'])
    const skipped = await answer(series, 1, { ...JANUARY, response: 'declined' })
    expect([skipped.status, skipped.body.response]).toEqual([201, 'declined'])
    // A seat that is free goes to the first in line with the next change; who answers now gets none before them.
    expect((await read(waiting)).place).toBe('seat')
    expect((await read(other)).place).toBe('waitlist')
  })

  it('is in line on the dates that are full, with a seat on the others', async () => {
    const { answer, cancel } = guests
    const one = await answer(series, 1, JANUARY)
    await answer(series, 2, JANUARY)
    expect((await answer(series, 3)).body.place).toBe('seat')
    const dates = await world.api('GET', `/events/${series.id}/rsvps?occurrence=20230118T220000Z&q=guest3`)
    expect(dates.body.items).toMatchObject([{ place: 'waitlist', position: 1, source: 'standing' }])
    await cancel(one)
    const after = await world.api('GET', `/events/${series.id}/rsvps?occurrence=20230118T220000Z&q=guest3`)
    expect(after.body.items).toMatchObject([{ place: 'seat' }])
  })

  it('waits where every date is full, and gets a seat when one is free on all', async () => {
    const { answer, read, cancel } = guests
    const one = await answer(series, 1)
    await answer(series, 2)
    const waiting = await answer(series, 3)
    expect(waiting.body).toMatchObject({ place: 'waitlist', position: 1 })
    await cancel(one)
    expect(await read(waiting)).toMatchObject({ place: 'seat' })
  })

  it('does not grow over the places of a date', async () => {
    const { answer, change, cancel } = guests
    const standing = await answer(series, 1)
    const dated = await answer(series, 2, JANUARY)
    expect((await change(standing, { guests: 1 })).status).toBe(409)
    await cancel(dated)
    expect((await change(standing, { guests: 1 })).body).toMatchObject({ place: 'seat', guests: 1 })
  })

  it('that is given up leaves what was said to single dates', async () => {
    const { answer, cancel, read } = guests
    const standing = await answer(series, 1)
    const dated = await answer(series, 1, { ...JANUARY, guests: 1 })
    expect(dated.body).toMatchObject({ place: 'seat', guests: 1 })
    await cancel(standing)
    expect(await read(dated)).toMatchObject({ place: 'seat', guests: 1 })
    const counts = await world.db.all({
      sql: `SELECT taken, skipped FROM seat_counters WHERE occurrence <> ''`,
      params: [],
    })
    expect(counts).toEqual([{ taken: 2, skipped: 0 }])
  })

  it('made after a date was answered takes no second seat there', async () => {
    const { answer } = guests
    await answer(series, 1, JANUARY)
    await answer(series, 1)
    expect((await answer(series, 2, JANUARY)).body.place).toBe('seat')
    expect((await answer(series, 3, JANUARY)).body.place).toBe('waitlist')
  })

  it('refuses a date that is none', async () => {
    const refused = await guests.answer(series, 1, { occurrence: '20230119T220000Z' })
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'occurrence'])
    const meetup = await world.event('hyperscale')
    const none = await guests.answer(meetup, 1, JANUARY)
    expect([none.status, none.body.errors[0].path]).toEqual([422, 'occurrence'])
  })
})
