import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import type { WebhookRow } from './queries.ts'
import { faultOfWebhook, secretOf, WEBHOOKS_MAX } from './rules.ts'
import { webhooks } from './tables.ts'

export type CreateWebhook = { url: string; types: string[]; contact?: string | undefined }

/** Makes a webhook that is told of what happens from now on. Refuses addresses off the public network, and the 21st of a group. */
export async function createWebhook(
  deps: Deps,
  group: { id: string; slug: string } | null,
  { url, types, contact }: CreateWebhook,
): Promise<{ ok: true; webhook: WebhookRow } | Refused> {
  const fault = faultOfWebhook(url, deps.baseUrl)
  if (fault) return invalid({ path: 'url', message: fault })
  const now = deps.now()
  const changeId = deps.newId()
  const row = {
    id: deps.newId(),
    groupId: group?.id ?? null,
    url,
    types: JSON.stringify(types),
    contact: contact ?? null,
    secret: secretOf(deps.newSecret()),
    oldSecret: null,
    oldSecretUntil: null,
    failingSince: null,
    offAt: null,
    offReason: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    changeId,
  }
  const fromSeq = sql`(SELECT coalesce(max(seq), 0) FROM changes)`
  const [made] = await deps.db.batch([
    sql<{
      fromSeq: number
    }>`INSERT INTO ${webhooks} (${columnNames(webhooks)}) SELECT ${values(webhooks, { ...row, fromSeq })}
      WHERE (SELECT count(*) FROM ${webhooks} WHERE deleted_at IS NULL AND group_id IS ${row.groupId}) < ${WEBHOOKS_MAX}
      RETURNING from_seq AS "fromSeq"`,
    recordChange(webhooks, 'webhook.created', { changeId, now, groupId: row.groupId }),
  ])
  const [first] = made
  return first
    ? { ok: true, webhook: { ...row, fromSeq: first.fromSeq, group: group?.slug ?? null } }
    : refused('webhooks_full')
}
