import type { Occurrence } from '../events/occurrences.ts'
import { type DateRecord, missingOf } from './rules.ts'

/** A record as the API gives it. */
export const recordJson = (
  baseUrl: string,
  event: { id: string; kind: string },
  date: Occurrence,
  { record, hasLog }: { record: DateRecord; hasLog: boolean },
  now: number,
) => ({
  event: event.id,
  recurrenceId: date.recurrenceId,
  ...record,
  missing: missingOf(event.kind, date, hasOf(record, hasLog), now),
  url: `${baseUrl}/e/${event.id}/${date.recurrenceId}`,
})

/** What there is, for `missingOf`. */
export const hasOf = ({ minutes, topics, links }: DateRecord, hasLog: boolean) => ({
  minutes: minutes !== null || topics.length > 0,
  rels: [...links.map(({ rel }) => rel), ...(hasLog ? ['log'] : [])],
})
