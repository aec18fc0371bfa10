import type { GroupRow } from '../groups/queries.ts'
import { findGroup } from '../groups/queries.ts'
import type { AppContext } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { expectedVersion } from '../http/etag.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { groupsWith } from '../tokens/access.ts'
import { findWebhook, type WebhookRow } from './queries.ts'

/** The webhook of a request, in the version that If-Match names; for who does not organize its group there is none. */
export async function webhookOr404(c: AppContext, id: string): Promise<WebhookRow | Response> {
  const denied = mayNowhere(c)
  if (denied) return denied
  const row = await findWebhook(c.env.db, id, c.get('access'))
  if (!row) return problem(c, refused('not_found'))
  const expected = expectedVersion(c)
  return expected === undefined || expected === row.changeId ? row : problem(c, refused('stale'))
}

/** The refusal for who may have webhooks in no group. */
export const mayNowhere = (c: AppContext): Response | null =>
  groupsWith(c.get('access'), 'group')?.length === 0 ? notAllowed(c, null) : null

/** Of which group a new webhook is told: the one that is named, else the token's; null for who organizes everything. */
export async function groupOfNew(c: AppContext, slug: string | undefined): Promise<GroupRow | null | Response> {
  const access = c.get('access')
  const denied = mayNowhere(c)
  if (denied) return denied
  if (slug === undefined)
    return access.kind === 'everything' ? null : problem(c, invalid({ path: 'group', message: 'must be named' }))
  const group = await findGroup(c.env.db, slug, access)
  if (!group || group.deletedAt !== null) return problem(c, invalid({ path: 'group', message: 'is no group here' }))
  return notAllowed(c, group.id) ?? group
}
