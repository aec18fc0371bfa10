/** Answers to single dates, and their records, go with their dates when a series is moved: a date is named by its instant. */
import { type SQL, sql } from 'drizzle-orm'
import { parseInstant } from '../time/zone.ts'
import { occurrencesBetween, originalStartOf } from './occurrences.ts'
import type { EventInput } from './schema.ts'

const YEAR = 366 * 86_400
const DATES_MAX = 400
/** No change of a zone's rules was larger. */
const NEAR = 3 * 3600

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
 * Moves the answers to these dates and their records, and with the answers their seats: the triggers that count seats fire
 * on `place`.
 *
 * It goes in two steps, since a date can move to where another one was. Nothing happens unless the event carries the change.
 */
export function moveAnswers(from: string, to: string, changeId: string, dates: [string, string][]): SQL<never>[] {
  if (dates.length === 0) return []
  const pairs = sql`json_each(${JSON.stringify(dates)}) AS pair`
  const isWritten = sql`EXISTS (SELECT 1 FROM events WHERE id = ${from} AND change_id = ${changeId})`
  const steps = (table: SQL, and: SQL): SQL<never>[] => [
    sql`UPDATE ${table} SET event_id = ${to}, occurrence = '>' || json_extract(pair.value, '$[1]') ${and} FROM ${pairs}
      WHERE ${table}.event_id = ${from} AND ${table}.occurrence = json_extract(pair.value, '$[0]') AND ${isWritten}`,
    sql`UPDATE ${table} SET occurrence = substr(occurrence, 2) ${and}
      WHERE event_id = ${to} AND occurrence LIKE '>%' AND ${isWritten}`,
  ]
  const along = [sql`minutes`, sql`records`, sql`actions`, sql`logs`, sql`rooms`]
  return [...steps(sql`rsvps`, sql`, place = place`), ...along.flatMap((table) => steps(table, sql``))]
}

/**
 * Answers to every date of a series hold for the series that is split from it too: each gets a copy, whose id is the new
 * event's time with the old answer's chance. Its link comes by mail.
 */
export function copyStanding(from: string, to: string, changeId: string, now: number): SQL<never> {
  const id = sql`substr(${to}, 1, 10) || substr(id, 11)`
  const same = sql.raw(
    'email_key, email, name, response, attendance, guests, place, position, answers, note, waits_for, held_until, confirmed_at, options, show_name',
  )
  return sql`INSERT INTO rsvps (id, event_id, occurrence, manage_hash, created_at, updated_at, change_id, source, ${same})
    SELECT ${id}, ${to}, '', '', ${now}, ${now}, ${id}, source, ${same} FROM rsvps
    WHERE event_id = ${from} AND occurrence = '' AND response <> 'declined' AND purged_at IS NULL
      AND EXISTS (SELECT 1 FROM events WHERE id = ${from} AND change_id = ${changeId})`
}

/** Dates that these RECURRENCE-IDs named before the zone data changed, and what names them now: the nearest within a few hours. */
export function renamedDates(event: EventInput, occurrences: string[]): [string, string][] {
  return occurrences.flatMap((occurrence) => {
    const at = parseInstant(occurrence)
    if (at === null || originalStartOf(event, occurrence) !== null) return []
    const near = occurrencesBetween(event, at - NEAR, at + NEAR, 10)
      .map(({ recurrenceId }) => ({ recurrenceId, away: Math.abs(parseInstant(recurrenceId)! - at) }))
      .filter(({ away }) => away <= NEAR)
      .sort((a, b) => a.away - b.away)[0]
    return near ? [[occurrence, near.recurrenceId] as [string, string]] : []
  })
}
