import { type SQL, sql } from 'drizzle-orm'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { type Refused, refused } from '../outcome.ts'
import { idOfCapability } from '../tokens/capability.ts'
import { SESSION_SECONDS, TRIES_MAX } from './rules.ts'
import { accounts, sessions, signIns } from './tables.ts'

export type SignedIn = { ok: true; secret: string; returnTo: string } | Refused
/** What a browser keeps since it asked, and what it calls itself. */
export type Browser = { cookie: string | undefined; agent: string }

/**
 * Signs in by the link of a mail, once, in the browser that asked for it. What is unknown, used, too old or another
 * browser's is refused alike (`not_found`).
 */
export async function signInByLink(deps: Deps, token: string, browser: Browser): Promise<SignedIn> {
  const id = idOfCapability('signin', token)
  if (id === null || !isAskedHere(token, browser.cookie)) return refused('not_found')
  const hash = await sha256(token)
  return consume(deps, browser, (isOpen, changeId) => [
    sql`UPDATE ${signIns} SET used_at = ${deps.now()}, change_id = ${changeId} WHERE ${isOpen} AND link_hash = ${hash}`,
  ])
}

/** The same by the code of the mail, which is typed where it was asked for. Five tries, right ones counted. */
export async function signInByCode(deps: Deps, code: string, browser: Browser): Promise<SignedIn> {
  const hash = await sha256(code)
  return consume(deps, browser, (isOpen, changeId) => [
    sql`UPDATE ${signIns} SET tries = tries + 1, change_id = ${changeId} WHERE ${isOpen} AND tries < ${TRIES_MAX}`,
    sql`UPDATE ${signIns} SET used_at = ${deps.now()} WHERE ${isOpen} AND change_id = ${changeId} AND code_hash = ${hash}`,
  ])
}

/** Whether this browser asked for this link: seen without the database, so it tells nothing of the link. */
export const isAskedHere = (token: string, cookie: string | undefined): boolean => {
  const id = idOfCapability('signin', token)
  return id !== null && cookie?.startsWith(`${id}.`) === true
}

/** Uses up what was asked for and opens a session, in one batch: of many at once one finds it open. */
async function consume(
  deps: Deps,
  { cookie, agent }: Browser,
  use: (isOpen: SQL, changeId: string) => SQL[],
): Promise<SignedIn> {
  const [, id, browserSecret] = /^([0-9a-z]{26})\.([\w-]{43})$/.exec(cookie ?? '') ?? []
  if (!id) return refused('not_found')
  const now = deps.now()
  const changeId = deps.newId()
  const isOpen = sql`id = ${id} AND browser_hash = ${await sha256(browserSecret!)} AND used_at IS NULL AND expires_at > ${now}`
  const isUsed = sql`${signIns.id} = ${id} AND ${signIns.changeId} = ${changeId} AND ${signIns.usedAt} IS NOT NULL`
  const { secret, opened } = await openSession(
    deps,
    agent,
    sql`SELECT ${accounts.id} AS id FROM ${signIns} JOIN ${accounts} ON ${accounts.email} = ${signIns.email} WHERE ${isUsed}`,
  )
  const results = await deps.db.batch([
    ...use(isOpen, changeId),
    sql`INSERT INTO ${accounts} (id, email, name, created_at)
      SELECT ${deps.newId()}, email, email, ${now} FROM ${signIns} WHERE ${isUsed} ON CONFLICT DO NOTHING`,
    opened,
    sql`SELECT return_to AS path FROM ${signIns} WHERE ${isUsed}`,
  ])
  const [used] = results.at(-1) as { path: string }[]
  return used ? { ok: true, secret, returnTo: used.path } : refused('not_found')
}

/** The statement that opens a session of the account that a query names, if it names one. */
export async function openSession(deps: Deps, agent: string, account: SQL): Promise<{ secret: string; opened: SQL }> {
  const secret = deps.newSecret()
  const now = deps.now()
  const row = {
    id: deps.newId(),
    accountId: sql`account.id`,
    hash: await sha256(secret),
    agent,
    createdAt: now,
    seenAt: now,
    expiresAt: now + SESSION_SECONDS,
    revokedAt: null,
  }
  return {
    secret,
    opened: sql`INSERT INTO ${sessions} (${columnNames(sessions)}) SELECT ${values(sessions, row)} FROM (${account}) AS account`,
  }
}
