import { type SQL, sql } from 'drizzle-orm'
import type { ChangeKind } from '../changes/kinds.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { waitOnFullDates } from '../events/full-dates.ts'
import { type Cause, promoteWaiting } from '../events/promote.ts'
import { type Answers, limitedOptions } from '../events/questions.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { fromDateAt, fullestDate, mostHeldOnDate } from '../events/seats.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import {
  type Ask,
  eventWithSeats,
  type Given,
  isDecided,
  type Needs,
  placeColumns,
  standingSeats,
  verdict,
} from './places.ts'
import { type RsvpRow, rsvpById } from './queries.ts'
import { recordRsvps } from './record.ts'
import { optionFull } from './repeat.ts'
import { type Attendance, capacityOf, faultsOf, scopeOf, whyNotOpen } from './rules.ts'
import { optionCounters, rsvpLinks, rsvps } from './tables.ts'

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

/** Who changes it: its guest, who confirms it by that, or their mail program; or an organizer, who can also approve it, and say why. */
export type Changer = { isOrganizer: boolean; approves?: boolean; reason?: string | undefined; via?: 'mail' }

export const GUEST: Changer = { isOrganizer: false }

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

  if (isSame(before, after, changer)) return { ok: true, rsvp: before }

  const changeId = deps.newId()
  const scope = scopeOf(event, before.occurrence)
  const promote = (cause: Cause) =>
    promoteWaiting({
      event: { ...row, isSeries: scopeOf(event, '') === 'series' },
      changeId: deps.newId(),
      now,
      cause,
    })
  // Places that fall free by time go to those in line before anybody asks for more.
  const first = row.rsvpConfirmation === 'email' || before.heldUntil !== null ? promote('hold-expired') : []
  const options = after.response === 'accepted' ? limitedOptions(event.rsvp?.questions ?? [], answers) : {}
  const results = await deps.db.batch([
    ...first,
    reseat(before, after, row, event, { options, needs: needsOf(event, before, changer), changer, changeId, now }),
    recordRsvps(kindOf(before, after.response, changer), {
      changeId,
      now,
      event: row,
      payload: {
        ...(changer.reason ? { reason: changer.reason } : {}),
        by: changer.isOrganizer ? 'organizer' : 'guest',
        ...(changer.via ? { via: changer.via } : {}),
      },
    }),
    ...(scope === 'series' ? onAllDates(before, after, changeId, deps.newId(), now) : []),
    ...promote('answer-changed'),
    rsvpById(before.id),
    readFacts(before, row.id, options, now),
  ])
  const written = results[first.length]!
  const [current] = results.at(-2) as RsvpRow[]
  if (written.length === 1) return { ok: true, rsvp: current! }
  const [facts] = results.at(-1) as Facts[]
  const isCurrent = current?.changeId === before.changeId && current.heldUntil === before.heldUntil
  if (!isCurrent || facts!.version !== row.changeId) return refused('stale')
  return facts!.full === null ? refused('event_full') : optionFull(facts!.full)
}

/** Whether nothing is changed or confirmed by it: repeated clicks are one change. */
function isSame(before: RsvpRow, after: RsvpRow, { isOrganizer, approves, reason }: Changer): boolean {
  const isConfirmed = isOrganizer || before.place !== 'pending' || before.confirmedAt !== null
  const changed = (Object.keys(after) as (keyof RsvpRow)[]).filter((name) => after[name] !== before[name])
  return isConfirmed && !approves && !reason && changed.length === 0
}

