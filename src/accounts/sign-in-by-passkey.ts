import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { useUp } from './ask-device.ts'
import { openSession } from './sign-in.ts'
import { passkeys } from './tables.ts'
import { counterIn, type DeviceKey } from './webauthn.ts'

/**
 * Signs in who has a key of an account, once for each challenge. A device that counts must have counted on: a copy of its key
 * has not (WebAuthn, section 6.1.1). Whatever is wrong is refused alike (`not_found`).
 */
export async function signInByPasskey(
  deps: Deps,
  { challenge, answer, agent }: { challenge: string; answer: AuthenticationResponseJSON; agent: string },
): Promise<{ ok: true; secret: string } | Refused> {
  const [key] = await deps.db.all(
    sql<DeviceKey>`SELECT id AS id, public_key AS "publicKey", counter AS counter FROM ${passkeys} WHERE id = ${answer.id}`,
  )
  const counter = key ? await counterIn(answer, challenge, deps.baseUrl, key) : null
  if (!key || counter === null) return refused('not_found')
  const changeId = deps.newId()
  const { use, isUsed } = await useUp(deps, challenge, null, changeId)
  const { secret, opened } = await openSession(
    deps,
    agent,
    sql`SELECT account_id AS id FROM ${passkeys} WHERE id = ${key.id} AND change_id = ${changeId}`,
  )
  const [, used] = await deps.db.batch([
    use,
    sql`UPDATE ${passkeys} SET counter = ${counter}, used_at = ${deps.now()}, change_id = ${changeId}
      WHERE id = ${key.id} AND ${isUsed} AND (counter < ${counter} OR (counter = 0 AND ${counter} = 0)) RETURNING id`,
    opened,
  ])
  return used!.length === 1 ? { ok: true, secret } : refused('not_found')
}
