/**
 * What a recurrence rule may say (RFC 5545, 3.3.10), checked before any library sees it: an unchecked rule can keep a
 * processor busy for ever (PITFALLS L11).
 */
import { DAY_SECONDS } from './days.ts'
import {
  findZone,
  isLocalDateTime,
  type LocalDateTime,
  parseInstant,
  type TimeZone,
  toBasic,
  toInstant,
} from './zone.ts'

const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const
export type Frequency = (typeof FREQUENCIES)[number]
/** How long a step of the frequencies within a day is, in seconds. */
export const STEPS: Partial<Record<Frequency, number>> = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 }
/** More often than this in a day nothing is an event. */
export const PER_DAY_MAX = 96
const COUNT_MAX = 1000
const INTERVAL_MAX = 100_000
const [EARLIEST, BEYOND] = ['1900', '2201']
const DAY = '(MO|TU|WE|TH|FR|SA|SU)'

/** Each part: what its text must look like, and for numbers which are allowed. */
const PARTS: Record<string, { shape: RegExp; allowed?: (n: number) => boolean }> = {
  INTERVAL: { shape: /^\d{1,6}$/, allowed: (n) => n >= 1 && n <= INTERVAL_MAX },
  COUNT: { shape: /^\d{1,12}$/, allowed: (n) => n >= 1 && n <= COUNT_MAX },
  WKST: { shape: new RegExp(`^${DAY}$`) },
  BYDAY: { shape: new RegExp(`^[+-]?\\d{0,2}${DAY}(,[+-]?\\d{0,2}${DAY}){0,20}$`) },
  BYMONTH: { shape: /^\d{1,2}(,\d{1,2}){0,11}$/, allowed: (n) => n >= 1 && n <= 12 },
  BYMONTHDAY: { shape: /^[+-]?\d{1,2}(,[+-]?\d{1,2}){0,30}$/, allowed: (n) => within(n, 31) },
  BYYEARDAY: { shape: /^[+-]?\d{1,3}(,[+-]?\d{1,3}){0,30}$/, allowed: (n) => within(n, 366) },
  BYWEEKNO: { shape: /^[+-]?\d{1,2}(,[+-]?\d{1,2}){0,52}$/, allowed: (n) => within(n, 53) },
  BYSETPOS: { shape: /^[+-]?\d{1,3}(,[+-]?\d{1,3}){0,30}$/, allowed: (n) => within(n, 366) },
  BYHOUR: { shape: /^\d{1,2}(,\d{1,2}){0,23}$/, allowed: (n) => n <= 23 },
  BYMINUTE: { shape: /^\d{1,2}(,\d{1,2}){0,59}$/, allowed: (n) => n <= 59 },
  // The RFC has a 60th second, which no clock here shows.
  BYSECOND: { shape: /^\d{1,2}(,\d{1,2}){0,59}$/, allowed: (n) => n <= 59 },
}
const within = (n: number, most: number) => n !== 0 && Math.abs(n) <= most

export type RuleCheck = { ok: true; rule: string } | { ok: false; message: string }

/**
 * Checks a rule and writes it in one form: upper case, FREQ first, UNTIL in UTC (or as a date for all-day events).
 *
 * @param zone the series' zone, null for all-day events
 */
export function checkRule(text: string, start: LocalDateTime, zone: TimeZone | null): RuleCheck {
  const no = (message: string): RuleCheck => ({ ok: false, message })
  if (text.length > 500) return no('is longer than 500 characters')
  // A rule without dates is looked through from its start to the end of all series.
  if (start < EARLIEST || start >= BEYOND) return no('begins outside the years 1900 to 2200')
  const parts = new Map<string, string>()
  for (const piece of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name, value, ...rest] = piece.split('=')
    if (!name || !value || rest.length > 0) return no(`has a part that is not NAME=VALUE: "${piece}"`)
    if (parts.has(name)) return no(`says ${name} twice`)
    parts.set(name, value)
  }
  const frequency = parts.get('FREQ') as Frequency | undefined
  if (!frequency) return no('needs FREQ')
  if (!FREQUENCIES.includes(frequency)) return no(`has an unknown FREQ: ${frequency}`)
  if (parts.has('COUNT') && parts.has('UNTIL')) return no('has both COUNT and UNTIL')
  for (const [name, value] of parts) {
    if (name === 'FREQ' || name === 'UNTIL') continue
    const fault = checkPart(name, value)
    if (fault) return no(fault)
  }
  const fault = checkTogether(frequency, parts) ?? checkOften(frequency, parts)
  if (fault) return no(fault)
  const until = parts.get('UNTIL')
  if (until) {
    const normal = normalUntil(until, start, zone)
    if (!normal) return no(`has an UNTIL that is no date or lies before the start: ${until}`)
    parts.set('UNTIL', normal)
  }
  parts.delete('FREQ')
  return { ok: true, rule: [`FREQ=${frequency}`, ...[...parts].map(([name, value]) => `${name}=${value}`)].join(';') }
}

