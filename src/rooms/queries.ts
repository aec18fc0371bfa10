import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { type Occurrence, occurrenceAt, occurrencesBetween, originalStartOf } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'
import { opensAt, type Room } from './rules.ts'
import { rooms } from './tables.ts'

const YEAR = 366 * 86_400
const LINGERS_SECONDS = 3600

/** The room that was put in place for a date, or for all; null where the event's own is meant. */
export async function findRoom(db: Db, eventId: string, occurrence: string): Promise<Room | null> {
  const [row] = await db.all(
    sql<{ room: string }>`SELECT room FROM ${rooms} WHERE event_id = ${eventId} AND occurrence IN ('', ${occurrence})
      ORDER BY occurrence DESC LIMIT 1`,
  )
  return row ? (JSON.parse(row.room) as Room) : null
}

/** The date that one means who joins an event: the one that is named, else the one that is on, opens or comes next, else the last one. */
export function dateToJoin(event: EventInput, recurrenceId: string | undefined, now: number): Occurrence | undefined {
  if (recurrenceId !== undefined) {
    const original = originalStartOf(event, recurrenceId)
    if (original === null || event.recurrenceOverrides[original]?.excluded) return undefined
    return occurrenceAt(event, original)
  }
  const dates = occurrencesBetween(event, now - LINGERS_SECONDS, now + YEAR, 10).filter(
    ({ status }) => status !== 'cancelled',
  )
  // Of one that lingers and one that opens the latter is meant.
  const open = dates.filter((date) => opensAt(event, date) <= now)
  return open.at(-1) ?? dates[0] ?? occurrenceAt(event, event.start)
}
