/** Whether a webhook works: one that fails is left alone for longer and longer, and after days switched off. */
import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import type { Deps } from '../deps.ts'
import { writeNotice } from '../mail/notify.ts'
import type { WebhookRow } from './queries.ts'
import { FAILING_SECONDS_MAX, pauseAfter } from './rules.ts'
import { deliveries, webhooks } from './tables.ts'
import { parkDue } from './update.ts'

/** Keeps deliveries for so long after they were made or parked. */
const KEPT_SECONDS = 30 * 24 * 3600
const FORGOTTEN_AT_ONCE = 500

/** It works again. */
export async function noteSuccess({ db }: Deps, { id, failingSince }: WebhookRow): Promise<void> {
  if (failingSince !== null) await db.all(sql`UPDATE ${webhooks} SET failing_since = NULL WHERE id = ${id}`)
}

/**
 * Notes that it failed. The other messages to it wait, so that they keep none to others waiting. After three days of nothing
 * but failures, or where it says that it is gone (410), it is switched off, what is due is parked, and its contact gets a mail.
 */
export async function noteFailure(
  deps: Deps,
  webhook: WebhookRow,
  fault: { message: string; isGone: boolean },
): Promise<void> {
  const now = deps.now()
  const changeId = deps.newId()
  const { id } = webhook
  const since = webhook.failingSince ?? now
  const resume = now + pauseAfter(now - since)
  const isOff = sql`id = ${id} AND change_id = ${changeId}`
  const reason = fault.isGone ? 'it says that it is gone (410)' : `it failed for three days: ${fault.message}`
  const isOver = fault.isGone ? sql`true` : sql`failing_since <= ${now - FAILING_SECONDS_MAX}`
  await deps.db.batch([
    sql`UPDATE ${webhooks} SET failing_since = ${now} WHERE id = ${id} AND failing_since IS NULL`,
    sql`UPDATE ${deliveries} SET due_at = ${resume} WHERE webhook_id = ${id} AND state = 'due' AND due_at < ${resume}
      AND coalesce(leased_until, 0) <= ${now}`,
    sql`UPDATE ${webhooks} SET off_at = ${now}, off_reason = ${reason}, updated_at = ${now}, change_id = ${changeId}
      WHERE id = ${id} AND off_at IS NULL AND deleted_at IS NULL AND ${isOver}`,
    recordChange(webhooks, 'webhook.disabled', { changeId, now, groupId: webhook.groupId }),
    parkDue(id, 'the webhook is switched off', sql`EXISTS (SELECT 1 FROM ${webhooks} WHERE ${isOff})`),
    writeNotice(
      noticeOf(deps, webhook, reason, changeId),
      sql`contact`,
      sql`${webhooks} WHERE ${isOff} AND contact IS NOT NULL`,
      now,
    ),
  ])
}

const noticeOf = ({ baseUrl }: Deps, { id, url }: WebhookRow, reason: string, name: string) => ({
  name,
  subject: 'A webhook was switched off',
  text: `${[
    `The webhook to ${url} gets no more messages: ${reason}.`,
    `When it works again, switch it on with PATCH {"enabled": true}:\n${baseUrl}/api/v1/webhooks/${id}`,
    `What it has missed is in the journal:\n${baseUrl}/api/v1/changes`,
  ].join('\n\n')}\n`,
})

/** Forgets deliveries of more than a month ago, some at a time. */
export async function forgetDeliveries({ db, now }: Deps): Promise<void> {
  await db.all(
    sql`DELETE FROM ${deliveries} WHERE (seq, webhook_id) IN (SELECT seq, webhook_id FROM ${deliveries} ORDER BY seq LIMIT ${FORGOTTEN_AT_ONCE})
      AND state <> 'due' AND due_at < ${now() - KEPT_SECONDS}`,
  )
}
