/** How pages write times and lengths, in English. Intl knows no seconds here: nothing we show needs them. */
import { toInstant, toLocal } from './zone.ts'

/** `Thursday 2 February 2023, 14:00–18:00 (Europe/Brussels)`; all-day events are dates alone. */
export function formatSpan(startsAt: number, endsAt: number, timeZone: string | null): string {
  const zone = timeZone ?? 'UTC'
  const day = formatDay(startsAt, zone)
  if (timeZone === null) {
    const last = formatDay(endsAt - 1, zone)
    return day === last ? day : `${day} to ${last}`
  }
  const endDay = formatDay(endsAt, zone)
  const end = endDay === day ? formatTime(endsAt, zone) : `${endDay}, ${formatTime(endsAt, zone)}`
  return `${day}, ${formatTime(startsAt, zone)}–${end} (${zone.replaceAll('_', ' ')})`
}

/** Intl gets the wall clock as if it were UTC: its own zone data may be older than ours. */
const inEnglish = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
const day = inEnglish({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const date = inEnglish({ day: 'numeric', month: 'long', year: 'numeric' })
const wallClock = (instant: number, zone: string) => toInstant(toLocal(instant, zone), 'UTC') * 1000

/** `Thursday 2 February 2023`. */
export const formatDay = (instant: number, zone: string): string =>
  day.format(wallClock(instant, zone)).replace(',', '')

/** `14:00`. */
export const formatTime = (instant: number, zone: string): string => toLocal(instant, zone).slice(11, 16)

/** `2 February 2023` of a date such as `2023-02-02`. */
export const formatDate = (text: string): string => date.format(toInstant(`${text}T00:00:00`, 'UTC') * 1000)

const WEEKDAYS: Record<string, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}
const ORDINALS: Record<string, string> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
  '-2': 'last but one',
}

/** A common rule in words, `every third Wednesday of the month`; the rule itself where words would be wrong. */
export function formatRule(rule: string): string {
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=') as [string, string]))
  const { FREQ, INTERVAL = '1', BYDAY, UNTIL, COUNT, WKST: _, ...others } = parts
  const days = (BYDAY ?? '')
    .split(',')
    .filter(Boolean)
    .map((text) => /^([+-]?\d+)?(..)$/.exec(text)!)
  const names = days
    .map(([, nth, name]) => [nth ? ORDINALS[String(Number(nth))] : '', WEEKDAYS[name!]].filter(Boolean).join(' '))
    .join(' and ')
  const isPlain = Object.keys(others).length === 0 && days.every(([, nth]) => !nth || ORDINALS[String(Number(nth))])
  const end = COUNT
    ? `, ${COUNT} times`
    : UNTIL
      ? `, until ${formatDate(`${UNTIL.slice(0, 4)}-${UNTIL.slice(4, 6)}-${UNTIL.slice(6, 8)}`)}`
      : ''
  const every = INTERVAL === '1' ? 'every' : INTERVAL === '2' ? 'every second' : `every ${INTERVAL}th`
  if (!isPlain) return `repeats: ${rule}`
  if (FREQ === 'WEEKLY')
    return INTERVAL === '1' || INTERVAL === '2'
      ? `${every} ${names || 'week'}${end}`
      : `every ${INTERVAL} weeks${names ? ` on ${names}` : ''}${end}`
  if (FREQ === 'MONTHLY' && INTERVAL === '1') return names ? `every ${names} of the month${end}` : `every month${end}`
  if (FREQ === 'DAILY' && !names) return INTERVAL === '1' ? `every day${end}` : `every ${INTERVAL} days${end}`
  if (FREQ === 'YEARLY' && !names && INTERVAL === '1') return `every year${end}`
  return `repeats: ${rule}`
}
