import { sql } from 'drizzle-orm'
import { eventFeed, recordFeeds } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import type { EventRow, Home } from './row.ts'
import { events } from './tables.ts'

/** Takes an event out of every list and feed; its address answers 410 and its answers stay in the database. */
export async function deleteEvent(deps: Deps, group: Home, row: EventRow): Promise<{ ok: true } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const [deleted] = await deps.db.batch([
    sql<{ id: string }>`UPDATE ${events} SET deleted_at = ${now}, updated_at = ${now}, change_id = ${changeId}
      WHERE id = ${row.id} AND change_id = ${row.changeId} AND deleted_at IS NULL RETURNING id`,
    recordFeeds({ id: row.id, changeId, updatedAt: now }),
    sql`DELETE FROM feed_versions WHERE feed = ${eventFeed(row.id)}
      AND EXISTS (SELECT 1 FROM ${events} WHERE id = ${row.id} AND change_id = ${changeId})`,
    // Calendars that were invited by mail keep what nobody tells them is gone (CHECKLIST 2.8).
    recordChange(events, 'event.deleted', {
      changeId,
      now,
      groupId: group.id,
      payload: row.status === 'cancelled' ? {} : { visible: true },
    }),
  ])
  return deleted.length === 1 ? { ok: true } : refused('stale')
}
