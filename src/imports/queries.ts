import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import type { EventRow } from '../events/row.ts'
import { events } from '../events/tables.ts'
import { importSources } from './tables.ts'

export type ImportedEvent = EventRow & { key: string; source: string; isJoined: number }

/** Which of these UIDs an event has already, in whatever group. */
export async function takenUids(db: Db, uids: string[]): Promise<Set<string>> {
  if (uids.length === 0) return new Set()
  const found = await db.all(
    sql<{ uid: string }>`SELECT uid FROM ${events} WHERE uid IN (SELECT value FROM json_each(${JSON.stringify(uids)}))`,
  )
  return new Set(found.map(({ uid }) => uid))
}

/** What earlier imports brought into a group, under these keys. */
export const readImported = (db: Db, groupId: string, keys: string[]): Promise<ImportedEvent[]> =>
  db.all(
    sql<ImportedEvent>`SELECT ${columns(events)}, ${importSources.importKey} AS key, source, is_joined AS "isJoined"
      FROM ${importSources} JOIN ${events} ON ${events.id} = ${importSources.eventId}
      WHERE ${importSources.groupId} = ${groupId} AND ${importSources.importKey} IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`,
  )
