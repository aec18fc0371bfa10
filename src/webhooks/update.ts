import { type SQL, sql } from 'drizzle-orm'
import type { ChangeKind } from '../changes/kinds.ts'
import { recordChange } from '../changes/record.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import type { WebhookRow } from './queries.ts'
import { faultOfWebhook, OLD_SECRET_SECONDS, secretOf } from './rules.ts'
import { deliveries, webhooks } from './tables.ts'

type Changed = { ok: true; webhook: WebhookRow } | Refused

export type WebhookPatch = {
  url?: string | undefined
  types?: string[] | undefined
  contact?: string | null | undefined
  enabled?: boolean | undefined
}

/**
 * Changes what is given. One that is switched on again is told of what happens from then on; what it missed is in the
 * journal. Refuses addresses off the public network.
 */
export async function updateWebhook(deps: Deps, before: WebhookRow, patch: WebhookPatch): Promise<Changed> {
  const fault = patch.url === undefined ? null : faultOfWebhook(patch.url, deps.baseUrl)
  if (fault) return invalid({ path: 'url', message: fault })
  const isOn = before.offAt === null
  const on = patch.enabled ?? isOn
  const switched = on === isOn ? {} : { offAt: on ? null : deps.now(), offReason: on ? null : 'switched off by hand' }
  return change(
    deps,
    before,
    'webhook.updated',
    {
      ...(patch.url === undefined ? {} : { url: patch.url }),
      ...(patch.types === undefined ? {} : { types: JSON.stringify(patch.types) }),
      ...(patch.contact === undefined ? {} : { contact: patch.contact }),
      ...switched,
      ...(on && !isOn ? { failingSince: null, fromSeq: sql`(SELECT coalesce(max(seq), 0) FROM changes)` } : {}),
    },
    on ? [] : [parkDue(before.id, 'the webhook is switched off')],
  )
}

/** Gives it another secret; for a day its messages are signed with both. */
export const rotateSecret = (deps: Deps, before: WebhookRow): Promise<Changed> =>
  change(deps, before, 'webhook.rotated', {
    secret: secretOf(deps.newSecret()),
    oldSecret: before.secret,
    oldSecretUntil: deps.now() + OLD_SECRET_SECONDS,
  })

/** Takes it away; nothing more is sent. */
export const deleteWebhook = (deps: Deps, before: WebhookRow): Promise<Changed> =>
  change(deps, before, 'webhook.deleted', { deletedAt: deps.now() }, [parkDue(before.id, 'the webhook was deleted')])

/** Sends it a message that tells of nothing else, whatever it is told of otherwise. */
export const testWebhook = (deps: Deps, before: WebhookRow): Promise<Changed> =>
  change(deps, before, 'webhook.tested', {})

/** Parks what is due: nothing is sent to it any more. */
export const parkDue = (id: string, why: string, only: SQL = sql`true`): SQL<never> =>
  sql`UPDATE ${deliveries} SET state = 'failed', error = ${why}, leased_until = NULL
    WHERE webhook_id = ${id} AND state = 'due' AND ${only}`

/** Refuses where the row is not the one that was read any more. */
async function change(
  deps: Deps,
  { group, ...before }: WebhookRow,
  kind: ChangeKind,
  row: Parameters<typeof assignments<typeof webhooks>>[1],
  then: SQL[] = [],
): Promise<Changed> {
  const now = deps.now()
  const changeId = deps.newId()
  const changed = { ...row, updatedAt: now, changeId }
  const [written] = await deps.db.batch([
    sql<{ fromSeq: number }>`UPDATE ${webhooks} SET ${assignments(webhooks, changed)}
      WHERE id = ${before.id} AND change_id = ${before.changeId} AND deleted_at IS NULL RETURNING from_seq AS "fromSeq"`,
    recordChange(webhooks, kind, { changeId, now, groupId: before.groupId }),
    ...then,
  ])
  const [first] = written!
  if (!first) return refused('stale')
  return {
    ok: true,
    webhook: { ...before, ...(changed as Partial<WebhookRow>), fromSeq: (first as { fromSeq: number }).fromSeq, group },
  }
}
