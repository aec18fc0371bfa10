/** What guests say of it afterwards. */
import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Db } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import type { RsvpRow } from './queries.ts'
import { feedback, rsvps } from './tables.ts'

/** Keeps what a guest says, in place of what they said before. Nothing where the answer has been erased meanwhile. */
export async function sayHowItWas(
  deps: Deps,
  rsvp: Pick<RsvpRow, 'id' | 'eventId'>,
  groupId: string,
  text: string,
): Promise<void> {
  const now = deps.now()
  const isThere: SQL = sql`EXISTS (SELECT 1 FROM ${rsvps} WHERE id = ${rsvp.id} AND purged_at IS NULL)`
  await deps.db.batch([
    sql`INSERT INTO ${feedback} (rsvp_id, event_id, text, at) SELECT ${rsvp.id}, ${rsvp.eventId}, ${text}, ${now} WHERE ${isThere}
      ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${deps.newId()}, 'rsvp.feedback', ${rsvp.id}, ${groupId}, ${now}, ${JSON.stringify({ event: rsvp.eventId })}
      WHERE ${isThere}`,
  ])
}

/** What a guest said. */
export const findFeedback = async (db: Db, rsvpId: string): Promise<string | null> =>
  (await db.all(sql<{ text: string }>`SELECT text FROM ${feedback} WHERE rsvp_id = ${rsvpId}`))[0]?.text ?? null

export type FeedbackRow = { rsvpId: string; name: string; text: string; at: number }

/** What the guests of an event said, one more than `limit` where there are more. */
export const readFeedback = (db: Db, eventId: string, limit: number, after: string | null): Promise<FeedbackRow[]> =>
  db.all(
    sql<FeedbackRow>`SELECT rsvp_id AS "rsvpId", rsvps.name AS name, feedback.text AS text, feedback.at AS at
      FROM ${feedback} JOIN ${rsvps} ON rsvps.id = rsvp_id
      WHERE feedback.event_id = ${eventId} AND rsvp_id > ${after ?? ''} ORDER BY rsvp_id LIMIT ${limit + 1}`,
  )
