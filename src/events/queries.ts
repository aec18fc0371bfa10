import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { type GroupRow, visibleTo } from '../groups/queries.ts'
import { groups } from '../groups/tables.ts'
import type { Access } from '../tokens/access.ts'
import type { EventRow } from './row.ts'
import { events } from './tables.ts'

/** An event and what is needed of its group. */
export type EventOfGroup = EventRow & Pick<GroupRow, 'slug' | 'name' | 'visibility'> & { groupDeletedAt: number | null }

const ofGroup = sql`${groups.slug} AS slug, ${groups.name} AS name, ${groups.visibility} AS visibility, ${groups.deletedAt} AS "groupDeletedAt"`

/** The event with this id, a deleted one too; undefined also where the bearer may not know of it. */
export const findEvent = async (db: Db, id: string, access: Access): Promise<EventOfGroup | undefined> =>
  (
    await db.all(
      sql<EventOfGroup>`SELECT ${columns(events)}, ${ofGroup} FROM ${events} JOIN ${groups} ON ${groups.id} = ${events.groupId}
        WHERE ${events.id} = ${id} AND ${visibleTo(access)}`,
    )
  )[0]

export type EventFilter = {
  groupId?: string
  kinds?: readonly string[]
  tag?: string
  /** Unix seconds: what ends after. */
  from?: number
  /** Unix seconds: what starts before. */
  to?: number
  status?: string
  q?: string
}

/** The conditions of a filter. */
export function matches({ groupId, kinds, tag, from, to, status, q }: EventFilter): SQL {
  const conditions: SQL[] = [sql`${events.deletedAt} IS NULL`]
  if (groupId !== undefined) conditions.push(sql`${events.groupId} = ${groupId}`)
  if (kinds) conditions.push(sql`${events.kind} IN (SELECT value FROM json_each(${JSON.stringify(kinds)}))`)
  if (tag !== undefined) conditions.push(sql`EXISTS (SELECT 1 FROM json_each(${events.keywords}) WHERE value = ${tag})`)
  if (from !== undefined) conditions.push(sql`(${events.endsAt} IS NULL OR ${events.endsAt} > ${from})`)
  if (to !== undefined) conditions.push(sql`${events.startsAt} < ${to}`)
  if (status !== undefined) conditions.push(sql`${events.status} = ${status}`)
  // instr, since D1 takes no LIKE pattern over 50 bytes.
  if (q !== undefined) conditions.push(sql`instr(lower(${events.title}), lower(${q})) > 0`)
  return sql.join(conditions, sql` AND `)
}

/** Events in order of their (first) start, from after the cursor; one more than `limit` where there are more. */
export const readEvents = (
  db: Db,
  access: Access,
  filter: EventFilter,
  limit: number,
  after?: { startsAt: number; id: string },
): Promise<EventOfGroup[]> =>
  db.all(
    sql<EventOfGroup>`SELECT ${columns(events)}, ${ofGroup} FROM ${events} JOIN ${groups} ON ${groups.id} = ${events.groupId}
      WHERE ${matches(filter)} AND ${visibleTo(access)} AND ${groups.deletedAt} IS NULL
        AND ${after ? sql`(${events.startsAt}, ${events.id}) > (${after.startsAt}, ${after.id})` : sql`true`}
      ORDER BY ${events.startsAt}, ${events.id} LIMIT ${limit + 1}`,
  )

/** Longer than this from its first start to its last end is what may have several dates: by a rule, or added one by one. */
const SPAN = 3 * 86_400
const SERIES_MAX = 500

/**
 * The events that the first (or last) `limit` dates of a window are of: those with dates far apart, and of all others, which an
 * index finds by their start, no more than could be shown.
 */
export function readDatedEvents(
  db: Db,
  access: Access,
  filter: EventFilter & { from: number },
  limit: number,
  order: 'first' | 'last',
): Promise<EventOfGroup[]> {
  const from = sql`FROM ${events} JOIN ${groups} ON ${groups.id} = ${events.groupId}`
  const fits = sql`${matches(filter)} AND ${visibleTo(access)} AND ${groups.deletedAt} IS NULL`
  const span = sql`${events.endsAt} - ${events.startsAt}`
  const by = order === 'first' ? sql`${events.startsAt}, ${events.id}` : sql`${events.startsAt} DESC, ${events.id} DESC`
  return db.all(
    sql<EventOfGroup>`SELECT ${columns(events)}, ${ofGroup} ${from} WHERE ${events.id} IN (
        SELECT id FROM (SELECT ${events.id} ${from} WHERE ${fits}
          AND (${events.endsAt} IS NULL OR ${span} > ${SPAN}) ORDER BY ${events.startsAt}, ${events.id} LIMIT ${SERIES_MAX})
        UNION ALL SELECT id FROM (SELECT ${events.id} ${from} WHERE ${fits}
          AND ${span} <= ${SPAN} AND ${events.startsAt} > ${filter.from - SPAN} ORDER BY ${by} LIMIT ${limit}))
      ORDER BY ${events.startsAt}, ${events.id}`,
  )
}

export type SeatCount = {
  eventId: string
  attendance: 'inPerson' | 'remote'
  taken: number
  waiting: number
  came: number
}

/**
 * How many seats are taken, how many answers wait and how many were there, for each way to attend: of a date, with those
 * who have a seat on every date.
 */
export const readSeatCounts = (db: Db, eventIds: string[], occurrence = ''): Promise<SeatCount[]> =>
  db.all(
    sql<SeatCount>`SELECT event_id AS "eventId", attendance, sum(taken - skipped) AS taken,
        sum(CASE WHEN occurrence = ${occurrence} THEN waiting ELSE 0 END) AS waiting,
        sum(CASE WHEN occurrence = ${occurrence} THEN came ELSE 0 END) AS came FROM seat_counters
      WHERE event_id IN (SELECT value FROM json_each(${JSON.stringify(eventIds)})) AND occurrence IN ('', ${occurrence})
      GROUP BY event_id, attendance`,
  )

/** When the event was to begin before it was last moved, in Unix seconds; null where it never was. */
export async function findMovedFrom(
  db: Db,
  { id, sequence }: Pick<EventRow, 'id' | 'sequence'>,
): Promise<number | null> {
  // A change of its time raises the sequence.
  if (sequence === 0) return null
  const [moved] = await db.all(
    sql<{ at: number }>`SELECT ${changes.payload} ->> '$.movedFrom' AS at FROM ${changes}
      WHERE subject_id = ${id} AND kind <> 'rsvp.answered' AND kind = 'event.updated'
        AND ${changes.payload} ->> '$.movedFrom' IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  )
  return moved?.at ?? null
}
