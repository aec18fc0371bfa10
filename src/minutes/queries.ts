import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { minutes } from './tables.ts'

export type MinutesRow = typeof minutes.$inferSelect

export const findMinutes = async (db: Db, eventId: string, occurrence: string): Promise<MinutesRow | undefined> =>
  (
    await db.all(
      sql<MinutesRow>`SELECT ${columns(minutes)} FROM ${minutes} WHERE event_id = ${eventId} AND occurrence = ${occurrence}`,
    )
  )[0]
