/** When guests are reminded of the dates of an event. Pure. */
import { type Occurrence, occurrencesBetween } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'
import { secondsOf } from '../time/duration.ts'
import { fromSeconds, toInstant, toSeconds } from '../time/zone.ts'

const DAY = 86_400
const DEFAULT = ['P1D']
/** How far is looked ahead; what comes later is looked at later. Longer than any reminder comes before its date. */
const AHEAD = 60 * DAY
const DATES_MAX = 500
/** When guests are told what there is of a date that is over, and how long is waited for something. */
const AFTER = DAY
const WAITS = 14 * DAY

export type Reminder = { startsAt: number; recurrenceId: string; before: string }

/** Whole days before a date are at its hour by the clocks there; anything shorter is so much time. */
export function remindsAt(
  { start, startsAt }: Pick<Occurrence, 'start' | 'startsAt'>,
  zone: string,
  before: string,
): number {
  const length = secondsOf(before)
  return length % DAY === 0 ? toInstant(fromSeconds(toSeconds(start) - length), zone) : startsAt - length
}

/**
 * The dates that have been over for a day and of which nobody was told, and when to look again whether there is something of
 * them by then.
 *
 * @param told the starts of the dates that guests were told of
 */
export function planAfterwards(
  event: EventInput,
  told: ReadonlySet<number>,
  now: number,
): { dates: Occurrence[]; next: number | null } {
  const isAsked = event.rsvp?.enabled && event.rsvp.afterwards !== false && event.status !== 'cancelled'
  const dates = isAsked ? occurrencesBetween(event, now - WAITS, now + AHEAD, DATES_MAX) : []
  const left = dates.filter(
    ({ startsAt, endsAt, status }) => endsAt > now - WAITS && status !== 'cancelled' && !told.has(startsAt),
  )
  const looks = left.map(({ endsAt }) => (endsAt + AFTER > now ? endsAt : now) + AFTER)
  return {
    dates: left.filter(({ endsAt }) => endsAt + AFTER <= now),
    next: looks.length > 0 ? Math.min(...looks) : null,
  }
}

/**
 * The reminders that are due, of each date the newest only, and when to look again: null where no date is to come. Of dates
 * that have begun nobody is reminded.
 */
export function planReminders(
  event: EventInput,
  endsAt: number | null,
  now: number,
): { due: Reminder[]; next: number | null } {
  const zone = event.timeZone ?? 'UTC'
  const offsets = event.rsvp?.reminders ?? DEFAULT
  if (!event.rsvp?.enabled || offsets.length === 0 || event.status === 'cancelled') return { due: [], next: null }
  const dates = occurrencesBetween(event, now, now + AHEAD, DATES_MAX).filter(
    ({ startsAt, status }) => startsAt > now && status !== 'cancelled',
  )
  const due: Reminder[] = []
  const later: number[] = []
  for (const date of dates) {
    const times = offsets.map((before) => ({ before, at: remindsAt(date, zone, before) }))
    later.push(...times.flatMap(({ at }) => (at > now ? [at] : [])))
    const past = times.filter(({ at }) => at <= now).sort((a, b) => b.at - a.at)
    if (past[0]) due.push({ startsAt: date.startsAt, recurrenceId: date.recurrenceId, before: past[0].before })
  }
  const isLater = endsAt === null || endsAt > now + AHEAD
  if (isLater) later.push(now + AHEAD / 2)
  return { due, next: later.length > 0 ? Math.min(...later) : null }
}
