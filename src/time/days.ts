/** Dates as days since 1970-01-01, in the Gregorian calendar without end in both directions: arithmetic without objects. */

export const DAY_SECONDS = 86_400

export type Civil = { year: number; month: number; day: number }

/** The day of a date; a day or a month beyond its end runs on into the next. */
export function dayOf(year: number, month: number, day: number): number {
  const years = year + Math.floor((month - 1) / 12)
  const of = ((((month - 1) % 12) + 12) % 12) + 1
  const y = of <= 2 ? years - 1 : years
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (of + (of > 2 ? -3 : 9)) + 2) / 5)
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear +
    day -
    1 -
    719_468
  )
}

/** The date of a day (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
export function civilOf(days: number): Civil {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
  }
}

/** 0 is Monday, 6 is Sunday. */
export const weekdayOf = (days: number): number => (((days + 3) % 7) + 7) % 7

export const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
export const daysInYear = (year: number): number => (isLeap(year) ? 366 : 365)
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** The day on which week 1 of a year begins: the first week with four days or more in it (ISO 8601, RFC 5545 3.3.10). */
export function weekOneOf(year: number, weekStart: number): number {
  const first = dayOf(year, 1, 1)
  const into = (weekdayOf(first) - weekStart + 7) % 7
  return into <= 3 ? first - into : first - into + 7
}

/** The number of a day's week, and how many weeks that week's year has. */
export function weekOf(days: number, weekStart: number): { week: number; weeks: number } {
  const { year } = civilOf(days)
  const of = days < weekOneOf(year, weekStart) ? year - 1 : days >= weekOneOf(year + 1, weekStart) ? year + 1 : year
  const first = weekOneOf(of, weekStart)
  return { week: Math.floor((days - first) / 7) + 1, weeks: (weekOneOf(of + 1, weekStart) - first) / 7 }
}
