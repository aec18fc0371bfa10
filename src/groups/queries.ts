import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { type Access, knownGroups } from '../tokens/access.ts'
import { groups } from './tables.ts'

export type GroupRow = typeof groups.$inferSelect

/** Which groups the bearer may know of: the public ones, and those it may see. */
export function visibleTo(access: Access) {
  if (access.kind === 'everything') return sql`true`
  const own =
    access.kind === 'groups' ? sql` OR ${groups.id} IN (SELECT value FROM json_each(${knownGroups(access)}))` : sql``
  return sql`(${groups.visibility} = 'public'${own})`
}

/** The group with this slug, a deleted one too; undefined also where the bearer may not know of it. */
export const findGroup = async (db: Db, slug: string, access: Access): Promise<GroupRow | undefined> =>
  (
    await db.all(
      sql<GroupRow>`SELECT ${columns(groups)} FROM ${groups} WHERE ${groups.slug} = ${slug} AND ${visibleTo(access)}`,
    )
  )[0]

/** Groups by slug, from after the cursor; one more than `limit` where there are more. */
export const readGroups = (db: Db, access: Access, limit: number, after: string | null): Promise<GroupRow[]> =>
  db.all(
    sql<GroupRow>`SELECT ${columns(groups)} FROM ${groups}
      WHERE ${visibleTo(access)} AND ${groups.deletedAt} IS NULL AND ${groups.slug} > ${after ?? ''}
      ORDER BY ${groups.slug} LIMIT ${limit + 1}`,
  )
