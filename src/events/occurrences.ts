/** The dates of an event: its rule, with each date's own changes. Pure. */
import { endOf } from '../time/duration.ts'
import { OCCURRENCES_MAX, startsBetween } from '../time/recurrence.ts'
import { PER_DAY_MAX } from '../time/rule.ts'
import { parseInstant, toBasic, toInstant } from '../time/zone.ts'
import type { EventInput, OverrideInput } from './schema.ts'

export type Occurrence = {
  /** Its original start in the event's zone. */
  original: string
  /** Its original start in UTC, basic form; for all-day events the date. */
  recurrenceId: string
  start: string
  startsAt: number
  endsAt: number
  title: string
  status: EventInput['status']
  /** What differs from the event; empty where nothing does. */
  override: OverrideInput
}

/** Whether an event has more than one date: by a rule, or by dates added one by one. */
export const isSeries = (event: Pick<EventInput, 'recurrenceRule' | 'recurrenceOverrides'>): boolean =>
  event.recurrenceRule !== undefined || Object.keys(event.recurrenceOverrides).length > 0

const zoneOf = (event: EventInput) => event.timeZone ?? 'UTC'

/** A year and a day: nothing lasts longer, so what began before that window is over. */
const LONGEST = 367 * 86_400

/** The RECURRENCE-ID of an original local start, as our addresses have it. */
export const recurrenceIdOf = (event: EventInput, originalStart: string): string =>
  event.timeZone === null
    ? originalStart.slice(0, 10).replaceAll('-', '')
    : toBasic(toInstant(originalStart, zoneOf(event)))

/** The original local start that a RECURRENCE-ID names; null where it names no date of this event. */
export function originalStartOf(event: EventInput, recurrenceId: string): string | null {
  const text = /^\d{8}$/.test(recurrenceId) ? `${recurrenceId}T000000Z` : recurrenceId
  const at = parseInstant(text)
  if (at === null) return null
  const added = Object.keys(event.recurrenceOverrides).find((local) => toInstant(local, zoneOf(event)) === at)
  if (added) return added
  if (!event.recurrenceRule) return at === toInstant(event.start, zoneOf(event)) ? event.start : null
  return startsBetween(seriesOf(event, event.recurrenceRule), at, at + 1)[0] ?? null
}

const seriesOf = (event: EventInput, rule: string) => ({ start: event.start, timeZone: event.timeZone, rule })

/** Whether the rule itself has this local start. */
export function isDateOf(event: EventInput, originalStart: string): boolean {
  if (!event.recurrenceRule) return originalStart === event.start
  const at = toInstant(originalStart, zoneOf(event))
  return startsBetween(seriesOf(event, event.recurrenceRule), at, at + 1)[0] === originalStart
}

/** One date of an event with what was changed about it. */
export function occurrenceAt(event: EventInput, originalStart: string): Occurrence {
  const override = event.recurrenceOverrides[originalStart] ?? {}
  const start = override.start ?? originalStart
  return {
    original: originalStart,
    recurrenceId: recurrenceIdOf(event, originalStart),
    start,
    startsAt: toInstant(start, zoneOf(event)),
    endsAt: endOf(start, zoneOf(event), override.duration ?? event.duration),
    title: override.title ?? event.title,
    status: event.status === 'cancelled' ? 'cancelled' : (override.status ?? event.status),
    override,
  }
}

/**
 * The dates that touch a window, in order of their start.
 *
 * @param from Unix seconds; what is still going on then counts
 * @param to Unix seconds, exclusive
 */
export function occurrencesBetween(event: EventInput, from: number, to: number, limit = OCCURRENCES_MAX): Occurrence[] {
  const touches = (one: Occurrence) => one.startsAt < to && one.endsAt > from
  const duration = endOf(event.start, zoneOf(event), event.duration) - toInstant(event.start, zoneOf(event))
  const changed = Object.keys(event.recurrenceOverrides)
  // An hour more: a series over a change of the clocks can last longer than its first date.
  const plain = event.recurrenceRule
    ? startsBetween(
        seriesOf(event, event.recurrenceRule),
        from - Math.min(duration + 3600, LONGEST),
        to,
        // Some of them are over when the window begins.
        limit + changed.length + PER_DAY_MAX,
      )
    : [event.start]
  const dates = new Set([...plain, ...changed])
  return (
    [...dates]
      .filter((date) => !event.recurrenceOverrides[date]?.excluded)
      .map((date) => occurrenceAt(event, date))
      .filter(touches)
      .sort((a, b) => a.startsAt - b.startsAt)
      // A date in a gap can fall onto one that was added there.
      .filter((one, at, all) => one.recurrenceId !== all[at - 1]?.recurrenceId)
      .slice(0, limit)
  )
}

/**
 * A series whose dates were moved within their days, with what was said of single dates moved along: their old times would
 * be dates of their own beside the new ones. Where somebody changed what is said of dates too, it stays as they have it.
 */
export function withMovedDates(before: EventInput, after: EventInput): EventInput {
  const rule = after.recurrenceRule
  const isUntouched = JSON.stringify(before.recurrenceOverrides) === JSON.stringify(after.recurrenceOverrides)
  if (!rule || !before.recurrenceRule || !isUntouched) return after
  const moved = Object.entries(after.recurrenceOverrides).map(([date, override]) => {
    if (isDateOf(after, date) || !isDateOf(before, date)) return [date, override]
    const day = toInstant(`${date.slice(0, 10)}T00:00:00`, zoneOf(after))
    const there = startsBetween(seriesOf(after, rule), day, day + 25 * 3600).find(
      (one) => one.slice(0, 10) === date.slice(0, 10),
    )
    return [there ?? date, override]
  })
  return { ...after, recurrenceOverrides: Object.fromEntries(moved) }
}
