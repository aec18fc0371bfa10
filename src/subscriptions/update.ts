import { type SQL, sql } from 'drizzle-orm'
import {
  ALL_FEED,
  chosenFeed,
  conferenceFeed,
  eventFeed,
  groupFeed,
  recordFeed,
  speakerFeed,
} from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import type { SubscriptionRow } from './queries.ts'
import type { Choice } from './schema.ts'
import { feedParts, subscriptions } from './tables.ts'

/** The version of a chosen feed, and what it is put together from, where the row carries this change. */
export function replaceFeed({ id, changeId, updatedAt }: SubscriptionRow, choice: Choice): SQL<never>[] {
  const feed = chosenFeed(id)
  const chosen = [
    ...choice.groups.map(groupFeed),
    ...choice.events.map(eventFeed),
    ...choice.speakers.map(speakerFeed),
    ...choice.conferences.map(conferenceFeed),
  ]
  const parts = JSON.stringify(chosen.length > 0 ? chosen : [ALL_FEED])
  const isWritten = sql`EXISTS (SELECT 1 FROM ${subscriptions} WHERE id = ${id} AND change_id = ${changeId})`
  return [
    recordFeed(feed, changeId, updatedAt, isWritten),
    sql`DELETE FROM ${feedParts} WHERE feed = ${feed} AND ${isWritten}`,
    sql`INSERT OR IGNORE INTO ${feedParts} (part, feed) SELECT value, ${feed} FROM json_each(${parts}) WHERE ${isWritten}`,
  ]
}

/** Chooses anew: the address stays. Refuses (`stale`) where it was changed since it was read. */
export async function updateSubscription(
  deps: Deps,
  before: SubscriptionRow,
  choice: Choice,
): Promise<{ ok: true; row: SubscriptionRow } | Refused> {
  const changed = { choice: JSON.stringify(choice), updatedAt: deps.now(), changeId: deps.newId() }
  if (changed.choice === before.choice) return { ok: true, row: before }
  const row = { ...before, ...changed }
  const [written] = await deps.db.batch([
    sql<{ id: string }>`UPDATE ${subscriptions} SET ${assignments(subscriptions, changed)}
      WHERE id = ${before.id} AND change_id = ${before.changeId} RETURNING id`,
    ...replaceFeed(row, choice),
    recordChange(subscriptions, 'subscription.updated', { changeId: row.changeId, now: row.updatedAt }),
  ])
  return written!.length === 1 ? { ok: true, row } : refused('stale')
}
