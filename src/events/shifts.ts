/**
 * The time-shift guard: when the dates of an event are at another hour than usual for somebody, in the 53 weeks from a
 * given time. `warnings.ts` has the words.
 *
 * What moves elsewhere is found by asking for each date how far the clock of a place is from the clock of the series. The
 * distance that most dates have is the usual one, so nothing moves where both places change their clocks between the same
 * two dates.
 */
import { DAY_SECONDS, weekOf } from '../time/days.ts'
import { parseRule } from '../time/rule.ts'
import { isInGap, isInOverlap, offsetAt, toLocal, toSeconds } from '../time/zone.ts'
import { type Occurrence, occurrencesBetween } from './occurrences.ts'
import type { EventInput } from './schema.ts'

/** Where members may be: places that stand for the ways in which the world changes its clocks. */
export const PLACES = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Brussels',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
] as const

export type Shift = {
  type: 'elsewhere' | 'utc' | 'week53' | 'gap' | 'overlap'
  /** The first date that it is about, on the calendar of the event. */
  from: string
  /** The last one; null where it goes on beyond what was looked at. */
  until: string | null
  /** IANA zones. */
  places: string[]
  /** Later than usual by so much, earlier where negative; 0 where nothing moves. */
  minutes: number
}

/** How far ahead it is looked: into the same week of the next year. */
export const AHEAD_SECONDS = 53 * 7 * DAY_SECONDS
const DATES_MAX = 1000
const SHIFTS_MAX = 20

/** What there is to mind about the dates of an event from now on, by date. */
export function shiftsOf(event: EventInput, now: number): Shift[] {
  const between = (from: number, to: number) =>
    occurrencesBetween(event, from, to, DATES_MAX).filter(({ status }) => status !== 'cancelled')
  const ahead = between(now, now + AHEAD_SECONDS)
  const next = ahead[0]
  if (!next) return []
  // A year of the past too, so that what is usual, and since when it is not, is the same in summer and in winter.
  const past = between(now - AHEAD_SECONDS, now).filter(({ startsAt }) => startsAt < next.startsAt)
  const dates = [...past, ...ahead]
  const zone = event.timeZone
  const found = zone === null ? [] : [...movesElsewhere(dates, zone), ...atChanges(dates, zone)]
  return [...found, ...brokenByWeek53(event, dates)]
    .filter(({ until }) => until === null || until >= dayOf(next))
    .sort((a, b) => a.from.localeCompare(b.from))
    .slice(0, SHIFTS_MAX)
}

/** Whether what a shift is about holds on one date. */
export const holdsOn = ({ from, until }: Shift, start: string): boolean =>
  start.slice(0, 10) >= from && (until === null || start.slice(0, 10) <= until)

const dayOf = ({ start }: Pick<Occurrence, 'start'>) => start.slice(0, 10)

/** One for all places that move alike on the same dates. */
function movesElsewhere(dates: Occurrence[], zone: string): Shift[] {
  const type = /^(Etc\/|UTC$)/.test(zone) ? 'utc' : 'elsewhere'
  const found = new Map<string, Shift>()
  for (const place of PLACES) {
    const apart = dates.map(({ startsAt }) => offsetAt(startsAt, place) - offsetAt(startsAt, zone))
    for (const { first, last, by } of runsOf(apart)) {
      const from = dayOf(dates[first]!)
      const until = last === dates.length - 1 ? null : dayOf(dates[last]!)
      const key = `${from} ${until} ${by}`
      const known = found.get(key)
      if (known) known.places.push(place)
      else found.set(key, { type, from, until, places: [place], minutes: by / 60 })
    }
  }
  return [...found.values()]
}

/** The most frequent of some numbers, of several the first. */
function usualOf(numbers: number[]): { usual: number; times: number } {
  const counts = new Map<number, number>()
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1)
  const [usual = 0, times = 0] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])
  return { usual, times }
}

/** The stretches that lie off the usual, and by how much. */
function runsOf(numbers: number[]): { first: number; last: number; by: number }[] {
  const { usual } = usualOf(numbers)
  const runs: { first: number; last: number; by: number }[] = []
  for (const [at, one] of numbers.entries()) {
    const open = runs.at(-1)
    if (one === usual) continue
    if (open && open.last === at - 1 && open.by === one - usual) open.last = at
    else runs.push({ first: at, last: at, by: one - usual })
  }
  return runs
}

/** Dates whose local time the clocks skip or have twice. */
function atChanges(dates: Occurrence[], zone: string): Shift[] {
  return dates.flatMap((date): Shift[] => {
    const on = { from: dayOf(date), until: dayOf(date), places: [zone] }
    if (isInGap(date.start, zone)) {
      const later = toSeconds(toLocal(date.startsAt, zone)) - toSeconds(date.start)
      return [{ ...on, type: 'gap', minutes: later / 60 }]
    }
    return isInOverlap(date.start, zone) ? [{ ...on, type: 'overlap', minutes: 0 }] : []
  })
}

const SAYS_PARITY = /\b(?:biweekly-)?(odd|even)(?:[ -](?:calendar |iso )?weeks?)\b|\bbiweekly-(odd|even)\b/i

/**
 * Where a year of 53 weeks breaks a rhythm of two weeks or more. A rule by numbers of weeks, and dates that were chosen
 * by them, come nearer or farther there. A rule by distance (INTERVAL=2, what yaml2ical's biweekly-odd becomes) goes
 * on, but it changes between odd and even weeks, which matters where the event's own text speaks of them.
 */
function brokenByWeek53(event: EventInput, dates: Occurrence[]): Shift[] {
  const rule = event.recurrenceRule === undefined ? null : parseRule(event.recurrenceRule)
  const byNumber = rule === null || rule.weeks.length > 0
  const parity = SAYS_PARITY.exec([event.title, event.description, ...event.keywords].join('\n'))
  if (!byNumber && !parity) return []
  const days = dates.map(({ original }) => Math.floor(toSeconds(original) / DAY_SECONDS))
  const apart = days.slice(1).map((day, at) => day - days[at]!)
  const { usual, times } = usualOf(apart)
  const isRhythm = usual >= 14 && usual % 7 === 0 && times * 4 >= apart.length * 3
  if (!isRhythm) return []
  return apart.flatMap((days53, at): Shift[] => {
    const before = weekOf(days[at]!, 0)
    const after = weekOf(days[at + 1]!, 0)
    if (before.weeks !== 53 || after.week >= before.week) return []
    const [from, until] = [dayOf(dates[at]!), dayOf(dates[at + 1]!)]
    if (days53 !== usual)
      return byNumber ? [{ type: 'week53', from, until, places: [], minutes: (days53 - usual) * 24 * 60 }] : []
    const isOdd = (parity?.[1] ?? parity?.[2])?.toLowerCase() === 'odd'
    const changes = parity && before.week % 2 === Number(isOdd) && after.week % 2 !== Number(isOdd)
    return changes ? [{ type: 'week53', from: until, until: null, places: [], minutes: 0 }] : []
  })
}
