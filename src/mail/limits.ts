/** How many mails an address gets before anybody has shown that they read them: anybody can type any address. */
import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { guestAddresses, rsvps } from '../rsvp/tables.ts'
import { mails } from './tables.ts'

const DAY = 86_400
/** Of one event, and of all, in a day. */
const PER_EVENT = 3
const OF_ALL = 5

/**
 * Drops what is due beyond three mails to one address for one event in a day, and five for all events; the first ones go
 * out. In the batch that makes the mails, so that they are counted however many come at once.
 *
 * Who has opened a link of a mail or answered one is not limited; and that an event is off is told to everybody, which
 * strangers can't bring about.
 */
export function dropTooMany(now: number): SQL<never> {
  const address = sql`(SELECT email_key FROM ${rsvps} WHERE id = ${mails.rsvpId})`
  const before = (where: SQL) =>
    sql`(SELECT count(*) FROM ${rsvps} JOIN mails AS earlier ON earlier.rsvp_id = rsvps.id
        JOIN ${changes} ON changes.seq = earlier.seq
      WHERE rsvps.email_key = ${address} AND earlier.state <> 'dropped' AND changes.at > ${now - DAY}
        AND (earlier.seq, earlier.rsvp_id) < (mails.seq, mails.rsvp_id) AND ${where})`
  return sql`UPDATE ${mails} SET state = 'dropped', error = 'too many mails to this address'
    WHERE state = 'due' AND tries = 0 AND kind <> 'event.cancelled'
      AND NOT EXISTS (SELECT 1 FROM ${guestAddresses} WHERE email_key = ${address} AND proven_at IS NOT NULL)
      AND (${before(sql`earlier.event_id = mails.event_id`)} >= ${PER_EVENT} OR ${before(sql`true`)} >= ${OF_ALL})`
}
