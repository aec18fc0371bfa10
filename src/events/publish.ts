/**
 * In which form the dates of an event are published, so that all clients read them the same: as a rule with exceptions
 * where they all do (CHECKLIST 3.15), else as single VEVENTs in UTC. Decided here and nowhere else.
 */
import { DAY_SECONDS } from '../time/days.ts'
import { endOf } from '../time/duration.ts'
import { startsBetween } from '../time/recurrence.ts'
import { parseRule, type Rule, STEPS } from '../time/rule.ts'
import { isSteady } from '../time/vtimezone.ts'
import { isInGap, isInOverlap, offsetAt, toInstant, toLocal } from '../time/zone.ts'
import { zoneData } from '../time/zone-data.ts'
import { isDateOf, type Occurrence, occurrenceAt, occurrencesBetween } from './occurrences.ts'
import type { EventInput } from './schema.ts'

type Timed = Pick<Occurrence, 'start' | 'startsAt' | 'endsAt'>
export type Dated = { original: string; occurrence: Occurrence }

export type Published = {
  /** Why the rule itself is not published; null where it is, or where there is none. */
  why: string | null
  /** The VEVENT that carries the rule, with the dates taken out of it; null where every date is a VEVENT of its own. */
  master: { exdates: string[] } | null
  /** Dates with other members, as VEVENTs with RECURRENCE-ID. */
  overrides: Dated[]
  /** Dates with a UID of their own. */
  singles: Dated[]
  /** The dates are written out anew `RENEWED_SECONDS` before this, in Unix seconds; null where they are all there. */
  until: number | null
}

/** How long before their end single dates are written out anew. */
export const RENEWED_SECONDS = 2 * 366 * DAY_SECONDS

/** Written out are the dates of three years from now, and of more where there are few. */
const AHEAD_SECONDS = 3 * 366 * DAY_SECONDS
const FEW = 60
const MANY = 1000
const FOR_EVER = 7_000_000_000
/** How much of the past is written out, where not everything fits. */
const BACK_SECONDS = [FOR_EVER, AHEAD_SECONDS, 366 * DAY_SECONDS, 31 * DAY_SECONDS, DAY_SECONDS]

/**
 * @param marked whether dates that were called off are shown as such
 * @param now Unix seconds; counts only where a rule without an end is written out
 */
export function published(event: EventInput, marked: boolean, now: number): Published {
  if (!event.recurrenceRule) return { ...writtenOut(event, marked, now, FOR_EVER), why: null }
  const why = misreadBy(event, event.recurrenceRule, now)
  return why === null ? asRule(event, marked) : { ...writtenOut(event, marked, now, horizonOf(event, now)), why }
}

function writtenOut(event: EventInput, marked: boolean, now: number, horizon: number): Omit<Published, 'why'> {
  const { all, until } = fitting(event, now, horizon)
  const singles = all
    .filter(({ status, override }) => marked || override.status !== 'cancelled' || event.status === status)
    .map((occurrence) => ({ original: occurrence.original, occurrence }))
  return { master: null, overrides: [], singles, until }
}

/** What is to come, and as much of the past as there is room for. */
function fitting(event: EventInput, now: number, horizon: number): { all: Occurrence[]; until: number | null } {
  for (const back of BACK_SECONDS) {
    const all = occurrencesBetween(event, now - back, horizon, MANY + 1)
    if (all.length <= MANY) return { all, until: horizon === FOR_EVER ? null : horizon }
  }
  const all = occurrencesBetween(event, now - DAY_SECONDS, horizon, MANY)
  // Anew when half of them are over.
  return { all, until: all[MANY / 2]!.startsAt + RENEWED_SECONDS }
}

/** As far as the dates reach that are written out; for ever where the rule ends. */
function horizonOf(event: EventInput, now: number): number {
  const series = { start: event.start, timeZone: event.timeZone, rule: event.recurrenceRule! }
  if (/(COUNT|UNTIL)=/.test(series.rule)) return FOR_EVER
  const few = startsBetween(series, now, FOR_EVER, FEW).at(-1)
  return Math.max(now + AHEAD_SECONDS, few ? toInstant(few, event.timeZone ?? 'UTC') + 1 : 0)
}

function asRule(event: EventInput, marked: boolean): Published {
  const exdates: string[] = []
  const overrides: Dated[] = []
  const singles: Dated[] = []
  for (const original of Object.keys(event.recurrenceOverrides).sort()) {
    const override = event.recurrenceOverrides[original]!
    const one = { original, occurrence: occurrenceAt(event, original) }
    const isShown = !override.excluded && (override.status !== 'cancelled' || marked)
    const isOfRule = isDateOf(event, original)
    // An RDATE is dropped by half of the clients (CHECKLIST 3.14).
    if (!isOfRule && isShown) singles.push(one)
    if (!isOfRule) continue
    const isAlone = isShown && (passesNeighbour(event, one) || meetsChange(event.timeZone, one.occurrence))
    if (!isShown || isAlone) exdates.push(original)
    if (isShown) (isAlone ? singles : overrides).push(one)
  }
  return { why: null, master: { exdates }, overrides, singles, until: null }
}

