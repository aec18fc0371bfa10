import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import type { Deps } from '../deps.ts'
import type { BotRow } from './queries.ts'
import { bots } from './tables.ts'

/** Takes nothing from a bot any more; what it brought stays. Twice is once. */
export async function deleteBot(deps: Deps, { id, groupId }: BotRow): Promise<void> {
  const now = deps.now()
  const changeId = deps.newId()
  await deps.db.batch([
    sql`UPDATE ${bots} SET deleted_at = ${now}, next_at = NULL, secret = '', change_id = ${changeId} WHERE id = ${id} AND deleted_at IS NULL`,
    recordChange(bots, 'bot.deleted', { changeId, now, groupId }),
    sql`DELETE FROM bot_calls WHERE bot_id = ${id}`,
  ])
}
