/** When digests go out. Pure. */
import { toInstant, toLocal } from '../time/zone.ts'

/** How long somebody has for saying that it was them, and what a day is to the limits. */
export const CONFIRM_SECONDS = 7 * 86_400

const HOUR = '08:00:00'

/** The first of the next month at eight, by the clocks of a zone. */
export function nextMonthAt(now: number, zone: string): number {
  const [year, month] = toLocal(now, zone).split('-').map(Number) as [number, number]
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1]
  return toInstant(`${nextYear}-${String(next).padStart(2, '0')}-01T${HOUR}`, zone)
}

/** The month of an instant, `2026-12`. */
export const monthAt = (now: number, zone: string): string => toLocal(now, zone).slice(0, 7)

const MONTH = /^\d{4}-\d\d$/

/** Whether a mail is of a month; else it asks whether somebody was meant. */
export const isMonth = (period: string): boolean => MONTH.test(period)

const STREAM = /^stream (\w+) (\w+)$/
export const streamPeriod = (eventId: string, recurrenceId: string): string => `stream ${eventId} ${recurrenceId}`

/** The stream that a mail announces; null where it is another mail. */
export function streamOf(period: string): { eventId: string; recurrenceId: string } | null {
  const [, eventId, recurrenceId] = STREAM.exec(period) ?? []
  return eventId && recurrenceId ? { eventId, recurrenceId } : null
}

/** The next morning at eight, or that of the next Monday, by the clocks of a zone. */
export function nextMorningAt(now: number, zone: string, every: 'day' | 'week'): number {
  const midnight = `${toLocal(now, zone).slice(0, 10)}T${HOUR}`
  const at = (days: number) => {
    const day = new Date(Date.parse(`${midnight}Z`) + days * 86_400_000).toISOString().slice(0, 19)
    return { at: toInstant(day, zone), weekday: new Date(`${day}Z`).getUTCDay() }
  }
  const days = Array.from({ length: 9 }, (_, n) => at(n)).filter((one) => one.at > now)
  return (every === 'day' ? days[0]! : days.find(({ weekday }) => weekday === 1)!).at
}
