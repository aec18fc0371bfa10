import { type SQL, sql } from 'drizzle-orm'

/** Stands for "without limit" where a number is needed. */
const UNLIMITED = 1_000_000_000

/** The capacity of `events` for the way to attend that this column names. */
export const capacityFor = (attendance: SQL): SQL =>
  sql`CASE ${attendance} WHEN 'remote' THEN events.capacity_remote ELSE events.capacity_in_person END`

/**
 * Gives free places to those in line, in the write that freed them: to the first whose whole party fits, then to the next;
 * who is passed over keeps the position. It walks the line of each date and way to attend only as far as places go.
 *
 * The promoted carry `changeId`, which must be a change of its own, so that it can be journalled who was promoted.
 */
export function promoteWaiting(eventId: string, changeId: string, now: number): SQL<{ id: string }> {
  return sql<{ id: string }>`WITH RECURSIVE walk (id, occurrence, attendance, position, free) AS (
      SELECT NULL, counter.occurrence, counter.attendance, 0,
        coalesce(${capacityFor(sql`counter.attendance`)}, ${UNLIMITED}) - counter.taken
      FROM seat_counters AS counter JOIN events ON events.id = counter.event_id
      WHERE counter.event_id = ${eventId} AND counter.waiting > 0 AND events.status <> 'cancelled'
      UNION ALL
      SELECT waiting.id, walk.occurrence, walk.attendance, waiting.position, walk.free - 1 - waiting.guests
      FROM walk JOIN rsvps AS waiting ON waiting.event_id = ${eventId} AND waiting.occurrence = walk.occurrence
        AND waiting.attendance = walk.attendance AND waiting.place = 'waitlist'
        AND waiting.position = (SELECT min(next.position) FROM rsvps AS next
          WHERE next.event_id = ${eventId} AND next.occurrence = walk.occurrence AND next.attendance = walk.attendance
            AND next.place = 'waitlist' AND next.position > walk.position AND 1 + next.guests <= walk.free)
      WHERE walk.free > 0)
    UPDATE rsvps SET place = 'seat', position = NULL, updated_at = ${now}, change_id = ${changeId}
    WHERE id IN (SELECT id FROM walk WHERE id IS NOT NULL) RETURNING id`
}

/** Journals who was promoted. */
export const recordPromotions = (eventId: string, groupId: string, changeId: string, now: number): SQL<never> =>
  sql`INSERT INTO changes (id, kind, subject_id, group_id, at, payload)
    SELECT ${changeId}, 'rsvp.promoted', id, ${groupId}, ${now}, json_object('event', ${eventId}) FROM rsvps WHERE change_id = ${changeId}`
