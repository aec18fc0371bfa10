/**
 * The dates of a series: expanded when asked for, in a window, never whole (RFC 5545, 3.3.10).
 *
 * A rule is expanded on the wall clock, where a day has 24 hours, and only its dates become instants. Time goes in periods
 * of the rule's frequency; a window begins at the period it falls into, so that it costs the same however old the series
 * is. All-day series are expanded in UTC; their dates carry no zone.
 */
import { DAY_SECONDS } from './days.ts'
import { type Expander, expanderOf, walkedOnce } from './expand.ts'
import { parseRule } from './rule.ts'
import { fromSeconds, type LocalDateTime, parseInstant, type TimeZone, toInstant, toLocal, toSeconds } from './zone.ts'

export type Series = { start: LocalDateTime; timeZone: TimeZone | null; rule: string }

/** More dates than this in one answer are never needed. */
export const OCCURRENCES_MAX = 1000

/** Series end here at the latest: no rule is looked through for ever. */
const END = toSeconds('2200-12-31T23:59:59')

/** Local times and instants differ by less than a day. */
const SLACK = DAY_SECONDS

type Ready = { expander: Expander; zone: TimeZone; untilLocal: number; untilInstant: number }

const CACHE_MAX = 500
const cache = new Map<string, Ready>()

function ready({ start, timeZone, rule: text }: Series): Ready {
  const key = `${start}|${timeZone}|${text}`
  const known = cache.get(key)
  if (known) return known
  const rule = parseRule(text)
  const zone = timeZone ?? 'UTC'
  const untilInstant = rule.until === null ? END : untilOf(rule.until)
  const untilLocal = Math.min(END, untilInstant + SLACK)
  const first = toSeconds(start)
  const expander = expanderOf(rule, first)
  // COUNT counts from the start, and each of hundreds of changed dates asks whether it is one.
  const made = {
    expander: rule.count === null ? expander : walkedOnce(expander, first, untilLocal),
    zone,
    untilInstant,
    untilLocal,
  }
  if (cache.size >= CACHE_MAX) cache.clear()
  cache.set(key, made)
  return made
}

/** UNTIL of a checked rule: an instant, or the last second of a date. */
const untilOf = (until: string): number =>
  until.length === 8
    ? toSeconds(`${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6)}T23:59:59`)
    : parseInstant(until)!

/**
 * The local starts of a series from one instant up to before another, in order.
 *
 * @param from Unix seconds, inclusive
 * @param to Unix seconds, exclusive
 */
export function startsBetween(series: Series, from: number, to: number, limit = OCCURRENCES_MAX): LocalDateTime[] {
  const { expander, zone, untilInstant, untilLocal } = ready(series)
  const starts: LocalDateTime[] = []
  for (const seconds of expander.from(from - SLACK, Math.min(to + SLACK, untilLocal))) {
    const start = fromSeconds(seconds)
    const instant = toInstant(start, zone)
    if (instant >= to + SLACK || starts.length >= limit) break
    if (instant >= from && instant < to && instant <= untilInstant) starts.push(start)
  }
  return starts
}

/** The first date of the rule at or after its start; null where the rule has none (30 February). */
export function firstStart(series: Series): LocalDateTime | null {
  const { expander, untilLocal } = ready(series)
  for (const seconds of expander.from(toSeconds(series.start), untilLocal)) return fromSeconds(seconds)
  return null
}

/** The last date of a rule with COUNT or UNTIL; null for one without an end. */
export function lastStart(series: Series): LocalDateTime | null {
  const { expander, zone, untilInstant, untilLocal } = ready(series)
  if (!/(COUNT|UNTIL)=/.test(series.rule)) return null
  // From further and further back, so that neither a dense rule nor a sparse one is walked whole.
  for (let back = 40 * DAY_SECONDS; ; back *= 8) {
    const from = series.rule.includes('COUNT=') ? Number.NEGATIVE_INFINITY : untilLocal - back
    let last: LocalDateTime | null = null
    for (const seconds of expander.from(from, untilLocal)) {
      const start = fromSeconds(seconds)
      if (toInstant(start, zone) <= untilInstant) last = start
    }
    if (last !== null || from <= toSeconds(series.start)) return last
  }
}

/** The local time that a RECURRENCE-ID in UTC names; for an all-day series midnight of its date. */
export const localOfRecurrenceId = (instantOfId: number, timeZone: TimeZone | null): LocalDateTime =>
  toLocal(instantOfId, timeZone ?? 'UTC')
