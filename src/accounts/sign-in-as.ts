import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { Identity } from './providers.ts'
import { openSession } from './sign-in.ts'
import { accounts, identities } from './tables.ts'

/**
 * Signs in who a provider says somebody is. The first time they get the account of their checked address, or one of their
 * own; from then on the provider's name for them counts, whatever their address becomes.
 *
 * @returns the secret of the session
 */
export async function signInAs(deps: Deps, { issuer, subject, email, name }: Identity, agent: string): Promise<string> {
  const id = deps.newId()
  const now = deps.now()
  const isNew = sql`NOT EXISTS (SELECT 1 FROM ${identities} WHERE issuer = ${issuer} AND subject = ${subject})`
  const { secret, opened } = await openSession(
    deps,
    agent,
    sql`SELECT account_id AS id FROM ${identities} WHERE issuer = ${issuer} AND subject = ${subject}`,
  )
  await deps.db.batch([
    sql`INSERT INTO ${accounts} (id, email, name, created_at) SELECT ${id}, ${email}, ${name}, ${now}
      WHERE ${isNew} ON CONFLICT DO NOTHING`,
    sql`INSERT INTO ${identities} (issuer, subject, account_id, created_at)
      SELECT ${issuer}, ${subject}, coalesce((SELECT id FROM ${accounts} WHERE email = ${email}), ${id}), ${now}
      WHERE ${isNew}`,
    opened,
  ])
  return secret
}
