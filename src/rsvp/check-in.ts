/** Who was there, and how: at the door or from elsewhere. */
import { sql } from 'drizzle-orm'
import { assignments, columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { promoteWaiting } from '../events/promote.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { type Refused, refused } from '../outcome.ts'
import { standingSeats } from './places.ts'
import { type RsvpRow, rsvpById, rsvpWhere } from './queries.ts'
import { recordRsvps } from './record.ts'
import { type Attendance, occurrenceOf, scopeOf, whyNotOpen } from './rules.ts'
import { rsvps } from './tables.ts'

type Outcome = Promise<{ ok: true; rsvp: RsvpRow } | Refused>

/** Notes that a guest is there; the first time counts. Refuses who said they aren't coming. */
export async function checkIn(deps: Deps, rsvp: RsvpRow, groupId: string, attendance?: Attendance): Outcome {
  const now = deps.now()
  const changeId = deps.newId()
  const [, , [after]] = await deps.db.batch([
    sql`UPDATE ${rsvps} SET checked_in_at = ${now}, came = ${attendance ?? rsvp.attendance}, updated_at = ${now}, change_id = ${changeId}
      WHERE id = ${rsvp.id} AND response <> 'declined' AND checked_in_at IS NULL`,
    recordRsvps('rsvp.checked-in', { changeId, now, event: { id: rsvp.eventId, groupId } }),
    rsvpById(rsvp.id),
  ])
  return after && after.checkedInAt !== null ? { ok: true, rsvp: after } : refused('not_coming')
}

/** Takes a check-in back; twice is once. */
export async function undoCheckIn(deps: Deps, rsvp: RsvpRow, groupId: string): Outcome {
  const now = deps.now()
  const changeId = deps.newId()
  const [, , [after]] = await deps.db.batch([
    sql`UPDATE ${rsvps} SET checked_in_at = NULL, came = NULL, updated_at = ${now}, change_id = ${changeId}
      WHERE id = ${rsvp.id} AND checked_in_at IS NOT NULL`,
    recordRsvps('rsvp.check-in-undone', { changeId, now, event: { id: rsvp.eventId, groupId } }),
    rsvpById(rsvp.id),
  ])
  return after ? { ok: true, rsvp: after } : refused('not_found')
}

export type WalkIn = {
  name: string
  email?: string | undefined
  attendance: Attendance
  guests: number
  occurrence?: string | undefined
}

/**
 * Notes somebody who came without an answer: they are there, so they have a seat whatever the capacity says. Who has
 * answered with that address is checked in.
 */
export async function walkIn(deps: Deps, row: EventRow, { occurrence: given, email, ...input }: WalkIn): Outcome {
  const event = eventOf(row)
  const occurrence = occurrenceOf(event, given)
  const now = deps.now()
  const closed = whyNotOpen({ ...row, endsAt: null }, event, occurrence, 0, { isOrganizer: true })
  if (closed) return closed
  const id = deps.newId()
  const changeId = deps.newId()
  const emailKey = email?.toLowerCase() ?? `door:${id}`
  const rsvp: Omit<RsvpRow, 'rank'> = {
    ...input,
    id,
    eventId: row.id,
    occurrence,
    emailKey,
    email: email ?? '',
    response: 'accepted',
    place: 'seat',
    position: null,
    answers: '{}',
    note: '',
    manageHash: '',
    checkedInAt: now,
    createdAt: now,
    updatedAt: now,
    changeId: id,
    waitsFor: null,
    heldUntil: null,
    confirmedAt: null,
    options: null,
    standing: 0,
    standingAttendance: null,
    source: 'door',
    invitationId: null,
    showName: 0,
    came: input.attendance,
    reason: null,
    purgedAt: null,
  }
  const theSame = sql`event_id = ${row.id} AND occurrence = ${occurrence} AND email_key = ${emailKey}`
  const ofDate = occurrence === '' ? {} : standingSeats(rsvp)
  const seated = {
    place: 'seat',
    attendance: sql`CASE place WHEN 'seat' THEN attendance ELSE ${input.attendance} END`,
    position: sql`CASE place WHEN 'seat' THEN position END`,
    waitsFor: sql`CASE place WHEN 'seat' THEN waits_for END`,
    heldUntil: null,
    response: 'accepted',
    checkedInAt: now,
    came: input.attendance,
    updatedAt: now,
    changeId,
    ...ofDate,
  } as const
  const results = await deps.db.batch([
    sql`UPDATE ${rsvps} SET ${assignments(rsvps, seated)} WHERE ${theSame} AND checked_in_at IS NULL`,
    recordRsvps('rsvp.checked-in', { changeId, now, event: row }),
    sql`INSERT INTO ${rsvps} (${columnNames(rsvps)}) SELECT ${values(rsvps, { ...rsvp, ...ofDate })} WHERE true
      ON CONFLICT (event_id, occurrence, email_key) DO NOTHING`,
    ...promoteWaiting({
      event: { ...row, isSeries: scopeOf(event, '') === 'series' },
      changeId: deps.newId(),
      now,
      cause: 'answer-changed',
    }),
    rsvpWhere(theSame),
  ])
  const [there] = results.at(-1) as RsvpRow[]
  return { ok: true, rsvp: there! }
}
