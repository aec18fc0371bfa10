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
