/** Who was there, and how: at the door or from elsewhere. */
import { sql } from 'drizzle-orm'
import { assignments, columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { promoteWaiting } from '../events/promote.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { standingSeats } from './places.ts'
import { type Before, findOnDate, type RsvpRow, readCheckIn, rsvpById, rsvpOnDate } from './queries.ts'
import { recordRsvps } from './record.ts'
import { type Attendance, occurrenceOf, scopeOf, whyNotOnDate } from './rules.ts'
import { rsvpLinks, rsvps } from './tables.ts'

type Stored = Omit<RsvpRow, 'rank'>
type Outcome = Promise<{ ok: true; rsvp: RsvpRow } | Refused>

/** Where and by whom: an organizer, or who has this door link. */
export type AtDoor = {
  /** The date, for a standing answer to a series. */
  occurrence?: string | undefined
  door?: string | undefined
}

export type Arrival = AtDoor & {
  /** As the guest said where it is left out. */
  attendance?: Attendance | undefined
  /** Who is let in: who has a seat, who has not said no, or anybody. */
  accepts?: 'seat' | 'coming' | 'anybody'
}

const IS_ACCEPTED: Record<NonNullable<Arrival['accepts']>, (rsvp: Stored) => boolean> = {
  seat: ({ place }) => place === 'seat',
  coming: ({ response }) => response !== 'declined',
  anybody: () => true,
}

const by = ({ door }: AtDoor) => (door ? { by: 'door', door } : { by: 'organizer' })

/** The date of a series that is meant by who handles a standing answer; a single event and one date need no word. */
function dateOf(row: EventRow, rsvp: RsvpRow, given: string | undefined): string | Refused {
  const event = eventOf(row)
  if (scopeOf(event, rsvp.occurrence) !== 'series') return rsvp.occurrence
  const occurrence = occurrenceOf(event, given)
  if (occurrence === '') return invalid({ path: 'occurrence', message: 'must say which date of the series' })
  return whyNotOnDate(event, occurrence, 0) ?? occurrence
}

/**
 * Notes that a guest is there; the first time counts. Who is there has a seat, whatever the capacity says: what was before
 * is journalled, so that undoing brings it back. A standing answer gets an answer of its own for the date.
 *
 * Refuses `not_coming` who is not accepted, and `stale` where the answer was changed since it was read.
 */
export async function checkIn(deps: Deps, rsvp: RsvpRow, row: EventRow, arrival: Arrival = {}): Outcome {
  const occurrence = dateOf(row, rsvp, arrival.occurrence)
  if (typeof occurrence !== 'string') return occurrence
  const own = occurrence === rsvp.occurrence ? rsvp : await findOnDate(deps.db, rsvp, occurrence)
  const now = deps.now()
  const target = own ?? seatOnDate(rsvp, deps.newId(), occurrence, now)
  if (target.checkedInAt !== null) return { ok: true, rsvp: own! }
  if (target.purgedAt !== null || !IS_ACCEPTED[arrival.accepts ?? 'coming'](own ?? rsvp)) return refused('not_coming')
  const { response, place, attendance, position, waitsFor, heldUntil, standing, standingAttendance } = own ?? rsvp
  const came = arrival.attendance ?? attendance
  const stood = { response, place, attendance, position, waitsFor, heldUntil, standing, standingAttendance }
  const before: Before | undefined = own && place !== 'seat' ? stood : undefined
  const changeId = deps.newId()
  const here = {
    checkedInAt: now,
    came,
    ...(place === 'seat'
      ? {}
      : { response: 'accepted' as const, place: 'seat' as const, attendance: came, position: null, waitsFor: null }),
    ...(before && occurrence !== '' ? standingSeats(rsvp) : {}),
    heldUntil: null,
    updatedAt: now,
    changeId,
  }
  const results = await deps.db.batch([
    ...(own ? [] : [insertOnDate(rsvp, target)]),
    sql`UPDATE ${rsvps} SET ${assignments(rsvps, here)}
      WHERE id = ${target.id} AND change_id = ${target.changeId} AND checked_in_at IS NULL`,
    recordRsvps('rsvp.checked-in', {
      changeId,
      now,
      event: row,
      payload: { ...by(arrival), ...(own ? {} : { ofAll: true }), ...(before ? { before } : {}) },
    }),
    // A seat elsewhere is not needed any more.
    ...(place === 'seat' ? [] : promoteAfter(deps, row, now)),
    rsvpOnDate(rsvp, occurrence),
  ])
  const [after] = results.at(-1) as RsvpRow[]
  return after && after.checkedInAt !== null ? { ok: true, rsvp: after } : refused('stale')
}

/** Who had not been approved or confirmed on the date stood there by the answer to all dates, and does again. */
const standsFor = (target: Stored, before: Partial<Before>) =>
  before.place === 'pending' && !before.standing ? { standing: 0, standingAttendance: null } : standingSeats(target)

const forget = (id: string, changeId: string) => {
  const which = sql`SELECT id FROM ${rsvps} WHERE id = ${id} AND change_id = ${changeId}`
  return [sql`DELETE FROM ${rsvpLinks} WHERE rsvp_id IN (${which})`, sql`DELETE FROM ${rsvps} WHERE id IN (${which})`]
}

const promoteAfter = (deps: Deps, row: EventRow, now: number) =>
  promoteWaiting({
    event: { ...row, isSeries: scopeOf(eventOf(row), '') === 'series' },
    changeId: deps.newId(),
    now,
    cause: 'moved-by-organizer',
  })

/** What a standing answer holds on one date, as an answer of its own. */
function seatOnDate({ rank: _, ...ofAll }: RsvpRow, id: string, occurrence: string, now: number): Stored {
  const holds = ofAll.place === 'seat' || ofAll.heldUntil !== null
  return {
    ...ofAll,
    id,
    occurrence,
    place: ofAll.place === 'seat' ? 'seat' : null,
    position: null,
    waitsFor: null,
    heldUntil: null,
    answers: '{}',
    note: '',
    options: null,
    manageHash: '',
    source: 'standing',
    standing: holds ? 1 + ofAll.guests : 0,
    standingAttendance: holds ? ofAll.attendance : null,
    invitationId: null,
    reason: null,
    createdAt: now,
    updatedAt: now,
    changeId: id,
  }
}

/** Stores it where the standing answer is as it was read. */
const insertOnDate = ({ id, changeId }: RsvpRow, seat: Stored) =>
  sql`INSERT INTO ${rsvps} (${columnNames(rsvps)}) SELECT ${values(rsvps, seat)}
    WHERE EXISTS (SELECT 1 FROM ${rsvps} WHERE id = ${id} AND change_id = ${changeId})
    ON CONFLICT (event_id, occurrence, email_key) DO NOTHING`

/**
 * Takes a check-in back; twice is once. Who was let in without a seat stands where they stood, who came without an answer
 * is not coming, and a standing answer holds for the date again.
 */
export async function undoCheckIn(deps: Deps, rsvp: RsvpRow, row: EventRow, at: AtDoor = {}): Outcome {
  const occurrence = dateOf(row, rsvp, at.occurrence)
  if (typeof occurrence !== 'string') return occurrence
  const target = occurrence === rsvp.occurrence ? rsvp : await findOnDate(deps.db, rsvp, occurrence)
  if (!target || target.checkedInAt === null) return { ok: true, rsvp: target ?? rsvp }
  const now = deps.now()
  const changeId = deps.newId()
  const made = await readCheckIn(deps.db, target)
  const isWalkIn = target.source === 'door' && target.changeId === target.id
  const before: Partial<Before> | undefined = isWalkIn ? { response: 'declined', place: null } : made.before
  const back = {
    checkedInAt: null,
    came: null,
    ...before,
    ...(before && occurrence !== '' ? standsFor(target, before) : {}),
    ...(before?.heldUntil && before.heldUntil <= now ? { heldUntil: null } : {}),
    updatedAt: now,
    changeId,
  }
  const written = [
    sql`UPDATE ${rsvps} SET ${assignments(rsvps, back)}
      WHERE id = ${target.id} AND change_id = ${target.changeId}`,
    recordRsvps('rsvp.check-in-undone', { changeId, now, event: row, payload: by(at) }),
    ...(made.ofAll ? [] : promoteAfter(deps, row, now)),
  ]
  const results = await deps.db.batch([
    ...written,
    rsvpById(target.id),
    ...(made.ofAll ? [...forget(target.id, changeId), ...promoteAfter(deps, row, now)] : []),
  ])
  const [after] = results[written.length] as RsvpRow[]
  return after && after.checkedInAt !== null ? refused('stale') : { ok: true, rsvp: after ?? target }
}
