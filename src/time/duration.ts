import { DAY_SECONDS } from './days.ts'
import { fromSeconds, type LocalDateTime, type TimeZone, toInstant, toLocal, toSeconds } from './zone.ts'

/** ISO 8601 of what an event may last: weeks, days, hours, minutes and seconds, never a fraction, never negative. */
const SHAPE = /^P(?=.)(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/

/** A year: what lasts longer is no event. */
const LONGEST = 366 * DAY_SECONDS

type Parts = { days: number; seconds: number }

function partsOf(text: string): Parts | null {
  const parts = SHAPE.exec(text)
  if (!parts) return null
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0))
  return { days: weeks! * 7 + days!, seconds: hours! * 3600 + minutes! * 60 + seconds! }
}

/** Whether an event may last this long: more than nothing, at most 366 days. */
export function isDuration(text: string): boolean {
  const parts = partsOf(text)
  if (!parts) return false
  const total = parts.days * DAY_SECONDS + parts.seconds
  return total > 0 && total <= LONGEST
}

/** Whether it is a whole number of days, as an all-day event's is. */
export const isWholeDays = (text: string): boolean => /^P(\d+W)?(\d+D)?$/.test(text)

/**
 * The instant at which something ends: days are counted on the wall clock, hours on the real one (RFC 5545, 3.3.6).
 *
 * @returns Unix seconds
 */
export function endOf(start: LocalDateTime, zone: TimeZone, duration: string): number {
  const { days, seconds } = partsOf(duration)!
  const day = days === 0 ? start : fromSeconds(toSeconds(start) + days * DAY_SECONDS)
  return toInstant(day, zone) + seconds
}

/** The local time at which something ends. */
export const endLocal = (start: LocalDateTime, zone: TimeZone, duration: string): LocalDateTime =>
  toLocal(endOf(start, zone, duration), zone)

/** How long it is from one local time to a later one of the same zone; null where it is not later. */
export function durationBetween(start: LocalDateTime, end: LocalDateTime, zone: TimeZone): string | null {
  const total = toInstant(end, zone) - toInstant(start, zone)
  return total > 0 ? durationOf(total) : null
}

/** Seconds as `PT1H30M`. */
export function durationOf(total: number): string {
  const parts: [number, string][] = [
    [Math.floor(total / 3600), 'H'],
    [Math.floor(total / 60) % 60, 'M'],
    [total % 60, 'S'],
  ]
  return `PT${parts.map(([n, unit]) => (n > 0 ? `${n}${unit}` : '')).join('') || '0S'}`
}

/** A duration in seconds, where no clock is near: days have 24 hours. */
export function secondsOf(duration: string): number {
  const { days, seconds } = partsOf(duration)!
  return days * DAY_SECONDS + seconds
}
