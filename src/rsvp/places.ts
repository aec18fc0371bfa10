/** Which place an answer gets, decided in SQL by the statement that writes it. */
import { type SQL, sql } from 'drizzle-orm'
import type { Scope } from '../events/seats.ts'

/** What an answer still needs before it counts. */
export type Needs = 'nothing' | 'confirmation' | 'approval'

/** How long an answer keeps its places before it is confirmed. */
export const HOLD_SECONDS = 3600
/** Answers that are not confirmed hold a fifth of the places at most. */
const HELD_SHARE = 5

export type Ask = {
  scope: Scope
  isAccepted: boolean
  needs: Needs
  /** Whether it takes part from elsewhere until a seat in the room is free. */
  waits: boolean
}

/** Whether what is said counts now, and stands in for what the guest said to all dates. */
export const isDecided = ({ needs, isAccepted }: Pick<Ask, 'needs' | 'isAccepted'>): boolean =>
  needs === 'nothing' || (needs === 'approval' && !isAccepted)

/** The seats that a guest's standing answer has on this date; the answer to the date stands in for them. */
export function standingSeats({ eventId, emailKey }: { eventId: unknown; emailKey: unknown }, only: SQL = sql`true`) {
  const standing = sql`FROM rsvps AS ofAll WHERE ofAll.event_id = ${eventId} AND ofAll.occurrence = ''
    AND ofAll.email_key = ${emailKey} AND (ofAll.place = 'seat' OR ofAll.held_until IS NOT NULL) AND ${only}`
  return {
    standing: sql`coalesce((SELECT 1 + guests ${standing}), 0)`,
    standingAttendance: sql`(SELECT attendance ${standing})`,
  }
}

/** The values of a decision, as parameters or placeholders. */
export type Given = {
  occurrence: unknown
  attendance: unknown
  party: unknown
  /** Places by the way of `attendance`, and in the room; null without limit. */
  capacity: unknown
  room: unknown
  /** 1 where the event has a waitlist. */
  waitlist: unknown
  /** Seats that are counted already and are free for this very answer. */
  own: SQL
  ownInRoom: SQL
  /** Those of them that are held until this answer is confirmed. */
  ownHeld: SQL
  /** Seats that count beyond those used: of the fullest date, where more is asked for on all dates. */
  beyond?: (attendance: unknown) => SQL
  /** What other dates hold, for an answer to all of them. */
  heldBeyond?: SQL
  /** When the answer was made, and what time it is. */
  createdAt: unknown
  now: unknown
}

const ROOM = 'inPerson'

/** What `verdict` is selected from: `events` with the counters that it needs, one row each. */
export function eventWithSeats({ scope, waits }: Ask, { occurrence, attendance }: Given): SQL {
  const counter = (alias: string, of: unknown, way: unknown) => {
    const name = sql.raw(alias)
    return sql`LEFT JOIN seat_counters AS ${name} ON ${name}.event_id = events.id AND ${name}.occurrence = ${of} AND ${name}.attendance = ${way}`
  }
  const always = sql`''`
  return sql`events ${counter('here', occurrence, attendance)}
    ${scope === 'date' ? counter('here_always', always, attendance) : sql``}
    ${waits ? counter('room', occurrence, ROOM) : sql``}
    ${waits && scope === 'date' ? counter('room_always', always, ROOM) : sql``}`
}

/** Persons counted by a way to take part: of a date, with those who have a seat on every date. */
function counted(columns: string[], scope: Scope, alias: 'here' | 'room'): SQL {
  const sum = (of: string, minus = '') =>
    sql.raw(`coalesce(${columns.map((name) => `${of}.${name}`).join(' + ')}${minus}, 0)`)
  if (scope !== 'date') return sum(alias)
  const skipped = columns.includes('taken') ? ` - ${alias}.skipped` : ''
  return sql`${sum(alias, skipped)} + ${sum(`${alias}_always`)}`
}

/**
 * The verdict, and the last numbers of the lines, as columns: `seat`, `line`, `room` (a seat in the room that was waited
 * for), `roomLine` (in its line only), `both` (from elsewhere and in line for the room), `held`, `unconfirmed`, `none`
 * and `full`.
 */
export const verdict = (ask: Ask, given: Given): SQL =>
  sql`${chosen(ask, given)} AS verdict, coalesce(here.last_position, 0) AS last_here,
    ${ask.waits ? sql`coalesce(room.last_position, 0)` : sql`0`} AS last_in_room`

function chosen({ scope, isAccepted, needs, waits }: Ask, given: Given): SQL {
  const { attendance, party, capacity, room, waitlist, own, ownInRoom, ownHeld, beyond, heldBeyond } = given
  if (!isAccepted) return needs === 'confirmation' ? sql`'unconfirmed'` : sql`'none'`
  if (needs === 'approval') return sql`'unconfirmed'`
  const fitsInto = (places: unknown, alias: 'here' | 'room', way: unknown, free: SQL) =>
    sql`(${places} IS NULL OR ${free} >= ${party}
      OR ${counted(['taken', 'held'], scope, alias)} + ${beyond?.(way) ?? sql`0`} - ${free} + ${party} <= ${places})`
  const fits = fitsInto(capacity, 'here', attendance, own)
  if (needs === 'confirmation') {
    const share = sql.raw(String(HELD_SHARE))
    const held = sql`${counted(['held'], scope, 'here')} + ${heldBeyond ?? sql`0`} - ${ownHeld}`
    return sql`CASE WHEN ${capacity} IS NOT NULL AND ${given.now} < ${endOfHold(given)} AND ${fits}
      AND ${held} + ${party} <= ${capacity} / ${share} THEN 'held' ELSE 'unconfirmed' END`
  }
  const canWait = (places: unknown) => sql`(${waitlist} AND ${party} <= ${places})`
  if (!waits) return sql`CASE WHEN ${fits} THEN 'seat' WHEN ${canWait(capacity)} THEN 'line' ELSE 'full' END`
  return sql`CASE WHEN ${fitsInto(room, 'room', ROOM, ownInRoom)} THEN 'room'
    WHEN ${fits} THEN CASE WHEN ${canWait(room)} THEN 'both' ELSE 'seat' END
    WHEN ${canWait(room)} THEN 'roomLine' ELSE 'full' END`
}

const endOfHold = ({ createdAt }: Given): SQL => sql`${createdAt} + ${sql.raw(String(HOLD_SECONDS))}`

/** The columns that follow from a verdict. `stays` keeps a number in line. */
export const placeColumns = (given: Given, waitsFor: unknown, stays: { here: SQL; inRoom: SQL } | null = null) => ({
  place: sql`CASE WHEN verdict IN ('seat', 'room', 'both') THEN 'seat' WHEN verdict IN ('line', 'roomLine') THEN 'waitlist'
    WHEN verdict IN ('held', 'unconfirmed') THEN 'pending' END`,
  attendance: sql`CASE WHEN verdict IN ('room', 'roomLine') THEN ${ROOM} ELSE ${given.attendance} END`,
  waitsFor: sql`CASE WHEN verdict IN ('both', 'held', 'unconfirmed') THEN ${waitsFor} END`,
  position: sql`CASE WHEN verdict = 'line' THEN ${stays?.here ?? sql`last_here + 1`}
    WHEN verdict IN ('roomLine', 'both') THEN ${stays?.inRoom ?? sql`last_in_room + 1`} END`,
  heldUntil: sql`CASE verdict WHEN 'held' THEN ${endOfHold(given)} END`,
})
