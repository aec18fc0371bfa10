import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { isOfGroups } from './queries.ts'
import { tokens } from './tables.ts'

/** Revokes a token of these groups (null: any); it is refused from the next request on. */
export async function revokeToken(deps: Deps, id: string, groups: string[] | null): Promise<{ ok: true } | Refused> {
  const revoked = await deps.db.all(
    sql`UPDATE ${tokens} SET revoked_at = ${deps.now()} WHERE id = ${id} AND revoked_at IS NULL AND ${isOfGroups(groups)} RETURNING id`,
  )
  return revoked.length === 1 ? { ok: true } : refused('not_found')
}
