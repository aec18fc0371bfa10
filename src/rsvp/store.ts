/** The statement that stores an answer with the place it gets, and nothing where it gets none. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Compiled } from '../db/db.ts'
import { prepared } from '../db/prepared.ts'
import { columnNames, values } from '../db/sql.ts'
import { fromDateAt } from '../events/promote.ts'
import { mostHeldOnDate } from '../events/seats.ts'
import { type Ask, eventWithSeats, type Given, isDecided, placeColumns, standingSeats, verdict } from './places.ts'
import type { RsvpRow } from './queries.ts'
import { rsvps } from './tables.ts'

type Stored = Omit<RsvpRow, 'rank'>
export type Place = Pick<RsvpRow, 'place' | 'attendance' | 'waitsFor' | 'position' | 'heldUntil' | 'rank'>

/** What the event allowed in the version that was read. */
export type Terms = {
  version: string
  /** Places by the way of the answer, and in the room; null without limit. */
  capacity: number | null
  room: number | null
  waitlist: boolean
  /** The options with few places that were chosen, and how many each has. */
  options: Record<string, number>
  /** Whether it may be an event of a private group: for its organizers. */
  insider: boolean
}

/** What no answer has yet when it is made; the rest are parameters. */
const NOTHING_YET = [
  'checkedInAt',
  'confirmedAt',
  'came',
  'reason',
  'purgedAt',
  'standingAttendance',
  'place',
  'position',
  'heldUntil',
] as const
const COLUMNS = (Object.keys(getTableColumns(rsvps)) as (keyof Stored)[]).filter(
  (name) => !(NOTHING_YET as readonly string[]).includes(name),
)
const EXTRA = ['party', 'capacity', 'room', 'waitlist', 'version', 'limits', 'insider', 'now', 'fromDate'] as const
const NAMES = [...COLUMNS, ...EXTRA]
type Named = Record<(typeof NAMES)[number], unknown>

const texts = new Map<string, (given: Record<(typeof NAMES)[number], string | number | null>) => Compiled<Place>>()

/**
 * Stores an answer: a seat while the party fits into the capacity, else a number in line where the event has a line.
 * Nothing where the address has answered, the event was changed since it was read, it is full, or an option or the
 * invitation is used up.
 */
export function storeAnswer(rsvp: Stored, ask: Ask, terms: Terms): Compiled<Place> {
  const limited = Object.keys(terms.options).length > 0
  const key = JSON.stringify([ask, limited, rsvp.invitationId !== null])
  const make = texts.get(key) ?? prepared(NAMES, (named) => insert(named, ask, limited, rsvp.invitationId !== null))
  texts.set(key, make)
  return make({
    ...rsvp,
    party: 1 + rsvp.guests,
    capacity: terms.capacity,
    room: terms.room,
    waitlist: Number(terms.waitlist),
    version: terms.version,
    limits: JSON.stringify(terms.options),
    insider: Number(terms.insider),
    now: rsvp.updatedAt,
    fromDate: fromDateAt(rsvp.updatedAt),
  })
}

function insert(named: Named, ask: Ask, isLimited: boolean, isInvited: boolean): SQL<Place> {
  const seatsIn = (attendance: unknown) =>
    ask.scope === 'date' ? standingSeats(named, sql`ofAll.attendance = ${attendance}`).standing : sql`0`
  const given: Given = {
    ...named,
    own: seatsIn(named.attendance),
    ownInRoom: seatsIn('inPerson'),
    ownHeld: sql`0`,
    ...(ask.scope === 'series' ? { heldBeyond: mostHeldOnDate(named) } : {}),
  }
  const row = {
    ...Object.fromEntries(NOTHING_YET.map((name) => [name, sql`NULL`])),
    ...Object.fromEntries(COLUMNS.map((name) => [name, sql`${named[name as never]}`])),
    ...placeColumns(given, named.waitsFor),
    ...(ask.scope === 'date' && isDecided(ask) ? standingSeats(named) : {}),
  }
  const optionsLeft = sql`NOT EXISTS (SELECT 1 FROM json_each(${named.limits}) AS limited
    LEFT JOIN option_counters AS chosen ON chosen.event_id = ${named.eventId} AND chosen.occurrence = ${named.occurrence} AND chosen.option = limited.key
    WHERE coalesce(chosen.taken, 0) >= limited.value)`
  const invited = sql`EXISTS (SELECT 1 FROM invitations WHERE id = ${named.invitationId} AND event_id = ${named.eventId}
    AND revoked_at IS NULL AND (uses_max IS NULL OR used < uses_max))`
  return sql<Place>`INSERT INTO ${rsvps} (${columnNames(rsvps)})
    SELECT ${values(rsvps, row as never)} FROM (
      SELECT ${verdict(ask, given)} FROM ${eventWithSeats(ask, given)}
      WHERE events.id = ${named.eventId} AND events.change_id = ${named.version} AND events.deleted_at IS NULL
        AND EXISTS (SELECT 1 FROM groups WHERE groups.id = events.group_id AND groups.deleted_at IS NULL
          AND (groups.visibility = 'public' OR ${named.insider}))
        ${isLimited && ask.isAccepted ? sql`AND ${optionsLeft}` : sql``} ${isInvited ? sql`AND ${invited}` : sql``})
    WHERE verdict <> 'full' ${ask.scope === 'date' ? sql`AND (verdict NOT IN ('line', 'roomLine') OR ${standingSeats(named).standing} = 0)` : sql``}
    ON CONFLICT (event_id, occurrence, email_key) DO NOTHING
    RETURNING place, attendance, waits_for AS "waitsFor", position, held_until AS "heldUntil",
      CASE WHEN position IS NOT NULL THEN 1 + coalesce((SELECT waiting FROM seat_counters AS line WHERE line.event_id = rsvps.event_id
        AND line.occurrence = rsvps.occurrence AND line.attendance = coalesce(rsvps.waits_for, rsvps.attendance)), 0) END AS rank`
}
