import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import type { EventRow } from '../events/row.ts'
import { events } from '../events/tables.ts'
import type { FeedScope } from './feed.ts'

export type FeedRow = Pick<EventRow, 'id' | 'uid' | 'details' | 'sequence' | 'createdAt' | 'updatedAt'>

const ORDERS = {
  date: sql`${events.startsAt}, ${events.id}`,
  newest: sql`${events.updatedAt} DESC, ${events.id} DESC`,
}

/** The events of a scope and what it is called, in one round trip. What was retired is not among them. */
export async function readFeed(
  db: Db,
  scope: FeedScope,
  order: keyof typeof ORDERS,
  limit: number,
): Promise<{ name: string; rows: FeedRow[]; updatedAt: number }> {
  const [names, rows] = await db.batch([
    scope.name,
    sql<FeedRow>`SELECT id, uid, details, sequence, created_at AS "createdAt", updated_at AS "updatedAt" FROM ${events}
      WHERE ${scope.where} AND ics <> '' ORDER BY ${ORDERS[order]} LIMIT ${limit}`,
  ])
  return { name: names[0]?.name ?? 'Convene', rows, updatedAt: Math.max(0, ...rows.map(({ updatedAt }) => updatedAt)) }
}
