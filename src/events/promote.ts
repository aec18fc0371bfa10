import { type SQL, sql } from 'drizzle-orm'
import { toBasic } from '../time/zone.ts'
import { fullestDate, usedSeats } from './seats.ts'

/** Stands for "without limit" where a number is needed. */
const UNLIMITED = 1_000_000_000
const DAY = 86_400

/** What made places free. */
export type Cause = 'answer-changed' | 'capacity-changed' | 'hold-expired' | 'moved-by-organizer'

type Promotion = {
  event: { id: string; groupId: string; isSeries: boolean }
  /** A change of its own, so that it can be journalled who was promoted and why. */
  changeId: string
  now: number
  cause: Cause
  /** The one date where places fell free; all that are to come where it is left out. */
  occurrence?: string
}

/**
 * Gives free places to those in line, in the write that freed them: to the first whose whole party fits, then to the next;
 * who is passed over keeps the position. Each line is walked only as far as places go.
 *
 * Who takes part from elsewhere while waiting moves over, so the line of the room comes before the line of those
 * elsewhere; and single dates come before all dates, which need room on each.
 */
export function promoteWaiting(promotion: Promotion): SQL<{ id: string }>[] {
  const { event, changeId, now, cause } = promotion
  return [
    ...(event.isSeries ? [giveSeats(promotion, 'inPerson', true), giveSeats(promotion, 'remote', true)] : []),
    giveSeats(promotion, 'inPerson', false),
    giveSeats(promotion, 'remote', false),
    sql`INSERT INTO changes (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'rsvp.promoted', id, ${event.groupId}, ${now}, json_object('event', ${event.id}, 'cause', ${cause})
      FROM rsvps WHERE change_id = ${changeId} AND change_id <> id`,
  ]
}

/** Gives the seats of one way to take part: on each date to come, or for the event or all dates of it. */
function giveSeats(promotion: Promotion, line: 'inPerson' | 'remote', ofDates: boolean): SQL<{ id: string }> {
  const { event, changeId, now, occurrence } = promotion
  const capacity = sql.raw(line === 'inPerson' ? 'events.capacity_in_person' : 'events.capacity_remote')
  const fromDate = toBasic(now - DAY)
  const used = usedSeats(ofDates ? 'date' : 'event', {
    eventId: event.id,
    occurrence: sql`line.occurrence`,
    attendance: line,
  })
  const dates = occurrence ? sql`line.occurrence = ${occurrence}` : sql`line.occurrence > ${fromDate}`
  const beyond = ofDates || !event.isSeries ? sql`0` : fullestDate(event.id, line, fromDate)
  return sql<{ id: string }>`WITH RECURSIVE walk (id, occurrence, position, free) AS (
      SELECT NULL, line.occurrence, 0, coalesce(${capacity}, ${UNLIMITED}) - ${used} - ${beyond}
      FROM seat_counters AS line JOIN events ON events.id = line.event_id
      WHERE line.event_id = ${event.id} AND line.attendance = ${line} AND line.waiting > 0 AND events.status <> 'cancelled'
        AND ${ofDates ? dates : sql`line.occurrence = ''`}
      UNION ALL
      SELECT waiting.id, walk.occurrence, waiting.position, walk.free - 1 - waiting.guests
      FROM walk JOIN rsvps AS waiting ON waiting.event_id = ${event.id} AND waiting.occurrence = walk.occurrence
        AND waiting.line = ${line} AND waiting.position = (
          SELECT min(next.position) FROM rsvps AS next
          WHERE next.event_id = ${event.id} AND next.occurrence = walk.occurrence AND next.line = ${line}
            AND next.position > walk.position AND 1 + next.guests <= walk.free)
      WHERE walk.free > 0)
    UPDATE rsvps SET place = 'seat', attendance = ${line}, waits_for = NULL, position = NULL,
      updated_at = ${now}, change_id = ${changeId}
    WHERE id IN (SELECT id FROM walk WHERE id IS NOT NULL) RETURNING id`
}
