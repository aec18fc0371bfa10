/** Events in a feed: their VEVENTs were rendered when they were written, and are joined in SQL. */
import { type SQL, sql } from 'drizzle-orm'
import { type EventRow, eventOf } from '../events/row.ts'
import { events } from '../events/tables.ts'
import { type FeedSource, reading } from './feed.ts'

type Row = Pick<EventRow, 'id' | 'uid' | 'details' | 'sequence' | 'createdAt' | 'updatedAt'>

const ORDERS = {
  date: sql`${events.startsAt}, ${events.id}`,
  newest: sql`${events.updatedAt} DESC, ${events.id} DESC`,
}

/** The events that fit. What was retired is not among them. */
export const eventsWhere = (where: SQL): FeedSource => ({
  vevents(_, cancelled) {
    const text = cancelled === 'mark' ? sql`coalesce(${events.icsMarked}, ${events.ics})` : sql`${events.ics}`
    return reading(
      [
        sql<{
          zone: string
          since: string
        }>`SELECT ${events.timeZone} AS zone, min(${events.startsLocal}) AS since FROM ${events}
          WHERE ${where} AND ${events.recurrenceRule} IS NOT NULL AND ${events.timeZone} IS NOT NULL GROUP BY 1 ORDER BY 1`,
        sql<{ text: string | null }>`SELECT group_concat(text, '') AS text FROM (
          SELECT ${text} AS text FROM ${events} WHERE ${where} ORDER BY ${events.startsAt}, ${events.id})`,
      ],
      (zones, texts) => ({ text: texts[0]?.text ?? '', zones }),
    )
  },
  items: (order, limit) =>
    reading(
      [
        sql<Row>`SELECT id, uid, details, sequence, created_at AS "createdAt", updated_at AS "updatedAt" FROM ${events}
          WHERE ${where} AND ics <> '' ORDER BY ${ORDERS[order]} LIMIT ${limit}`,
      ],
      (rows) => rows.map(({ id, details, ...row }) => ({ ...row, path: `/e/${id}`, event: eventOf({ details }) })),
    ),
})
