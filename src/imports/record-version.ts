import { type SQL, sql } from 'drizzle-orm'
import { columnNames, insertRows, values } from '../db/sql.ts'
import type { ConferenceRow } from '../talks/queries.ts'
import { inChunks } from '../talks/write.ts'
import { type Change, countChanges } from './schedule-changes.ts'
import { scheduleChanges, scheduleVersions } from './tables.ts'

/**
 * Statements that keep what an import changed as the next version of the schedule; none where it changed nothing. Of the
 * first version only the counts are kept: everything in it is new.
 */
export function recordVersion(
  { id: conferenceId, updatedAt: at }: ConferenceRow,
  format: string,
  sourceVersion: string | null,
  changes: readonly Change[],
  versions: number,
): SQL<never>[] {
  if (changes.length === 0) return []
  const number = versions + 1
  const row = { conferenceId, number, at, format, sourceVersion, ...countChanges(changes) }
  const rows = changes.map(({ kind, id, talk: _, ...detail }, place) => ({
    conferenceId,
    number,
    place,
    talkId: id,
    kind,
    detail: JSON.stringify(detail),
  }))
  return [
    sql`INSERT INTO ${scheduleVersions} (${columnNames(scheduleVersions)}) VALUES (${values(scheduleVersions, row)})`,
    ...(number === 1 ? [] : inChunks(rows).map((some) => insertRows(scheduleChanges, some))),
  ] as SQL<never>[]
}
