import { recordChange } from '../changes/record.ts'
import type { Deps } from '../deps.ts'
import { type EventRow, type Home, insertEvent, rowOf } from './row.ts'
import type { EventInput } from './schema.ts'
import { events } from './tables.ts'

/** The row of an event that has not been stored; its UID is made from its id once and never again. */
export function newEvent(
  deps: Deps,
  group: Home,
  event: EventInput,
  changeId: string,
  { importKey = null, uid }: { importKey?: string | null; uid?: string | undefined } = {},
): EventRow {
  const id = deps.newId()
  const now = deps.now()
  const isCancelled = event.status === 'cancelled'
  const revision = {
    id,
    uid: uid ?? `${id}@${new URL(deps.baseUrl).hostname}`,
    groupId: group.id,
    sequence: 0,
    createdAt: now,
    updatedAt: now,
    cancelledAt: isCancelled ? now : null,
    deletedAt: null,
    changeId,
    importKey,
  }
  return rowOf(event, revision, deps)
}

/** Puts an event into a group's calendar. */
export async function createEvent(deps: Deps, group: Home, event: EventInput): Promise<EventRow> {
  const changeId = deps.newId()
  const row = newEvent(deps, group, event, changeId)
  await deps.db.batch([
    ...insertEvent(row),
    recordChange(events, 'event.created', { changeId, now: row.createdAt, groupId: group.id }),
  ])
  return row
}
