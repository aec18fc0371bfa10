import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import type { EventRow } from '../events/row.ts'
import { events } from '../events/tables.ts'
import { visible } from '../talks/queries.ts'
import { talks } from '../talks/tables.ts'
import type { Access } from '../tokens/access.ts'
import { importSources, scheduleChanges, scheduleVersions } from './tables.ts'

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

export type VersionRow = Omit<typeof scheduleVersions.$inferSelect, 'conferenceId'>

const VERSION = [
  'number',
  'at',
  'format',
  'sourceVersion',
  'added',
  'moved',
  'changed',
  'cancelled',
  'restored',
] as const

/** The versions of a conference's schedule, the newest first, from below a number. */
export const readVersions = (db: Db, conferenceId: string, limit: number, below?: number): Promise<VersionRow[]> =>
  db.all(
    sql<VersionRow>`SELECT ${columns(scheduleVersions, VERSION)} FROM ${scheduleVersions}
      WHERE conference_id = ${conferenceId} AND number < ${below ?? Number.MAX_SAFE_INTEGER} ORDER BY number DESC LIMIT ${limit + 1}`,
  )

export const findVersion = async (db: Db, conferenceId: string, number: number): Promise<VersionRow | undefined> =>
  (await readVersions(db, conferenceId, 0, number + 1)).find((version) => version.number === number)

export type ChangeRow = { place: number; kind: string; slug: string; detail: string }

/** What a version changed of the talks that the bearer may see, in order, from after a place. */
export const readChanges = (
  db: Db,
  access: Access,
  conferenceId: string,
  number: number,
  limit: number,
  after = -1,
): Promise<ChangeRow[]> =>
  db.all(
    sql<ChangeRow>`SELECT place, kind, ${talks.slug} AS slug, detail FROM ${scheduleChanges}
      JOIN ${talks} ON ${talks.id} = ${scheduleChanges.talkId}
      WHERE ${scheduleChanges.conferenceId} = ${conferenceId} AND number = ${number} AND place > ${after} AND ${visible(access)}
      ORDER BY place LIMIT ${limit + 1}`,
  )
