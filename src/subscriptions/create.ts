import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { newCapability } from '../tokens/capability.ts'
import type { SubscriptionRow } from './queries.ts'
import type { Choice } from './schema.ts'
import { subscriptions } from './tables.ts'
import { replaceFeed } from './update.ts'

/** Makes a feed of what somebody chose, and the secret to change it by. */
export async function createSubscription(
  deps: Deps,
  choice: Choice,
): Promise<{ row: SubscriptionRow; secret: string }> {
  const id = deps.newId()
  const secret = newCapability(deps, 'feed', id)
  const now = deps.now()
  const changeId = deps.newId()
  const row = {
    id,
    secretHash: await sha256(secret),
    choice: JSON.stringify(choice),
    createdAt: now,
    updatedAt: now,
    changeId,
  }
  await deps.db.batch([
    sql`INSERT INTO ${subscriptions} (${columnNames(subscriptions)}) SELECT ${values(subscriptions, row)}`,
    ...replaceFeed(row, choice),
    recordChange(subscriptions, 'subscription.created', { changeId, now }),
  ])
  return { row, secret }
}
