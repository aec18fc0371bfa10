import { sql } from 'drizzle-orm'
import { columnNames, columns, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { type Refused, refused } from '../outcome.ts'
import { isOfGroups, type Token } from './queries.ts'
import { tokens } from './tables.ts'

export type IssueToken = Pick<Token, 'name' | 'groupId' | 'expiresAt' | 'verbs'>

/**
 * Makes a bearer token and stores its hash.
 *
 * @returns the token's row and its text, which can't be read again
 */
export async function issueToken(deps: Deps, input: IssueToken): Promise<{ token: Token; secret: string }> {
  const secret = `convene_${deps.newSecret()}`
  const token: Token = {
    id: deps.newId(),
    ...input,
    hash: await sha256(secret),
    createdAt: deps.now(),
    revokedAt: null,
    lastUsedAt: null,
  }
  await deps.db.batch([sql`INSERT INTO ${tokens} (${columnNames(tokens)}) SELECT ${values(tokens, token)}`])
  return { token, secret }
}

/**
 * The first start without ADMIN_TOKEN makes the operator's token; later starts and a second process make none, since the
 * row has a fixed id.
 *
 * @returns the token's text where this call made it
 */
export async function issueOperatorToken(deps: Deps): Promise<string | null> {
  const secret = `convene_${deps.newSecret()}`
  const made = await deps.db.all(
    sql`INSERT INTO ${tokens} (id, name, hash, created_at)
      SELECT 'operator', 'operator', ${await sha256(secret)}, ${deps.now()} WHERE true
      ON CONFLICT DO NOTHING RETURNING id`,
  )
  return made.length === 1 ? secret : null
}

const OVERLAP_SECONDS = 86_400

/**
 * Makes a token that may do what another may, for as long; the other one lives for a day more, so that nothing fails while
 * it is replaced. Refuses (`not_found`) one that is dead or of another group.
 */
export async function issueSuccessor(
  deps: Deps,
  id: string,
  groups: string[] | null,
): Promise<{ ok: true; token: Token; secret: string } | Refused> {
  const now = deps.now()
  const secret = `convene_${deps.newSecret()}`
  const token = {
    id: deps.newId(),
    name: sql`name`,
    hash: await sha256(secret),
    groupId: sql`group_id`,
    createdAt: now,
    expiresAt: sql`${now} + expires_at - created_at`,
    revokedAt: null,
    verbs: sql`verbs`,
    lastUsedAt: null,
  }
  const isLive = sql`id = ${id} AND revoked_at IS NULL AND coalesce(expires_at, ${now + 1}) > ${now} AND ${isOfGroups(groups)}`
  const [made] = await deps.db.batch([
    sql<Token>`INSERT INTO ${tokens} (${columnNames(tokens)}) SELECT ${values(tokens, token)} FROM ${tokens} WHERE ${isLive}
      RETURNING ${columns(tokens)}`,
    sql`UPDATE ${tokens} SET expires_at = min(coalesce(expires_at, ${now + OVERLAP_SECONDS}), ${now + OVERLAP_SECONDS})
      WHERE ${isLive}`,
  ])
  return made[0] ? { ok: true, token: made[0], secret } : refused('not_found')
}
