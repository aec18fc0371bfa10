/** The statement that stores an answer with the place it gets, and nothing where it gets none. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Compiled } from '../db/db.ts'
import { prepared } from '../db/prepared.ts'
import { fromDateAt, mostHeldOnDate } from '../events/seats.ts'
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
  /** The answer to all dates by whose link one date is answered: it must not have been erased meanwhile. */
  ofAll: string | null
}

/** What the table fills in by itself: what is like this is not sent. Each value that is bound costs as much as a column. */
const DEFAULTS: Partial<Stored> = { standing: 0, showName: 0, source: 'guest' }
/** A new answer is its own first change. */
const LIKE: Partial<Record<keyof Stored, keyof Stored>> = { changeId: 'id', updatedAt: 'createdAt' }
const COLUMNS = Object.keys(getTableColumns(rsvps)) as (keyof Stored)[]
const EXTRA = ['party', 'capacity', 'room', 'waitlist', 'version', 'limits', 'insider', 'ofAll', 'fromDate'] as const
type Name = keyof Stored | (typeof EXTRA)[number]
type Named = Record<Name, unknown>

const texts = new Map<string, (given: Record<Name, string | number | null>) => Compiled<Place>>()

/**
 * Stores an answer: a seat while the party fits into the capacity, else a number in line where the event has a line.
 * Nothing where the address has answered, the event was changed since it was read, it is full, or an option or the
 * invitation is used up.
 */
export function storeAnswer(rsvp: Stored, ask: Ask, terms: Terms): Compiled<Place> {
  const sent = COLUMNS.filter((name) => rsvp[name] !== null && rsvp[name] !== DEFAULTS[name])
  const isLimited = ask.isAccepted && Object.keys(terms.options).length > 0
  const key = `${ask.scope} ${ask.isAccepted} ${ask.needs} ${ask.waits} ${isLimited} ${terms.ofAll !== null} ${sent}`
  const make =
    texts.get(key) ??
    prepared([...COLUMNS, ...EXTRA], (named) => insert(named, sent, ask, isLimited, terms.ofAll !== null))
  texts.set(key, make)
  return make({
    ...rsvp,
    party: 1 + rsvp.guests,
    capacity: terms.capacity,
    room: terms.room,
    waitlist: Number(terms.waitlist),
    version: terms.version,
    limits: isLimited ? JSON.stringify(terms.options) : null,
    insider: Number(terms.insider),
    ofAll: terms.ofAll,
    fromDate: fromDateAt(rsvp.createdAt),
  })
}

function insert(named: Named, sent: (keyof Stored)[], ask: Ask, isLimited: boolean, isOfAll: boolean): SQL<Place> {
  const seatsIn = (attendance: unknown) =>
    ask.scope === 'date' ? standingSeats(named, sql`ofAll.attendance = ${attendance}`).standing : sql`0`
  const given: Given = {
    ...named,
    own: seatsIn(named.attendance),
    ownInRoom: seatsIn('inPerson'),
    ownHeld: sql`0`,
    ...(ask.scope === 'series' ? { heldBeyond: mostHeldOnDate(named) } : {}),
    now: named.createdAt,
  }
  const row: Partial<Record<keyof Stored, SQL>> = {
    ...Object.fromEntries(sent.map((name) => [name, sql`${named[LIKE[name] ?? name]}`])),
    ...placeColumns(given, named.waitsFor),
    ...(ask.scope === 'date' && isDecided(ask) ? standingSeats(named) : {}),
  }
  const columns = Object.keys(row) as (keyof Stored)[]
  const list = (parts: SQL[]) => sql.join(parts, sql`, `)
  const optionsLeft = sql`NOT EXISTS (SELECT 1 FROM json_each(${named.limits}) AS limited
    LEFT JOIN option_counters AS chosen ON chosen.event_id = ${named.eventId} AND chosen.occurrence = ${named.occurrence} AND chosen.option = limited.key
    WHERE coalesce(chosen.taken, 0) >= limited.value)`
  const invited = sql`EXISTS (SELECT 1 FROM invitations WHERE id = ${named.invitationId} AND event_id = ${named.eventId}
    AND revoked_at IS NULL AND (uses_max IS NULL OR used < uses_max))`
  const notErased = sql`EXISTS (SELECT 1 FROM rsvps AS ofAll WHERE ofAll.id = ${named.ofAll} AND ofAll.email_key = ${named.emailKey})`
  return sql<Place>`INSERT INTO ${rsvps} (${list(columns.map((name) => sql`${sql.identifier(rsvps[name].name)}`))})
    SELECT ${list(columns.map((name) => row[name]!))} FROM (
      SELECT ${verdict(ask, given)} FROM ${eventWithSeats(ask, given)}
      WHERE events.id = ${named.eventId} AND events.change_id = ${named.version} AND events.deleted_at IS NULL
        AND EXISTS (SELECT 1 FROM groups WHERE groups.id = events.group_id AND groups.deleted_at IS NULL
          AND (groups.visibility = 'public' OR ${named.insider}))
        ${isLimited ? sql`AND ${optionsLeft}` : sql``} ${sent.includes('invitationId') ? sql`AND ${invited}` : sql``}
        ${isOfAll ? sql`AND ${notErased}` : sql``})
    WHERE verdict <> 'full' ${ask.scope === 'date' ? sql`AND (verdict NOT IN ('line', 'roomLine') OR ${standingSeats(named).standing} = 0)` : sql``}
    ON CONFLICT (event_id, occurrence, email_key) DO NOTHING
    RETURNING place, attendance, waits_for AS "waitsFor", position, held_until AS "heldUntil",
      CASE WHEN position IS NOT NULL THEN 1 + coalesce((SELECT waiting FROM seat_counters AS line WHERE line.event_id = rsvps.event_id
        AND line.occurrence = rsvps.occurrence AND line.attendance = coalesce(rsvps.waits_for, rsvps.attendance)), 0) END AS rank`
}
