import { sql } from 'drizzle-orm'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { LINK_SECONDS } from './rules.ts'
import { passkeyChallenges } from './tables.ts'

/**
 * Notes what a device is asked to sign, once, within ten minutes.
 *
 * @param accountId whose device is to be added; null where somebody signs in
 * @returns the challenge: 32 bytes of chance in base64url
 */
export async function askDevice(deps: Deps, accountId: string | null): Promise<string> {
  const challenge = deps.newSecret()
  const row = { hash: await sha256(challenge), accountId, expiresAt: deps.now() + LINK_SECONDS, changeId: null }
  await deps.db.batch([
    sql`INSERT INTO ${passkeyChallenges} (${columnNames(passkeyChallenges)}) VALUES (${values(passkeyChallenges, row)})`,
  ])
  return challenge
}

/** The statement that uses a challenge up, and whether it was this change that did. */
export async function useUp(deps: Deps, challenge: string, accountId: string | null, changeId: string) {
  const hash = await sha256(challenge)
  return {
    use: sql`UPDATE ${passkeyChallenges} SET change_id = ${changeId}
      WHERE hash = ${hash} AND account_id IS ${accountId} AND change_id IS NULL AND expires_at > ${deps.now()}`,
    isUsed: sql`EXISTS (SELECT 1 FROM ${passkeyChallenges} WHERE hash = ${hash} AND change_id = ${changeId})`,
  }
}
