/**
 * Local times and instants.
 *
 * What is stored is the local time and its IANA zone; instants are worked out from them. A local time that a zone skips
 * (the spring gap) is refused where a person types it; a date of a series there is read with the offset before the gap, and
 * of a time that a zone repeats (the autumn overlap) the first is meant (RFC 5545, 3.3.5).
 */
import { civilOf, DAY_SECONDS, dayOf, daysInMonth } from './days.ts'
import { nameOfZone, zoneData } from './zone-data.ts'

/** `2023-01-18T14:00:00`: no zone, no fraction. */
export type LocalDateTime = string
export type TimeZone = string

/** The zone's name as it should be written, or null where there is none such. `europe/berlin` becomes `Europe/Berlin`. */
export const findZone = (name: string): TimeZone | null => nameOfZone(name)

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/

/** Whether this is a date and a time that the calendar has, in whole seconds and without a zone. */
export function isLocalDateTime(text: string): boolean {
  const [, year, month, day, hour, minute, second] = LOCAL.exec(text)?.map(Number) ?? []
  if (year === undefined) return false
  const isDate = month! >= 1 && month! <= 12 && day! >= 1 && day! <= daysInMonth(year, month!)
  return isDate && hour! < 24 && minute! < 60 && second! < 60
}

/** A local time as seconds, as if it were UTC: what arithmetic on the wall clock is done with. */
export function toSeconds(local: LocalDateTime): number {
  const [, year, month, day, hour, minute, second] = LOCAL.exec(local)?.map(Number) ?? []
  if (year === undefined) throw new RangeError(`no local time: ${local}`)
  return dayOf(year, month!, day!) * DAY_SECONDS + hour! * 3600 + minute! * 60 + second!
}

const two = (n: number) => (n < 10 ? `0${n}` : String(n))

/** The local time that these seconds are. */
export function fromSeconds(seconds: number): LocalDateTime {
  const days = Math.floor(seconds / DAY_SECONDS)
  const { year, month, day } = civilOf(days)
  const rest = seconds - days * DAY_SECONDS
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time}`
}

/** The first of an ascending list that lies beyond a value. */
function firstBeyond(list: number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}

/** The offset of a zone from UTC at an instant, in seconds. */
export function offsetAt(instant: number, zone: TimeZone): number {
  const { until, offsets } = zoneData(zone)
  return offsets[firstBeyond(until, instant)]!
}

/** What a local time is in a zone: its instant, and whether the zone skips it. */
function resolve(local: LocalDateTime, zone: TimeZone): { instant: number; isSkipped: boolean } {
  const seconds = toSeconds(local)
  const { until, offsets } = zoneData(zone)
  // No offset is larger than a day, so the change that matters is one of the few after this.
  let at = firstBeyond(until, seconds - DAY_SECONDS)
  while (at < until.length && seconds >= until[at]! + offsets[at]!) at += 1
  const isSkipped = at > 0 && seconds < until[at - 1]! + offsets[at]!
  return { instant: seconds - offsets[isSkipped ? at - 1 : at]!, isSkipped }
}

/** Whether the zone skips this local time. */
export const isInGap = (local: LocalDateTime, zone: TimeZone): boolean => resolve(local, zone).isSkipped

/** Whether the zone has this local time twice. */
export const isInOverlap = (local: LocalDateTime, zone: TimeZone): boolean => {
  const { instant, isSkipped } = resolve(local, zone)
  const later = toSeconds(local) - offsetAt(instant + DAY_SECONDS, zone)
  return !isSkipped && later !== instant && toLocal(later, zone) === local
}

/** The instant of a local time in Unix seconds. In a gap the offset before it counts, in an overlap the first. */
export const toInstant = (local: LocalDateTime, zone: TimeZone): number => resolve(local, zone).instant

/** The local time at an instant. */
export const toLocal = (instant: number, zone: TimeZone): LocalDateTime =>
  fromSeconds(instant + offsetAt(instant, zone))

/** `+01:00`. */
export function offsetText(seconds: number): string {
  const size = Math.abs(seconds)
  const rest = size % 60 > 0 ? `:${two(size % 60)}` : ''
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${rest}`
}

/** The local time with its offset at an instant: `2023-01-18T14:00:00-08:00`. */
export const toOffsetString = (instant: number, zone: TimeZone): string =>
  `${toLocal(instant, zone)}${offsetText(offsetAt(instant, zone))}`

/** `2023-01-18T22:00:00Z`. */
export const toIso = (instant: number): string => `${fromSeconds(instant)}Z`

/** `20230118T220000Z`, as iCalendar and RECURRENCE-IDs in our addresses have it. */
export const toBasic = (instant: number): string => toIso(instant).replace(/[-:]/g, '')

/** The instant of `2023-01-18T22:00:00Z` or `20230118T220000Z`; null where the text is neither. */
export function parseInstant(text: string): number | null {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text)
  if (!parts) return null
  const [, year, month, day, hour, minute, second, offset] = parts
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  // JavaScript takes 30 February for 2 March.
  if (!isLocalDateTime(local)) return null
  const milliseconds = Date.parse(`${local}${offset}`)
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}
