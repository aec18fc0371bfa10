/** A recurrence rule as dates on the wall clock (RFC 5545, 3.3.10): whole numbers in, whole numbers out. */
import { civilOf, DAY_SECONDS, dayOf, daysInMonth, daysInYear, weekdayOf, weekOf } from './days.ts'
import { type Rule, STEPS } from './rule.ts'

export type Expander = {
  /** The starts from one local second to another, both inclusive, ascending; COUNT is counted from the first. */
  from(first: number, last: number): Generator<number>
}

/** The days of a period, by its number; the first period is 0. */
type Periods = { days(period: number): number[]; at(day: number): number }

export function expanderOf(given: Rule, start: number): Expander {
  const rule = withDefaults(given, start)
  const periods = periodsOf(rule, Math.floor(start / DAY_SECONDS))
  const times = timesOf(rule, start)
  const matches = dayFilter(rule)
  const isWithinDay = STEPS[rule.frequency] !== undefined

  function* starts(from: number, last: number): Generator<number> {
    const lastDay = Math.floor(last / DAY_SECONDS)
    for (let period = Math.max(0, periods.at(Math.floor(from / DAY_SECONDS))); ; period++) {
      const days = periods.days(period)
      if (days[0]! > lastDay) return
      yield* inPeriod(days)
    }
  }

  function* inPeriod(days: number[]): Generator<number> {
    // Within a day BYSETPOS counts in each hour or minute, which `times` has done.
    if (rule.positions.length === 0 || isWithinDay) {
      for (const day of days) if (matches(day)) for (const time of times(day)) yield day * DAY_SECONDS + time
      return
    }
    const matching = days.filter(matches)
    if (matching.length === 0) return
    // Every day has the same times: the n-th of the set is worked out, and the set never made.
    const ofDay = times(matching[0]!)
    for (const at of chosen(matching.length * ofDay.length, rule.positions))
      yield matching[Math.floor(at / ofDay.length)]! * DAY_SECONDS + ofDay[at % ofDay.length]!
  }

  return {
    *from(first, last) {
      const counted = rule.count !== null
      let left = rule.count ?? Number.POSITIVE_INFINITY
      for (const at of starts(counted ? start : Math.max(first, start), last)) {
        if (at > last || left === 0) return
        if (at < start) continue
        left -= 1
        if (at >= first) yield at
      }
    },
  }
}

/** An expander that walks a rule with COUNT once, up to an end, however often it is asked. */
export function walkedOnce(expander: Expander, start: number, end: number): Expander {
  const found: number[] = []
  const rest = expander.from(start, end)
  return {
    *from(first, last) {
      for (let nth = 0; ; nth++) {
        if (nth === found.length) {
          const next = rest.next()
          if (next.done) return
          found.push(next.value)
        }
        const at = found[nth]!
        if (at > last) return
        if (at >= first) yield at
      }
    },
  }
}

/** BYSETPOS: which of a set of this size are meant, counted from 0; negative positions count from its end. */
const chosen = (size: number, positions: number[]): number[] => {
  const found = positions.map((nth) => (nth > 0 ? nth - 1 : size + nth)).filter((at) => at >= 0 && at < size)
  return [...new Set(found)].sort((a, b) => a - b)
}

/** What a rule leaves out it takes from the start. */
function withDefaults(rule: Rule, start: number): Rule {
  const first = Math.floor(start / DAY_SECONDS)
  const { month, day } = civilOf(first)
  const says = rule.weeks.length + rule.yearDays.length + rule.monthDays.length + rule.days.length > 0
  if (says) {
    // A week without a day is the start's weekday in it.
    const lacksDay = rule.weeks.length > 0 && rule.days.length + rule.monthDays.length + rule.yearDays.length === 0
    return lacksDay ? { ...rule, days: [{ nth: 0, weekday: weekdayOf(first) }] } : rule
  }
  if (rule.frequency === 'WEEKLY') return { ...rule, days: [{ nth: 0, weekday: weekdayOf(first) }] }
  if (rule.frequency === 'MONTHLY') return { ...rule, monthDays: [day] }
  if (rule.frequency === 'YEARLY')
    return { ...rule, monthDays: [day], months: rule.months.length > 0 ? rule.months : [month] }
  return rule
}

const range = (from: number, length: number) => Array.from({ length }, (_, at) => from + at)

