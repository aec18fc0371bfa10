import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { nickKey } from './rules.ts'
import { uncounted } from './tables.ts'

/** Counts somebody no more among those who were there, on no date of the group; or again. Twice is once. */
export async function setCounted(deps: Deps, groupId: string, nick: string, isCounted: boolean): Promise<void> {
  const key = nickKey(nick)
  await deps.db.all(
    isCounted
      ? sql`DELETE FROM ${uncounted} WHERE group_id = ${groupId} AND nick = ${key}`
      : sql`INSERT INTO ${uncounted} (group_id, nick, created_at) SELECT ${groupId}, ${key}, ${deps.now()} WHERE true ON CONFLICT DO NOTHING`,
  )
}
