import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import type { EventRow } from '../events/row.ts'
import type { ActionRow } from './queries.ts'
import { actions } from './tables.ts'

/** Says that something was done, or that it was not, or who does it. The same again changes nothing. */
export async function updateAction(
  deps: Deps,
  event: Pick<EventRow, 'id' | 'groupId'>,
  action: ActionRow,
  { done, owner = action.owner }: { done?: boolean | undefined; owner?: string | null | undefined },
): Promise<ActionRow> {
  const now = deps.now()
  const changeId = deps.newId()
  const doneAt = done === undefined ? action.doneAt : done ? (action.doneAt ?? now) : null
  if (doneAt === action.doneAt && owner === action.owner) return action
  await deps.db.batch([
    sql`UPDATE ${actions} SET done_at = ${doneAt}, owner = ${owner}, change_id = ${changeId} WHERE id = ${action.id}`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'record.written', ${event.id}, ${event.groupId}, ${now}, ${JSON.stringify({ occurrence: action.occurrence })}
      FROM ${actions} WHERE id = ${action.id} AND change_id = ${changeId}`,
  ])
  return { ...action, doneAt, owner, changeId }
}
