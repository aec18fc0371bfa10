import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { capacityFor, promoteWaiting, recordPromotions } from '../events/promote.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { type RsvpRow, rsvpById } from './queries.ts'
import { type Answers, type Attendance, faultsOf, whyNotOpen } from './rules.ts'
import { rsvps, seatCounters } from './tables.ts'

export type ChangeRsvp = {
  name?: string | undefined
  response?: RsvpRow['response'] | undefined
  attendance?: Attendance | undefined
  guests?: number | undefined
  answers?: Answers | undefined
  note?: string | undefined
}

/**
 * Changes an answer, and gives what that frees to the first in line who fits, in the same write.
 *
 * Nobody loses a seat by asking for more: a party that doesn't fit, or a way to attend that is full, is refused
 * (`event_full`) and everything stays. Who declines leaves the line or the seat. A pending answer that its guest changes is
 * confirmed by that, since only its address has the link. Refuses what `whyNotOpen` refuses, except declining: one can
 * always say that one isn't coming, until the event is over.
 */
export async function changeRsvp(
  deps: Deps,
  before: RsvpRow,
  row: EventRow,
  patch: ChangeRsvp,
): Promise<{ ok: true; rsvp: RsvpRow } | Refused> {
  const event = eventOf(row)
  const now = deps.now()
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as ChangeRsvp
  const answers = given.answers ?? (JSON.parse(before.answers) as Answers)
  const after = { ...before, ...given, answers: JSON.stringify(answers) }
  const closed = whyNotOpen(row, event, before.occurrence, now)
  if (closed && !(after.response === 'declined' && closed.reason.startsWith('rsvp_'))) return closed
  const faults = after.response === 'declined' ? [] : faultsOf(event, after.guests, answers)
  if (faults.length > 0) return invalid(...faults)

  const changeId = deps.newId()
  const promotionId = deps.newId()
  const [written, , , , [now_]] = await deps.db.batch([
    reseat(before, after, changeId, now),
    recordChange(rsvps, after.response === 'declined' ? 'rsvp.cancelled' : 'rsvp.changed', {
      changeId,
      now,
      groupId: row.groupId,
    }),
    promoteWaiting(row.id, promotionId, now),
    recordPromotions(row.id, row.groupId, promotionId, now),
    rsvpById(before.id),
  ])
  if (written.length === 1) return { ok: true, rsvp: now_! }
  return refused(now_?.changeId === before.changeId ? 'event_full' : 'stale')
}

/** Writes the answer with the place that follows from it, where nobody changed it since it was read and it fits. */
function reseat(before: RsvpRow, after: RsvpRow, changeId: string, now: number): SQL<{ id: string }> {
  const { name, response, attendance, guests, answers, note } = after
  const stays = before.attendance === attendance && before.place !== null
  // Its own seat is free for its larger party; in another room it is not.
  const own = stays && before.place === 'seat' ? 1 + before.guests : 0
  const capacity = sql`(SELECT ${capacityFor(sql`${attendance}`)} FROM events WHERE id = ${before.eventId})`
  const counter = (
    column: 'taken' | 'lastPosition',
  ) => sql`coalesce((SELECT ${seatCounters[column]} FROM ${seatCounters}
    WHERE event_id = ${before.eventId} AND occurrence = ${before.occurrence} AND attendance = ${attendance}), 0)`
  const keepsSeat = own >= 1 + guests
  const fits = keepsSeat
    ? sql`true`
    : sql`(${capacity} IS NULL OR ${counter('taken')} - ${own} + ${1 + guests} <= ${capacity})`
  const hasLine = sql`(SELECT rsvp_waitlist AND ${1 + guests} <= ${capacity} FROM events WHERE id = ${before.eventId})`
  const place = response === 'accepted' ? sql`CASE WHEN ${fits} THEN 'seat' ELSE 'waitlist' END` : sql`NULL`
  const nextInLine = stays && before.position !== null ? sql`${before.position}` : sql`${counter('lastPosition')} + 1`
  const position = response === 'accepted' ? sql`CASE WHEN ${fits} THEN NULL ELSE ${nextInLine} END` : sql`NULL`
  const allowed = response !== 'accepted' ? sql`true` : before.place === 'seat' ? fits : sql`(${fits} OR ${hasLine})`
  const changed = { name, response, attendance, guests, answers, note, place, position, updatedAt: now, changeId }
  return sql<{ id: string }>`UPDATE ${rsvps} SET ${assignments(rsvps, changed)}
    WHERE id = ${before.id} AND change_id = ${before.changeId} AND ${allowed} RETURNING id`
}
