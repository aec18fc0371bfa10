/** How many mails an address gets before anybody has shown that they read them: anybody can type any address. */
import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { guestAddresses, rsvps } from '../rsvp/tables.ts'
import { mails } from './tables.ts'

const DAY = 86_400
/** Of one event and of all in a day, and of one event at all. */
const PER_EVENT = 3
const OF_ALL = 5
const EVER = 5

/** What anybody brings about who types the address; the rest comes from organizers. */
const BY_ANYBODY = sql`('rsvp.answered', 'rsvp.changed', 'rsvp.cancelled', 'rsvp.confirmed', 'rsvp.link-requested')`

/**
 * Drops what is due beyond three mails to one address for one event in a day, and five for all events; and beyond five for
 * one event at all of those that anybody can bring about. The first ones go out. In the batch that makes the mails, so that they are counted however many come at once.
 *
 * Who has opened a link of a mail or answered one is not limited; and that an event is off is told to everybody, which
 * strangers can't bring about.
 */
export function dropTooMany(now: number): SQL<never> {
  const address = sql`(SELECT email_key FROM ${rsvps} WHERE id = ${mails.rsvpId})`
  const before = (where: SQL) =>
    sql`(SELECT count(*) FROM ${rsvps} JOIN mails AS earlier ON earlier.rsvp_id = rsvps.id
        JOIN ${changes} ON changes.seq = earlier.seq
      WHERE rsvps.email_key = ${address} AND earlier.state <> 'dropped'
        AND (earlier.seq, earlier.rsvp_id) < (mails.seq, mails.rsvp_id) AND ${where})`
  // The plus keeps SQLite from reading all mails about the event; those to one address are few.
  const isOfEvent = sql`+earlier.event_id = mails.event_id`
  const isToday = sql`changes.at > ${now - DAY}`
  return sql`UPDATE ${mails} SET state = 'dropped', error = 'too many mails to this address'
    WHERE state = 'due' AND tries = 0 AND kind NOT IN ('event.cancelled', 'event.deleted')
      AND NOT EXISTS (SELECT 1 FROM ${guestAddresses} WHERE email_key = ${address} AND proven_at IS NOT NULL)
      AND (${before(sql`${isOfEvent} AND ${isToday}`)} >= ${PER_EVENT} OR ${before(isToday)} >= ${OF_ALL}
        OR (kind IN ${BY_ANYBODY} AND ${before(sql`${isOfEvent} AND earlier.kind IN ${BY_ANYBODY}`)} >= ${EVER}))`
}
