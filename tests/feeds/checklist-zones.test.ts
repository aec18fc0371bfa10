/** VTIMEZONEs (docs/feeds.md, 3.2 to 3.4, 3.18 and 3.19). */
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { componentsIn, linesOf } from '../support/calendar.ts'
import { openWorld, type World } from '../support/world.ts'

/** The zones that the runtime names; ours knows more of them and newer rules. */
const ZONES = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))
const WEEKLY = {
  kind: 'meeting',
  start: '2026-01-07T12:30:00',
  duration: 'PT1H',
  recurrenceRule: 'FREQ=WEEKLY;COUNT=104',
}

describe('the time zones of a feed', () => {
  let world: World
  let text: string
  const starts = new Map<string, string[]>()
  beforeAll(async () => {
    world = await openWorld()
    await world.group()
    for (const timeZone of ZONES) {
      const { id } = await world.event('hyperscale', { ...WEEKLY, title: timeZone, timeZone })
      const { items } = (
        await world.api('GET', `/events/${id}/occurrences?from=2026-01-01T00:00:00Z&to=2029-01-01T00:00:00Z`)
      ).body
      starts.set(
        timeZone,
        items.map(({ startUtc }: { startUtc: string }) => startUtc),
      )
    }
    text = (await world.get('/g/hyperscale/calendar.ics')).text
  }, 120_000)
  afterAll(() => world.close())

  it('are there once for each that a date names, and no others', () => {
    const named = new Set([...text.matchAll(/^(?:DTSTART|DTEND);TZID=([^:]+):/gm)].map(([, zone]) => zone!))
    const there = componentsIn(text, 'VTIMEZONE').map(([line]) => line!.slice('TZID:'.length))
    expect(there.toSorted()).toEqual([...named].toSorted())
    expect(there.length).toBeGreaterThan(300)
  })

  it('are yearly rules of one weekday of a month, two at most that go on, and no lists of dates', () => {
    for (const lines of componentsIn(text, 'VTIMEZONE')) {
      const rules = lines.filter((line) => line.startsWith('RRULE:'))
      for (const rule of rules)
        expect(rule).toMatch(
          /^RRULE:FREQ=YEARLY;BYMONTH=\d{1,2};BYDAY=-?\d(MO|TU|WE|TH|FR|SA|SU)(;UNTIL=\d{8}T\d{6}Z)?$/,
        )
      expect(lines.join('\n')).not.toMatch(/RDATE|COUNT=/)
      expect([lines[0], rules.filter((rule) => !rule.includes('UNTIL')).length]).toEqual([
        lines[0],
        expect.toSatisfy((n) => n === 0 || n === 2),
      ])
    }
    for (const [zone, observances] of [
      ['Europe/Berlin', 2],
      ['America/New_York', 2],
      ['Australia/Sydney', 2],
      ['Asia/Tokyo', 1],
    ] as const) {
      const lines = componentsIn(text, 'VTIMEZONE').find(([line]) => line === `TZID:${zone}`)!
      expect([zone, lines.filter((line) => line.startsWith('BEGIN:')).length]).toEqual([zone, observances])
    }
  })

  it('give every date of every zone the instant that the API has', { timeout: 120_000 }, () => {
    const calendar = new ICAL.Component(ICAL.parse(text))
    const zones = new Map(
      calendar
        .getAllSubcomponents('vtimezone')
        .map((one) => [String(one.getFirstPropertyValue('tzid')), new ICAL.Timezone(one)]),
    )
    const seen = new Map<string, string[]>()
    for (const vevent of calendar.getAllSubcomponents('vevent')) {
      const start = vevent.getFirstPropertyValue('dtstart') as ICAL.Time
      const title = String(vevent.getFirstPropertyValue('summary'))
      const zone = zones.get(String(vevent.getFirstProperty('dtstart')!.getFirstParameter('tzid') ?? ''))
      const rule = vevent.getFirstPropertyValue('rrule') as ICAL.Recur | null
      const iterator = rule?.iterator(start)
      for (let at: ICAL.Time | null = iterator ? iterator.next() : start; at; at = iterator?.next() ?? null) {
        if (zone) at.zone = zone
        const utc = at.convertToZone(ICAL.Timezone.utcTimezone).toString()
        seen.set(title, [...(seen.get(title) ?? []), utc])
      }
    }
    for (const zone of ZONES) expect([zone, seen.get(zone)?.toSorted()]).toEqual([zone, starts.get(zone)])
  })

  it('are written out date by date where they changed their rules in 2026', async () => {
    const { body } = await world.api('POST', '/groups/hyperscale/events', {
      ...WEEKLY,
      title: 'Vancouver',
      timeZone: 'America/Vancouver',
    })
    const one = (await world.get(`/e/${body.id}.ics`)).text
    expect(linesOf(one, 'RRULE')).toEqual([])
    expect(linesOf(one, 'DTSTART').length).toBeGreaterThan(100)
    expect((await world.get('/healthz')).body.zoneData >= '2026f').toBe(true)
  })
})
