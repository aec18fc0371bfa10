import { sql } from 'drizzle-orm'
import { recordGroupFeed, recordVisibility } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { recordTalkVisibility } from '../changes/talk-feeds.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import type { CreateGroup } from './create.ts'
import type { GroupRow } from './queries.ts'
import { groups } from './tables.ts'

/** Changes what is given and leaves the rest. Refuses where the row is not the expected version any more. */
export async function updateGroup(
  deps: Deps,
  group: GroupRow,
  { links, ...patch }: Partial<Omit<CreateGroup, 'slug'>>,
): Promise<{ ok: true; group: GroupRow } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const changed = { ...patch, ...(links ? { links: JSON.stringify(links) } : {}), updatedAt: now, changeId }
  const change = { id: group.id, changeId, updatedAt: now }
  const isShownOrHidden = patch.visibility !== undefined && patch.visibility !== group.visibility
  const [written] = await deps.db.batch([
    sql<{ id: string }>`UPDATE ${groups} SET ${assignments(groups, changed)}
      WHERE id = ${group.id} AND change_id = ${group.changeId} AND deleted_at IS NULL RETURNING id`,
    recordChange(groups, 'group.updated', {
      changeId,
      now,
      groupId: group.id,
      // Who has it as public learns that it is gone.
      payload: isShownOrHidden ? { visibility: patch.visibility } : {},
    }),
    ...(isShownOrHidden ? [...recordVisibility(change), ...recordTalkVisibility(change)] : []),
    recordGroupFeed(change),
  ])
  return written.length === 1 ? { ok: true, group: { ...group, ...changed } } : refused('stale')
}
