import { sql } from 'drizzle-orm'
import { recordVisibility } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { recordTalkVisibility } from '../changes/talk-feeds.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import type { GroupRow } from './queries.ts'
import { groups } from './tables.ts'

/** Deletes a group that has no events left; its slug stays taken and its address answers 410. */
export async function deleteGroup(deps: Deps, group: GroupRow): Promise<{ ok: true } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const change = { id: group.id, changeId, updatedAt: now }
  const [deleted] = await deps.db.batch([
    sql<{ id: string }>`UPDATE ${groups} SET deleted_at = ${now}, change_id = ${changeId}
      WHERE id = ${group.id} AND deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM events WHERE group_id = ${group.id} AND deleted_at IS NULL) RETURNING id`,
    recordChange(groups, 'group.deleted', { changeId, now, groupId: group.id }),
    ...recordVisibility(change),
    ...recordTalkVisibility(change),
  ])
  return deleted.length === 1 ? { ok: true } : refused('group_has_events')
}
