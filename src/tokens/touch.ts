import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { Token } from './queries.ts'
import { tokens } from './tables.ts'

const SEEN_SECONDS = 3600

/** Notes that a token is in use, at most once an hour. */
export async function touchToken(deps: Deps, { id, lastUsedAt }: Token): Promise<void> {
  const now = deps.now()
  if (lastUsedAt !== null && lastUsedAt > now - SEEN_SECONDS) return
  await deps.db.all(
    sql`UPDATE ${tokens} SET last_used_at = ${now} WHERE id = ${id} AND coalesce(last_used_at, 0) < ${now}`,
  )
}
