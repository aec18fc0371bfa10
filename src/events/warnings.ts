/** What an organizer should know about an event that was saved, and everybody about its dates, in plain English. */

import { DAY_SECONDS, weekOf } from '../time/days.ts'
import { formatDate, formatDay, formatTime } from '../time/english.ts'
import { toIso, toSeconds } from '../time/zone.ts'
import type { Conflict } from './conflicts.ts'
import type { EventInput, Warning } from './schema.ts'
import { type Shift, shiftsOf } from './shifts.ts'

/** What there is to mind about the dates of an event, as the API says it. */
export const shiftWarnings = (event: EventInput, now: number): Warning[] =>
  shiftsOf(event, now).map((shift) => ({ ...shift, message: messageOf(shift) }))

/** A clash with another event, as the API says it. */
export function conflictWarning(
  baseUrl: string,
  { timeZone }: EventInput,
  { other, first, where, dates }: Conflict,
): Warning {
  const zone = timeZone ?? 'UTC'
  const time = timeZone === null ? '' : `, ${formatTime(first.startsAt, zone)} (${nameOf(zone)})`
  const more = dates === 1 ? '' : dates === 2 ? ', and on one later date' : `, and on ${dates - 1} later dates`
  const { id, event } = other
  return {
    type: 'conflict',
    event: { id, title: event.title, url: `${baseUrl}/e/${id}` },
    start: toIso(first.startsAt),
    where,
    dates,
    message: `“${event.title}” is in the same place (${where}) at the same time on ${formatDay(first.startsAt, zone)}${time}${more}.`,
  }
}

const messageOf = (shift: Shift): string =>
  sentenceOf(shift)
    .map((part) => (typeof part === 'string' ? part : formatDate(part.date)))
    .join('')

/** The sentence for a shift in pieces, so that a page can mark its dates. */
export function sentenceOf(shift: Shift): (string | { date: string })[] {
  const { type, minutes } = shift
  const [from, until] = [{ date: shift.from }, { date: shift.until ?? shift.from }]
  const places = placeNames(shift.places)
  switch (type) {
    case 'elsewhere':
    case 'utc': {
      const start = type === 'utc' ? 'This is fixed to UTC: ' : ''
      const clock = type === 'utc' ? ' by the clock' : ''
      const [on, to] = [type === 'utc' ? 'on ' : 'On ', type === 'utc' ? 'from ' : 'From ']
      const when =
        shift.until === null ? [to, from, ' on'] : shift.until === shift.from ? [on, from] : [to, from, ' to ', until]
      return [
        start,
        ...when,
        ` it is ${lengthOf(minutes)} ${minutes < 0 ? 'earlier' : 'later'}${clock} in ${places} than usual.`,
      ]
    }
    case 'gap':
      return ['On ', from, ` the clocks in ${places} skip its hour: it begins ${lengthOf(minutes)} later.`]
    case 'overlap':
      return ['On ', from, ` the clocks in ${places} show its hour twice: the first one is meant.`]
    case 'week53': {
      const why = ', since the year before has 53 weeks.'
      if (minutes === 0) return ['From ', from, ` on it is in ${parityOf(shift.from)} weeks${why}`]
      const apart = `${lengthOf(minutes)} ${minutes < 0 ? 'nearer together' : 'farther apart'} than usual`
      return [minutes < 0 ? 'Two in a row: ' : '', from, ' and ', until, ` are ${apart}${why}`]
    }
  }
}

/** Several warnings of one event in the notes of an import. */
export const shortNote = (title: string, warning: Warning): string =>
  warning.type === 'conflict'
    ? `"${title}" clashes with "${warning.event.title}" (${warning.where}, first ${warning.start})`
    : `"${title}": ${warning.message}`

const parityOf = (date: string) =>
  weekOf(toSeconds(`${date}T00:00:00`) / DAY_SECONDS, 0).week % 2 === 1 ? 'odd' : 'even'

const nameOf = (zone: string) => zone.replaceAll('_', ' ')

const CITIES: Record<string, string> = {
  'America/Sao_Paulo': 'São Paulo',
  'Asia/Kolkata': 'India',
  'Asia/Tokyo': 'Japan',
}

/** `Los Angeles, New York and Europe`. */
function placeNames(zones: string[]): string {
  const both = ['Europe/London', 'Europe/Brussels']
  const isEurope = both.every((zone) => zones.includes(zone))
  const names = zones
    .filter((zone) => !isEurope || zone !== both[0])
    .map((zone) => (isEurope && zone === both[1] ? 'Europe' : (CITIES[zone] ?? nameOf(zone.split('/').at(-1)!))))
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** `an hour`, `2 weeks`, `1 hour 30 minutes`. */
function lengthOf(minutes: number): string {
  const size = Math.abs(minutes)
  const count = (n: number, unit: string) => (n === 1 ? `${unit === 'hour' ? 'an' : 'a'} ${unit}` : `${n} ${unit}s`)
  if (size % (7 * 24 * 60) === 0) return count(size / (7 * 24 * 60), 'week')
  if (size === 30) return 'half an hour'
  if (size % 60 === 0) return count(size / 60, 'hour')
  return size < 60 ? count(size, 'minute') : `${count(Math.floor(size / 60), 'hour')} and ${count(size % 60, 'minute')}`
}
