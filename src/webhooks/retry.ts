import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { retryParked } from '../outbox/claim.ts'
import { type Refused, refused } from '../outcome.ts'
import type { WebhookRow } from './queries.ts'
import { deliveries } from './tables.ts'

/** Sends messages that were given up once more, one or all; resolves with how many. Refuses while the webhook is off. */
export async function retryDeliveries(
  deps: Deps,
  { id, offAt }: WebhookRow,
  delivery?: string,
): Promise<{ ok: true; due: number } | Refused> {
  if (offAt !== null) return refused('webhook_off')
  const which = delivery === undefined ? sql`true` : sql`seq = ${Number(delivery.split('-')[1])}`
  return { ok: true, due: await retryParked(deps, deliveries, sql`webhook_id = ${id} AND ${which}`) }
}
