/** Who came without an answer. */
import { sql } from 'drizzle-orm'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import type { Refused } from '../outcome.ts'
import { checkIn } from './check-in.ts'
import { type RsvpRow, readTheirs } from './queries.ts'
import { type Attendance, occurrenceOf, whyNotOpen } from './rules.ts'
import { rsvps } from './tables.ts'

export type WalkIn = {
  name: string
  email?: string | undefined
  attendance: Attendance
  guests: number
  occurrence?: string | undefined
  /** Of the form that was filled in: sent twice, it is one guest. */
  key?: string | undefined
  /** The door link by which it was done. */
  door?: string | undefined
}

/**
 * Notes somebody who came without an answer: they are there, so they have a seat whatever the capacity says. Who has
 * answered with that address is checked in.
 */
export async function walkIn(
  deps: Deps,
  row: EventRow,
  { occurrence: given, email, key, door, ...input }: WalkIn,
): Promise<{ ok: true; rsvp: RsvpRow } | Refused> {
  const event = eventOf(row)
  const occurrence = occurrenceOf(event, given)
  const closed = whyNotOpen({ ...row, endsAt: null }, event, occurrence, 0, { isOrganizer: true })
  if (closed) return closed
  const now = deps.now()
  const id = deps.newId()
  const emailKey = email?.toLowerCase() ?? `door:${key ?? id}`
  const theirs = () => readTheirs(deps.db, { eventId: row.id, emailKey })
  const arrival = { attendance: input.attendance, occurrence, accepts: 'anybody', door } as const
  const answered = ofDate(email ? await theirs() : [], occurrence)
  if (answered) return checkIn(deps, answered, row, arrival)
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
    language: null,
    timeZone: null,
  }
  await deps.db.all(
    sql`INSERT INTO ${rsvps} (${columnNames(rsvps)}) SELECT ${values(rsvps, rsvp)} WHERE true
      ON CONFLICT (event_id, occurrence, email_key) DO NOTHING`,
  )
  const made = ofDate(await theirs(), occurrence)!
  return made.checkedInAt === null ? checkIn(deps, made, row, arrival) : { ok: true, rsvp: made }
}

/** The answer to this date; else the one to all dates. */
const ofDate = (answers: RsvpRow[], occurrence: string): RsvpRow | undefined =>
  answers.find((one) => one.occurrence === occurrence) ?? answers.find((one) => one.occurrence === '')
