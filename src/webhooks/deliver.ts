import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import { changeJson, nameOf } from '../journal/fact.ts'
import { isAmong, readChangesBySeq } from '../journal/queries.ts'
import { drain, type Outcome } from '../outbox/claim.ts'
import { deadline, whyNot } from '../remote/fetch.ts'
import { noteFailure, noteSuccess } from './health.ts'
import { readWebhooksById, type WebhookRow } from './queries.ts'
import { faultOfWebhook, signedHeaders } from './rules.ts'
import { deliveries, webhooks } from './tables.ts'

type Delivery = typeof deliveries.$inferSelect

/** Makes and sends the messages to webhooks that are due. Any number of processes may do it at once. */
export async function deliverWebhooks(deps: Deps): Promise<void> {
  const live = await deps.db.all(
    sql`SELECT 1 AS found FROM ${webhooks} WHERE deleted_at IS NULL AND off_at IS NULL LIMIT 1`,
  )
  if (live.length === 0) return
  await collect(deps)
  await drain(deps, {
    table: deliveries,
    key: sql`seq, webhook_id`,
    keyOf: ({ seq, webhookId }) => sql`seq = ${seq} AND webhook_id = ${webhookId}`,
    // A message says where to read how things are, so their order does not matter.
    recipientOf: ({ seq, webhookId }) => `${seq} ${webhookId}`,
    deliver: (delivery) => sendOne(deps, delivery),
  })
}

/** One message for each change and webhook that wants to know of it, in one batch with how far the journal was read. */
async function collect({ db, now }: Deps): Promise<void> {
  const since = sql`coalesce((SELECT seq FROM webhook_cursor WHERE id = 1), 0)`
  const unread = await db.all(sql`SELECT seq FROM ${changes} WHERE seq > ${since} LIMIT 1`)
  if (unread.length === 0) return
  await db.batch([
    sql`INSERT INTO ${deliveries} (seq, webhook_id, state, tries, due_at)
      SELECT ${changes.seq}, webhooks.id, 'due', 0, ${now()} FROM ${webhooks} JOIN ${changes}
        ON ${changes.seq} > max(${since}, webhooks.from_seq)
      WHERE webhooks.deleted_at IS NULL AND webhooks.off_at IS NULL
        AND CASE WHEN ${changes.kind} = 'webhook.tested' THEN ${changes.subjectId} = webhooks.id
          ELSE substr(${changes.kind}, 1, 8) <> 'webhook.' AND ${isAmong(sql`${changes.kind}`, sql`webhooks.types`)}
            AND (webhooks.group_id IS NULL OR webhooks.group_id = ${changes.groupId}) END
      ON CONFLICT DO NOTHING`,
    sql`INSERT INTO webhook_cursor (id, seq) SELECT 1, max(seq) FROM ${changes} WHERE true
      ON CONFLICT DO UPDATE SET seq = max(webhook_cursor.seq, excluded.seq)`,
  ])
}

async function sendOne(deps: Deps, { seq, webhookId }: Delivery): Promise<Outcome> {
  const [webhook] = await readWebhooksById(deps.db, [webhookId])
  const [change] = await readChangesBySeq(deps.db, [seq])
  if (!webhook || !change || webhook.offAt !== null) return { state: 'dropped' }
  const body = JSON.stringify(changeJson(deps.baseUrl, change))
  const fault = await post(deps, webhook, nameOf(change), body)
  if (fault === null) {
    await noteSuccess(deps, webhook)
    return { state: 'sent' }
  }
  await noteFailure(deps, webhook, fault)
  return { state: 'failed', error: fault.message, isFinal: false }
}

export type PostFault = { message: string; isGone: boolean }

/** Posts a message; null where it was taken, else why not in words. Nothing of the answer's body is read. */
async function post(deps: Deps, webhook: WebhookRow, id: string, body: string): Promise<PostFault | null> {
  const wrong = faultOfWebhook(webhook.url, deps.baseUrl)
  if (wrong) return { message: `the address ${wrong}`, isGone: false }
  const signal = deadline()
  try {
    const answer = await deps.remotePost(
      webhook.url,
      signedHeaders(webhook, { id, body, now: deps.now() }),
      body,
      signal,
    )
    await answer.body?.cancel()
    if (answer.status >= 200 && answer.status < 300) return null
    return { message: `answers with status ${answer.status}`, isGone: answer.status === 410 }
  } catch (error) {
    return { message: whyNot(error, signal), isGone: false }
  }
}
