import { type SQL, sql } from 'drizzle-orm'
import type { ChangeKind } from '../changes/kinds.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { promoteWaiting } from '../events/promote.ts'
import { type Answers, limitedOptions } from '../events/questions.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { fullestDate } from '../events/seats.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { toBasic } from '../time/zone.ts'
import { type Ask, eventWithSeats, type Given, type Needs, placeColumns, verdict } from './places.ts'
import { type RsvpRow, rsvpById } from './queries.ts'
import { recordRsvps } from './record.ts'
import { releaseHolds } from './release.ts'
import { optionFull } from './repeat.ts'
import { type Attendance, capacityOf, faultsOf, scopeOf, whyNotOpen } from './rules.ts'
import { optionCounters, rsvps } from './tables.ts'

export type ChangeRsvp = {
  name?: string | undefined
  response?: RsvpRow['response'] | undefined
  attendance?: Attendance | undefined
  waitsFor?: 'inPerson' | null | undefined
  guests?: number | undefined
  answers?: Answers | undefined
  note?: string | undefined
  showName?: boolean | undefined
}

/** Who changes it: its guest, who confirms it by that; or an organizer, who can also approve it, and say why. */
export type Changer = { isOrganizer: boolean; approves?: boolean; reason?: string | undefined }

const GUEST: Changer = { isOrganizer: false }

/**
 * Changes an answer, and gives what that frees to the first in line who fits, in the same write.
 *
 * Nobody loses a seat by asking for more: a party that doesn't fit, or a way to attend that is full, is refused
 * (`event_full`) and everything stays. Who declines leaves the line or the seat. An answer that its guest changes is
 * confirmed by that, since only its address has the link. Refuses what `whyNotOpen` refuses, except declining: one can
 * always say that one isn't coming, until the event is over.
 */
export async function changeRsvp(
  deps: Deps,
  before: RsvpRow,
  row: EventRow,
  patch: ChangeRsvp,
  changer: Changer = GUEST,
): Promise<{ ok: true; rsvp: RsvpRow } | Refused> {
  const event = eventOf(row)
  const now = deps.now()
  const { showName, answers = JSON.parse(before.answers) as Answers, ...given } = defined(patch)
  const after = { ...before, ...given, showName: Number(showName ?? before.showName), answers: JSON.stringify(answers) }
  if (given.attendance === 'inPerson' && given.waitsFor === undefined) after.waitsFor = null
  if (after.waitsFor !== null) after.attendance = 'remote'
  const closed = whyNotOpen(row, event, before.occurrence, now, {
    isOrganizer: changer.isOrganizer,
    isInvited: before.invitationId !== null || before.place !== 'pending',
  })
  if (closed && !(after.response === 'declined' && closed.reason.startsWith('rsvp_'))) return closed
  const faults = faultsOf(event, { ...after, answers })
  if (faults.length > 0) return invalid(...faults)

  const changeId = deps.newId()
  const options = after.response === 'accepted' ? limitedOptions(event.rsvp?.questions ?? [], answers) : {}
  const [, written, , ...rest] = await deps.db.batch([
    releaseHolds(row.id, now),
    reseat(before, after, row, event, { options, needs: needsOf(event, before, changer), changer, changeId, now }),
    recordRsvps(kindOf(before, after.response, changer), {
      changeId,
      now,
      event: row,
      payload: {
        ...(changer.reason ? { reason: changer.reason } : {}),
        by: changer.isOrganizer ? 'organizer' : 'guest',
      },
    }),
    ...promoteWaiting({
      event: { ...row, isSeries: scopeOf(event, '') === 'series' },
      changeId: deps.newId(),
      now,
      cause: 'answer-changed',
    }),
    rsvpById(before.id),
    readFacts(before, row.id, options),
  ])
  const [now_] = rest.at(-2) as RsvpRow[]
  if (written.length === 1) return { ok: true, rsvp: now_! }
  const [facts] = rest.at(-1) as Facts[]
  if (now_?.changeId !== before.changeId || facts!.version !== row.changeId) return refused('stale')
  return facts!.full === null ? refused('event_full') : optionFull(facts!.full)
}

const defined = <T extends object>(patch: T): T =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T

const kindOf = (before: RsvpRow, response: string, changer: Changer): ChangeKind => {
  if (changer.approves) return 'rsvp.approved'
  if (response === 'declined') return 'rsvp.cancelled'
  return before.place === 'pending' && before.confirmedAt === null && !changer.isOrganizer
    ? 'rsvp.confirmed'
    : 'rsvp.changed'
}

function needsOf({ rsvp }: EventInput, before: RsvpRow, { isOrganizer, approves }: Changer): Needs {
  const isUnconfirmed = rsvp?.confirmation === 'email' && before.place === 'pending' && before.confirmedAt === null
  if (isUnconfirmed && isOrganizer && before.source === 'guest') return 'confirmation'
  const isIn = before.place === 'seat' || before.place === 'waitlist'
  return rsvp?.approval && !approves && !isIn && before.source === 'guest' ? 'approval' : 'nothing'
}

