import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import type { MemberRow } from '../members/queries.ts'
import { members } from '../members/tables.ts'
import { reports } from './tables.ts'

export type ReportRow = typeof reports.$inferSelect

/** Who joined or left on these days, and how many were members at the end of them. Who is not public is counted, not named. */
export async function readMembership(db: Db, groupId: string, from: string, to: string) {
  const [changed, [counted]] = await db.batch([
    sql<MemberRow>`SELECT ${columns(members)} FROM ${members}
      WHERE group_id = ${groupId} AND (joined_on BETWEEN ${from} AND ${to} OR left_on BETWEEN ${from} AND ${to}) ORDER BY joined_on, id`,
    sql<{ total: number }>`SELECT count(*) AS total FROM ${members}
      WHERE group_id = ${groupId} AND joined_on <= ${to} AND (left_on IS NULL OR left_on > ${to})`,
  ])
  const joined = changed.filter(({ joinedOn }) => joinedOn >= from && joinedOn <= to)
  const left = changed.filter(({ leftOn }) => leftOn !== null && leftOn >= from && leftOn <= to)
  const named = (all: MemberRow[]) => all.filter(({ hidden }) => hidden === 0)
  return {
    total: counted!.total,
    joined: named(joined),
    left: named(left),
    counts: { joined: joined.length, left: left.length },
  }
}

export type Attendance = { eventId: string; occurrence: string; seats: number; came: number }

/** How many have a seat and how many were there, by date: the empty one is a single event, or all dates of a series. */
export const readAttendance = (db: Db, eventIds: string[]): Promise<Attendance[]> =>
  db.all(
    sql<Attendance>`SELECT event_id AS "eventId", occurrence, sum(taken - CASE occurrence WHEN '' THEN 0 ELSE skipped END) AS seats,
      sum(came) AS came FROM seat_counters
      WHERE event_id IN (SELECT value FROM json_each(${JSON.stringify(eventIds)})) GROUP BY event_id, occurrence`,
  )

const reportsOf = (groupId: string): SQL => sql`SELECT ${columns(reports)} FROM ${reports} WHERE group_id = ${groupId}`

/** What was written into the report of a period, and what it said when it was published. */
export const findReport = async (db: Db, groupId: string, name: string): Promise<ReportRow | undefined> =>
  (await db.all(sql<ReportRow>`${reportsOf(groupId)} AND name = ${name}`))[0]

const REPORTS_MAX = 200

/** The reports of a group, the latest period first. */
export const readReports = (db: Db, groupId: string, isOrganizer: boolean): Promise<ReportRow[]> =>
  db.all(
    sql<ReportRow>`${reportsOf(groupId)} AND ${isOrganizer ? sql`true` : sql`published_at IS NOT NULL`}
      ORDER BY name DESC LIMIT ${REPORTS_MAX}`,
  )
