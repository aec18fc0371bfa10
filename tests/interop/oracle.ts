/** The cases of the recurrence oracle, read in place, as our API takes them. */
import { existsSync, readFileSync } from 'node:fs'
import { parseInstant, toLocal } from '../../src/time/zone.ts'

const FILE = new URL('../../../shared/data/recurrence-oracle.json', import.meta.url)

/** Times are in basic form: local in the zone, in UTC with `Z`, or dates. A range's end is exclusive. */
export type Case = {
  id: string
  category: string
  kind: 'utc' | 'date' | 'floating'
  dtstart: string
  tzid: string | null
  rrule: string | null
  exdate: string[]
  rdate: string[]
  range: [string, string]
  /** The starts: instants with `Z`, or midnights of all-day dates. */
  expected_utc_instants: string[]
}

export const cases: Case[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')).cases : []

/** The starts that a client must show: for all-day dates the dates alone, for floating times those of a group in UTC. */
export const expectedStarts = (one: Case): string[] =>
  one.expected_utc_instants.map((instant) =>
    one.kind === 'date' ? instant.slice(0, 10) : one.kind === 'floating' ? `${instant}Z` : instant,
  )

/** A case as the calendar of another program. */
export function calendarOf(one: Case): string {
  const zone = one.tzid === null ? '' : `;TZID=${one.tzid}`
  const value = (date: string) =>
    one.kind === 'date' ? `;VALUE=DATE:${date}` : date.endsWith('Z') ? `:${date}` : `${zone}:${date}`
  return [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    `UID:${one.id}@oracle.example`,
    `DTSTART${value(one.dtstart)}`,
    `SUMMARY:${one.id}`,
    ...(one.rrule ? [`RRULE:${one.rrule}`] : []),
    ...one.rdate.map((date) => `RDATE${value(date)}`),
    ...one.exdate.map((date) => `EXDATE${value(date)}`),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

/** A case as an event; a date both added and taken out is neither. */
export function eventOf(one: Case): Record<string, unknown> {
  const timeZone = one.kind === 'utc' ? (one.tzid ?? 'UTC') : null
  const local = (text: string) => localOf(text, timeZone)
  const [added, excluded] = [one.rdate.map(local), one.exdate.map(local)]
  const overrides = [
    ...added.filter((date) => !excluded.includes(date)).map((date) => [date, {}]),
    ...excluded.filter((date) => !added.includes(date)).map((date) => [date, { excluded: true }]),
  ]
  return {
    title: one.id,
    kind: 'meeting',
    start: local(one.dtstart),
    timeZone,
    ...(one.kind === 'date' ? { showWithoutTime: true, duration: 'P1D' } : { duration: 'PT1H' }),
    ...(one.rrule ? { recurrenceRule: one.rrule } : {}),
    ...(overrides.length > 0 ? { recurrenceOverrides: Object.fromEntries(overrides) } : {}),
  }
}

/** `20260316T180000` as `2026-03-16T18:00:00`; what ends in Z in the zone's local time. */
function localOf(text: string, timeZone: string | null): string {
  if (text.endsWith('Z')) return toLocal(parseInstant(text)!, timeZone ?? 'UTC')
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?$/.exec(text)!
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`
}

/** The release that the oracle was made with. */
const ZONE_DATA = '2026f'

/** Whether the system's zone data is older than the oracle's: its programs can't know the rules of 2026 then. */
export function isZoneDataOld(): boolean {
  const file = '/usr/share/zoneinfo/tzdata.zi'
  const version = existsSync(file) ? /^# version (\S+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  return version === undefined || version < ZONE_DATA
}
