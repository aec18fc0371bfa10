import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { sha256 } from '../digest.ts'
import { rsvpLinks, rsvps } from './tables.ts'

/** An answer, with how many in line stand before it or are it. */
export type RsvpRow = typeof rsvps.$inferSelect & { rank: number | null }

const rank = sql`CASE WHEN ${rsvps.position} IS NOT NULL THEN (SELECT count(*) FROM rsvps AS before
  WHERE before.event_id = ${rsvps.eventId} AND before.occurrence = ${rsvps.occurrence} AND before.line = rsvps.line
    AND before.position <= ${rsvps.position}) END AS rank`

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

/** Whether a mail brought this token for this answer. */
export async function isLinkOf(db: Db, id: string, token: string): Promise<boolean> {
  const hash = await sha256(token)
  const found = await db.all(
    sql`SELECT 1 FROM ${rsvpLinks} WHERE ${rsvpLinks.rsvpId} = ${id} AND ${rsvpLinks.hash} = ${hash}`,
  )
  return found.length === 1
}

/** All answers of one guest to an event. */
export const readTheirs = (db: Db, { eventId, emailKey }: RsvpRow): Promise<RsvpRow[]> =>
  db.all(
    sql<RsvpRow>`SELECT ${columns(rsvps)}, ${rank} FROM ${rsvps}
      WHERE ${rsvps.eventId} = ${eventId} AND ${rsvps.emailKey} = ${emailKey} ORDER BY ${rsvps.id}`,
  )

export type HistoryRow = { seq: number; rsvpId: string; name: string; at: number; kind: string; payload: string }

type HistoryOf = { eventId: string; after?: number; limit: number } | { of: RsvpRow }

/** What happened to the answers to an event, or to those of one guest: the newest first. */
export function readHistory(db: Db, wanted: HistoryOf): Promise<HistoryRow[]> {
  const where =
    'of' in wanted
      ? sql`${rsvps.eventId} = ${wanted.of.eventId} AND ${rsvps.emailKey} = ${wanted.of.emailKey}`
      : sql`${rsvps.eventId} = ${wanted.eventId} AND ${changes.seq} < ${wanted.after ?? Number.MAX_SAFE_INTEGER}`
  return db.all(
    sql<HistoryRow>`SELECT ${changes.seq} AS seq, ${rsvps.id} AS "rsvpId", ${rsvps.name} AS name, ${changes.at} AS at,
        ${changes.kind} AS kind, ${changes.payload} AS payload
      FROM ${rsvps} JOIN ${changes} ON ${changes.subjectId} = ${rsvps.id}
      WHERE ${where} ORDER BY ${changes.seq} DESC LIMIT ${'of' in wanted ? 1000 : wanted.limit + 1}`,
  )
}

export type GuestRow = { name: string; attendance: string; answers: string }

/** Who is coming and agreed to be shown. */
export const readShownGuests = (db: Db, eventId: string, occurrence: string, limit: number): Promise<GuestRow[]> =>
  db.all(
    sql<GuestRow>`SELECT name, attendance, answers FROM ${rsvps} WHERE event_id = ${eventId} AND occurrence IN ('', ${occurrence})
      AND place = 'seat' AND show_name = 1 AND purged_at IS NULL ORDER BY id LIMIT ${limit}`,
  )
