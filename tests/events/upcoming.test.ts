/** The dates of a window, of single events and of series, as pages list them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { daysOf, isMonth, monthAfter, windowOf } from '../../src/events/month.ts'
import { readDates } from '../../src/events/upcoming.ts'
import { anonymous } from '../../src/tokens/access.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.group('sig')
})
afterEach(() => world.close())

const JANUARY = Date.UTC(2023, 0, 1) / 1000
const YEAR = 366 * 86_400
const starts = async (limit: number, order: 'first' | 'last' = 'first', filter: object = {}) =>
  (await readDates(world.db, anonymous, { from: JANUARY, to: JANUARY + YEAR, ...filter }, limit, order)).map(
    ({ occurrence }) => occurrence.start.slice(0, 10),
  )
const add = (day: string, more: object = {}) =>
  world.event('sig', { kind: 'meeting', title: day, start: `${day}T10:00:00`, rsvp: undefined, ...more })

describe('the dates of a window', () => {
  it('are the first or the last of all, however many events and series there are', async () => {
    for (let month = 1; month <= 12; month++) await add(`2023-${String(month).padStart(2, '0')}-05`)
    await world.event('sig', HANGOUT)
    // It begins before all others, and its other date is the last of all.
    await add('2023-01-01', { recurrenceOverrides: { '2023-12-31T10:00:00': {} } })
    expect(await starts(4)).toEqual(['2023-01-01', '2023-01-05', '2023-01-18', '2023-02-05'])
    expect(await starts(3, 'last')).toEqual(['2023-12-31', '2023-12-20', '2023-12-05'])
    expect(await starts(2, 'first', { from: Date.UTC(2023, 11, 21) / 1000 })).toEqual(['2023-12-31'])
    expect(await starts(100)).toHaveLength(12 + 12 + 2)
  })

  it('count what goes on when the window begins', async () => {
    await add('2022-12-31', { duration: 'P2D' })
    await add('2022-12-01', { duration: 'P60D' })
    expect(await starts(3)).toEqual(['2022-12-01', '2022-12-31'])
  })
})

describe('a month', () => {
  it.each(['2026-11', '1970-01', '2199-12'])('%s can be shown', (text) => expect(isMonth(text)).toBe(true))
  it.each(['2026-13', '2026-00', '2026-1', '1969-12', '2200-01', '2026-11-01', '', "2026-11'", '٢٠٢٦-١١'])(
    '%s cannot',
    (text) => expect(isMonth(text)).toBe(false),
  )
  it('has one before and one after, but at the ends', () => {
    expect([
      monthAfter('2026-12', 1),
      monthAfter('2026-01', -1),
      monthAfter('2199-12', 1),
      monthAfter('1970-01', -1),
    ]).toEqual(['2027-01', '2025-12', null, null])
  })
  it('is whole weeks from Monday on', () => {
    for (const [month, days, first] of [
      ['2026-11', 42, '2026-10-26'],
      ['2027-02', 28, '2027-02-01'],
      ['2028-02', 35, '2028-01-31'],
    ] as const)
      expect([month, daysOf(month, []).length, daysOf(month, [])[0]!.date]).toEqual([month, days, first])
  })
  it('has what is on by the clocks of its place, at each day that it lasts', async () => {
    await add('2023-01-31', { start: '2023-01-31T23:30:00', timeZone: 'Pacific/Kiritimati', duration: 'PT1H' })
    await add('2023-02-28', { start: '2023-02-28T23:00:00', timeZone: 'Pacific/Pago_Pago', duration: 'PT30M' })
    await add('2023-02-03', { start: '2023-02-03T00:00:00', timeZone: null, duration: 'P2D', showWithoutTime: true })
    await add('2023-03-01', { start: '2023-03-01T00:00:00', timeZone: 'UTC' })
    const dates = await readDates(world.db, anonymous, windowOf('2023-02'), 100)
    const shown = daysOf('2023-02', dates).flatMap(({ date, dates: on }) => (on.length > 0 ? [date] : []))
    expect(shown).toEqual(['2023-02-01', '2023-02-03', '2023-02-04', '2023-02-28'])
  })
})

describe('the calendar', () => {
  it('leafs through the months of all and of a group, and refuses what is none', async () => {
    const { id } = await world.event('sig')
    await world.group('secret', { visibility: 'private' })
    await world.event('secret', { title: 'Hidden' })
    for (const path of ['/calendar', '/g/sig/calendar']) {
      const { text } = await world.get(`${path}?month=2023-02`)
      expect(text).toContain(`href="/e/${id}"`)
      expect(text).toContain(`href="/e/${id}.ics"`)
      expect(text).toContain(`<a class="next" href="${path}?month=2023-03" rel="next"`)
      expect(text).toContain(`href="${path}?month=2023-02&amp;view=agenda"`)
      expect(text).not.toContain('Hidden')
      // The month that is now needs no word in its address.
      expect(text).toContain(`<a class="prev" href="${path}" rel="prev"`)
      expect((await world.get(`${path}?month=2023-13`)).status).toBe(422)
      expect((await world.get(`${path}?month=9999-01`)).status).toBe(422)
      expect((await world.get(`${path}?month=%00&view=%3Cscript%3E`)).status).toBe(422)
    }
    expect((await world.get('/g/secret/calendar')).status).toBe(404)
    expect((await world.get('/g/none/calendar')).status).toBe(404)
  })
})
