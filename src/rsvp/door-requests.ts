/** What a door link opens, and whom. */
import { isSeries, type Occurrence, occurrenceAt, occurrencesBetween, originalStartOf } from '../events/occurrences.ts'
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { AppContext } from '../http/app-env.ts'
import { type Refused, refused } from '../outcome.ts'
import { type DoorLink, doorEndsAt, findDoor } from './door.ts'
import { findRsvp, type RsvpRow } from './queries.ts'
import { everything } from './requests.ts'

const DAY = 86_400
const YEAR = 366 * DAY
const DATES = 6
/** Before a date begins its door is open already. */
const EARLY_SECONDS = 2 * 3600

/** What a door link opens: the event, and the date where it has several; `key` is that date as answers name it. */
export type Door = { door: DoorLink; row: EventOfGroup; occurrence: Occurrence; key: string; dates: Occurrence[] }

/** Unknown, revoked and over are all the same: not found. */
export async function doorOf(c: AppContext, given: string | undefined): Promise<Door | Refused> {
  const now = c.env.now()
  const door = await findDoor(c.env.db, c.req.param('token') ?? '')
  const row = door && (await findEvent(c.env.db, door.eventId, everything))
  if (!door || !row || row.deletedAt !== null || row.groupDeletedAt !== null) return refused('not_found')
  const isOver = (occurrence: string) => {
    const endsAt = doorEndsAt({ occurrence }, row)
    return endsAt !== null && endsAt <= now
  }
  const event = eventOf(row)
  if (isOver(door.occurrence)) return refused('not_found')
  if (!isSeries(event)) return { door, row, occurrence: occurrenceAt(event, event.start), key: '', dates: [] }
  const dates = door.occurrence === '' ? occurrencesBetween(event, now - DAY, now + YEAR, DATES) : []
  const usual = dates.filter(({ startsAt }) => startsAt - EARLY_SECONDS <= now).at(-1) ?? dates[0]
  const key = door.occurrence || given || usual?.recurrenceId
  const original = key ? originalStartOf(event, key) : null
  if (original === null || isOver(key!)) return refused('not_found')
  const occurrence = occurrenceAt(event, original)
  return { door, row, occurrence, key: occurrence.recurrenceId, dates }
}

/** The guest that the last form was about: of this event, and of this date or all. */
export async function guestOf(c: AppContext, { row, key }: Door, id: unknown): Promise<RsvpRow | undefined> {
  const rsvp = typeof id === 'string' ? await findRsvp(c.env.db, id) : undefined
  const isHere = rsvp?.eventId === row.id && rsvp.purgedAt === null && ['', key].includes(rsvp.occurrence)
  return isHere ? rsvp : undefined
}
