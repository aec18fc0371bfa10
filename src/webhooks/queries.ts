import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { groups } from '../groups/tables.ts'
import { type Access, groupsWith } from '../tokens/access.ts'
import { deliveries, webhooks } from './tables.ts'

/** A webhook and the slug of its group. */
export type WebhookRow = typeof webhooks.$inferSelect & { group: string | null }

const shown = sql`${columns(webhooks)}, (SELECT slug FROM ${groups} WHERE ${groups.id} = ${webhooks.groupId}) AS "group"`

/** Whose webhooks the bearer may see: those of the groups that it may change. */
function own(access: Access): SQL {
  const groups = groupsWith(access, 'group')
  return groups === null
    ? sql`true`
    : sql`${webhooks.groupId} IN (SELECT value FROM json_each(${JSON.stringify(groups)}))`
}

/** The live webhook with this id. */
export const findWebhook = async (db: Db, id: string, access: Access): Promise<WebhookRow | undefined> =>
  (
    await db.all(
      sql<WebhookRow>`SELECT ${shown} FROM ${webhooks} WHERE id = ${id} AND deleted_at IS NULL AND ${own(access)}`,
    )
  )[0]

/** Live webhooks, the oldest first, from after the cursor; one more than `limit` where there are more. */
export const readWebhooks = (db: Db, access: Access, limit: number, after: string): Promise<WebhookRow[]> =>
  db.all(
    sql<WebhookRow>`SELECT ${shown} FROM ${webhooks} WHERE deleted_at IS NULL AND ${own(access)} AND id > ${after} ORDER BY id LIMIT ${limit + 1}`,
  )

export const readWebhooksById = (db: Db, ids: string[]): Promise<WebhookRow[]> =>
  db.all(
    sql<WebhookRow>`SELECT ${shown} FROM ${webhooks} WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND deleted_at IS NULL`,
  )

export type DeliveryRow = typeof deliveries.$inferSelect & { kind: string; changeId: string; at: number }

/** What was sent to a webhook or is to be, the newest first; one more than `limit` where there are more. */
export const readDeliveries = (
  db: Db,
  webhookId: string,
  limit: number,
  before: number | null,
  state?: DeliveryRow['state'],
): Promise<DeliveryRow[]> =>
  db.all(
    sql<DeliveryRow>`SELECT ${columns(deliveries)}, changes.kind AS kind, changes.id AS "changeId", changes.at AS at
      FROM ${deliveries} JOIN changes ON changes.seq = ${deliveries.seq}
      WHERE webhook_id = ${webhookId} AND ${before === null ? sql`true` : sql`${deliveries.seq} < ${before}`}
        AND ${state ? sql`state = ${state}` : sql`true`} ORDER BY ${deliveries.seq} DESC LIMIT ${limit + 1}`,
  )
