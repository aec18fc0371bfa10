/** Answers to single dates go with their dates when a series is moved: a date is named by its instant, which changes. */
import { type SQL, sql } from 'drizzle-orm'
import { occurrencesBetween } from './occurrences.ts'
import type { EventInput } from './schema.ts'

const YEAR = 366 * 86_400
const DATES_MAX = 400

/** RECURRENCE-IDs before and after: a date keeps its answers where the series still has one on that day. */
export function movedDates(before: EventInput, after: EventInput, now: number): [string, string][] {
  const same = (['start', 'timeZone', 'recurrenceRule'] as const).every((name) => before[name] === after[name])
  if (same) return []
  const dates = (event: EventInput) => occurrencesBetween(event, now - YEAR, now + 2 * YEAR, DATES_MAX)
  const later = new Map(dates(after).map(({ original, recurrenceId }) => [original.slice(0, 10), recurrenceId]))
  return dates(before).flatMap(({ original, recurrenceId }) => {
    const to = later.get(original.slice(0, 10))
    return to !== undefined && to !== recurrenceId ? [[recurrenceId, to] as [string, string]] : []
  })
}

/**
 * Moves the answers to these dates, and with them their seats: the triggers that count seats fire on `place`.
 *
 * It goes in two steps, since a date can move to where another one was. Nothing happens unless the event carries the change.
 */
export function moveAnswers(from: string, to: string, changeId: string, dates: [string, string][]): SQL<never>[] {
  if (dates.length === 0) return []
  const pairs = sql`json_each(${JSON.stringify(dates)}) AS pair`
  const isWritten = sql`EXISTS (SELECT 1 FROM events WHERE id = ${from} AND change_id = ${changeId})`
  return [
    sql`UPDATE rsvps SET event_id = ${to}, occurrence = '>' || json_extract(pair.value, '$[1]'), place = place FROM ${pairs}
      WHERE rsvps.event_id = ${from} AND rsvps.occurrence = json_extract(pair.value, '$[0]') AND ${isWritten}`,
    sql`UPDATE rsvps SET occurrence = substr(occurrence, 2), place = place
      WHERE event_id = ${to} AND occurrence LIKE '>%' AND ${isWritten}`,
  ]
}
