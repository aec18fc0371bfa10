/** A month as the weeks that it touches, and what is on at each of its days. Pure. */
import { civilOf, dayOf, daysInMonth, weekdayOf } from '../time/days.ts'
import { toInstant, toLocal } from '../time/zone.ts'
import type { Dated } from './upcoming.ts'

/** `2026-11`. */
export type Month = string

const FIRST = '1970-01'
const LAST = '2199-12'
const HALF_DAY = 43_200

const two = (number: number) => String(number).padStart(2, '0')
const partsOf = (month: Month) => month.split('-').map(Number) as [number, number]

/** Whether a text is a month that can be shown. */
export const isMonth = (text: string): text is Month =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && text >= FIRST && text <= LAST

/** The month some months later; null where nothing is shown any more. */
export function monthAfter(month: Month, months: number): Month | null {
  const [year, number] = partsOf(month)
  const at = year * 12 + number - 1 + months
  const text = `${Math.floor(at / 12)}-${two((at % 12) + 1)}`
  return isMonth(text) ? text : null
}

export const monthAt = (instant: number, zone: string): Month => toLocal(instant, zone).slice(0, 7)

/** Unix seconds between which a month is somewhere on Earth: clocks are at most 14 hours ahead and 12 behind. */
export const windowOf = (month: Month): { from: number; to: number } => {
  const next = monthAfter(month, 1)
  const end = next ? `${next}-01` : '2200-01-01'
  return {
    from: toInstant(`${month}-01T00:00:00`, 'UTC') - HALF_DAY - 7200,
    to: toInstant(`${end}T00:00:00`, 'UTC') + HALF_DAY,
  }
}

export type Day = { date: string; isInMonth: boolean; dates: Dated[] }

/** The days of a month in whole weeks from Monday on, each with what is on by the clocks of its place. */
export function daysOf(month: Month, dates: Dated[]): Day[] {
  const [year, number] = partsOf(month)
  const first = dayOf(year, number, 1)
  const last = first + daysInMonth(year, number) - 1
  const from = first - weekdayOf(first)
  const to = last + 6 - weekdayOf(last)
  const on = new Map<string, Dated[]>()
  for (const dated of dates)
    for (const day of daysTouched(dated, first, last)) {
      const date = dateOf(day)
      on.set(date, [...(on.get(date) ?? []), dated])
    }
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const date = dateOf(from + at)
    return { date, isInMonth: from + at >= first && from + at <= last, dates: on.get(date) ?? [] }
  })
}

function dateOf(days: number): string {
  const { year, month, day } = civilOf(days)
  return `${year}-${two(month)}-${two(day)}`
}

/** The days on which a date is, as days since 1970, of those between two. */
function daysTouched({ event, occurrence }: Dated, first: number, last: number): number[] {
  const zone = event.timeZone ?? 'UTC'
  const dayAt = (instant: number) => {
    const [year, month, day] = toLocal(instant, zone).slice(0, 10).split('-').map(Number)
    return dayOf(year!, month!, day!)
  }
  const begin = dayAt(occurrence.startsAt)
  const from = Math.max(begin, first)
  const to = Math.min(Math.max(begin, dayAt(occurrence.endsAt - 1)), last)
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
}
