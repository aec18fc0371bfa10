import { sql } from 'drizzle-orm'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { addressKey, LINK_SECONDS, MAILS_MAX, MAILS_SECONDS } from './rules.ts'
import { signIns } from './tables.ts'

const KEPT_SECONDS = 86_400

/**
 * Notes that a browser asks for a link to sign in. The same statements for every address: whether it has an account is seen
 * when the mail is made, which nobody waits for. A fourth mail to an address in fifteen minutes is never due.
 *
 * @param before what this browser asked for before, which opens nothing any more
 * @returns what the browser keeps: the link and the code work with it alone
 */
export async function askToSignIn(
  deps: Deps,
  {
    email,
    returnTo,
    before,
    language,
  }: { email: string; returnTo: string; before: string | undefined; language: string | null },
): Promise<string> {
  const now = deps.now()
  const id = deps.newId()
  const secret = deps.newSecret()
  const key = addressKey(email)
  const recent = sql`(SELECT count(*) FROM ${signIns} WHERE email = ${key} AND created_at > ${now - MAILS_SECONDS} AND mail <> 'dropped')`
  const row = {
    id,
    email: key,
    browserHash: await sha256(secret),
    linkHash: null,
    codeHash: null,
    returnTo,
    language,
    tries: 0,
    mail: sql`CASE WHEN ${recent} < ${MAILS_MAX} THEN 'due' ELSE 'dropped' END`,
    createdAt: now,
    expiresAt: now + LINK_SECONDS,
    usedAt: null,
    changeId: null,
  }
  const [oldId, oldSecret] = before?.split('.') ?? []
  await deps.db.batch([
    sql`UPDATE ${signIns} SET expires_at = min(expires_at, ${now})
      WHERE id = ${oldId ?? ''} AND browser_hash = ${await sha256(oldSecret ?? '')}`,
    sql`DELETE FROM ${signIns} WHERE created_at < ${now - KEPT_SECONDS}`,
    sql`INSERT INTO ${signIns} (${columnNames(signIns)}) SELECT ${values(signIns, row)}`,
  ])
  return `${id}.${secret}`
}
