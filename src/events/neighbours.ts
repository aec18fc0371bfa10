import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { visibleTo } from '../groups/queries.ts'
import { groups } from '../groups/tables.ts'
import type { Access } from '../tokens/access.ts'
import { allPlacesOf, conflictFinder, type Placed } from './conflicts.ts'
import { occurrencesBetween } from './occurrences.ts'
import { type EventRow, eventOf } from './row.ts'
import { events } from './tables.ts'

/**
 * Reads who could be in the way of some events, in one query, and answers with what finds the clashes of each: with others
 * that the bearer may know of, and among themselves.
 */
export async function findConflicts(db: Db, access: Access, placed: Placed[], from: number, to: number) {
  const ahead = placed.filter(
    ({ event }) => event.status !== 'cancelled' && occurrencesBetween(event, from, to, 1).length > 0,
  )
  const needles = ahead.flatMap(({ event }) => allPlacesOf(event).map(({ needle }) => needle))
  const words = [...new Set(needles)].slice(0, WORDS_MAX)
  const except = placed.map(({ id }) => id)
  const rows =
    words.length === 0
      ? []
      : await readNeighbours(db, access, { except, words, from, to, limit: Math.min(200 * ahead.length, 1000) })
  return conflictFinder([...ahead, ...rows.map((row) => ({ id: row.id, event: eventOf(row) }))], from, to)
}

const WORDS_MAX = 200

/** A year: what is no series and began before that window is taken for over. */
const LONGEST = 367 * 86_400

type Neighbour = Pick<EventRow, 'id' | 'details'>

/**
 * Events that are on between two instants and have one of these words in their text: who may be in the same place. Single
 * events are found by their start, series by their index, so it costs what is ahead, however much is past.
 *
 * @param words in lower case, ASCII
 */
const readNeighbours = (
  db: Db,
  access: Access,
  { except, words, from, to, limit }: { except: string[]; words: string[]; from: number; to: number; limit: number },
): Promise<Neighbour[]> => {
  const isNear = sql`${events.deletedAt} IS NULL AND ${events.status} <> 'cancelled' AND (${events.endsAt} IS NULL OR ${events.endsAt} > ${from})
    AND ${events.groupId} IN (SELECT id FROM ${groups} WHERE ${groups.deletedAt} IS NULL AND ${visibleTo(access)})
    AND ${events.id} NOT IN (SELECT value FROM json_each(${JSON.stringify(except)}))
    AND EXISTS (SELECT 1 FROM json_each(${JSON.stringify(words)}) WHERE instr(lower(${events.details}), value) > 0)`
  return db.all(
    sql<Neighbour>`SELECT ${events.id} AS id, ${events.details} AS details FROM ${events}
      WHERE ${events.recurrenceRule} IS NULL AND ${events.startsAt} >= ${from - LONGEST} AND ${events.startsAt} < ${to} AND ${isNear}
      UNION ALL
      SELECT ${events.id} AS id, ${events.details} AS details FROM ${events}
      WHERE ${events.recurrenceRule} IS NOT NULL AND +${events.startsAt} < ${to} AND ${isNear}
      LIMIT ${limit}`,
  )
}
