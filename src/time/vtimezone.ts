/**
 * VTIMEZONEs (RFC 5545, 3.6.5) made from the same zone data that works out our instants, so that feed and page agree.
 *
 * Clients want rules, not lists of dates (CHECKLIST 3.4): the changes of offset are gathered into yearly rules, each from
 * its first year to its last. The rule in force at the end goes on without UNTIL.
 */
import { Temporal } from 'temporal-polyfill/implementation'
import type { TimeZone } from './zone.ts'

/** Rules that hold until here hold for ever: zone data knows nothing later. */
const LAST_YEAR = 2037

type Change = { local: Temporal.PlainDateTime; from: string; to: string; isDst: boolean; nth: number; isLast: boolean }
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
  if (changes[0]?.local.year !== fromYear - 1) {
    const before = offset(startOf(zone, fromYear))
    lines.push(...observance(false, '19700101T000000', before, before, null))
  }
  for (const { changes: years, byDay } of gather(changes)) {
    const first = years[0]!
    const last = years.at(-1)!
    const until = last.local.year === LAST_YEAR ? '' : `;UNTIL=${utc(last)}`
    const rrule = years.length > 1 ? `RRULE:FREQ=YEARLY;BYMONTH=${first.local.month};BYDAY=${byDay}${until}` : null
    lines.push(...observance(first.isDst, basic(first.local), first.from, first.to, rrule))
  }
  lines.push('END:VTIMEZONE')
  return lines.map((line) => `${line}\r\n`).join('')
}

const startOf = (zone: TimeZone, year: number) =>
  Temporal.ZonedDateTime.from({ year, month: 1, day: 1, timeZone: zone })

function observance(isDst: boolean, start: string, from: string, to: string, rrule: string | null): string[] {
  const name = isDst ? 'DAYLIGHT' : 'STANDARD'
  return [
    `BEGIN:${name}`,
    `DTSTART:${start}`,
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    ...(rrule ? [rrule] : []),
    `END:${name}`,
  ]
}

/** The changes of a zone's offset, each in the local time before it. */
function changesOf(zone: TimeZone, fromYear: number): Change[] {
  const changes: Change[] = []
  let at: Temporal.ZonedDateTime | null = startOf(zone, fromYear)
  for (;;) {
    at = at.getTimeZoneTransition('next')
    if (!at || at.year > LAST_YEAR) return changes
    const before = at.subtract({ nanoseconds: 1 })
    const local = at.toPlainDateTime().add({ nanoseconds: before.offsetNanoseconds - at.offsetNanoseconds })
    const isLast = local.day + 7 > local.daysInMonth
    changes.push({
      local,
      from: offset(before),
      to: offset(at),
      isDst: at.offsetNanoseconds > before.offsetNanoseconds,
      nth: Math.ceil(local.day / 7),
      isLast,
    })
  }
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

const dayOf = ({ local }: Change) => DAYS[local.dayOfWeek - 1]!

/** The weekday that all of these are; a last Sunday is a fourth one in some years, so what fits all years counts. */
function byDayOf(changes: Change[]): string | null {
  const first = changes[0]!
  if (changes.every(({ isLast }) => isLast)) return `-1${dayOf(first)}`
  return changes.every(({ nth }) => nth === first.nth) ? `${first.nth}${dayOf(first)}` : null
}

function follows(last: Change, next: Change): boolean {
  const time = (change: Change) => change.local.toPlainTime().toString()
  return (
    next.local.year === last.local.year + 1 &&
    next.local.month === last.local.month &&
    time(next) === time(last) &&
    next.from === last.from &&
    next.to === last.to &&
    next.isDst === last.isDst &&
    dayOf(next) === dayOf(last)
  )
}

const offset = (at: Temporal.ZonedDateTime): string => {
  const [, sign, hours, minutes, seconds] = /^([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(at.offset)!
  return `${sign}${hours}${minutes}${seconds && seconds !== '00' ? seconds : ''}`
}
const basic = (local: Temporal.PlainDateTime) => local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')

/** UNTIL of an observance is in UTC (RFC 5545, 3.8.5.3). */
function utc({ local, from }: Change): string {
  const sign = from.startsWith('-') ? 1 : -1
  const hours = sign * Number(from.slice(1, 3))
  const minutes = sign * Number(from.slice(3, 5))
  return `${basic(local.add({ hours, minutes }))}Z`
}
