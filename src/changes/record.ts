import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { ChangeKind } from './kinds.ts'
import { changes } from './tables.ts'

export type Recorded = { changeId: string; now: number; groupId?: string | null; payload?: unknown }

/**
 * Journals the rows of a table that carry this change's id: none where the guard before it refused. It stands in the same
 * batch as the write, so a change and its record happen together or not at all.
 */
export function recordChange(
  table: SQLiteTable,
  kind: ChangeKind,
  { changeId, now, groupId = null, payload = {} }: Recorded,
  only: SQL = sql`true`,
): SQL<never> {
  return sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
    SELECT ${changeId}, ${kind}, id, ${groupId}, ${now}, ${JSON.stringify(payload)} FROM ${table}
    WHERE change_id = ${changeId} AND ${only}`
}