/** Whether the clocks change while a date is on, or its wall clock names no time or two: in UTC all read it the same. */
export function meetsChange(timeZone: string | null, { start, startsAt, endsAt }: Timed): boolean {
  if (timeZone === null) return false
  if (isInGap(start, timeZone) || offsetAt(startsAt, timeZone) !== offsetAt(endsAt, timeZone)) return true
  return isInOverlap(start, timeZone) || isInOverlap(toLocal(endsAt, timeZone), timeZone)
}

/**
 * Whether a date was moved onto the day of the one before or after it, or beyond: Outlook has no room for that
 * (CHECKLIST 3.12).
 */
function passesNeighbour(event: EventInput, { original, occurrence }: Dated): boolean {
  if (occurrence.start === original) return false
  const zone = event.timeZone ?? 'UTC'
  const series = { start: event.start, timeZone: event.timeZone, rule: event.recurrenceRule! }
  const [at, moved] = [toInstant(original, zone), occurrence.startsAt]
  const between = startsBetween(series, Math.min(at, moved) - DAY_SECONDS, Math.max(at, moved) + DAY_SECONDS, 3)
  return between.some((start) => start !== original)
}

/** Why a common client would show other dates of this rule than we do; null where all show the same. */
function misreadBy(event: EventInput, text: string, now: number): string | null {
  return (
    misreadRule(parseRule(text), event.start) ??
    (event.timeZone === null ? null : misreadZone(event, event.timeZone, now))
  )
}

/** What CHECKLIST 3.16 and the recurrence oracle found. */
function misreadRule(rule: Rule, start: string): string | null {
  const { frequency, days, monthDays, months, positions } = rule
  const numbered = days.filter(({ nth }) => nth !== 0)
  const dayOfMonth = Number(start.slice(8, 10))
  if (STEPS[frequency]) return `${frequency}: Thunderbird shows the first date alone`
  if (rule.weeks.length > 0) return 'BYWEEKNO: Thunderbird shows every week'
  if (rule.yearDays.some((day) => Math.abs(day) === 366)) return 'BYYEARDAY=366: read differently by many'
  if (rule.hours.length > 1 || rule.minutes.length > 1 || rule.seconds.length > 1)
    return 'several times a day: recurring-ical-events shows one'
  if (positions.length > 0 && (frequency !== 'MONTHLY' || monthDays.length > 0 || rule.hours.length > 0))
    return `BYSETPOS with ${frequency}: Thunderbird and GNOME leave it out`
  if (frequency === 'YEARLY' && monthDays.length > 0 && months.length === 0)
    return 'a day of every month in a yearly rule: Thunderbird and GNOME keep one'
  if (numbered.length > 1) return 'more than one numbered weekday: Outlook keeps one'
  if (numbered.length > 0 && frequency === 'YEARLY' && months.length === 0)
    return 'a weekday numbered in the year: Thunderbird shows every week'
  if (months.length > 0 && (frequency === 'WEEKLY' || frequency === 'DAILY'))
    return `BYMONTH with ${frequency}: Nextcloud leaves it out`
  if (frequency === 'YEARLY' && days.length === 0 && start.slice(5, 10) === '02-29')
    return '29 February: Thunderbird shows 1 March in the years between'
  const late = monthDays.length > 0 ? monthDays.some((day) => day > 28) : days.length === 0 && dayOfMonth > 28
  if (late && (frequency === 'MONTHLY' || monthDays.length > 0)) return 'the 29th to 31st: some show the 28th instead'
  return null
}

function misreadZone(event: EventInput, zone: string, now: number): string | null {
  const first = toInstant(event.start, zone)
  const last = Math.min(horizonOf(event, now), now + 10 * 366 * DAY_SECONDS)
  if (!isSteady(zone, first, last)) return `${zone} changed its rules: zone data of clients may be older`
  const series = { start: event.start, timeZone: zone, rule: event.recurrenceRule! }
  const near = zoneData(zone).until.filter((change) => change > first - DAY_SECONDS && change < last)
  const lasts = endOf(event.start, zone, event.duration) - first
  for (const change of near) {
    const starts = startsBetween(series, change - lasts - DAY_SECONDS, change + DAY_SECONDS)
    if (starts.some((start) => meetsChange(zone, occurrenceAt(event, start))))
      return `a date at a change of the clocks in ${zone}: clients begin or end it at other times`
  }
  return null
}
