import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import type { MemberRow } from './queries.ts'
import { members } from './tables.ts'

/** Takes a member off the list, as if never noted; who leaves has a `left` date instead. Twice is once. */
export async function removeMember(deps: Deps, { id, groupId }: MemberRow): Promise<void> {
  await deps.db.batch([
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${deps.newId()}, 'member.removed', id, group_id, ${deps.now()}, '{}' FROM ${members} WHERE id = ${id} AND group_id = ${groupId}`,
    sql`DELETE FROM ${members} WHERE id = ${id} AND group_id = ${groupId}`,
  ])
}
