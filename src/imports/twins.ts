/**
 * Twins: one meeting that stands twice, an hour apart, because its source knows no time zones. The later one is its time in
 * winter, the earlier one in summer; both run all year, and subscribers see it twice.
 */
import type { EventInput } from '../events/schema.ts'
import { toInstant, toLocal } from '../time/zone.ts'

/** Zones that communities keep their meetings in; the first that fits what the titles say is suggested first. */
const ZONES: [string, RegExp][] = [
  ['America/Los_Angeles', /\b(us|pt|pst|pdt|pacific)\b/i],
  ['America/New_York', /\b(us|et|est|edt|eastern)\b/i],
  ['America/Chicago', /\b(us|ct|cst|cdt|central)\b/i],
  ['Europe/Brussels', /\b(eu|europe|cet|cest)\b/i],
  ['Europe/London', /\b(uk|bst|gmt|london)\b/i],
]

/** The title without what only tells the twins apart: `(US standard time)`. */
export const commonTitle = (title: string): string => title.replace(/\s*\([^)]*\)\s*$/, '').trim()

const HOUR = 3600
const timeOf = (event: EventInput) => event.start.slice(11)
const secondsOf = (time: string) => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3, 5)) * 60

/** Whether two events are the same meeting an hour apart: both in UTC, same rule, same title but for its end, same way to join. */
export function areTwins(a: EventInput, b: EventInput): boolean {
  return (
    a.timeZone === 'UTC' &&
    b.timeZone === 'UTC' &&
    a.recurrenceRule !== undefined &&
    a.recurrenceRule === b.recurrenceRule &&
    Math.abs(secondsOf(timeOf(a)) - secondsOf(timeOf(b))) === HOUR &&
    commonTitle(a.title) === commonTitle(b.title) &&
    JSON.stringify(a.virtualLocations) === JSON.stringify(b.virtualLocations)
  )
}

/**
 * The local time at which both are the same meeting in a zone: the earlier one's in July and the later one's in January.
 * Null where they differ, or where the meeting is on another day there, since the rule names the day.
 */
export function sharedLocalTime(a: EventInput, b: EventInput, zone: string): string | null {
  const [early, late] = timeOf(a) < timeOf(b) ? [a, b] : [b, a]
  const at = (day: string, event: EventInput) => toLocal(toInstant(`${day}T${timeOf(event)}`, 'UTC'), zone)
  const summer = at('2023-07-12', early)
  const winter = at('2023-01-11', late)
  const isSame =
    summer.slice(11) === winter.slice(11) && summer.startsWith('2023-07-12') && winter.startsWith('2023-01-11')
  return isSame ? winter.slice(11) : null
}

export type Suggestion = { timeZone: string; start: string; title: string }

/** What the twins could be joined to; zones that their titles hint at come first. */
export function suggestionsFor(a: EventInput, b: EventInput): Suggestion[] {
  const fits = ZONES.flatMap(([timeZone, hint]) => {
    const time = sharedLocalTime(a, b, timeZone)
    return time === null ? [] : [{ timeZone, time, isHinted: hint.test(a.title) || hint.test(b.title) }]
  })
  const start = (a.start < b.start ? a : b).start.slice(0, 10)
  return [...fits.filter(({ isHinted }) => isHinted), ...fits.filter(({ isHinted }) => !isHinted)].map(
    ({ timeZone, time }) => ({
      timeZone,
      start: `${start}T${time}`,
      title: commonTitle(a.title),
    }),
  )
}

/** All pairs of twins in a list. */
export function findTwins<T extends { event: EventInput }>(list: T[]): [T, T][] {
  return list.flatMap((one, at) =>
    list.slice(at + 1).flatMap((other) => (areTwins(one.event, other.event) ? [[one, other] as [T, T]] : [])),
  )
}
