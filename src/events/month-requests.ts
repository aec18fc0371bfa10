/** The month that an address asks for. */
import type { AppContext } from '../http/app-env.ts'
import { invalid, type Refused } from '../outcome.ts'
import { toLocal } from '../time/zone.ts'
import { anonymous } from '../tokens/access.ts'
import { type Day, daysOf, isMonth, type Month, monthAt, windowOf } from './month.ts'
import { readDates } from './upcoming.ts'

const DATES_MAX = 400

export type MonthAsked = { ok: true; month: Month; thisMonth: Month; today: string; days: Day[]; isAgenda: boolean }

/** The days of the month that was asked for, of a group or of all; refuses what is no month. */
export async function monthAsked(
  c: AppContext,
  zone: string,
  filter: { groupId?: string } = {},
): Promise<MonthAsked | Refused> {
  const thisMonth = monthAt(c.env.now(), zone)
  const { month = thisMonth, view } = c.req.query()
  if (!isMonth(month)) return invalid({ path: 'month', message: 'must be a month such as 2026-11' })
  const dates = await readDates(c.env.db, anonymous, { ...filter, ...windowOf(month) }, DATES_MAX)
  const today = toLocal(c.env.now(), zone).slice(0, 10)
  return { ok: true, month, thisMonth, today, days: daysOf(month, dates), isAgenda: view === 'agenda' }
}
