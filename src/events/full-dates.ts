/** Dates of a series that have no seat for who answers all of them: those guests wait there, in line for that date. */
import { type SQL, sql } from 'drizzle-orm'
import { usedSeats } from './seats.ts'

/** More dates than a series is answered on. */
const ROWS_MAX = 1000

export const capacityIn = (way: 'inPerson' | 'remote'): SQL =>
  sql.raw(way === 'inPerson' ? 'events.capacity_in_person' : 'events.capacity_remote')

const COLUMNS = sql.raw(
  `id, change_id, event_id, occurrence, email_key, email, name, response, attendance, guests, place, position, waits_for,
    standing, standing_attendance, source, answers, note, manage_hash, show_name, created_at, updated_at`,
)

/** An answer to one date, made of a standing one; options are counted with that one. */
const copied = (changeId: string, now: number, number: SQL, got: { place: SQL; waitsFor: SQL; standing: SQL }): SQL => {
  const id = sql`substr(${changeId}, 1, 22) || printf('%04d', ${number})`
  return sql`${id}, ${id}, ofAll.event_id, full.occurrence, ofAll.email_key, ofAll.email, ofAll.name, 'accepted', ofAll.attendance,
    ofAll.guests, ${got.place}, full.last_position + ${number}, ${got.waitsFor}, ${got.standing}, ofAll.attendance, 'standing',
    ofAll.answers, ofAll.note, '', ofAll.show_name, ${now}, ${now}`
}

const unanswered = sql`NOT EXISTS (SELECT 1 FROM rsvps AS own WHERE own.event_id = ofAll.event_id
  AND own.occurrence = full.occurrence AND own.email_key = ofAll.email_key)`

/** A standing answer that has just got its seat waits in line on the dates from `fromDate` on that are full without it. */
export function waitOnFullDates(standingId: string, changeId: string, now: number, fromDate: string): SQL<never> {
  const used = usedSeats('date', {
    eventId: sql`ofAll.event_id`,
    occurrence: sql`full.occurrence`,
    attendance: sql`ofAll.attendance`,
  })
  const capacity = sql`CASE ofAll.attendance WHEN 'inPerson' THEN ${capacityIn('inPerson')} ELSE ${capacityIn('remote')} END`
  const row = copied(changeId, now, sql`row_number() OVER (ORDER BY full.occurrence)`, {
    place: sql`'waitlist'`,
    waitsFor: sql`NULL`,
    standing: sql`1 + ofAll.guests`,
  })
  return sql`INSERT INTO rsvps (${COLUMNS})
    SELECT ${row} FROM rsvps AS ofAll JOIN events ON events.id = ofAll.event_id
      JOIN seat_counters AS full ON full.event_id = ofAll.event_id AND full.occurrence > ${fromDate} AND full.attendance = ofAll.attendance
    WHERE ofAll.id = ${standingId} AND ofAll.occurrence = '' AND ofAll.place = 'seat' AND ${used} > ${capacity} AND ${unanswered}
    LIMIT ${ROWS_MAX}`
}

/**
 * The same for the standing answers that are about to be given a seat: those of `walk` (id, position), in the order of
 * their line. Who takes part from elsewhere until then keeps that seat where the room is full.
 */
export function waitWhereFull(
  walk: SQL,
  event: { id: string },
  line: 'inPerson' | 'remote',
  { changeId, now, fromDate }: { changeId: string; now: number; fromDate: string },
): SQL<never> {
  const used = usedSeats('date', { eventId: event.id, occurrence: sql`full.occurrence`, attendance: line })
  const got = {
    place: sql`coalesce(ofAll.place, 'waitlist')`,
    waitsFor: sql`ofAll.waits_for`,
    standing: sql`CASE ofAll.place WHEN 'seat' THEN 1 + ofAll.guests ELSE 0 END`,
  }
  return sql`${walk}, ahead AS (
      SELECT ofAll.id, full.occurrence, ${used} AS used, row_number() OVER (ORDER BY walk.position, full.occurrence) AS number,
        sum(1 + ofAll.guests) OVER (PARTITION BY full.occurrence ORDER BY walk.position) AS wanted
      FROM walk JOIN rsvps AS ofAll ON ofAll.id = walk.id
        JOIN seat_counters AS full ON full.event_id = ${event.id} AND full.occurrence > ${fromDate} AND full.attendance = ${line}
      WHERE ${unanswered})
    INSERT INTO rsvps (${COLUMNS})
    SELECT ${copied(changeId, now, sql`ahead.number`, got)}
    FROM ahead JOIN events ON events.id = ${event.id} JOIN rsvps AS ofAll ON ofAll.id = ahead.id
      JOIN seat_counters AS full ON full.event_id = ${event.id} AND full.occurrence = ahead.occurrence AND full.attendance = ${line}
    WHERE ahead.used + ahead.wanted > ${capacityIn(line)}
    ORDER BY ahead.number LIMIT ${ROWS_MAX}`
}
