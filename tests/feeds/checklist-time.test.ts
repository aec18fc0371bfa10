/** Times, zones and series (docs/feeds.md, 3). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { componentsIn, linesOf, veventsIn } from '../support/calendar.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const LA = 'TZID=America/Los_Angeles'
const SERIES = {
  kind: 'meeting',
  title: 'Series',
  start: '2026-01-05T17:30:00',
  timeZone: 'Europe/Berlin',
  duration: 'PT1H',
}

describe('the times of a feed', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const feed = async (query = '') => (await world.get(`/g/hyperscale/calendar.ics${query}`)).text
  const refusal = async (event: object) => {
    const { status, body } = await world.api('POST', '/groups/hyperscale/events', { ...SERIES, ...event })
    return [status, body.errors?.[0].path]
  }

  it('are in UTC for a single event and on the wall clock of its zone for a series', async () => {
    await world.event('hyperscale')
    await world.event('hyperscale', HANGOUT)
    const text = await feed()
    expect(linesOf(text, 'DTSTART').slice(-2)).toEqual([`DTSTART;${LA}:20230118T140000`, 'DTSTART:20230202T130000Z'])
    expect(linesOf(text, 'DTEND')).toEqual([`DTEND;${LA}:20230118T150000`, 'DTEND:20230202T170000Z'])
    expect(text).not.toMatch(/^DURATION/m)
  })

  it('have a zone by its IANA name, in the database’s own spelling, and no other kind of name', async () => {
    await world.event('hyperscale', { ...HANGOUT, timeZone: 'europe/BERLIN' })
    expect(linesOf(await feed(), 'TZID')).toEqual(['TZID:Europe/Berlin'])
    for (const timeZone of ['/Europe/Berlin', 'W. Europe Standard Time', 'Mars/Olympus', '+01:00', ''])
      expect([timeZone, ...(await refusal({ timeZone }))]).toEqual([timeZone, 422, 'timeZone'])
  })

  it('are never floating', async () => {
    expect(await refusal({ timeZone: null })).toEqual([422, 'timeZone'])
    await world.event('hyperscale', HANGOUT)
    const text = await feed()
    expect(text).not.toContain('X-WR-TIMEZONE')
    for (const line of componentsIn(text, 'VEVENT').flat())
      expect(line).not.toMatch(/^(DTSTART|DTEND|EXDATE|RECURRENCE-ID):\d{8}T\d{6}$/)
  })

  it('of an all-day event are dates with the end after the last of them, and nothing between', async () => {
    const day = {
      kind: 'conference',
      title: 'Day',
      start: '2023-02-04T00:00:00',
      timeZone: null,
      showWithoutTime: true,
    }
    await world.event('hyperscale', { ...day, duration: 'P1D', rsvp: undefined })
    const text = await feed()
    expect(linesOf(text, 'DTSTART').at(-1)).toBe('DTSTART;VALUE=DATE:20230204')
    expect(linesOf(text, 'DTEND')).toEqual(['DTEND;VALUE=DATE:20230205'])
    expect(linesOf(text, 'TRANSP')).toEqual(['TRANSP:TRANSPARENT'])
    expect(await refusal({ ...day, duration: 'PT0S' })).toEqual([422, 'duration'])
    expect(await refusal({ ...day, duration: undefined, end: day.start })).toEqual([422, 'end'])
  })

  it('of a series that meets a change of the clocks are dates of their own, in UTC', async () => {
    for (const [start, rule] of [
      ['2026-03-22T02:30:00', 'FREQ=WEEKLY;COUNT=3'],
      ['2026-10-18T02:30:00', 'FREQ=WEEKLY;COUNT=3'],
    ])
      await world.event('hyperscale', { ...SERIES, start, recurrenceRule: rule })
    const text = await feed()
    expect(text).not.toMatch(/^RRULE:FREQ=WEEKLY/m)
    expect(linesOf(text, 'DTSTART').filter((line) => line.endsWith('Z'))).toEqual([
      'DTSTART:20260322T013000Z',
      'DTSTART:20260329T013000Z',
      'DTSTART:20260405T003000Z',
      'DTSTART:20261018T003000Z',
      'DTSTART:20261025T003000Z',
      'DTSTART:20261101T013000Z',
    ])
    expect(await refusal({ start: '2026-03-29T02:30:00' })).toEqual([422, 'start'])
  })

  it('have UNTIL in UTC for a series with a zone and as a date for all-day ones, inclusive', async () => {
    await world.event('hyperscale', { ...SERIES, recurrenceRule: 'FREQ=WEEKLY;UNTIL=20260406T173000' })
    const { id } = await world.event('hyperscale', {
      ...SERIES,
      start: '2026-01-05T00:00:00',
      timeZone: null,
      showWithoutTime: true,
      duration: 'P1D',
      recurrenceRule: 'FREQ=WEEKLY;UNTIL=20260119',
    })
    const text = await feed()
    // With the offset of that day, which is summer time.
    expect(linesOf(text, 'RRULE').slice(-2).sort()).toEqual([
      'RRULE:FREQ=WEEKLY;UNTIL=20260119',
      'RRULE:FREQ=WEEKLY;UNTIL=20260406T153000Z',
    ])
    const { items } = (
      await world.api('GET', `/events/${id}/occurrences?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`)
    ).body
    expect(items.map(({ recurrenceId }: { recurrenceId: string }) => recurrenceId)).toEqual([
      '20260105',
      '20260112',
      '20260119',
    ])
  })

  it('name dates taken out and changed in the form of DTSTART, one line each, the series before its dates', async () => {
    const { uid } = await world.event('hyperscale', {
      ...HANGOUT,
      recurrenceOverrides: {
        '2023-02-15T14:00:00': { excluded: true },
        '2023-03-15T14:00:00': { excluded: true },
        '2023-04-19T14:00:00': { title: 'Special' },
        '2023-05-17T14:00:00': { start: '2023-05-18T15:00:00' },
      },
    })
    const text = await feed()
    expect(linesOf(text, 'EXDATE')).toEqual([`EXDATE;${LA}:20230215T140000`, `EXDATE;${LA}:20230315T140000`])
    const events = componentsIn(text, 'VEVENT')
    expect(events.map((lines) => lines.find((line) => line.startsWith('RECURRENCE-ID')))).toEqual([
      undefined,
      `RECURRENCE-ID;${LA}:20230419T140000`,
      `RECURRENCE-ID;${LA}:20230517T140000`,
    ])
    expect(events.every((lines) => lines.includes(`UID:${uid}`))).toBe(true)
    expect(linesOf(events[2]!.map((line) => `${line}\r\n`).join(''), 'DTSTART')).toEqual([
      `DTSTART;${LA}:20230518T150000`,
    ])
  })

  it('of a date moved onto or past its neighbour are those of an event of its own', async () => {
    const { uid } = await world.event('hyperscale', {
      ...HANGOUT,
      recurrenceRule: 'FREQ=WEEKLY',
      recurrenceOverrides: { '2023-01-25T14:00:00': { start: '2023-02-01T10:00:00' } },
    })
    const text = await feed()
    expect([linesOf(text, 'EXDATE'), linesOf(text, 'RECURRENCE-ID')]).toEqual([[`EXDATE;${LA}:20230125T140000`], []])
    const [name, host] = uid.split('@')
    expect(linesOf(text, 'UID')).toContain(`UID:${name}-20230125t220000z@${host}`)
    expect(linesOf(text, 'DTSTART')).toContain('DTSTART:20230201T180000Z')
  })

  it('of a date added to a series are those of an event of its own, never an RDATE', async () => {
    await world.event('hyperscale', { ...HANGOUT, recurrenceOverrides: { '2023-01-25T14:00:00': { title: 'Extra' } } })
    const text = await feed()
    expect([linesOf(text, 'RDATE'), linesOf(text, 'RECURRENCE-ID')]).toEqual([[], []])
    expect(veventsIn(text).map((one) => one.getFirstPropertyValue('summary'))).toEqual(['Monthly hangout', 'Extra'])
  })

  it('of a series changed from a date on are two series, and no RANGE', async () => {
    const { id, uid } = await world.event('hyperscale', HANGOUT)
    const { body } = await world.api('POST', `/events/${id}/occurrences/20230315T210000Z/split`, { title: 'Later' })
    expect(body.uid ?? body.later?.uid).not.toBe(uid)
    const text = await feed()
    expect(text).not.toContain('RANGE=')
    expect(linesOf(text, 'RRULE').slice(-2)).toEqual([
      'RRULE:FREQ=MONTHLY;BYDAY=3WE;UNTIL=20230215T220000Z',
      'RRULE:FREQ=MONTHLY;BYDAY=3WE',
    ])
    expect(new Set(linesOf(text, 'UID')).size).toBe(2)
  })

  it('begin with a date of the rule', async () => {
    expect(await refusal({ recurrenceRule: 'FREQ=WEEKLY;BYDAY=TU' })).toEqual([422, 'start'])
    expect(await refusal({ recurrenceRule: 'FREQ=MONTHLY;BYMONTHDAY=6' })).toEqual([422, 'start'])
  })

  it.each([
    'FREQ=DAILY',
    'FREQ=DAILY;INTERVAL=3;COUNT=10',
    'FREQ=WEEKLY',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=MO',
    'FREQ=MONTHLY;BYMONTHDAY=5',
    'FREQ=MONTHLY;BYDAY=1MO',
    'FREQ=YEARLY',
    'FREQ=YEARLY;BYMONTH=1;BYDAY=1MO',
  ])('of %s are that rule, which all programs read the same', async (recurrenceRule) => {
    await world.event('hyperscale', { ...SERIES, recurrenceRule })
    expect(linesOf(await feed(), 'RRULE').at(-1)).toBe(`RRULE:${recurrenceRule}`)
  })

  it.each([
    'FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=12',
    'FREQ=MONTHLY;BYMONTHDAY=31,5;COUNT=12',
    'FREQ=YEARLY;BYWEEKNO=2;BYDAY=MO;COUNT=5',
    'FREQ=YEARLY;BYDAY=1MO;COUNT=5',
    'FREQ=YEARLY;BYYEARDAY=5,366;COUNT=5',
    'FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1;COUNT=5',
    'FREQ=WEEKLY;BYMONTH=1,9;COUNT=9',
    'FREQ=DAILY;BYMONTH=1;COUNT=9',
    'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30;COUNT=9',
    'FREQ=HOURLY;INTERVAL=6;COUNT=9',
    'FREQ=MINUTELY;INTERVAL=30;COUNT=9',
  ])('of %s, which some program misreads, are its dates one by one', async (recurrenceRule) => {
    const start = recurrenceRule.includes('BYHOUR') ? '2026-01-05T09:30:00' : SERIES.start
    const { id } = await world.event('hyperscale', { ...SERIES, start, recurrenceRule })
    const text = await feed()
    expect(linesOf(text, 'RRULE')).toEqual([])
    const { items } = (
      await world.api('GET', `/events/${id}/occurrences?from=2026-01-01T00:00:00Z&to=2040-01-01T00:00:00Z`)
    ).body
    const starts = items.map(({ startUtc }: { startUtc: string }) => `DTSTART:${startUtc.replace(/[-:]/g, '')}`)
    expect(starts.length).toBeGreaterThan(4)
    expect(linesOf(text, 'DTSTART').filter((line) => line.endsWith('Z'))).toEqual(starts)
    expect(new Set(linesOf(text, 'UID')).size).toBe(starts.length)
  })

  it.each([
    ['29 February', { start: '2024-02-29T10:00:00', recurrenceRule: 'FREQ=YEARLY' }],
    [
      'every day of the winters since 2000',
      { start: '2000-01-01T10:00:00', recurrenceRule: 'FREQ=DAILY;BYMONTH=1,2,11,12' },
    ],
    ['every half hour since 2010', { start: '2010-01-01T00:00:00', recurrenceRule: 'FREQ=MINUTELY;INTERVAL=30' }],
    [
      'every six hours until 2150',
      { start: '2010-01-01T00:00:00', recurrenceRule: 'FREQ=HOURLY;INTERVAL=6;UNTIL=21500101T000000Z' },
    ],
  ])('that are written out show what is to come, and go on doing so: %s', async (_, rule) => {
    const { id } = await world.event('hyperscale', { ...SERIES, ...rule })
    const { runScheduled } = await import('../../src/scheduled.ts')
    for (let year = 0; year < 3; year++) {
      await runScheduled(world.deps)
      const now = new Date(world.clock.now * 1000).toISOString().slice(0, 19)
      const { items } = (await world.api('GET', `/events/${id}/occurrences?from=${now}Z&to=2190-01-01T00:00:00Z`)).body
      const text = await feed()
      for (const { startUtc } of items.slice(0, 3))
        expect(linesOf(text, 'DTSTART')).toContain(`DTSTART:${startUtc.replace(/[-:]/g, '')}`)
      expect(veventsIn(text).length).toBeLessThanOrEqual(1000)
      // Polls go on being answered with 304 while nothing has run out.
      const tag = (await world.get('/calendar.ics')).headers.get('ETag')!
      await runScheduled(world.deps)
      expect((await world.get('/calendar.ics', { 'If-None-Match': tag })).status).toBe(304)
      world.clock.now += 366 * 86_400
    }
  })
})
