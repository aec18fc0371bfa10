import { sql } from 'drizzle-orm'
import { grants } from '../accounts/tables.ts'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'

export type Often = 'day' | 'week' | 'never'

/** How often an organizer is told of a group by mail; null for who has no role there. */
export const readOften = async ({ db }: Pick<Deps, 'db'>, groupId: string, accountId: string): Promise<Often | null> =>
  (
    await db.all(
      sql<{
        digest: Often
      }>`SELECT digest AS digest FROM ${grants} WHERE group_id = ${groupId} AND account_id = ${accountId}`,
    )
  )[0]?.digest ?? null

/** Settles how often; from the next morning on. Nothing where it is so already, or where there is no role. */
export async function chooseOften(deps: Deps, groupId: string, accountId: string, often: Often): Promise<void> {
  const isOther = sql`group_id = ${groupId} AND account_id = ${accountId} AND digest <> ${often}`
  await deps.db.batch([
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${deps.newId()}, 'digest.chosen', account_id, group_id, ${deps.now()}, '{}' FROM ${grants} WHERE ${isOther}`,
    sql`UPDATE ${grants} SET digest = ${often}, digest_at = 0 WHERE ${isOther}`,
  ])
}
