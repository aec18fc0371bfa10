import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { capacityFor } from '../events/promote.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { newCapability } from '../tokens/capability.ts'
import type { RsvpRow } from './queries.ts'
import { type Answers, type Attendance, faultsOf, occurrenceOf, usualAttendance, whyNotOpen } from './rules.ts'
import { rsvps } from './tables.ts'

export type Respond = {
  name: string
  email: string
  response: 'accepted' | 'tentative' | 'declined'
  attendance?: Attendance | undefined
  guests: number
  answers: Answers
  note: string
  occurrence?: string | undefined
}

export type Responded =
  | { ok: true; isNew: true; rsvp: RsvpRow; manageToken: string }
  /** The address has answered already: nothing changed, and its owner is sent the manage link. */
  | { ok: true; isNew: false }
  | Refused

type Facts = { found: 'given' | 'answered' | 'full' | 'stale'; waiting: number }

/**
 * One person's answer to an event. The seat is counted and given in one statement, so a full event is never oversold.
 *
 * Refuses what `whyNotOpen` and `faultsOf` refuse, `event_full` where there is no waitlist, and `stale` where the event
 * was changed since `row` was read: read it again and repeat.
 */
export async function respond(deps: Deps, row: EventRow, input: Respond): Promise<Responded> {
  const event = eventOf(row)
  const occurrence = occurrenceOf(event, input.occurrence)
  const now = deps.now()
  const closed = whyNotOpen(row, event, occurrence, now)
  if (closed) return closed
  const faults = faultsOf(event, input.guests, input.answers)
  if (faults.length > 0) return invalid(...faults)

  const id = deps.newId()
  const changeId = deps.newId()
  const manageToken = newCapability(deps, 'rsvp', id)
  const rsvp: RsvpRow = {
    id,
    eventId: row.id,
    occurrence,
    emailKey: input.email.toLowerCase(),
    email: input.email,
    name: input.name,
    response: input.response,
    attendance: input.attendance ?? usualAttendance(event),
    guests: input.guests,
    place: null,
    position: null,
    answers: JSON.stringify(input.answers),
    note: input.note,
    manageHash: await sha256(manageToken),
    checkedInAt: null,
    createdAt: now,
    updatedAt: now,
    changeId,
    rank: null,
  }
  const [given, , [facts]] = await deps.db.batch([
    giveSeat(rsvp, row),
    recordAnswer(rsvp, row.groupId),
    readFacts(rsvp, row.changeId),
  ])
  return decide({ ...rsvp, ...given[0] }, manageToken, facts!)
}

/**
 * Stores the answer with the place it gets: a seat while the party fits into the capacity, else a number in line where the
 * event has a line. Nothing where the address has answered, the event was changed meanwhile, or it is full.
 */
function giveSeat(rsvp: RsvpRow, row: EventRow): SQL<Pick<RsvpRow, 'place' | 'position'>> {
  const { rank: _, ...stored } = rsvp
  const attendance = sql`${rsvp.attendance}`
  return sql<Pick<RsvpRow, 'place' | 'position'>>`INSERT INTO ${rsvps} (${columnNames(rsvps)})
    SELECT ${values(rsvps, { ...stored, place: sql`place`, position: sql`CASE place WHEN 'waitlist' THEN last_position + 1 END` })}
    FROM (
      SELECT coalesce(last_position, 0) AS last_position, ${placeFor(rsvp.response, 1 + rsvp.guests, attendance)} AS place
      FROM events LEFT JOIN seat_counters AS counter
        ON counter.event_id = events.id AND counter.occurrence = ${rsvp.occurrence} AND counter.attendance = ${attendance}
      WHERE events.id = ${row.id} AND events.change_id = ${row.changeId})
    WHERE place IS NOT 'full'
    ON CONFLICT (event_id, occurrence, email_key) DO NOTHING RETURNING place, position`
}

/** The place an answer gets, over `events` and its `counter`; `full` where there is none and no line. */
export function placeFor(response: string, party: number, attendance: SQL): SQL {
  if (response !== 'accepted') return sql`NULL`
  const capacity = capacityFor(attendance)
  return sql`CASE WHEN events.rsvp_confirmation = 'email' THEN 'pending'
    WHEN ${capacity} IS NULL OR coalesce(counter.taken, 0) + ${party} <= ${capacity} THEN 'seat'
    WHEN events.rsvp_waitlist AND ${party} <= ${capacity} THEN 'waitlist' ELSE 'full' END`
}

/**
 * Journals the answer; or that the address had answered before, so that its owner is sent the link while the asker learns
 * nothing.
 */
const recordAnswer = (rsvp: RsvpRow, groupId: string): SQL<never> =>
  sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
    SELECT ${rsvp.changeId}, CASE id WHEN ${rsvp.id} THEN 'rsvp.answered' ELSE 'rsvp.link-requested' END, id, ${groupId}, ${rsvp.createdAt}, '{}'
    FROM ${rsvps} WHERE event_id = ${rsvp.eventId} AND occurrence = ${rsvp.occurrence} AND email_key = ${rsvp.emailKey}`

/** What became of it. CASE stops at the first that holds, so an answer that was given reads no more than itself. */
const readFacts = (rsvp: RsvpRow, version: string): SQL<Facts> =>
  sql<Facts>`SELECT
    CASE WHEN EXISTS (SELECT 1 FROM ${rsvps} WHERE id = ${rsvp.id}) THEN 'given'
      WHEN EXISTS (SELECT 1 FROM ${rsvps}
        WHERE event_id = ${rsvp.eventId} AND occurrence = ${rsvp.occurrence} AND email_key = ${rsvp.emailKey}) THEN 'answered'
      WHEN (SELECT change_id FROM events WHERE id = ${rsvp.eventId}) = ${version} THEN 'full' ELSE 'stale' END AS found,
    coalesce((SELECT waiting FROM seat_counters
      WHERE event_id = ${rsvp.eventId} AND occurrence = ${rsvp.occurrence} AND attendance = ${rsvp.attendance}), 0) AS waiting`

/** Names the outcome from what the batch found. Who has just joined the line is its last. */
export function decide(rsvp: RsvpRow, manageToken: string, { found, waiting }: Facts): Responded {
  switch (found) {
    case 'given':
      return { ok: true, isNew: true, rsvp: { ...rsvp, rank: rsvp.place === 'waitlist' ? waiting : null }, manageToken }
    case 'answered':
      return { ok: true, isNew: false }
    case 'full':
      return refused('event_full')
    case 'stale':
      return refused('stale')
  }
}
