/**
 * VTIMEZONEs (RFC 5545, 3.6.5) made from the same zone data that works out our instants, so that feed and page agree.
 *
 * Clients want rules, not lists of dates (CHECKLIST 3.4): the changes of offset are gathered into yearly rules, each from
 * its first year to its last. The rule in force at the end goes on without UNTIL.
 */
import { civilOf, DAY_SECONDS, dayOf, daysInMonth, weekdayOf } from './days.ts'
import { fromSeconds, offsetAt, offsetText, type TimeZone } from './zone.ts'
import { zoneData } from './zone-data.ts'

/** Rules that hold until here hold for ever. */
const LAST_YEAR = 2100

/** `local` is in seconds, in the local time before the change. */
type Change = {
  instant: number
  local: number
  year: number
  month: number
  weekday: number
  from: number
  to: number
  nth: number
  isLast: boolean
}
type Rule = { changes: Change[]; byDay: string }

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const cache = new Map<string, string>()

/** The zone from a year on, folded and with CRLF; nothing for UTC, which needs none. */
export function vtimezone(zone: TimeZone, fromYear: number): string {
  if (zone === 'UTC') return ''
  const key = `${zone}|${fromYear}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = write(zone, fromYear)
  if (cache.size > 500) cache.clear()
  cache.set(key, made)
  return made
}

function write(zone: TimeZone, fromYear: number): string {
  // The change of the year before says what holds on 1 January.
  const changes = changesOf(zone, fromYear - 1)
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone}`]
  if (changes[0]?.year !== fromYear - 1) {
    const before = offsetAt(dayOf(fromYear, 1, 1) * DAY_SECONDS, zone)
    lines.push(...observance(false, '19700101T000000', before, before, null))
  }
  for (const { changes: years, byDay } of gather(changes)) {
    const first = years[0]!
    const last = years.at(-1)!
    // UNTIL of an observance is in UTC (RFC 5545, 3.8.5.3).
    const until = last.year === LAST_YEAR ? '' : `;UNTIL=${basic(last.instant)}Z`
    const rrule = years.length > 1 ? `RRULE:FREQ=YEARLY;BYMONTH=${first.month};BYDAY=${byDay}${until}` : null
    lines.push(...observance(first.to > first.from, basic(first.local), first.from, first.to, rrule))
  }
  lines.push('END:VTIMEZONE')
  return lines.map((line) => `${line}\r\n`).join('')
}

function observance(isDst: boolean, start: string, from: number, to: number, rrule: string | null): string[] {
  const name = isDst ? 'DAYLIGHT' : 'STANDARD'
  return [
    `BEGIN:${name}`,
    `DTSTART:${start}`,
    `TZOFFSETFROM:${offset(from)}`,
    `TZOFFSETTO:${offset(to)}`,
    ...(rrule ? [rrule] : []),
    `END:${name}`,
  ]
}

/** The changes of a zone's offset from a year on. */
function changesOf(zone: TimeZone, fromYear: number): Change[] {
  const { until, offsets } = zoneData(zone)
  return until
    .map((instant, at) => changeAt(instant, offsets[at]!, offsets[at + 1]!))
    .filter(({ year }) => year >= fromYear && year <= LAST_YEAR)
}

function changeAt(instant: number, from: number, to: number): Change {
  const local = instant + from
  const days = Math.floor(local / DAY_SECONDS)
  const { year, month, day } = civilOf(days)
  const isLast = day + 7 > daysInMonth(year, month)
  return { instant, local, year, month, weekday: weekdayOf(days), from, to, nth: Math.ceil(day / 7), isLast }
}

/** Before this the zone data of every client is right. */
const SETTLED = dayOf(2025, 1, 1) * DAY_SECONDS

/** Whether one yearly rule says when the clocks change from an instant to another, as far as clients might not know. */
export function isSteady(zone: TimeZone, from: number, to: number): boolean {
  const { until } = zoneData(zone)
  // What changed in the two years before may be news as well.
  const first = Math.max(SETTLED, from - 2 * 366 * DAY_SECONDS)
  if (first >= to || !until.some((change) => change >= first && change < to)) return true
  const rules = gather(changesOf(zone, civilOf(Math.floor(first / DAY_SECONDS)).year))
  return rules.every(({ changes }) => changes.at(-1)!.year === LAST_YEAR)
}

/** Changes of consecutive years that are the same n-th or last weekday of a month at the same time, as one rule. */
function gather(changes: Change[]): Rule[] {
  const rules: Rule[] = []
  for (const change of changes) {
    const rule = rules.find(
      ({ changes: years }) => follows(years.at(-1)!, change) && byDayOf([...years, change]) !== null,
    )
    if (!rule) rules.push({ changes: [change], byDay: byDayOf([change])! })
    else {
      rule.changes.push(change)
      rule.byDay = byDayOf(rule.changes)!
    }
  }
  return rules
}

/** The weekday that all of these are; a last Sunday is a fourth one in some years, so what fits all years counts. */
function byDayOf(changes: Change[]): string | null {
  const first = changes[0]!
  if (changes.every(({ isLast }) => isLast)) return `-1${DAYS[first.weekday]}`
  return changes.every(({ nth }) => nth === first.nth) ? `${first.nth}${DAYS[first.weekday]}` : null
}

function follows(last: Change, next: Change): boolean {
  const time = ({ local }: Change) => local - Math.floor(local / DAY_SECONDS) * DAY_SECONDS
  return (
    next.year === last.year + 1 &&
    next.month === last.month &&
    next.weekday === last.weekday &&
    time(next) === time(last) &&
    next.from === last.from &&
    next.to === last.to
  )
}

const offset = (seconds: number): string => offsetText(seconds).replaceAll(':', '')
const basic = (seconds: number): string => fromSeconds(seconds).replace(/[-:]/g, '')
