import { Temporal } from 'temporal-polyfill/implementation'
import type { LocalDateTime, TimeZone } from './zone.ts'

/** ISO 8601 of what an event may last: weeks, days, hours, minutes and seconds, never a fraction, never negative. */
const SHAPE = /^P(?=.)(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/

/** A year: what lasts longer is no event. */
const LONGEST_DAYS = 366

/** Whether an event may last this long: more than nothing, at most 366 days. */
export function isDuration(text: string): boolean {
  if (!SHAPE.test(text)) return false
  const hours = Temporal.Duration.from(text).total({ unit: 'hours', relativeTo: Temporal.PlainDate.from('2023-01-01') })
  return hours > 0 && hours <= LONGEST_DAYS * 24
}

/** Whether it is a whole number of days, as an all-day event's is. */
export const isWholeDays = (text: string): boolean => /^P(\d+W)?(\d+D)?$/.test(text)

/**
 * The instant at which something ends: days are counted on the wall clock, hours on the real one (RFC 5545, 3.3.6).
 *
 * @returns Unix seconds
 */
export function endOf(start: LocalDateTime, zone: TimeZone, duration: string): number {
  const end = Temporal.PlainDateTime.from(start).toZonedDateTime(zone).add(Temporal.Duration.from(duration))
  return Math.floor(end.epochMilliseconds / 1000)
}

/** The local time at which something ends. */
export function endLocal(start: LocalDateTime, zone: TimeZone, duration: string): LocalDateTime {
  const end = Temporal.PlainDateTime.from(start).toZonedDateTime(zone).add(Temporal.Duration.from(duration))
  return end.toPlainDateTime().toString({ smallestUnit: 'second' })
}

/** How long it is from one local time to a later one of the same zone; null where it is not later. */
export function durationBetween(start: LocalDateTime, end: LocalDateTime, zone: TimeZone): string | null {
  const from = Temporal.PlainDateTime.from(start).toZonedDateTime(zone)
  const to = Temporal.PlainDateTime.from(end).toZonedDateTime(zone)
  const span = from.until(to, { largestUnit: 'hours' })
  return span.sign > 0 ? span.toString() : null
}
