/** Takes out what names a guest: on the guest's wish, or when it was kept long enough. The counts stay. */
import { type SQL, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { promoteWaiting } from '../events/promote.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { fromDateAt } from '../events/seats.ts'
import type { RsvpRow } from './queries.ts'
import { recordRsvps } from './record.ts'
import { scopeOf } from './rules.ts'
import { feedback, guestAddresses, guestCalendars, mailReplies, rsvpLinks, rsvps } from './tables.ts'

/** Nothing of these answers names anybody any more. */
export const anonymize = (which: SQL, now: number, changeId: string): SQL<never>[] => [
  ...[rsvpLinks, guestCalendars, feedback].map(
    (table): SQL<never> => sql`DELETE FROM ${table} WHERE rsvp_id IN (SELECT id FROM ${rsvps} WHERE ${which})`,
  ),
  sql`UPDATE ${rsvps} SET name = '', email = '', email_key = 'erased:' || id, answers = '{}', note = '', manage_hash = '',
      show_name = 0, reason = NULL, language = NULL, time_zone = NULL, purged_at = ${now}, updated_at = ${now}, change_id = ${changeId}
    WHERE ${which} AND purged_at IS NULL`,
  // Who has other answers to the event still answers them by mail.
  ...[guestAddresses, mailReplies].map(
    (table): SQL<never> => sql`DELETE FROM ${table}
      WHERE event_id IN (SELECT event_id FROM ${rsvps} WHERE change_id = ${changeId} AND change_id <> id)
        AND NOT EXISTS (SELECT 1 FROM ${rsvps} WHERE rsvps.event_id = ${table.eventId} AND rsvps.email_key = ${table.emailKey})`,
  ),
]

/**
 * Erases a guest from an event, on every date that was answered. Places at what is still to come go to those in line; who
 * was at what is over stays counted.
 */
export async function eraseGuest(deps: Deps, rsvp: RsvpRow, row: EventRow): Promise<void> {
  const now = deps.now()
  const changeId = deps.newId()
  const theirs = sql`event_id = ${row.id} AND (id = ${rsvp.id} OR email_key = ${rsvp.emailKey})`
  const isOver = row.endsAt !== null && row.endsAt <= now
  const isToCome = isOver ? sql`false` : sql`(occurrence = '' OR occurrence > ${fromDateAt(now)})`
  await deps.db.batch([
    sql`UPDATE ${rsvps} SET response = 'declined', place = NULL, position = NULL, waits_for = NULL, held_until = NULL, options = NULL
      WHERE ${theirs} AND checked_in_at IS NULL AND ${isToCome}`,
    // Nobody can be told any more of a place in line.
    sql`UPDATE ${rsvps} SET place = nullif(place, 'waitlist'), position = NULL, waits_for = NULL
      WHERE ${theirs} AND (position IS NOT NULL OR waits_for IS NOT NULL)`,
    ...anonymize(theirs, now, changeId),
    recordRsvps('rsvp.erased', { changeId, now, event: row }),
    ...promoteWaiting({
      event: { ...row, isSeries: scopeOf(eventOf(row), '') === 'series' },
      changeId: deps.newId(),
      now,
      cause: 'answer-changed',
    }),
  ])
}
