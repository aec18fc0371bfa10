import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { rsvps } from './tables.ts'

/** An answer, with how many in line stand before it or are it. */
export type RsvpRow = typeof rsvps.$inferSelect & { rank: number | null }

const rank = sql`CASE place WHEN 'waitlist' THEN (SELECT count(*) FROM rsvps AS before
  WHERE before.event_id = ${rsvps.eventId} AND before.occurrence = ${rsvps.occurrence} AND before.attendance = ${rsvps.attendance}
    AND before.place = 'waitlist' AND before.position <= ${rsvps.position}) END AS rank`

/** One answer by its id. */
export const rsvpById = (id: string): SQL<RsvpRow> =>
  sql<RsvpRow>`SELECT ${columns(rsvps)}, ${rank} FROM ${rsvps} WHERE ${rsvps.id} = ${id}`

export const findRsvp = async (db: Db, id: string): Promise<RsvpRow | undefined> => (await db.all(rsvpById(id)))[0]

export type RsvpFilter = { place?: string; response?: string; occurrence?: string; q?: string }

/** The answers to an event in the order they came, from after the cursor; one more than `limit` where there are more. */
export function readRsvps(
  db: Db,
  eventId: string,
  filter: RsvpFilter,
  limit: number,
  after: string | null,
): Promise<RsvpRow[]> {
  const { place, response, occurrence, q } = filter
  const conditions: SQL[] = [sql`${rsvps.eventId} = ${eventId}`, sql`${rsvps.id} > ${after ?? ''}`]
  if (place !== undefined)
    conditions.push(place === 'none' ? sql`${rsvps.place} IS NULL` : sql`${rsvps.place} = ${place}`)
  if (response !== undefined) conditions.push(sql`${rsvps.response} = ${response}`)
  if (occurrence !== undefined) conditions.push(sql`${rsvps.occurrence} = ${occurrence}`)
  if (q !== undefined)
    conditions.push(sql`(instr(lower(${rsvps.name}), lower(${q})) > 0 OR instr(${rsvps.emailKey}, lower(${q})) > 0)`)
  return db.all(
    sql<RsvpRow>`SELECT ${columns(rsvps)}, ${rank} FROM ${rsvps} WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY ${rsvps.id} LIMIT ${limit + 1}`,
  )
}
