/** One date of a series, answered otherwise by who has answered for all: with the link of that answer. */
import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import { promoteWaiting } from '../events/promote.ts'
import type { Answers } from '../events/questions.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { usedSeats } from '../events/seats.ts'
import { type Refused, refused } from '../outcome.ts'
import { type ChangeRsvp, type Changer, changeRsvp, GUEST } from './change.ts'
import { findOnDate, type RsvpRow } from './queries.ts'
import { respond } from './respond.ts'
import { capacityOf, whyNotOpen } from './rules.ts'
import { rsvpLinks, rsvps } from './tables.ts'

/** The answer that holds for the date now: its own, or the one to all dates. */
type Outcome = Promise<{ ok: true; rsvp: RsvpRow } | Refused>

/**
 * Answers one date: what is not said is as for all dates. A seat that this frees goes to the first in line in the same
 * write.
 *
 * Refuses what `respond` and `changeRsvp` refuse, and `not_confirmed` until the answer to all dates is confirmed.
 */
export async function answerDate(
  deps: Deps,
  ofAll: RsvpRow,
  row: EventRow,
  occurrence: string,
  patch: ChangeRsvp,
  changer: Changer = GUEST,
): Outcome {
  if (row.rsvpConfirmation === 'email' && ofAll.place === 'pending' && ofAll.confirmedAt === null)
    return refused('not_confirmed')
  const own = await findOnDate(deps.db, ofAll, occurrence)
  if (own) return changeRsvp(deps, own, row, patch, changer)
  const { name, email, response, attendance, guests, note, showName } = ofAll
  const made = await respond(
    deps,
    row,
    {
      name: patch.name ?? name,
      email,
      response: patch.response ?? response,
      attendance: patch.attendance ?? attendance,
      waitsFor: patch.waitsFor ?? undefined,
      guests: patch.guests ?? guests,
      answers: patch.answers ?? (JSON.parse(ofAll.answers) as Answers),
      note: patch.note ?? note,
      showName: patch.showName ?? showName === 1,
      occurrence,
    },
    { isOrganizer: false, invitationId: null, ofAll },
  )
  if (!made.ok) return made
  // Where another window was first its answer is the one to change, and both are read again.
  const now = await findOnDate(deps.db, ofAll, occurrence)
  return made.isNew && now ? { ok: true, rsvp: now } : refused('stale')
}

/**
 * Takes the answer to one date back: the one to all dates holds for it again. Where its seat has gone to somebody else
 * meanwhile, the guest stands in line on that date instead.
 *
 * Refuses what `whyNotOpen` refuses, `event_full` where there is neither a seat nor a line, and `stale`.
 */
export async function takeBackDate(deps: Deps, ofAll: RsvpRow, row: EventRow, occurrence: string): Outcome {
  const own = await findOnDate(deps.db, ofAll, occurrence)
  if (!own || own.checkedInAt !== null) return { ok: true, rsvp: own ?? ofAll }
  const event = eventOf(row)
  const now = deps.now()
  const closed = whyNotOpen(row, event, occurrence, now, { isInvited: true })
  if (closed) return closed
  const changeId = deps.newId()
  const [written] = await deps.db.batch([
    sql<{ id: string }>`UPDATE ${rsvps} SET change_id = ${changeId}
      WHERE id = ${own.id} AND change_id = ${own.changeId} AND checked_in_at IS NULL
        AND EXISTS (SELECT 1 FROM ${rsvps} AS ofAll WHERE ofAll.id = ${ofAll.id} AND ofAll.change_id = ${ofAll.changeId})
        AND EXISTS (SELECT 1 FROM events WHERE id = ${row.id} AND change_id = ${row.changeId})
        AND ${fits(ofAll, own, capacityOf(event, ofAll.attendance))} RETURNING id`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'rsvp.changed', ${ofAll.id}, ${row.groupId}, ${now},
        json_object('event', event_id, 'by', 'guest', 'takenBack', occurrence) FROM ${rsvps} WHERE id = ${own.id} AND change_id = ${changeId}`,
    sql`DELETE FROM ${rsvpLinks} WHERE rsvp_id IN (SELECT id FROM ${rsvps} WHERE id = ${own.id} AND change_id = ${changeId})`,
    sql`DELETE FROM ${rsvps} WHERE id = ${own.id} AND change_id = ${changeId}`,
    ...promoteWaiting({
      event: { ...row, isSeries: true },
      changeId: deps.newId(),
      now,
      cause: 'answer-changed',
    }),
  ])
  if (written.length === 1) return { ok: true, rsvp: ofAll }
  const { response, attendance, guests, waitsFor } = ofAll
  return changeRsvp(deps, own, row, { response, attendance, guests, waitsFor })
}

/** Whether the date has room for the seats of the answer to all dates without the one of its own; both are as they were read. */
function fits(ofAll: RsvpRow, own: RsvpRow, capacity: number | null): SQL {
  if ((ofAll.place !== 'seat' && ofAll.heldUntil === null) || capacity === null) return sql`true`
  const { eventId, attendance } = ofAll
  const isOwnHere = own.attendance === attendance && (own.place === 'seat' || own.heldUntil !== null)
  const regained = own.standingAttendance === attendance ? own.standing : 0
  const more = regained - (isOwnHere ? 1 + own.guests : 0)
  if (more <= 0) return sql`true`
  return sql`${usedSeats('date', { eventId, occurrence: own.occurrence, attendance })} + ${more} <= ${capacity}`
}
