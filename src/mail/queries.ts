import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { rsvps } from '../rsvp/tables.ts'
import { mails } from './tables.ts'

export type MailRow = Pick<
  typeof mails.$inferSelect,
  'seq' | 'rsvpId' | 'kind' | 'state' | 'tries' | 'sentAt' | 'error'
> & {
  name: string
}

/** The mails about an event, the newest first; one more than `limit` where there are more. */
export const readMails = (
  db: Db,
  eventId: string,
  limit: number,
  before: { seq: number; rsvpId: string } | null,
  state?: MailRow['state'],
): Promise<MailRow[]> =>
  db.all(
    sql<MailRow>`SELECT mails.seq AS seq, mails.rsvp_id AS "rsvpId", kind AS kind, state AS state, tries AS tries,
        sent_at AS "sentAt", error AS error, rsvps.name AS name
      FROM ${mails} JOIN ${rsvps} ON rsvps.id = mails.rsvp_id
      WHERE mails.event_id = ${eventId} AND ${state ? sql`state = ${state}` : sql`true`}
        AND ${before ? sql`(mails.seq, mails.rsvp_id) < (${before.seq}, ${before.rsvpId})` : sql`true`}
      ORDER BY mails.seq DESC, mails.rsvp_id DESC LIMIT ${limit + 1}`,
  )
