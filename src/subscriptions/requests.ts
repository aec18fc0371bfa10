import type { AppContext } from '../http/app-env.ts'
import { idOfCapability, isCapability } from '../tokens/capability.ts'
import { findSubscription, type SubscriptionRow } from './queries.ts'

/** The chosen feed that a secret is for; unknown, malformed and foreign secrets are all the same: there is none. */
export async function subscriptionOf(c: AppContext, secret: string | undefined): Promise<SubscriptionRow | undefined> {
  const id = secret === undefined ? null : idOfCapability('feed', secret)
  const row = id === null ? undefined : await findSubscription(c.env.db, id)
  return row && (await isCapability(secret!, row.secretHash)) ? row : undefined
}