type Rules = { options: Record<string, number>; needs: Needs; changer: Changer; changeId: string; now: number }

/** Writes the answer with the place that follows from it, where neither it nor the event was changed since they were read. */
function reseat(before: RsvpRow, after: RsvpRow, row: EventRow, event: EventInput, rules: Rules): SQL<{ id: string }> {
  const { options, needs, changer, changeId, now } = rules
  const { name, response, guests, answers, note, showName, occurrence } = after
  const scope = scopeOf(event, occurrence)
  const seats = before.place === 'seat' || (before.heldUntil !== null && before.heldUntil > now) ? 1 + before.guests : 0
  // Its own seats are free for it; in another room it has none.
  const ownIn = (attendance: Attendance) => sql`${before.attendance === attendance ? seats : 0}`
  const given: Given = {
    occurrence,
    attendance: after.attendance,
    party: 1 + guests,
    capacity: capacityOf(event, after.attendance),
    room: capacityOf(event, 'inPerson'),
    waitlist: Number(event.rsvp?.waitlist ?? true),
    own: ownIn(after.attendance),
    ownInRoom: ownIn('inPerson'),
    now,
    ...(scope === 'series' ? { beyond: (attendance) => fullestDate(row.id, attendance, toBasic(now)) } : {}),
  }
  const ask: Ask = { scope, isAccepted: response === 'accepted', needs, waits: after.waitsFor !== null }
  const line = before.position === null ? null : (before.waitsFor ?? before.attendance)
  const numberIn = (wanted: Attendance, next: SQL) => (line === wanted ? sql`${before.position}` : next)
  const columns = placeColumns(given, after.waitsFor, {
    here: numberIn(after.attendance, sql`last_here + 1`),
    inRoom: numberIn('inPerson', sql`last_in_room + 1`),
  })
  const isPending = needs !== 'nothing'
  const changed = {
    name,
    response,
    guests,
    answers,
    note,
    showName,
    ...columns,
    options: Object.keys(options).length > 0 ? JSON.stringify(Object.keys(options)) : null,
    confirmedAt: changer.isOrganizer ? before.confirmedAt : (before.confirmedAt ?? now),
    reason: changer.reason ?? null,
    ...(scope === 'date' && !isPending
      ? {
          standing: ofStanding(before, 'coalesce(sum(1 + guests), 0)'),
          standingAttendance: ofStanding(before, 'max(attendance)'),
        }
      : {}),
    updatedAt: now,
    changeId,
  }
  // Who has a seat is not put into a line.
  const kept = before.place === 'seat' ? sql`verdict NOT IN ('full', 'line', 'roomLine')` : sql`verdict <> 'full'`
  const gained = optionsGained(before, options)
  return sql<{ id: string }>`UPDATE ${rsvps} SET ${assignments(rsvps, changed)}
    FROM (SELECT ${verdict(ask, given)} FROM ${eventWithSeats(ask, given)}
      WHERE events.id = ${row.id} AND events.change_id = ${row.changeId})
    WHERE rsvps.id = ${before.id} AND rsvps.change_id = ${before.changeId} AND ${kept}
      ${gained.length > 0 ? sql`AND NOT EXISTS (${fullAmong(before, options, gained)})` : sql``}
    RETURNING id`
}

const ofStanding = ({ eventId, emailKey }: RsvpRow, what: string): SQL =>
  sql`(SELECT ${sql.raw(what)} FROM rsvps AS ofAll WHERE ofAll.event_id = ${eventId} AND ofAll.occurrence = ''
    AND ofAll.email_key = ${emailKey} AND (ofAll.place = 'seat' OR ofAll.held_until IS NOT NULL))`

/** The options with few places that this answer does not have yet. */
function optionsGained(before: RsvpRow, options: Record<string, number>): string[] {
  const holds = before.place === 'seat' || before.place === 'waitlist' || before.heldUntil !== null
  const has = holds && before.options ? (JSON.parse(before.options) as string[]) : []
  return Object.keys(options).filter((option) => !has.includes(option))
}

const fullAmong = ({ eventId, occurrence }: RsvpRow, options: Record<string, number>, among: string[]): SQL =>
  sql`SELECT limited.key AS option FROM json_each(${JSON.stringify(options)}) AS limited
    LEFT JOIN ${optionCounters} AS chosen ON chosen.event_id = ${eventId} AND chosen.occurrence = ${occurrence} AND chosen.option = limited.key
    WHERE limited.key IN (SELECT value FROM json_each(${JSON.stringify(among)})) AND coalesce(chosen.taken, 0) >= limited.value`

type Facts = { version: string; full: string | null }

const readFacts = (before: RsvpRow, eventId: string, options: Record<string, number>) =>
  sql<Facts>`SELECT (SELECT change_id FROM events WHERE id = ${eventId}) AS version,
    (${fullAmong(before, options, optionsGained(before, options))} LIMIT 1) AS "full"`
