/** Minutes and logs by their words: what the search of the archive can show beside talks. */
import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { visibleTo } from '../groups/queries.ts'
import { groups } from '../groups/tables.ts'
import { bestExcerpt } from '../talks/marks.ts'
import { passageMatches, type Words } from '../talks/words.ts'
import type { Access } from '../tokens/access.ts'

export type FoundMeeting = {
  event: string
  recurrenceId: string
  title: string
  kind: string
  group: string
  groupName: string
  /** The part of the minutes or of the log with the words in it, marked as `talks/marks.ts` does. */
  excerpt: string | null
}

type Row = Omit<FoundMeeting, 'excerpt'> & { minutes: string; log: string }

/** Before the first hit in a log, and after it. */
const BEFORE = 1000
const AROUND = 6000

/**
 * The dates in whose minutes or logs all the words stand, the best first: those in whose minutes they are before those in whose
 * log.
 */
export async function findMeetings(
  db: Db,
  access: Access,
  words: Words,
  { group, limit, offset = 0 }: { group?: string | undefined; limit: number; offset?: number },
): Promise<FoundMeeting[]> {
  const first = words.include[0]!.words[0]!
  const rows = await db.all(
    sql<Row>`SELECT events.id AS event, records.occurrence AS "recurrenceId", events.title AS title, events.kind AS kind,
        ${groups.slug} AS "group", ${groups.name} AS "groupName", substr(meeting_words.minutes, 1, 20000) AS minutes,
        substr(meeting_words.log, max(1, instr(lower(meeting_words.log), ${first}) - ${BEFORE}), ${AROUND}) AS log
      FROM meeting_fts JOIN records ON records.key = meeting_fts.rowid JOIN meeting_words ON meeting_words.key = records.key
        JOIN events ON events.id = records.event_id JOIN ${groups} ON ${groups.id} = events.group_id
      WHERE meeting_fts MATCH ${passageMatches(words).all} AND events.deleted_at IS NULL AND ${groups.deletedAt} IS NULL
        AND ${visibleTo(access)} AND ${group === undefined ? sql`true` : sql`${groups.slug} = ${group}`}
      ORDER BY bm25(meeting_fts, 4.0, 1.0), records.occurrence DESC, records.key LIMIT ${limit} OFFSET ${offset}`,
  )
  return rows.map(({ minutes, log, ...row }) => ({ ...row, excerpt: bestExcerpt([plain(minutes), log], words) }))
}

/** What the database joins of the lists of a record is JSON; who reads sees its words. */
const plain = (text: string): string => text.replace(/[[\]{}"]|"?(title|notes|text|by)":|null/g, ' ')
