import { type SQL, sql } from 'drizzle-orm'
import { chosenFeed } from '../changes/feeds.ts'
import type { Deps } from '../deps.ts'
import type { SubscriptionRow } from './queries.ts'
import { feedParts, subscriptions } from './tables.ts'

/** Takes a chosen feed away: nothing of it stays, and its address answers 404. */
export async function deleteSubscription(deps: Deps, { id }: SubscriptionRow): Promise<void> {
  const feed = chosenFeed(id)
  const gone: SQL<never>[] = [
    sql`DELETE FROM ${subscriptions} WHERE id = ${id}`,
    sql`DELETE FROM ${feedParts} WHERE feed = ${feed}`,
    sql`DELETE FROM feed_versions WHERE feed = ${feed}`,
  ]
  await deps.db.batch(gone)
}
