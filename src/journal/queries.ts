/** The journal as others read it: in the order of its numbers, each within what its reader may know of. */
import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Db } from '../db/db.ts'
import { groups } from '../groups/tables.ts'
import { type Access, groupsWith } from '../tokens/access.ts'
import { type JournalRow, PUBLIC_KINDS } from './rules.ts'

/** How many rows one request looks through for those that its reader may see. */
const SCANNED = 1000

const noun = sql`substr(${changes.kind}, 1, instr(${changes.kind}, '.') - 1)`
const subject = changes.subjectId

const ofSubject = sql`CASE ${noun}
  WHEN 'talk' THEN (SELECT slug FROM talks WHERE id = ${subject})
  WHEN 'conference' THEN (SELECT slug FROM conferences WHERE id = ${subject})
  WHEN 'schedule' THEN (SELECT slug FROM conferences WHERE id = ${subject})
  WHEN 'speaker' THEN (SELECT slug FROM speakers WHERE id = ${subject}) END`

const shown = sql`${changes.seq} AS seq, ${changes.id} AS id, ${changes.kind} AS kind, ${subject} AS "subjectId",
  ${changes.at} AS at, ${changes.payload} AS payload, ${ofSubject} AS slug,
  (SELECT slug FROM ${groups} WHERE ${groups.id} = ${changes.groupId}) AS "groupSlug"`

/** Whether this group, or none, is private. */
const isHidden = (groupId: SQL) =>
  sql`EXISTS (SELECT 1 FROM ${groups} WHERE ${groups.id} = ${groupId} AND ${groups.visibility} <> 'public')`

const isPublic = sql`(${changes.kind} IN (SELECT value FROM json_each(${JSON.stringify(PUBLIC_KINDS)}))
  AND NOT ${isHidden(sql`${changes.groupId}`)}
  AND CASE ${noun}
    WHEN 'talk' THEN NOT EXISTS (SELECT 1 FROM talks LEFT JOIN conferences ON conferences.id = talks.conference_id
      WHERE talks.id = ${subject} AND (${isHidden(sql`talks.group_id`)} OR ${isHidden(sql`conferences.group_id`)}))
    WHEN 'conference' THEN NOT EXISTS (SELECT 1 FROM conferences WHERE id = ${subject} AND ${isHidden(sql`conferences.group_id`)})
    WHEN 'schedule' THEN NOT EXISTS (SELECT 1 FROM conferences WHERE id = ${subject} AND ${isHidden(sql`conferences.group_id`)})
    WHEN 'speaker' THEN ${changes.kind} = 'speaker.forgotten' OR EXISTS (SELECT 1 FROM talk_speakers
      JOIN talks ON talks.id = talk_speakers.talk_id WHERE talk_speakers.speaker_id = ${subject} AND talks.is_public = 1)
    ELSE ${changes.groupId} IS NOT NULL END
  OR ${changes.kind} = 'group.updated' AND ${changes.payload} ->> '$.visibility' = 'private')`

/** Which changes the bearer may know of: the public ones, and all of the groups whose guests are theirs to see. */
function visible(access: Access): SQL {
  const groups = groupsWith(access, 'guests')
  if (groups === null) return sql`true`
  if (groups.length === 0) return isPublic
  return sql`(${changes.groupId} IN (SELECT value FROM json_each(${JSON.stringify(groups)})) OR ${isPublic})`
}

/** Whether a kind of change is among those that were asked for; none asked for means all. */
export const isAmong = (kind: SQL, types: SQL): SQL =>
  sql`(json_array_length(${types}) = 0 OR EXISTS (SELECT 1 FROM json_each(${types}) AS wanted WHERE ${kind} GLOB wanted.value))`

export type JournalFilter = { types: string[]; groupId?: string }
export type JournalPosition = { seq: number; id: string }

/** The last change of all, or before a time; none where there is none. */
export const readLast = async (db: Db, before: number | null = null): Promise<JournalPosition> =>
  (
    await db.all(
      sql<JournalPosition>`SELECT ${changes.seq} AS seq, ${changes.id} AS id FROM ${changes} WHERE ${before === null ? sql`true` : sql`${changes.at} < ${before}`} ORDER BY ${changes.seq} DESC LIMIT 1`,
    )
  )[0] ?? { seq: 0, id: '' }

/** Whether the journal has this change under this number: not where an older backup was brought in since. */
export const isKnown = async (db: Db, { seq, id }: JournalPosition): Promise<boolean> =>
  seq === 0 || (await db.all(sql`SELECT 1 AS found FROM ${changes} WHERE seq = ${seq} AND id = ${id}`)).length === 1

/**
 * What happened after a position, and how far was read, which may be further than the last of the items. SQLite has one
 * writer at a time, on each of our engines: a change gets its number while nobody else can, and becomes visible in that order.
 */
export async function readJournal(
  db: Db,
  access: Access,
  { types, groupId }: JournalFilter,
  since: JournalPosition,
  limit: number,
): Promise<{ items: JournalRow[]; end: JournalPosition; isEnd: boolean }> {
  const [scanned] = await db.all(
    sql<{ count: number; last: number }>`SELECT count(*) AS count, max(seq) AS last FROM (
      SELECT seq FROM ${changes} WHERE seq > ${since.seq} ORDER BY seq LIMIT ${SCANNED})`,
  )
  if (!scanned || scanned.count === 0) return { items: [], end: since, isEnd: true }
  const rows = await db.all(
    sql<JournalRow>`SELECT ${shown} FROM ${changes} WHERE ${changes.seq} > ${since.seq} AND ${changes.seq} <= ${scanned.last}
      AND ${isAmong(sql`${changes.kind}`, sql`${JSON.stringify(types)}`)}
      AND ${groupId === undefined ? sql`true` : sql`${changes.groupId} = ${groupId}`} AND ${visible(access)}
      ORDER BY ${changes.seq} LIMIT ${limit + 1}`,
  )
  if (rows.length > limit) return { items: rows.slice(0, limit), end: rows[limit - 1]!, isEnd: false }
  const [end] = await db.all(sql<JournalPosition>`SELECT seq, id FROM ${changes} WHERE seq = ${scanned.last}`)
  return { items: rows, end: end!, isEnd: scanned.count < SCANNED }
}

/** Changes by their numbers, whoever asks: for webhooks, which were chosen for what they may know of. */
export const readChangesBySeq = (db: Db, seqs: number[]): Promise<JournalRow[]> =>
  db.all(
    sql<JournalRow>`SELECT ${shown} FROM ${changes} WHERE ${changes.seq} IN (SELECT value FROM json_each(${JSON.stringify(seqs)}))`,
  )
