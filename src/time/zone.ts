/**
 * Local times and instants.
 *
 * What is stored is the local time and its IANA zone; instants are worked out from them. A local time that a zone skips
 * (the spring gap) is refused where a person types it and left out of a series; of one that a zone repeats (the autumn
 * overlap) the first is meant (RFC 5545, 3.3.5).
 */
import { Temporal } from 'temporal-polyfill/implementation'

/** `2023-01-18T14:00:00`: no zone, no fraction. */
export type LocalDateTime = string
export type TimeZone = string

const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/
const known = new Map<string, string | null>()

/** The zone's name as it should be written, or null where there is none such. `europe/berlin` becomes `Europe/Berlin`. */
export function findZone(name: string): TimeZone | null {
  const cached = known.get(name)
  if (cached !== undefined) return cached
  const found = lookUpZone(name)
  if (known.size < 1000) known.set(name, found)
  return found
}

function lookUpZone(name: string): TimeZone | null {
  if (!ZONE_NAME.test(name) || name.length > 64) return null
  try {
    const canonical = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    // Runtimes disagree on what is canonical (Kyiv, Kiev): only the spelling is taken from them.
    return canonical.toLowerCase() === name.toLowerCase() ? canonical : name
  } catch {
    return null
  }
}

/** Whether this is a date and a time that the calendar has, in whole seconds and without a zone. */
export function isLocalDateTime(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** Whether the zone skips this local time. */
export function isInGap(local: LocalDateTime, zone: TimeZone): boolean {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toPlainDateTime().toString() !== normal(local)
}

const normal = (local: LocalDateTime) => Temporal.PlainDateTime.from(local).toString()

/** The instant of a local time in Unix seconds. In a gap the offset before it counts, in an overlap the first. */
export function toInstant(local: LocalDateTime, zone: TimeZone): number {
  return Math.floor(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds / 1000)
}

/** The local time at an instant. */
export function toLocal(instant: number, zone: TimeZone): LocalDateTime {
  return zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'second' })
}

/** The local time with its offset at an instant: `2023-01-18T14:00:00-08:00`. */
export function toOffsetString(instant: number, zone: TimeZone): string {
  return zoned(instant, zone).toString({ smallestUnit: 'second', timeZoneName: 'never' })
}

const zoned = (instant: number, zone: TimeZone) =>
  Temporal.Instant.fromEpochMilliseconds(instant * 1000).toZonedDateTimeISO(zone)

/** `2023-01-18T22:00:00Z`. */
export const toIso = (instant: number): string => `${new Date(instant * 1000).toISOString().slice(0, 19)}Z`

/** `20230118T220000Z`, as iCalendar and RECURRENCE-IDs in our addresses have it. */
export const toBasic = (instant: number): string => toIso(instant).replace(/[-:]/g, '')

/** The instant of `2023-01-18T22:00:00Z` or `20230118T220000Z`; null where the text is neither. */
export function parseInstant(text: string): number | null {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text)
  if (!parts) return null
  const [, year, month, day, hour, minute, second, offset] = parts
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}
