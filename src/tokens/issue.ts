import { sql } from 'drizzle-orm'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import type { Token } from './queries.ts'
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
