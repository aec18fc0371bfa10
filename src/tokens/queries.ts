import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { tokens } from './tables.ts'

export type Token = typeof tokens.$inferSelect

/** The live token with this hash. */
export const findToken = async (db: Db, hash: string, now: number): Promise<Token | undefined> =>
  (
    await db.all(
      sql<Token>`SELECT ${columns(tokens)} FROM ${tokens}
        WHERE hash = ${hash} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})`,
    )
  )[0]

/** Whether a token belongs to one of these groups; to any or none where they are null. */
export const isOfGroups = (groups: string[] | null): SQL =>
  groups === null ? sql`true` : sql`group_id IN (SELECT value FROM json_each(${JSON.stringify(groups)}))`

/** Live tokens, newest first; the operator's only one is not among them where it comes from the environment. */
export const readTokens = (db: Db, groups: string[] | null, limit: number): Promise<Token[]> =>
  db.all(
    sql<Token>`SELECT ${columns(tokens)} FROM ${tokens} WHERE revoked_at IS NULL AND ${isOfGroups(groups)}
      ORDER BY id DESC LIMIT ${limit}`,
  )

/** Whether any token for everything was ever made. */
export const hasOperatorToken = async (db: Db): Promise<boolean> =>
  (await db.all(sql`SELECT 1 AS found FROM ${tokens} WHERE group_id IS NULL AND revoked_at IS NULL LIMIT 1`)).length ===
  1
