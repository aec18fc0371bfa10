import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import type { Session } from './queries.ts'
import { SEEN_SECONDS } from './rules.ts'
import { sessions } from './tables.ts'

type Own = Pick<Session, 'id' | 'accountId'>

/** Ends a session of an account; twice is once, and another's stays. */
export async function revokeSession(deps: Deps, { id, accountId }: Own): Promise<void> {
  await deps.db.all(sql`UPDATE ${sessions} SET revoked_at = ${deps.now()}
    WHERE id = ${id} AND account_id = ${accountId} AND revoked_at IS NULL`)
}

/** Ends all sessions of an account but this one. */
export async function revokeOtherSessions(deps: Deps, { id, accountId }: Own): Promise<void> {
  await deps.db.all(sql`UPDATE ${sessions} SET revoked_at = ${deps.now()}
    WHERE id <> ${id} AND account_id = ${accountId} AND revoked_at IS NULL`)
}

/** Gives a session another secret; the one before opens nothing any more. Null where the session is not live. */
export async function rotateSession(deps: Deps, { id, accountId }: Own): Promise<string | null> {
  const secret = deps.newSecret()
  const rotated = await deps.db.all(sql`UPDATE ${sessions} SET hash = ${await sha256(secret)}
    WHERE id = ${id} AND account_id = ${accountId} AND revoked_at IS NULL RETURNING id`)
  return rotated.length === 1 ? secret : null
}

/** Notes that a session is in use, at most once an hour. */
export async function touchSession(deps: Deps, { id, seenAt }: Pick<Session, 'id' | 'seenAt'>): Promise<void> {
  const now = deps.now()
  if (seenAt > now - SEEN_SECONDS) return
  await deps.db.all(sql`UPDATE ${sessions} SET seen_at = ${now} WHERE id = ${id} AND seen_at < ${now}`)
}