function checkPart(name: string, value: string): string | null {
  const part = PARTS[name]
  if (!part) return `has an unknown part: ${name}`
  if (!part.shape.test(value)) return `has a ${name} that can't be read: ${value}`
  const numbers = part.allowed ? value.split(',').map(Number) : []
  const wrong = numbers.find((n) => !part.allowed?.(n))
  return wrong === undefined ? null : `has a ${name} out of range: ${wrong}`
}

/** What RFC 5545 forbids in combination. */
function checkTogether(frequency: Frequency, parts: Map<string, string>): string | null {
  const byDay = parts.get('BYDAY') ?? ''
  if (/\d/.test(byDay) && !['MONTHLY', 'YEARLY'].includes(frequency))
    return `can't number the days of BYDAY when ${frequency}`
  if (/(^|,)[+-]?0/.test(byDay)) return 'has a BYDAY numbered 0'
  if (/\d/.test(byDay) && parts.has('BYWEEKNO')) return "can't number the days of BYDAY beside BYWEEKNO"
  if (parts.has('BYWEEKNO') && frequency !== 'YEARLY') return 'has BYWEEKNO, which only YEARLY takes'
  if (parts.has('BYYEARDAY') && ['DAILY', 'WEEKLY', 'MONTHLY'].includes(frequency))
    return `has BYYEARDAY, which ${frequency} does not take`
  if (parts.has('BYMONTHDAY') && frequency === 'WEEKLY') return 'has BYMONTHDAY, which WEEKLY does not take'
  const others = [...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS')
  if (parts.has('BYSETPOS') && !others) return 'has BYSETPOS without another BY… part'
  return null
}

/** Bounds how many dates a day can have, before anything counts them. */
function checkOften(frequency: Frequency, parts: Map<string, string>): string | null {
  const listed = (name: string) => parts.get(name)?.split(',').length
  const step = (STEPS[frequency] ?? DAY_SECONDS) * Number(parts.get('INTERVAL') ?? 1)
  const perDay = {
    // What is finer than the frequency is repeated within it, what is coarser only limits.
    SECONDLY: DAY_SECONDS / step,
    MINUTELY: (DAY_SECONDS / step) * (listed('BYSECOND') ?? 1),
    HOURLY: (DAY_SECONDS / step) * (listed('BYMINUTE') ?? 1) * (listed('BYSECOND') ?? 1),
  }[frequency as string]
  const most = perDay ?? (listed('BYHOUR') ?? 1) * (listed('BYMINUTE') ?? 1) * (listed('BYSECOND') ?? 1)
  return most > PER_DAY_MAX ? `repeats too often: more than ${PER_DAY_MAX} times a day` : null
}

/** UNTIL is inclusive. A local or date-only UNTIL is common in the wild; it means the series' own zone. */
function normalUntil(text: string, start: LocalDateTime, zone: TimeZone | null): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(text)
  if (!parts) return null
  const [, year, month, day, hour = '23', minute = '59', second = '59', utc] = parts
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  if (!isLocalDateTime(local) || Number(year) > 2200) return null
  if (zone === null) return local.slice(0, 10) < start.slice(0, 10) ? null : `${year}${month}${day}`
  const instant = utc ? parseInstant(text) : toInstant(local, findZone(zone) ?? 'UTC')
  return instant === null || instant < toInstant(start, zone) ? null : toBasic(instant)
}

/** A checked rule as numbers. Lists are ascending and empty where the rule says nothing; weekdays count from Monday, 0. */
export type Rule = {
  frequency: Frequency
  interval: number
  count: number | null
  /** As it stands in the rule, inclusive. */
  until: string | null
  weekStart: number
  months: number[]
  weeks: number[]
  yearDays: number[]
  monthDays: number[]
  /** `nth` is 0 where every such day is meant. */
  days: { nth: number; weekday: number }[]
  hours: number[]
  minutes: number[]
  seconds: number[]
  positions: number[]
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** A rule that `checkRule` wrote, as numbers. */
export function parseRule(rule: string): Rule {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]))
  const numbers = (name: string) => [...new Set((parts.get(name) ?? '').split(',').filter(Boolean).map(Number))]
  const ascending = (name: string) => numbers(name).sort((a, b) => a - b)
  const days = (parts.get('BYDAY') ?? '').split(',').filter(Boolean)
  return {
    frequency: parts.get('FREQ') as Frequency,
    interval: Number(parts.get('INTERVAL') ?? 1),
    count: parts.has('COUNT') ? Number(parts.get('COUNT')) : null,
    until: parts.get('UNTIL') ?? null,
    weekStart: WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO'),
    months: ascending('BYMONTH'),
    weeks: numbers('BYWEEKNO'),
    yearDays: numbers('BYYEARDAY'),
    monthDays: numbers('BYMONTHDAY'),
    days: days.map((day) => ({ nth: Number(day.slice(0, -2) || 0), weekday: WEEKDAYS.indexOf(day.slice(-2)) })),
    hours: ascending('BYHOUR'),
    minutes: ascending('BYMINUTE'),
    seconds: ascending('BYSECOND'),
    positions: numbers('BYSETPOS'),
  }
}
