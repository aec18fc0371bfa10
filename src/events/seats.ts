/** How many seats are used, in SQL. A standing answer to a series has a seat on each date that its guest did not answer otherwise. */
import { type SQL, sql } from 'drizzle-orm'
import { toBasic } from '../time/zone.ts'

/** What an answer is about: an event by itself, one date of a series, or all of its dates. */
export type Scope = 'event' | 'date' | 'series'

const DAY = 86_400

/** The dates that are still to come, or were a moment ago, are those after this one. */
export const fromDateAt = (now: number): string => toBasic(now - DAY)

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

const most = (of: string, { eventId, attendance, fromDate }: Omit<Where, 'occurrence'> & { fromDate: unknown }): SQL =>
  sql`max(0, coalesce((SELECT max(${sql.raw(of)}) FROM seat_counters AS one
    WHERE one.event_id = ${eventId} AND one.occurrence > ${fromDate} AND one.attendance = ${attendance}), 0))`

/** How many seats the fullest of the dates from `fromDate` on has beyond those of standing answers. */
export const fullestDate = (where: Omit<Where, 'occurrence'> & { fromDate: unknown }): SQL =>
  most('one.taken + one.held - one.skipped', where)

/** The most seats that answers to one of the dates from `fromDate` on hold until they are confirmed. */
export const mostHeldOnDate = (where: Omit<Where, 'occurrence'> & { fromDate: unknown }): SQL => most('one.held', where)
