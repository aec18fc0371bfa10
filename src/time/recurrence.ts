/**
 * The dates of a series: expanded when asked for, in a window, never whole.
 *
 * All-day series are expanded in UTC, where a day is a day; their dates carry no zone.
 */
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill/implementation'
import { type LocalDateTime, type TimeZone, toLocal } from './zone.ts'

export type Series = { start: LocalDateTime; timeZone: TimeZone | null; rule: string }

/** More dates than this in one answer are never needed. */
export const OCCURRENCES_MAX = 1000

const CACHE_MAX = 500
const cache = new Map<string, RRuleTemporal<Temporal.ZonedDateTime>>()

/** Building a rule costs more than using it, and a page uses the same ones again. */
function ruleOf({ start, timeZone, rule }: Series): RRuleTemporal<Temporal.ZonedDateTime> {
  const key = `${start}|${timeZone}|${rule}`
  const known = cache.get(key)
  if (known) return known
  const dtstart = Temporal.PlainDateTime.from(start).toZonedDateTime(timeZone ?? 'UTC')
  const until = timeZone === null ? rule.replace(/UNTIL=(\d{8})(?!T)/, 'UNTIL=$1T235959Z') : rule
  const made = new RRuleTemporal({ rruleString: `RRULE:${until}`, dtstart, temporal: Temporal, cache: false }) as never
  if (cache.size >= CACHE_MAX) cache.clear()
  cache.set(key, made)
  return made
}

const local = (date: Temporal.ZonedDateTime): LocalDateTime =>
  date.toPlainDateTime().toString({ smallestUnit: 'second' })

/**
 * The local starts of a series from one instant up to before another, in order.
 *
 * @param from Unix seconds, inclusive
 * @param to Unix seconds, exclusive
 */
export function startsBetween(series: Series, from: number, to: number, limit = OCCURRENCES_MAX): LocalDateTime[] {
  const starts: LocalDateTime[] = []
  if (from >= to) return starts
  const rule = ruleOf(series)
  let next = rule.next(instant(from), true)
  while (next && starts.length < limit && next.epochMilliseconds < to * 1000) {
    starts.push(local(next))
    next = rule.next(next)
  }
  return starts
}

const instant = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO('UTC')

/** The first date of the rule at or after its start; null where the rule has none (30 February). */
export function firstStart(series: Series): LocalDateTime | null {
  try {
    const first = ruleOf(series).next(
      Temporal.PlainDateTime.from(series.start).toZonedDateTime(series.timeZone ?? 'UTC'),
      true,
    )
    return first ? local(first) : null
  } catch {
    // The library gives up after 10,000 fruitless steps.
    return null
  }
}

/** The last date of a rule with COUNT or UNTIL; null for one without an end. */
export function lastStart(series: Series): LocalDateTime | null {
  if (!/(COUNT|UNTIL)=/.test(series.rule)) return null
  const last = ruleOf(series).previous(instant(7_258_118_400), true)
  return last ? local(last) : null
}

/** The local time that a RECURRENCE-ID in UTC names; for an all-day series midnight of its date. */
export const localOfRecurrenceId = (instantOfId: number, timeZone: TimeZone | null): LocalDateTime =>
  toLocal(instantOfId, timeZone ?? 'UTC')