/** What an answer to all dates does to single ones: it waits on those that are full, or leaves their lines. */
function onAllDates(before: RsvpRow, after: RsvpRow, changeId: string, newId: string, now: number): SQL<never>[] {
  const fromDate = fromDateAt(now)
  if (after.response === 'accepted')
    return before.place === 'seat' ? [] : [waitOnFullDates(before.id, newId, now, fromDate)]
  const waits = sql`event_id = ${before.eventId} AND email_key = ${before.emailKey} AND occurrence > ${fromDate}
    AND source = 'standing' AND confirmed_at IS NULL AND checked_in_at IS NULL
    AND EXISTS (SELECT 1 FROM rsvps AS ofAll WHERE ofAll.id = ${before.id} AND ofAll.change_id = ${changeId})`
  return [
    sql`DELETE FROM ${rsvpLinks} WHERE rsvp_id IN (SELECT id FROM ${rsvps} WHERE ${waits})`,
    sql`DELETE FROM ${rsvps} WHERE ${waits}`,
  ]
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
  const heldUntil = before.heldUntil !== null && before.heldUntil > now ? before.heldUntil : null
  const party = 1 + before.guests
  const seats = before.place === 'seat' || heldUntil !== null ? party : 0
  // Its own seats are free for it; in another room it has none.
  const ownIn = (attendance: Attendance) =>
    sql`(${before.attendance === attendance ? seats : 0} + ${scope === 'date' ? stillStanding(before, attendance) : sql`0`})`
  const fromDate = fromDateAt(now)
  const given: Given = {
    occurrence,
    attendance: after.attendance,
    party: 1 + guests,
    capacity: capacityOf(event, after.attendance),
    room: capacityOf(event, 'inPerson'),
    // Who is in line stays there, whatever the event has now.
    waitlist: Number((event.rsvp?.waitlist ?? true) || before.position !== null),
    own: ownIn(after.attendance),
    ownInRoom: ownIn('inPerson'),
    ownHeld: sql`${heldUntil !== null && before.attendance === after.attendance ? party : 0}`,
    createdAt: before.createdAt,
    now,
    ...(scope === 'series'
      ? { heldBeyond: mostHeldOnDate({ eventId: row.id, attendance: after.attendance, fromDate }) }
      : {}),
    // Who has a seat on every date doesn't lose one by asking for more.
    ...(scope === 'series' && before.place === 'seat'
      ? { beyond: (attendance) => fullestDate({ eventId: row.id, attendance, fromDate }) }
      : {}),
  }
  const ask: Ask = { scope, isAccepted: response === 'accepted', needs, waits: after.waitsFor !== null }
  const line = before.position === null ? null : (before.waitsFor ?? before.attendance)
  const numberIn = (wanted: Attendance, next: SQL) => (line === wanted ? sql`${before.position}` : next)
  const columns = placeColumns(given, after.waitsFor, {
    here: numberIn(after.attendance, sql`last_here + 1`),
    inRoom: numberIn('inPerson', sql`last_in_room + 1`),
  })
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
    ...(scope === 'date' && isDecided(ask) ? standingSeats(before) : {}),
    updatedAt: now,
    changeId,
  }
  // Who has a seat is not put into a line.
  const hasSeat =
    scope === 'date' && before.place !== 'seat' ? sql`${stillStanding(before)} > 0` : sql`${before.place === 'seat'}`
  const kept = sql`verdict <> 'full' AND NOT (verdict IN ('line', 'roomLine') AND ${hasSeat})`
  const gained = optionsGained(before, options, now)
  return sql<{ id: string }>`UPDATE ${rsvps} SET ${assignments(rsvps, changed)}
    FROM (SELECT ${verdict(ask, given)} FROM ${eventWithSeats(ask, given)}
      WHERE events.id = ${row.id} AND events.change_id = ${row.changeId})
    WHERE rsvps.id = ${before.id} AND rsvps.change_id = ${before.changeId} AND rsvps.held_until IS ${heldUntil} AND ${kept}
      ${gained.length > 0 ? sql`AND NOT EXISTS (${fullAmong(before, options, gained)})` : sql``}
    RETURNING id`
}

/** Seats of the guest's answer to all dates that count here as long as this answer does not stand in for it. */
const stillStanding = (before: RsvpRow, attendance?: Attendance): SQL =>
  standingSeats(
    before,
    sql`${attendance ? sql`ofAll.attendance = ${attendance}` : sql`true`}
      AND NOT EXISTS (SELECT 1 FROM rsvps AS mine WHERE mine.id = ${before.id} AND mine.standing > 0)`,
  ).standing

/** The options with few places that this answer does not have yet. */
function optionsGained(before: RsvpRow, options: Record<string, number>, now: number): string[] {
  const isHeld = before.heldUntil !== null && before.heldUntil > now
  const holds = before.place === 'seat' || before.place === 'waitlist' || isHeld
  const has = holds && before.options ? (JSON.parse(before.options) as string[]) : []
  return Object.keys(options).filter((option) => !has.includes(option))
}

const fullAmong = ({ eventId, occurrence }: RsvpRow, options: Record<string, number>, among: string[]): SQL =>
  sql`SELECT limited.key AS option FROM json_each(${JSON.stringify(options)}) AS limited
    LEFT JOIN ${optionCounters} AS chosen ON chosen.event_id = ${eventId} AND chosen.occurrence = ${occurrence} AND chosen.option = limited.key
    WHERE limited.key IN (SELECT value FROM json_each(${JSON.stringify(among)})) AND coalesce(chosen.taken, 0) >= limited.value`

type Facts = { version: string; full: string | null }

const readFacts = (before: RsvpRow, eventId: string, options: Record<string, number>, now: number) =>
  sql<Facts>`SELECT (SELECT change_id FROM events WHERE id = ${eventId}) AS version,
    (${fullAmong(before, options, optionsGained(before, options, now))} LIMIT 1) AS "full"`
