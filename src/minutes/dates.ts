/** The dates of an event with what there is of each. */
import type { Db } from '../db/db.ts'
import { type Occurrence, occurrencesBetween } from '../events/occurrences.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { type Kept, readKept, readUncounted } from './queries.ts'
import { countedOf, linksOf, missingOf, type Present } from './rules.ts'

export type Listed = {
  date: Occurrence
  has: string[]
  missing: string[]
  attended: number
  minutesUrl: string | null
}

/** The dates of a window, in order, each with its record in short. */
export async function readListed(
  db: Db,
  row: EventRow,
  { from, to, limit }: { from: number; to: number; limit: number },
  now: number,
): Promise<Listed[]> {
  const event = eventOf(row)
  const dates = occurrencesBetween(event, from, to, limit)
  const [kept, hidden] = await Promise.all([readKept(db, [row.id]), readUncounted(db, row.groupId)])
  const nicks = new Set(hidden.map(({ nick }) => nick))
  return dates.map((date) => ({ date, ...inShort(row, date, kept.find(isOf(date)), nicks, now) }))
}

const isOf =
  ({ recurrenceId }: Occurrence) =>
  ({ occurrence }: Kept) =>
    occurrence === recurrenceId

/** What there is of a date in words, how many were there, and what is missing. */
export function inShort(row: EventRow, date: Occurrence, kept: Kept | undefined, uncounted: Set<string>, now: number) {
  const rels = linksOf(eventOf(row), date).flatMap(({ rel }) => (rel ? [rel] : []))
  const has = new Set([
    ...(kept && kept.agenda > 0 ? ['agenda'] : []),
    ...(kept?.minutes ? ['minutes'] : []),
    ...(kept?.logs ? ['log'] : []),
    ...rels,
  ])
  const people: Present[] = kept ? JSON.parse(kept.attended) : []
  const there = { minutes: kept?.minutes === 1, rels: [...has] }
  return {
    has: [...has],
    missing: missingOf(row.kind, date, there, now),
    attended: countedOf(people, uncounted).length,
    minutesUrl: kept?.url ?? null,
  }
}
