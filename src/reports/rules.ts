/** Which days a report is about. */
import { fromSeconds, toSeconds } from '../time/zone.ts'

/** Days from the first to the last, both included, in the zone of the group. */
export type Period = { quarter: string | null; from: string; to: string }

const QUARTER = /^(\d{4})Q([1-4])$/
const DAY = 86_400
const YEAR_MIN = 1900
const YEAR_MAX = 2200
const isWithinReach = (day: string) => Number(day.slice(0, 4)) >= YEAR_MIN && Number(day.slice(0, 4)) <= YEAR_MAX
/** A year and a bit: enough for an annual report, few enough dates for one page. */
export const DAYS_MAX = 400

const midnight = (day: string) => toSeconds(`${day}T00:00:00`)
const dayOf = (seconds: number) => fromSeconds(seconds).slice(0, 10)
export const dayAfter = (day: string): string => dayOf(midnight(day) + DAY)
export const daysIn = ({ from, to }: Period): number => (midnight(to) - midnight(from)) / DAY + 1

/** A quarter such as 2022Q4; null where there is none of that name. */
export function quarterOf(name: string): Period | null {
  const [, year, number] = QUARTER.exec(name) ?? []
  return year && isWithinReach(year) ? quarterFrom(Number(year), Number(number)) : null
}

function quarterFrom(year: number, number: number): Period {
  const month = (number - 1) * 3 + 1
  const first = (y: number, m: number) => `${y}-${String(m).padStart(2, '0')}-01`
  const next = month === 10 ? first(year + 1, 1) : first(year, month + 3)
  return { quarter: `${year}Q${number}`, from: first(year, month), to: dayOf(midnight(next) - DAY) }
}

/** The quarter in which a day lies. */
export const quarterAt = (day: string): string => `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

const RANGE = /^(\d{4}-\d\d-\d\d)--(\d{4}-\d\d-\d\d)$/
const isDay = (day: string) => !Number.isNaN(Date.parse(day)) && dayOf(midnight(day)) === day

/** How a period is called in addresses. */
export const nameOf = ({ quarter, from, to }: Period): string => quarter ?? `${from}--${to}`

/** What keeps two days from being a period: years without a calendar, their order, too many of them; null where nothing does. */
export const faultOfRange = ({
  from,
  to,
}: {
  from: string
  to: string
}): { path: 'from' | 'to'; message: string } | null => {
  const message = `must lie in the years ${YEAR_MIN} to ${YEAR_MAX}`
  if (!isWithinReach(from)) return { path: 'from', message }
  if (!isWithinReach(to)) return { path: 'to', message }
  if (to < from) return { path: 'to', message: 'must not be before from' }
  return daysIn({ quarter: null, from, to }) <= DAYS_MAX
    ? null
    : { path: 'to', message: `must be at most ${DAYS_MAX} days after from` }
}

/** The period that a name means; null where it means none. */
export function periodNamed(name: string): Period | null {
  const [, from, to] = RANGE.exec(name) ?? []
  if (!from || !to) return quarterOf(name)
  return isDay(from) && isDay(to) && !faultOfRange({ from, to }) ? { quarter: null, from, to } : null
}

/** What a person writes into a report. */
export type Section = { title: string; text: string }

/** The period of the same length that ends where this one begins. */
export function periodBefore(period: Period): Period {
  const to = dayOf(midnight(period.from) - DAY)
  if (period.quarter !== null) return quarterFrom(Number(to.slice(0, 4)), Math.ceil(Number(to.slice(5, 7)) / 3))
  return { quarter: null, from: dayOf(midnight(period.from) - daysIn(period) * DAY), to }
}
