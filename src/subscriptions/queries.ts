import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { subscriptions } from './tables.ts'

export type SubscriptionRow = typeof subscriptions.$inferSelect

export const findSubscription = async (db: Db, id: string): Promise<SubscriptionRow | undefined> =>
  (await db.all(sql<SubscriptionRow>`SELECT ${columns(subscriptions)} FROM ${subscriptions} WHERE id = ${id}`))[0]
