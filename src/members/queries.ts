import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { members } from './tables.ts'

export type MemberRow = typeof members.$inferSelect

export const findMember = async (db: Db, groupId: string, id: string): Promise<MemberRow | undefined> =>
  (
    await db.all(sql<MemberRow>`SELECT ${columns(members)} FROM ${members} WHERE group_id = ${groupId} AND id = ${id}`)
  )[0]

export type MemberFilter = {
  /** Who joined on this day or later. */
  since?: string | undefined
  /** Who has not left by this day. */
  currentOn?: string | undefined
  /** Whether those are among them who are shown to the group's own people only. */
  showsHidden: boolean
}

/** The members of a group in the order they joined, from after the cursor; one more than `limit` where there are more. */
export const readMembers = (
  db: Db,
  groupId: string,
  { since, currentOn, showsHidden }: MemberFilter,
  limit: number,
  after?: { joinedOn: string; id: string },
): Promise<MemberRow[]> =>
  db.all(
    sql<MemberRow>`SELECT ${columns(members)} FROM ${members}
      WHERE group_id = ${groupId} AND ${after ? sql`(joined_on, id) > (${after.joinedOn}, ${after.id})` : sql`true`}
        AND ${since ? sql`joined_on >= ${since}` : sql`true`} AND ${showsHidden ? sql`true` : sql`hidden = 0`}
        AND ${currentOn ? sql`(left_on IS NULL OR left_on > ${currentOn})` : sql`true`}
      ORDER BY joined_on, id LIMIT ${limit + 1}`,
  )
