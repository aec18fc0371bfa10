/**
 * Rules and lists of dates made to keep a server busy: each is refused with its path or answered, and costs at most 50 ms
 * of CPU. CPU is measured on Node alone; in workerd the clock stands still.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseICalendar } from '../../src/formats/icalendar.ts'
import { firstStart, lastStart, startsBetween } from '../../src/time/recurrence.ts'
import { checkRule } from '../../src/time/rule.ts'
import { isLocalDateTime, toInstant } from '../../src/time/zone.ts'
import { HOSTILE, HOSTILE_VEVENTS } from '../support/hostile.ts'
import { openWorld, type World } from '../support/world.ts'

const isWorkerd = navigator.userAgent === 'Cloudflare-Workers'
const CPU_MS_MAX = 50
/** Of a whole request: the body is read, checked and written, and the machine does other things too. */
const REQUEST_MS_MAX = 1000

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The least CPU of some tries: what else ran in between is not the rule's. */
function cost(call: () => void, tries = 3): number {
  const times = Array.from({ length: tries }, () => {
    const begun = cpuMs()
    call()
    return cpuMs() - begun
  })
  return Math.min(...times)
}

const WINDOWS = [
  ['2024-01-01T00:00:00', '2025-01-01T00:00:00'],
  ['2199-01-01T00:00:00', '2200-01-01T00:00:00'],
  ['0001-01-01T00:00:00', '9999-12-31T00:00:00'],
].map((window) => window.map((local) => toInstant(local, 'UTC')) as [number, number])

/** All that a rule is asked: whether it is right, its first and last date, and its dates in windows. */
function askAll(rule: string, start: string, timeZone: string | null): void {
  const checked = checkRule(rule, start, timeZone)
  if (!checked.ok) return
  const series = { start, timeZone, rule: checked.rule }
  firstStart(series)
  lastStart(series)
  for (const [from, to] of WINDOWS) startsBetween(series, from, to)
}

describe('hostile rules', () => {
  const rules = HOSTILE.flatMap(({ name, event }) =>
    typeof event.recurrenceRule === 'string' && isLocalDateTime(String(event.start))
      ? [{ name, rule: event.recurrenceRule, start: String(event.start), zone: event.timeZone as string | null }]
      : [],
  )

  it('are hundreds', () => {
    expect(rules.length).toBeGreaterThan(200)
    expect(new Set(HOSTILE.map(({ name }) => name)).size).toBe(HOSTILE.length)
  })

  it.skipIf(isWorkerd)('are checked and expanded within 50 ms of CPU each', { timeout: 120_000 }, () => {
    for (const { rule, start, zone } of rules.slice(0, 50)) askAll(rule, start, zone)
    const all = rules.map(({ name, rule, start, zone }) => ({ name, ms: cost(() => askAll(rule, start, zone)) }))
    const slow = all.filter(({ ms }) => ms > CPU_MS_MAX)
    expect(slow).toEqual([])
  })

  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await world.group()
  })
  afterAll(() => world.close())

  it('are refused with their path, or stand in the calendar and in a feed that can be read', {
    timeout: 300_000,
  }, async () => {
    const slow: object[] = []
    for (const { name, event } of HOSTILE) {
      const begun = isWorkerd ? 0 : cpuMs()
      const made = await world.api('POST', '/groups/hyperscale/events', event)
      expect([name, [201, 413, 422].includes(made.status)]).toEqual([name, true])
      if (made.status === 422)
        expect([
          name,
          made.body.errors.length > 0 && made.body.errors.every(({ path }: { path: string }) => path),
        ]).toEqual([name, true])
      if (made.status === 201) {
        const dates = await world.api(
          'GET',
          `/events/${made.body.id}/occurrences?from=2024-01-01T00:00:00Z&to=2199-01-01T00:00:00Z`,
        )
        expect([name, dates.status]).toEqual([name, 200])
        const { text } = await world.get(`/e/${made.body.id}.ics`)
        expect([name, parseICalendar(text).faults]).toEqual([name, []])
        for (const line of text.match(/^DT(START|END)\b.*/gm) ?? [])
          expect([name, line]).toEqual([name, expect.stringMatching(/[:=]\d{8}(T\d{6}Z?)?\r?$/)])
        await world.api('DELETE', `/events/${made.body.id}`)
      }
      const ms = isWorkerd ? 0 : cpuMs() - begun
      if (ms > REQUEST_MS_MAX) slow.push({ name, ms, status: made.status })
    }
    expect(slow).toEqual([])
  })

  it.each(HOSTILE_VEVENTS)('of a calendar with %s are read or refused with their place', async (name, lines) => {
    const text = ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR', ''].join('\r\n')
    const begun = isWorkerd ? 0 : cpuMs()
    const headers = { 'Content-Type': 'text/calendar' }
    const read = await world.api('POST', '/groups/hyperscale/import?partial=true', text, { headers })
    expect(isWorkerd ? 0 : cpuMs() - begun).toBeLessThan(REQUEST_MS_MAX)
    expect(read.status).toBe(200)
    expect(read.body.faults.every(({ path }: { path: string }) => path.startsWith('line '))).toBe(true)
    expect([name, read.body.created.length + read.body.faults.length]).toEqual([name, expect.toSatisfy((n) => n > 0)])
    for (const { id } of read.body.created) {
      const feed = (await world.get(`/e/${id}.ics`)).text
      expect(parseICalendar(feed).faults).toEqual([])
      expect(feed).not.toMatch(/^(ATTENDEE|RDATE)/m)
    }
  })
})
