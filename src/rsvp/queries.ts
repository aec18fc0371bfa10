import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { sha256 } from '../digest.ts'
import { rsvpLinks, rsvps } from './tables.ts'

/** An answer, with how many in line stand before it or are it. */
export type RsvpRow = typeof rsvps.$inferSelect & { rank: number | null }

/** How many in line stand before an answer or are it, as a column. */
export const rank = sql`CASE WHEN ${rsvps.position} IS NOT NULL THEN (SELECT count(*) FROM rsvps AS before
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
export const readTheirs = (db: Db, { eventId, emailKey }: Pick<RsvpRow, 'eventId' | 'emailKey'>): Promise<RsvpRow[]> =>
  db.all(
    sql<RsvpRow>`SELECT ${columns(rsvps)}, ${rank} FROM ${rsvps}
      WHERE ${rsvps.eventId} = ${eventId} AND ${rsvps.emailKey} = ${emailKey} ORDER BY ${rsvps.id}`,
  )

/** What one guest answered for one date. */
export const rsvpOnDate = ({ eventId, emailKey }: RsvpRow, occurrence: string): SQL<RsvpRow> =>
  sql<RsvpRow>`SELECT ${columns(rsvps)}, ${rank} FROM ${rsvps}
    WHERE ${rsvps.eventId} = ${eventId} AND ${rsvps.occurrence} = ${occurrence} AND ${rsvps.emailKey} = ${emailKey}`

export const findOnDate = async (db: Db, rsvp: RsvpRow, occurrence: string): Promise<RsvpRow | undefined> =>
  (await db.all(rsvpOnDate(rsvp, occurrence)))[0]

/** What an answer was before its guest was let in. */
export type Before = Pick<
  RsvpRow,
  'response' | 'place' | 'attendance' | 'position' | 'waitsFor' | 'heldUntil' | 'standing' | 'standingAttendance'
>

/** What the check-in that this answer carries as its last change has changed, as it was journalled. */
export async function readCheckIn(db: Db, { id, changeId }: RsvpRow): Promise<{ before?: Before; ofAll?: true }> {
  const [made] = await db.all(
    sql<{ payload: string }>`SELECT payload FROM ${changes}
      WHERE subject_id = ${id} AND id = ${changeId} AND kind = 'rsvp.checked-in' AND kind <> 'rsvp.answered'`,
  )
  return made ? JSON.parse(made.payload) : {}
}

export type HistoryRow = { at: number; id: string; rsvpId: string; name: string; kind: string; payload: string }

type HistoryOf = { eventId: string; before?: { at: number; id: string }; limit: number } | { of: RsvpRow }

/** What happened to the answers to an event, or to those of one guest: the newest first. */
export function readHistory(db: Db, wanted: HistoryOf): Promise<HistoryRow[]> {
  const of =
    'of' in wanted
      ? sql`event_id = ${wanted.of.eventId} AND email_key = ${wanted.of.emailKey}`
      : sql`event_id = ${wanted.eventId}`
  const { at, id } = ('before' in wanted && wanted.before) || { at: Number.MAX_SAFE_INTEGER, id: '' }
  return db.all(
    sql<HistoryRow>`SELECT * FROM (
        SELECT created_at AS at, id AS id, id AS "rsvpId", name AS name, 'rsvp.answered' AS kind,
          json_object('source', source, 'response', response) AS payload FROM ${rsvps} WHERE ${of}
        UNION ALL
        SELECT ${changes.at}, ${changes.id} || rsvps.id, rsvps.id, name, ${changes.kind}, ${changes.payload}
          FROM ${rsvps} JOIN ${changes} ON ${changes.subjectId} = rsvps.id AND ${changes.kind} <> 'rsvp.answered' WHERE ${of})
      WHERE (at, id) < (${at}, ${id}) ORDER BY at DESC, id DESC LIMIT ${'of' in wanted ? 1000 : wanted.limit + 1}`,
  )
}

export type GuestRow = { name: string; attendance: string; answers: string }

/** Who is coming and agreed to be shown: to a date, those who come to all dates and did not answer it otherwise. */
export const readShownGuests = (db: Db, eventId: string, occurrence: string, limit: number): Promise<GuestRow[]> =>
  db.all(
    sql<GuestRow>`SELECT name, attendance, answers FROM ${rsvps} WHERE event_id = ${eventId} AND occurrence IN ('', ${occurrence})
      AND place = 'seat' AND show_name = 1 AND purged_at IS NULL AND NOT EXISTS (SELECT 1 FROM ${rsvps} AS own
        WHERE rsvps.occurrence <> ${occurrence} AND own.event_id = ${eventId} AND own.occurrence = ${occurrence} AND own.email_key = rsvps.email_key)
      ORDER BY id LIMIT ${limit}`,
  )
