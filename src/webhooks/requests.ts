import type { GroupRow } from '../groups/queries.ts'
import { findGroup } from '../groups/queries.ts'
import type { AppContext } from '../http/app-env.ts'
import { notOrganizer } from '../http/auth.ts'
import { expectedVersion } from '../http/etag.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { findWebhook, type WebhookRow } from './queries.ts'

/** The webhook of a request, in the version that If-Match names; for who does not organize its group there is none. */
export async function webhookOr404(c: AppContext, id: string): Promise<WebhookRow | Response> {
  const access = c.get('access')
  if (access.kind === 'anonymous') return problem(c, refused('unauthorized'))
  const row = await findWebhook(c.env.db, id, access)
  if (!row) return problem(c, refused('not_found'))
  const expected = expectedVersion(c)
  return expected === undefined || expected === row.changeId ? row : problem(c, refused('stale'))
}

/** Of which group a new webhook is told: the one that is named, else the token's; null for who organizes everything. */
export async function groupOfNew(c: AppContext, slug: string | undefined): Promise<GroupRow | null | Response> {
  const access = c.get('access')
  if (slug === undefined) {
    const denied = access.kind === 'group' ? null : notOrganizer(c, null)
    if (denied) return denied
    return access.kind === 'group'
      ? problem(c, invalid({ path: 'group', message: 'must be the group of this token' }))
      : null
  }
  if (access.kind === 'anonymous') return problem(c, refused('unauthorized'))
  const group = await findGroup(c.env.db, slug, access)
  if (!group || group.deletedAt !== null) return problem(c, invalid({ path: 'group', message: 'is no group here' }))
  return notOrganizer(c, group.id) ?? group
}
