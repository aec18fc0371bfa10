import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { promoteWaiting } from '../events/promote.ts'
import { rsvps } from './tables.ts'

const AT_ONCE = 50

/** Gives the places of answers that were not confirmed in time to those in line, event by event. */
export async function releaseDueHolds(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<{ id: string; groupId: string }>`SELECT id, group_id AS "groupId" FROM events
      WHERE id IN (SELECT event_id FROM ${rsvps} WHERE held_until <= ${now}) LIMIT ${AT_ONCE}`,
  )
  for (const event of due) {
    const changeId = deps.newId()
    await deps.db.batch(promoteWaiting({ event: { ...event, isSeries: true }, changeId, now, cause: 'hold-expired' }))
  }
}
