import { type SQL, sql } from 'drizzle-orm'
import { columnNames, values } from '../db/sql.ts'
import { usedSeats } from '../events/seats.ts'
import { toBasic } from '../time/zone.ts'
import type { RsvpRow } from './queries.ts'
import { rsvps } from './tables.ts'

const DATES_MAX = 1000
const DAY = 86_400

/**
 * A standing answer that has a seat waits in line on the dates that are full without it: each gets an answer of its own,
 * whose id is the standing answer's with another end.
 */
export function waitOnFullDates(rsvp: Omit<RsvpRow, 'rank'>, capacity: number): SQL<never> {
  const used = usedSeats('date', {
    eventId: rsvp.eventId,
    occurrence: sql`full.occurrence`,
    attendance: rsvp.attendance,
  })
  const id = sql`substr(${rsvp.id}, 1, 23) || printf('%03d', row_number() OVER (ORDER BY full.occurrence) - 1)`
  const row = {
    ...rsvp,
    id,
    changeId: id,
    occurrence: sql`full.occurrence`,
    place: 'waitlist',
    position: sql`full.last_position + 1`,
    source: 'standing',
    manageHash: '',
    standing: 1 + rsvp.guests,
    standingAttendance: rsvp.attendance,
  } as const
  return sql`INSERT INTO ${rsvps} (${columnNames(rsvps)})
    SELECT ${values(rsvps, row)} FROM seat_counters AS full
    WHERE full.event_id = ${rsvp.eventId} AND full.attendance = ${rsvp.attendance} AND full.occurrence > ${toBasic(rsvp.createdAt - DAY)}
      AND ${used} > ${capacity} AND EXISTS (SELECT 1 FROM ${rsvps} WHERE id = ${rsvp.id} AND place = 'seat')
    ORDER BY full.occurrence LIMIT ${DATES_MAX}
    ON CONFLICT (event_id, occurrence, email_key) DO NOTHING`
}