function periodsOf({ frequency, interval, weekStart, months }: Rule, firstDay: number): Periods {
  const first = civilOf(firstDay)
  switch (frequency) {
    case 'YEARLY':
      return {
        at: (day) => Math.floor((civilOf(day).year - first.year) / interval),
        days(period) {
          const year = first.year + period * interval
          if (months.length === 0) return range(dayOf(year, 1, 1), daysInYear(year))
          return months.flatMap((month) => range(dayOf(year, month, 1), daysInMonth(year, month)))
        },
      }
    case 'MONTHLY': {
      const firstMonth = first.year * 12 + first.month - 1
      return {
        at(day) {
          const { year, month } = civilOf(day)
          return Math.floor((year * 12 + month - 1 - firstMonth) / interval)
        },
        days(period) {
          const month = firstMonth + period * interval
          const year = Math.floor(month / 12)
          const of = (month % 12) + 1
          return range(dayOf(year, of, 1), daysInMonth(year, of))
        },
      }
    }
    case 'WEEKLY': {
      const firstWeek = firstDay - ((weekdayOf(firstDay) - weekStart + 7) % 7)
      return {
        at: (day) => Math.floor((day - firstWeek) / (7 * interval)),
        days: (period) => range(firstWeek + period * 7 * interval, 7),
      }
    }
    default: {
      // What repeats within a day goes day by day, and `timesOf` knows which times of it.
      const step = frequency === 'DAILY' ? interval : 1
      return { at: (day) => Math.floor((day - firstDay) / step), days: (period) => [firstDay + period * step] }
    }
  }
}

/** Whether a day has what the BY… parts ask for. */
function dayFilter({ frequency, months, weeks, yearDays, monthDays, days, weekStart }: Rule): (day: number) => boolean {
  const hasEither = (list: number[], value: number, length: number) =>
    list.includes(value) || list.includes(value - length - 1)
  const numbered = days.some(({ nth }) => nth !== 0)
  return (day) => {
    const { year, month, day: ofMonth } = civilOf(day)
    if (months.length > 0 && !months.includes(month)) return false
    if (monthDays.length > 0 && !hasEither(monthDays, ofMonth, daysInMonth(year, month))) return false
    const ofYear = day - dayOf(year, 1, 1) + 1
    if (yearDays.length > 0 && !hasEither(yearDays, ofYear, daysInYear(year))) return false
    if (weeks.length > 0) {
      const { week, weeks: all } = weekOf(day, weekStart)
      if (!hasEither(weeks, week, all)) return false
    }
    if (days.length === 0) return true
    const weekday = weekdayOf(day)
    if (!numbered) return days.some((one) => one.weekday === weekday)
    // The n-th of the month, or of the year where no month is named.
    const inYear = frequency === 'YEARLY' && months.length === 0
    const [at, length] = inYear ? [ofYear, daysInYear(year)] : [ofMonth, daysInMonth(year, month)]
    const nth = Math.ceil(at / 7)
    const nthFromEnd = -Math.ceil((length - at + 1) / 7)
    return days.some((one) => one.weekday === weekday && (one.nth === 0 || one.nth === nth || one.nth === nthFromEnd))
  }
}

/** The seconds of a day at which the rule has a date. */
function timesOf(rule: Rule, start: number): (day: number) => number[] {
  const { frequency, hours, minutes, seconds, positions } = rule
  const first = start - Math.floor(start / DAY_SECONDS) * DAY_SECONDS
  const [hour, minute, second] = [Math.floor(first / 3600), Math.floor(first / 60) % 60, first % 60]
  const or = (list: number[], value: number) => (list.length > 0 ? list : [value])
  const step = STEPS[frequency]
  if (step === undefined) {
    const fixed = or(hours, hour).flatMap((h) =>
      or(minutes, minute).flatMap((m) => or(seconds, second).map((s) => h * 3600 + m * 60 + s)),
    )
    return () => fixed
  }
  const has = (list: number[], value: number) => list.length === 0 || list.includes(value)
  const every = step * rule.interval
  // The period that a start is in: its hour or its minute.
  const anchor = Math.floor(start / step) * step
  // What a period repeats within itself, of which BYSETPOS picks some.
  const ofMinute = step === 1 ? [0] : or(seconds, second)
  const all = (step === 3600 ? or(minutes, minute) : [0]).flatMap((m) => ofMinute.map((s) => m * 60 + s))
  const within = positions.length > 0 ? chosen(all.length, positions).map((at) => all[at]!) : all
  return (day) => {
    if (within.length === 0) return []
    const from = day * DAY_SECONDS
    const times: number[] = []
    for (let at = anchor + Math.ceil((from - anchor) / every) * every; at < from + DAY_SECONDS; at += every) {
      const time = at - from
      const [h, m] = [Math.floor(time / 3600), Math.floor(time / 60) % 60]
      if (!has(hours, h) || (step < 3600 && !has(minutes, m)) || (step === 1 && !has(seconds, time % 60))) continue
      for (const later of within) times.push(time + later)
    }
    return times
  }
}
