import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import type { Role } from '../tokens/access.ts'
import { IDLE_SECONDS } from './rules.ts'
import { accounts, grants, passkeys, sessions, signIns } from './tables.ts'

export type GroupRole = { groupId: string; slug: string; name: string; role: Role }
export type Session = {
  id: string
  accountId: string
  email: string | null
  name: string
  seenAt: number
  roles: GroupRole[]
}

const isLive = (now: number) =>
  sql`${sessions.revokedAt} IS NULL AND ${sessions.expiresAt} > ${now} AND ${sessions.seenAt} > ${now - IDLE_SECONDS}`

/** The live session with this hash, and what its account is in which group, as it stands now. */
export async function findSession(db: Db, hash: string, now: number): Promise<Session | undefined> {
  const [found] = await db.all(
    sql<Omit<Session, 'roles'> & { roles: string }>`SELECT ${sessions.id} AS id, ${accounts.id} AS "accountId",
      ${accounts.email} AS email, ${accounts.name} AS name, ${sessions.seenAt} AS "seenAt",
      (SELECT json_group_array(json_object('groupId', group_id, 'slug', slug, 'name', name, 'role', role)) FROM (
        SELECT grants.group_id, groups.slug, groups.name, grants.role FROM ${grants} JOIN groups ON groups.id = grants.group_id
        WHERE grants.account_id = ${accounts.id} AND groups.deleted_at IS NULL ORDER BY groups.name, groups.slug)) AS roles
      FROM ${sessions} JOIN ${accounts} ON ${accounts.id} = ${sessions.accountId}
      WHERE ${sessions.hash} = ${hash} AND ${isLive(now)}`,
  )
  return found && { ...found, roles: JSON.parse(found.roles) as GroupRole[] }
}

export type SessionEntry = { id: string; agent: string; createdAt: number; seenAt: number }

/** Where an account is signed in, the newest first. */
export const readSessions = (db: Db, accountId: string, now: number): Promise<SessionEntry[]> =>
  db.all(
    sql<SessionEntry>`SELECT id AS id, agent AS agent, created_at AS "createdAt", seen_at AS "seenAt" FROM ${sessions}
      WHERE ${sessions.accountId} = ${accountId} AND ${isLive(now)} ORDER BY id DESC LIMIT 100`,
  )

export type PasskeyEntry = { id: string; name: string; createdAt: number; usedAt: number | null }

/** The keys with which an account signs in, the newest first. */
export const readPasskeys = (db: Db, accountId: string): Promise<PasskeyEntry[]> =>
  db.all(
    sql<PasskeyEntry>`SELECT id AS id, name AS name, created_at AS "createdAt", used_at AS "usedAt" FROM ${passkeys}
      WHERE ${passkeys.accountId} = ${accountId} ORDER BY created_at DESC, id LIMIT 100`,
  )

/** Where somebody who has just signed in wanted to go. */
export const readReturn = async (db: Db, id: string): Promise<string | undefined> =>
  (await db.all(sql<{ path: string }>`SELECT return_to AS path FROM ${signIns} WHERE id = ${id}`))[0]?.path
