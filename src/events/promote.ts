import { type SQL, sql } from 'drizzle-orm'
import { capacityIn, waitWhereFull } from './full-dates.ts'
import { fromDateAt, usedSeats } from './seats.ts'

/** Stands for "without limit" where a number is needed. */
const UNLIMITED = 1_000_000_000

/** What made places free. */
export type Cause = 'answer-changed' | 'capacity-changed' | 'hold-expired' | 'moved-by-organizer'

type Promotion = {
  event: { id: string; groupId: string; isSeries: boolean }
  /** A change of its own, so that it can be journalled who was promoted and why. */
  changeId: string
  now: number
  cause: Cause
  /** Only this date, and only where that answer stands in for one to all dates: nothing else can have fallen free. */
  only?: { occurrence: string; by: string }
}

type Line = 'inPerson' | 'remote'

/**
 * Gives free places to those in line, in the write that freed them: to the first whose whole party fits, then to the next;
 * who is passed over keeps the position. Each line is walked only as far as places go. Answers that were not confirmed in
 * time keep no places any more.
 *
 * Who takes part from elsewhere while waiting moves over, so the lines of the room come before those of elsewhere. Who
 * waits for one date comes before who waits for all of them; these get a seat where the series has one, and wait in line
 * on the dates that are full.
 */
export function promoteWaiting(promotion: Promotion): SQL[] {
  const { event, changeId, now, cause, only } = promotion
  const give = (line: Line): SQL[] => {
    const onDates = giveSeats(promotion, line, true)
    const forAll = giveSeats(promotion, line, false)
    if (only) return [onDates]
    return event.isSeries ? [onDates, waitOnDates(promotion, line), forAll, onDates] : [forAll]
  }
  return [
    ...(only ? [] : [sql`UPDATE rsvps SET held_until = NULL WHERE held_until <= ${now} AND event_id = ${event.id}`]),
    ...give('inPerson'),
    ...give('remote'),
    sql`INSERT INTO changes (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'rsvp.promoted', id, ${event.groupId}, ${now}, json_object('event', ${event.id}, 'cause', ${cause})
      FROM rsvps WHERE change_id = ${changeId} AND change_id <> id`,
  ]
}

/** Those in line who get a seat by one way to take part: on each date to come, or for the event or all dates of it. */
function walk({ event, now, only }: Promotion, line: Line, ofDates: boolean): SQL {
  const used = usedSeats(ofDates ? 'date' : 'event', {
    eventId: event.id,
    occurrence: sql`line.occurrence`,
    attendance: line,
  })
  const where = only
    ? sql`line.occurrence = ${only.occurrence} AND EXISTS (SELECT 1 FROM rsvps WHERE id = ${only.by} AND standing > 0)`
    : ofDates
      ? sql`line.occurrence > ${fromDateAt(now)}`
      : sql`line.occurrence = ''`
  return sql`WITH RECURSIVE walk (id, occurrence, position, free) AS (
      SELECT NULL, line.occurrence, 0, coalesce(${capacityIn(line)}, ${UNLIMITED}) - ${used}
      FROM seat_counters AS line JOIN events ON events.id = line.event_id
      WHERE line.event_id = ${event.id} AND line.attendance = ${line} AND line.waiting > 0 AND events.status <> 'cancelled'
        AND (events.ends_at IS NULL OR events.ends_at > ${now})
        AND ${where}
      UNION ALL
      SELECT waiting.id, walk.occurrence, waiting.position, walk.free - 1 - waiting.guests
      FROM walk JOIN rsvps AS waiting ON waiting.id = (
          SELECT next.id FROM rsvps AS next
          WHERE next.event_id = ${event.id} AND next.occurrence = walk.occurrence AND next.line = ${line}
            AND next.position > walk.position AND 1 + next.guests <= walk.free
          ORDER BY next.position LIMIT 1)
      WHERE walk.free > 0)`
}

const giveSeats = (promotion: Promotion, line: Line, ofDates: boolean): SQL<{ id: string }> =>
  sql<{ id: string }>`${walk(promotion, line, ofDates)}
    UPDATE rsvps SET place = 'seat', attendance = ${line}, waits_for = NULL, position = NULL,
      updated_at = ${promotion.now}, change_id = ${promotion.changeId}
    WHERE id IN (SELECT id FROM walk WHERE id IS NOT NULL) RETURNING id`

/** Who is about to get a seat on all dates waits where there is none. */
function waitOnDates(promotion: Promotion, line: Line): SQL<never> {
  const { event, changeId, now } = promotion
  // The ids of both lines begin alike, so they end apart.
  const ids = changeId.slice(0, 21) + (line === 'inPerson' ? '0' : '1')
  return waitWhereFull(walk(promotion, line, false), event, line, { changeId: ids, now, fromDate: fromDateAt(now) })
}
