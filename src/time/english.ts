/** How pages and mails write times and rules, in the reader's language. Intl knows no seconds here: nothing we show needs them. */
import { wordsOf } from '../languages/index.ts'
import { toInstant, toLocal } from './zone.ts'

/** `Thursday 2 February 2023, 14:00–18:00 (Europe/Brussels)`; all-day events are dates alone. */
export function formatSpan(startsAt: number, endsAt: number, timeZone: string | null, language = 'en'): string {
  const zone = timeZone ?? 'UTC'
  const day = formatDay(startsAt, zone, language)
  if (timeZone === null) {
    const last = formatDay(endsAt - 1, zone, language)
    return day === last ? day : `${day} ${wordsOf(language).to} ${last}`
  }
  const endDay = formatDay(endsAt, zone, language)
  const end = endDay === day ? formatTime(endsAt, zone) : `${endDay}, ${formatTime(endsAt, zone)}`
  return `${day}, ${formatTime(startsAt, zone)}–${end} (${zone.replaceAll('_', ' ')})`
}

/** Intl gets the wall clock as if it were UTC: its own zone data may be older than ours. */
const formatIn = (options: Intl.DateTimeFormatOptions) => {
  const known = new Map<string, Intl.DateTimeFormat>()
  return (language: string): Intl.DateTimeFormat => {
    const made = known.get(language)
    if (made) return made
    const tag = language === 'en' ? 'en-GB' : language
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' })
    known.set(language, format)
    return format
  }
}
const day = formatIn({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const date = formatIn({ day: 'numeric', month: 'long', year: 'numeric' })
const month = formatIn({ month: 'long', year: 'numeric' })
const shortMonth = formatIn({ month: 'short' })
const weekday = formatIn({ weekday: 'long' })
const shortWeekday = formatIn({ weekday: 'short' })
const yearday = formatIn({ weekday: 'long', day: 'numeric', month: 'long' })
const wallClock = (instant: number, zone: string) => toInstant(toLocal(instant, zone), 'UTC') * 1000

/** `Thursday 2 February 2023`. */
export function formatDay(instant: number, zone: string, language = 'en'): string {
  const text = day(language).format(wallClock(instant, zone))
  return language === 'en' ? text.replace(',', '') : text
}

/** A day for a leaf of a calendar: `2`, `Feb`, `2023`. */
export function shortDay(instant: number, zone: string, language = 'en'): { day: string; month: string; year: string } {
  const [year, , day] = toLocal(instant, zone).slice(0, 10).split('-') as [string, string, string]
  return {
    day: String(Number(day)),
    month: shortMonth(language)
      .format(wallClock(instant, zone))
      .slice(0, language === 'en' ? 3 : 12),
    year,
  }
}

/** `Thursday`, or `Thu`. */
export const formatWeekday = (instant: number, zone: string, language = 'en', isShort = false): string =>
  (isShort ? shortWeekday : weekday)(language).format(wallClock(instant, zone))

/** `Thursday 2 February` of a date such as `2023-02-02`. */
export function formatYearday(text: string, language = 'en'): string {
  const written = yearday(language).format(toInstant(`${text}T00:00:00`, 'UTC') * 1000)
  return language === 'en' ? written.replace(',', '') : written
}

/** `14:00`. */
export const formatTime = (instant: number, zone: string): string => toLocal(instant, zone).slice(11, 16)

/** `2 February 2023` of a date such as `2023-02-02`. */
export const formatDate = (text: string, language = 'en'): string =>
  date(language).format(toInstant(`${text}T00:00:00`, 'UTC') * 1000)

/** `February 2023` of a month such as `2023-02`. */
export const formatMonth = (text: string, language = 'en'): string =>
  month(language).format(toInstant(`${text}-01T00:00:00`, 'UTC') * 1000)

/** The first Monday of 2024 is a first of January. */
const MONDAY = Date.UTC(2024, 0, 1)
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const

/** A common rule in words, `every third Wednesday of the month`; the rule itself where words would be wrong. */
export function formatRule(rule: string, language = 'en'): string {
  const words = wordsOf(language)
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=') as [string, string]))
  const { FREQ, INTERVAL = '1', BYDAY, UNTIL, COUNT, WKST: _, ...others } = parts
  const unit = UNITS[FREQ as keyof typeof UNITS]
  const days = (BYDAY ?? '')
    .split(',')
    .filter(Boolean)
    .map((text) => /^([+-]?\d+)?(..)$/.exec(text)!)
    .map(([, nth, name]) => ({
      nth: nth ? Number(nth) : null,
      name: weekday(language).format(MONDAY + WEEKDAYS.indexOf(name!) * 86_400_000),
    }))
  const isPlain = Object.keys(others).length === 0 && days.every(({ nth }) => nth === null || (nth >= -2 && nth <= 5))
  const canSay =
    unit === 'week' ||
    (unit === 'month' && INTERVAL === '1') ||
    (unit === 'day' && days.length === 0) ||
    (unit === 'year' && days.length === 0 && INTERVAL === '1')
  if (!unit || !isPlain || !canSay) return words.rule(rule)
  const until = UNTIL && formatDate(`${UNTIL.slice(0, 4)}-${UNTIL.slice(4, 6)}-${UNTIL.slice(6, 8)}`, language)
  return words.repeats({
    unit,
    interval: Number(INTERVAL),
    days,
    until: until ?? null,
    count: COUNT ? Number(COUNT) : null,
  })
}
