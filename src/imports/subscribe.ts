/** Calendars of other programs that a group subscribes to: adding one, changing how often it is read, leaving it. */
import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import type { Db } from '../db/db.ts'
import { columnNames, columns, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { calendarSources } from './tables.ts'

export type CalendarSourceRow = typeof calendarSources.$inferSelect

/** The most calendars of a group. */
const SOURCES_MAX = 50

/** Subscribes to an address; undefined where the group has that one already, or too many. It is not read yet. */
export async function subscribeToCalendar(
  deps: Deps,
  groupId: string,
  { url, everySeconds }: { url: string; everySeconds: number },
): Promise<CalendarSourceRow | undefined> {
  const now = deps.now()
  const row: CalendarSourceRow = {
    id: deps.newId(),
    groupId,
    url,
    name: null,
    everySeconds,
    etag: null,
    lastModified: null,
    nextAt: now,
    leasedUntil: null,
    checkedAt: null,
    changedAt: null,
    failures: 0,
    error: null,
    createdAt: now,
    changeId: deps.newId(),
  }
  const [made] = await deps.db.batch([
    sql<{
      id: string
    }>`INSERT INTO ${calendarSources} (${columnNames(calendarSources)}) SELECT ${values(calendarSources, row)}
      WHERE (SELECT count(*) FROM ${calendarSources} WHERE group_id = ${groupId}) < ${SOURCES_MAX}
      ON CONFLICT DO NOTHING RETURNING id`,
    recordChange(calendarSources, 'calendar.subscribed', { changeId: row.changeId, now, groupId }),
  ])
  return made.length === 1 ? row : undefined
}

/** Reads it this often from now on. */
export const changeCalendar = async (deps: Deps, row: CalendarSourceRow, everySeconds: number): Promise<void> => {
  const nextAt = Math.min(row.nextAt, deps.now() + everySeconds)
  await deps.db.all(
    sql`UPDATE ${calendarSources} SET every_seconds = ${everySeconds}, next_at = ${nextAt}
      WHERE id = ${row.id} AND group_id = ${row.groupId}`,
  )
}

/** Leaves a calendar; the events that came from it stay. */
export async function leaveCalendar(deps: Deps, row: CalendarSourceRow): Promise<void> {
  const changeId = deps.newId()
  await deps.db.batch([
    sql`UPDATE ${calendarSources} SET change_id = ${changeId} WHERE id = ${row.id} AND group_id = ${row.groupId}`,
    recordChange(calendarSources, 'calendar.left', { changeId, now: deps.now(), groupId: row.groupId }),
    sql`DELETE FROM ${calendarSources} WHERE id = ${row.id} AND group_id = ${row.groupId}`,
  ])
}

const read = (db: Db, where: SQL): Promise<CalendarSourceRow[]> =>
  db.all(sql<CalendarSourceRow>`SELECT ${columns(calendarSources)} FROM ${calendarSources} WHERE ${where} ORDER BY id`)

/** The calendars of a group, the oldest first. */
export const readCalendars = (db: Db, groupId: string) => read(db, sql`group_id = ${groupId}`)

export const findCalendar = async (db: Db, groupId: string, id: string) =>
  (await read(db, sql`group_id = ${groupId} AND id = ${id}`))[0]
