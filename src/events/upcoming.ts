/** The next dates of a calendar: single events and the dates of series, in one order. */
import type { Db } from '../db/db.ts'
import type { Access } from '../tokens/access.ts'
import { type Occurrence, occurrencesBetween } from './occurrences.ts'
import { type EventFilter, type EventOfGroup, readDatedEvents } from './queries.ts'
import { eventOf } from './row.ts'

export type Dated = { event: EventOfGroup; occurrence: Occurrence }

/** What is on at a moment. */
export const isOn = ({ startsAt, endsAt, status }: Occurrence, now: number): boolean =>
  startsAt <= now && now < endsAt && status !== 'cancelled'

/** Series are expanded at most this far: a page shows few dates of each. */
const EACH_MAX = 60

/**
 * The dates that touch a window, in order.
 *
 * @param order `first` takes the earliest `limit` of them, `last` the latest, newest first
 */
export async function readDates(
  db: Db,
  access: Access,
  filter: EventFilter & { from: number; to: number },
  limit: number,
  order: 'first' | 'last' = 'first',
): Promise<Dated[]> {
  const rows = await readDatedEvents(db, access, filter, limit, order)
  const dates = rows.flatMap((event) =>
    occurrencesBetween(eventOf(event), filter.from, filter.to, EACH_MAX).map((occurrence) => ({ event, occurrence })),
  )
  const sign = order === 'first' ? 1 : -1
  return dates.sort((a, b) => sign * (a.occurrence.startsAt - b.occurrence.startsAt)).slice(0, limit)
}
