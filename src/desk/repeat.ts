/** The simple ways to repeat that a form offers, as rules and back. */
import { dayOf, daysInMonth, weekdayOf } from '../time/days.ts'

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const ORDINALS = ['first', 'second', 'third', 'fourth', 'last']
const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export const REPEATS = [
  ['none', 'Does not repeat'],
  ['daily', 'Every day'],
  ['weekly', 'Every week'],
  ['fortnightly', 'Every second week'],
  ['nth', 'Every month, on the same weekday (such as the third Wednesday)'],
  ['last', 'Every month, on the last such weekday'],
  ['day', 'Every month, on the same day (such as the 15th)'],
  ['yearly', 'Every year'],
  ['rule', 'By the rule below'],
] as const

function partsOf(start: string) {
  const [year, month, day] = start.slice(0, 10).split('-').map(Number) as [number, number, number]
  const weekday = weekdayOf(dayOf(year, month, day))
  return { weekday, nth: Math.ceil(day / 7), day, isLast: day + 7 > daysInMonth(year, month) }
}

/** A simple rule for a series that begins on this day, without its end; null for none and for one by hand. */
export function ruleFor(repeat: string, start: string): string | null {
  if (!/^\d{4}-\d\d-\d\d/.test(start)) return repeat === 'none' || repeat === 'rule' ? null : 'FREQ=WEEKLY'
  const { weekday, nth, day } = partsOf(start)
  const name = WEEKDAYS[weekday]!
  const rules: Record<string, string> = {
    daily: 'FREQ=DAILY',
    weekly: `FREQ=WEEKLY;BYDAY=${name}`,
    fortnightly: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${name}`,
    nth: `FREQ=MONTHLY;BYDAY=${nth}${name}`,
    last: `FREQ=MONTHLY;BYDAY=-1${name}`,
    day: `FREQ=MONTHLY;BYMONTHDAY=${day}`,
    yearly: 'FREQ=YEARLY',
  }
  return rules[repeat] ?? null
}

/** Rules that say the same as a simple one for a series that begins on this day. */
const SAME: Record<string, string> = {
  'FREQ=WEEKLY': 'weekly',
  'FREQ=WEEKLY;INTERVAL=2': 'fortnightly',
  'FREQ=MONTHLY': 'day',
}

/** What a form is filled with for a rule: the simple way to repeat that it is, else the rule itself. */
export function repeatOf(rule: string | undefined, start: string): Record<string, string> {
  if (rule === undefined) return { repeat: 'none' }
  const plain = rule.replace(/;(COUNT|UNTIL)=[^;]*/g, '')
  const known = REPEATS.find(([name]) => ruleFor(name, start) === plain)?.[0] ?? SAME[plain]
  const until = /UNTIL=(\d{4})(\d\d)(\d\d)/.exec(rule)
  if (!known) return { repeat: 'rule', recurrenceRule: rule }
  return {
    repeat: known,
    count: /COUNT=(\d+)/.exec(rule)?.[1] ?? '',
    until: until ? until.slice(1).join('-') : '',
  }
}

/** The weekday of a start as people say it: `third Wednesday`. */
export function weekdayInWords(start: string): string {
  const { weekday, nth, isLast } = partsOf(start)
  return `${ORDINALS[isLast && nth === 5 ? 4 : nth - 1]} ${NAMES[weekday]}`
}
