import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkedEvent } from '../../src/events/checked.ts'
import type { EventInput } from '../../src/events/schema.ts'
import { shiftsOf } from '../../src/events/shifts.ts'
import { shiftWarnings } from '../../src/events/warnings.ts'
import { HANGOUT, MEETUP, openWorld, type World } from '../support/world.ts'

const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000

function event(more: object): EventInput {
  const checked = checkedEvent({ title: 'A', kind: 'meeting', ...more })
  if (!checked.ok) throw new Error(JSON.stringify(checked))
  return checked.event
}

const weekly = (timeZone: string, more: object = {}) =>
  event({ start: '2026-09-02T14:00:00', timeZone, recurrenceRule: 'FREQ=WEEKLY;BYDAY=WE', ...more })
const said = (one: EventInput, day: string) => shiftWarnings(one, at(day)).map(({ message }) => message)
const of = (one: EventInput, day: string, ...types: string[]) =>
  shiftsOf(one, at(day)).filter(({ type }) => types.includes(type))

describe('the dates of a series', () => {
  it('at 14:00 in Los Angeles are an hour earlier in Europe while only one of them has changed its clocks', () => {
    expect(said(weekly('America/Los_Angeles'), '2027-01-04').filter((message) => message.includes('Europe'))).toEqual([
      'From 17 March 2027 to 24 March 2027 it is an hour earlier in Europe than usual.',
      'On 3 November 2027 it is an hour earlier in Europe than usual.',
    ])
    expect(of(weekly('America/Los_Angeles'), '2027-01-04', 'elsewhere')).toContainEqual({
      type: 'elsewhere',
      from: '2027-03-17',
      until: '2027-03-24',
      places: ['Europe/London', 'Europe/Brussels'],
      minutes: -60,
    })
  })

  it('that meet once a month are named only where a date is in between', () => {
    const third = weekly('America/Los_Angeles', {
      start: '2026-09-16T14:00:00',
      recurrenceRule: HANGOUT.recurrenceRule,
    })
    expect(said(third, '2027-01-04').filter((message) => message.includes('Europe'))).toEqual([
      'On 17 March 2027 it is an hour earlier in Europe than usual.',
    ])
    const first = weekly('America/Los_Angeles', {
      recurrenceRule: 'FREQ=MONTHLY;BYDAY=1WE',
      start: '2026-09-02T14:00:00',
    })
    expect(of(first, '2027-01-04', 'elsewhere').filter(({ from }) => from.startsWith('2027-03'))).toEqual([])
  })

  it('move nowhere where both places change their clocks on one day', () => {
    const places = of(weekly('Europe/Berlin'), '2027-01-04', 'elsewhere').flatMap((one) => one.places)
    expect(places).not.toContain('Europe/Brussels')
    expect(places).not.toContain('Europe/London')
    expect(places).toContain('America/New_York')
  })

  it('that go on at another hour have no end yet, and a beginning', () => {
    const winter = 'From 4 November 2026 to 10 March 2027 it is an hour later in São Paulo, India and Japan than usual.'
    for (const day of ['2026-09-01', '2026-12-01', '2027-03-01'])
      expect(said(weekly('America/Los_Angeles'), day)).toContain(winter)
    expect(said(weekly('America/Los_Angeles'), '2027-03-12')).not.toContain(winter)
    expect(said(weekly('America/Los_Angeles'), '2026-12-01')).toContain(
      'From 10 November 2027 on it is an hour later in São Paulo, India and Japan than usual.',
    )
  })

  it('that are fixed to UTC move by the clock', () => {
    // The CentOS SIG that met every second Wednesday at 16:00 UTC.
    const sig = weekly('UTC', { start: '2026-09-02T16:00:00', recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE' })
    const north = said(sig, '2026-10-01').filter((message) => !message.includes('Sydney'))
    expect(north.slice(0, 2)).toEqual([
      'This is fixed to UTC: from 28 October 2026 to 17 March 2027 it is an hour earlier by the clock in Europe than usual.',
      'This is fixed to UTC: from 11 November 2026 to 3 March 2027 it is an hour earlier by the clock in Los Angeles and New York than usual.',
    ])
    expect(of(sig, '2026-10-01', 'utc').flatMap(({ places }) => places)).not.toContain('Asia/Tokyo')
  })

  it('are of no concern when they are called off or excluded', () => {
    const off = { '2027-03-17T14:00:00': { excluded: true }, '2027-03-24T14:00:00': { status: 'cancelled' } }
    const series = weekly('America/Los_Angeles', { recurrenceOverrides: off })
    expect(said(series, '2027-01-04')).not.toContainEqual(expect.stringContaining('March 2027 it is an hour earlier'))
    expect(said(weekly('America/Los_Angeles', { status: 'cancelled' }), '2027-01-04')).toEqual([])
  })

  it('in the hour that the clocks skip, or show twice, are named', () => {
    const daily = weekly('Europe/Brussels', { start: '2026-09-02T02:30:00', recurrenceRule: 'FREQ=DAILY' })
    expect(said(daily, '2026-10-01')).toEqual(
      expect.arrayContaining([
        'On 25 October 2026 the clocks in Brussels show its hour twice: the first one is meant.',
        'On 28 March 2027 the clocks in Brussels skip its hour: it begins an hour later.',
      ]),
    )
    expect(of(daily, '2026-10-01', 'gap', 'overlap')).toEqual([
      { type: 'overlap', from: '2026-10-25', until: '2026-10-25', places: ['Europe/Brussels'], minutes: 0 },
      { type: 'gap', from: '2027-03-28', until: '2027-03-28', places: ['Europe/Brussels'], minutes: 60 },
    ])
  })
})

describe('week 53 of 2026', () => {
  const numbers = (first: number) => Array.from({ length: 27 }, (_, at) => first + 2 * at).filter((week) => week <= 53)
  const byWeek = (first: number, start: string) =>
    weekly('Europe/Brussels', { start, recurrenceRule: `FREQ=YEARLY;BYDAY=WE;BYWEEKNO=${numbers(first)}` })

  it('makes two in a row of a rule by odd weeks, and a hole in one by even weeks', () => {
    expect(said(byWeek(1, '2026-09-09T14:00:00'), '2026-10-01')).toContain(
      'Two in a row: 30 December 2026 and 6 January 2027 are a week nearer together than usual, since the year before has 53 weeks.',
    )
    expect(of(byWeek(2, '2026-09-02T14:00:00'), '2026-10-01', 'week53')).toEqual([
      { type: 'week53', from: '2026-12-23', until: '2027-01-13', places: [], minutes: 7 * 24 * 60 },
    ])
    expect(of(byWeek(1, '2026-09-09T14:00:00'), '2027-02-01', 'week53')).toEqual([])
  })

  it('does the same to chosen dates', () => {
    const chosen = ['2026-12-02', '2026-12-16', '2026-12-30', '2027-01-06', '2027-01-20', '2027-02-03']
    const dates = event({
      start: '2026-11-18T14:00:00',
      timeZone: 'Europe/Brussels',
      recurrenceOverrides: Object.fromEntries(chosen.map((day) => [`${day}T14:00:00`, {}])),
    })
    expect(of(dates, '2026-10-01', 'week53')).toMatchObject([{ from: '2026-12-30', until: '2027-01-06' }])
  })

  it('leaves a rhythm of every two weeks alone, but for its text', () => {
    const rule = { start: '2026-09-09T14:00:00', recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE' }
    expect(of(weekly('Europe/Brussels', rule), '2026-10-01', 'week53')).toEqual([])
    expect(said(weekly('Europe/Brussels', { ...rule, description: 'In odd weeks.' }), '2026-10-01')).toContain(
      'From 13 January 2027 on it is in even weeks, since the year before has 53 weeks.',
    )
    const monthly = weekly('Europe/Brussels', {
      start: '2026-09-09T14:00:00',
      recurrenceRule: 'FREQ=MONTHLY;BYDAY=2WE',
    })
    expect(of(monthly, '2026-10-01', 'week53')).toEqual([])
  })
})

describe('the guard', () => {
  const elapsed = (work: () => unknown) => {
    const start = performance.now()
    work()
    return performance.now() - start
  }

  it('looks at a year of a series of twenty', () => {
    const old = weekly('America/Los_Angeles', { start: '2010-01-06T14:00:00', recurrenceRule: 'FREQ=DAILY' })
    const young = weekly('America/Los_Angeles', { start: '2028-01-04T14:00:00', recurrenceRule: 'FREQ=DAILY' })
    expect(shiftsOf(old, at('2030-01-04')).length).toBeLessThanOrEqual(20)
    expect(shiftsOf(old, at('2030-01-04'))).toEqual(shiftsOf(young, at('2030-01-04')))
    expect(elapsed(() => shiftsOf(old, at('2030-01-04')))).toBeLessThan(200)
  })

  it('looks at a bounded number of 10,000 chosen dates', () => {
    const day = (nth: number) => new Date(Date.UTC(2027, 0, 1, nth)).toISOString().slice(0, 19)
    const dates = Object.fromEntries(Array.from({ length: 10_000 }, (_, nth) => [day(nth), {}]))
    const many = { ...event({ start: '2027-01-01T00:00:00', timeZone: 'Europe/Brussels' }), recurrenceOverrides: dates }
    expect(shiftsOf(many, at('2027-01-01')).length).toBeLessThanOrEqual(20)
    expect(elapsed(() => shiftsOf(many, at('2027-01-01')))).toBeLessThan(2000)
  })
})

describe('an event with dates to mind', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const EUROPE = 'On 15 March 2023 it is an hour earlier in Europe than usual.'
  const messages = ({ warnings }: { warnings: { message: string }[] }) => warnings.map(({ message }) => message)

  it('says so when it is saved, when it is read, and on its page, and never in a list', async () => {
    const made = await world.event('hyperscale', { ...MEETUP, ...HANGOUT })
    expect(messages(made)).toContain(EUROPE)
    expect(messages((await world.api('GET', `/events/${made.id}`)).body)).toContain(EUROPE)
    expect(messages((await world.api('PATCH', `/events/${made.id}`, { title: 'B' })).body)).toContain(EUROPE)
    expect((await world.api('GET', '/groups/hyperscale/events')).body.items[0]).not.toHaveProperty('warnings')
    const { text } = await world.get(`/e/${made.id}`)
    expect(text).toContain('Mind the clocks')
    expect(text).toContain('<li>On <time datetime="2023-03-15">15 March 2023</time> it is an hour earlier in Europe')
    expect(text.split('id="clocks"')[1]!.split('</ul>')[0]!.match(/<li>/g)!.length).toBeLessThanOrEqual(6)
  })

  it('says of one date what holds on that date', async () => {
    const { id } = await world.event('hyperscale', { ...MEETUP, ...HANGOUT })
    const put = (date: string, body: object) => world.api('PUT', `/events/${id}/occurrences/${date}`, body)
    expect(messages((await put('20230315T210000Z', { title: 'B' })).body)).toContain(EUROPE)
    expect(messages((await put('20230419T210000Z', { title: 'B' })).body)).toEqual([])
    expect(messages((await put('20230315T210000Z', { excluded: true })).body)).toEqual([])
    expect((await world.get(`/e/${id}/20230419T210000Z`)).text).not.toContain('Mind the clocks')
  })

  it('is quiet where there is nothing to say', async () => {
    const { id, warnings } = await world.event('hyperscale')
    expect(warnings).toEqual([])
    expect((await world.get(`/e/${id}`)).text).not.toContain('Mind the clocks')
  })
})
