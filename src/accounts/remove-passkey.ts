import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { passkeys } from './tables.ts'

/** Forgets a key of an account; another's stays, and so do the sessions that it opened. */
export async function removePasskey(deps: Deps, { id, accountId }: { id: string; accountId: string }): Promise<void> {
  await deps.db.all(sql`DELETE FROM ${passkeys} WHERE id = ${id} AND account_id = ${accountId}`)
}
