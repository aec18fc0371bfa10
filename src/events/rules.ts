/** What must hold between the members of an event. */
import { durationBetween, isWholeDays } from '../time/duration.ts'
import { firstStart, type Series, startsBetween } from '../time/recurrence.ts'
import { checkRule } from '../time/rule.ts'
import { isInGap, toInstant } from '../time/zone.ts'
import { kindOf } from './kinds/index.ts'

type Override = { excluded?: true | undefined; start?: string | undefined; duration?: string | undefined }
type Event = {
  kind: string
  start: string
  end?: string | undefined
  timeZone: string | null
  duration?: string | undefined
  showWithoutTime: boolean
  recurrenceRule?: string | undefined
  recurrenceOverrides: Record<string, Override>
}
type Check = { addIssue(issue: { code: 'custom'; path: PropertyKey[]; message: string; input: unknown }): void }

/** More changed dates than this belong into a series of their own. */
const OVERRIDES_MAX = 500

/** Checks an event as a whole; each fault names the member it is about. */
export function checkEvent(event: Event, check: Check): void {
  let faults = 0
  const fault: Fault = (path, message) => {
    faults += 1
    check.addIssue({ code: 'custom', path, message, input: event })
  }
  checkMembers(event, fault)
  checkTime(event, fault)
  if (faults > 0) return
  checkDates(
    event,
    event.recurrenceRule === undefined ? null : checkedSeries(event, event.recurrenceRule, fault),
    fault,
  )
}

/** A checked event in its one form: it has a duration and no end, and its rule is written canonically. */
export function normalEvent<E extends Event>({ end, ...event }: E): Omit<E, 'end' | 'duration'> & { duration: string } {
  const checked = event.recurrenceRule ? checkRule(event.recurrenceRule, event.start, event.timeZone) : null
  const duration = event.duration ?? (end ? lengthTo(event, end) : kindOf(event.kind).duration)
  return {
    ...event,
    duration: event.showWithoutTime && !isWholeDays(duration) ? 'P1D' : duration,
    ...(checked?.ok ? { recurrenceRule: checked.rule } : {}),
    recurrenceOverrides: Object.fromEntries(
      Object.entries(event.recurrenceOverrides).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  } as Omit<E, 'end' | 'duration'> & { duration: string }
}

/** From the start to a given end: in days for an all-day event. */
function lengthTo(event: Omit<Event, 'end'>, end: string): string {
  const days = (toInstant(end, 'UTC') - toInstant(event.start, 'UTC')) / 86_400
  return event.showWithoutTime ? `P${days}D` : durationBetween(event.start, end, zoneOf(event))!
}

type Fault = (path: PropertyKey[], message: string) => void
const zoneOf = ({ timeZone }: { timeZone: string | null }) => timeZone ?? 'UTC'

function checkMembers(event: Event, fault: Fault): void {
  const own: readonly string[] = kindOf(event.kind).members
  for (const name of ['bot', 'speakers', 'channel', 'conference']) {
    const given = (event as Record<string, unknown>)[name] !== undefined
    if (given && !own.includes(name)) fault([name], `does not belong to a ${event.kind}`)
  }
}

function checkTime(event: Event, fault: Fault): void {
  const { start, end, timeZone, duration, showWithoutTime } = event
  const atMidnight = (local: string) => local.endsWith('T00:00:00')
  if (showWithoutTime) {
    if (timeZone !== null) fault(['timeZone'], 'must be null for an all-day event')
    if (!atMidnight(start)) fault(['start'], 'must be at 00:00:00 for an all-day event')
    if (end && !atMidnight(end)) fault(['end'], 'must be at 00:00:00 for an all-day event')
    if (duration && !isWholeDays(duration)) fault(['duration'], 'must be whole days for an all-day event')
  } else if (timeZone === null) fault(['timeZone'], 'must be an IANA time zone; only all-day events have none')
  else if (isInGap(start, timeZone)) fault(['start'], `does not exist in ${timeZone}: the clocks skip it`)
  if (end === undefined) return
  if (duration !== undefined) fault(['end'], 'must not stand beside a duration')
  if (durationBetween(start, end, zoneOf(event)) === null) fault(['end'], 'must be after the start')
}

/** The series where its rule is right and begins at the start; null where it isn't, which is a fault. */
function checkedSeries(event: Event, rule: string, fault: Fault): Series | null {
  const checked = checkRule(rule, event.start, event.timeZone)
  if (!checked.ok) {
    fault(['recurrenceRule'], checked.message)
    return null
  }
  const series = { start: event.start, timeZone: event.timeZone, rule: checked.rule }
  const first = firstStart(series)
  if (first === null) fault(['recurrenceRule'], 'has no date at all')
  else if (first !== event.start) fault(['start'], `is no date of the rule, whose first one is ${first}`)
  else return series
  return null
}

/** Dates taken out, added and changed: of a rule, or of an event that has no more than they say. */
function checkDates(event: Event, series: Series | null, fault: Fault): void {
  if (series === null && event.recurrenceRule !== undefined) return
  const overrides = Object.entries(event.recurrenceOverrides)
  if (overrides.length > OVERRIDES_MAX) {
    fault(['recurrenceOverrides'], `has more than ${OVERRIDES_MAX} dates`)
    return
  }
  for (const [date, override] of overrides) {
    const path = ['recurrenceOverrides', date]
    const at = toInstant(date, zoneOf(event))
    const isDate = series ? startsBetween(series, at, at + 1)[0] === date : date === event.start
    if (override.excluded && Object.keys(override).length > 1)
      fault(path, 'is excluded, so nothing else can be said of it')
    if (override.excluded && !isDate) fault(path, 'is no date of the series')
    if (!isDate && event.timeZone !== null && isInGap(date, event.timeZone))
      fault(path, `does not exist in ${event.timeZone}`)
    if (override.start && event.timeZone !== null && isInGap(override.start, event.timeZone))
      fault([...path, 'start'], `does not exist in ${event.timeZone}: the clocks skip it`)
  }
}

/** The members that a subscriber sees at a glance: SEQUENCE grows when one of them changes (RFC 5546, 2.1.4, and more). */
const VISIBLE = [
  'title',
  'start',
  'timeZone',
  'duration',
  'showWithoutTime',
  'recurrenceRule',
  'recurrenceOverrides',
  'status',
  'locations',
  'virtualLocations',
  'join',
] as const

/** Whether subscribers see a difference between two states of an event. */
export const differsVisibly = (before: object, after: object): boolean =>
  VISIBLE.some((name) => JSON.stringify((before as never)[name]) !== JSON.stringify((after as never)[name]))
