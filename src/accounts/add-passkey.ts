import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { sql } from 'drizzle-orm'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { useUp } from './ask-device.ts'
import { PASSKEYS_MAX } from './rules.ts'
import { passkeys } from './tables.ts'
import { keyIn } from './webauthn.ts'

type Made = { accountId: string; challenge: string; answer: RegistrationResponseJSON; name: string }

/**
 * Adds the key that a device made to an account. Refuses `not_found` for what no device made for this challenge, for a challenge
 * that was used or is too old, for a key that is known, and for the 21st.
 */
export async function addPasskey(
  deps: Deps,
  { accountId, challenge, answer, name }: Made,
): Promise<{ ok: true } | Refused> {
  const key = await keyIn(answer, challenge, deps.baseUrl)
  if (!key) return refused('not_found')
  const changeId = deps.newId()
  const { use, isUsed } = await useUp(deps, challenge, accountId, changeId)
  const row = { ...key, accountId, name, createdAt: deps.now(), usedAt: null, changeId }
  const [, added] = await deps.db.batch([
    use,
    sql`INSERT INTO ${passkeys} (${columnNames(passkeys)}) SELECT ${values(passkeys, row)}
      WHERE ${isUsed} AND (SELECT count(*) FROM ${passkeys} WHERE account_id = ${accountId}) < ${PASSKEYS_MAX}
      ON CONFLICT DO NOTHING RETURNING id`,
  ])
  return added!.length === 1 ? { ok: true } : refused('not_found')
}
