/** How many seats are used, in SQL. A standing answer to a series has a seat on each date that its guest did not answer otherwise. */
import { type SQL, sql } from 'drizzle-orm'

/** What an answer is about: an event by itself, one date of a series, or all of its dates. */
export type Scope = 'event' | 'date' | 'series'

type Where = { eventId: unknown; occurrence: unknown; attendance: unknown }

const counter = (column: SQL, eventId: unknown, occurrence: unknown, attendance: unknown): SQL =>
  sql`coalesce((SELECT ${column} FROM seat_counters AS counter
    WHERE counter.event_id = ${eventId} AND counter.occurrence = ${occurrence} AND counter.attendance = ${attendance}), 0)`

const OF_ALL = sql`''`
const USED = sql`counter.taken + counter.held`

/** Seats taken or held, which count against the capacity. */
export function usedSeats(scope: Scope, { eventId, occurrence, attendance }: Where): SQL {
  if (scope !== 'date') return counter(USED, eventId, OF_ALL, attendance)
  const own = counter(sql`${USED} - counter.skipped`, eventId, occurrence, attendance)
  return sql`(${own} + ${counter(USED, eventId, OF_ALL, attendance)})`
}

/** The last number that was given in a line. */
export const lastInLine = ({ eventId, occurrence, attendance }: Where): SQL =>
  counter(sql`counter.last_position`, eventId, occurrence, attendance)

/** How many seats the fullest of the dates from `fromDate` on has beyond those of standing answers. */
export const fullestDate = (eventId: unknown, attendance: unknown, fromDate: string): SQL =>
  sql`max(0, coalesce((SELECT max(one.taken + one.held - one.skipped) FROM seat_counters AS one
    WHERE one.event_id = ${eventId} AND one.occurrence > ${fromDate} AND one.attendance = ${attendance}), 0))`
