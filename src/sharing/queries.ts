/** The public pages there are, for search engines: each noun's, in the order in which they were made. */
import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { events } from '../events/tables.ts'
import { groups } from '../groups/tables.ts'
import { conferences, speakers, talkSpeakers, talks } from '../talks/tables.ts'

/** Five parts: D1 takes no more in one compound statement. */
const PAGES = sql`
  SELECT 1 AS noun, id, '/g/' || slug AS path, updated_at AS updated FROM ${groups}
    WHERE visibility = 'public' AND deleted_at IS NULL
  UNION ALL SELECT 2, ${events.id}, '/e/' || ${events.id}, ${events.updatedAt} FROM ${events}
    JOIN ${groups} ON ${groups.id} = ${events.groupId}
    WHERE ${events.deletedAt} IS NULL AND ${groups.visibility} = 'public' AND ${groups.deletedAt} IS NULL
  UNION ALL SELECT 3, ${conferences.id}, '/conferences/' || ${conferences.slug}, ${conferences.updatedAt} FROM ${conferences}
    LEFT JOIN ${groups} ON ${groups.id} = ${conferences.groupId}
    WHERE ${conferences.deletedAt} IS NULL
      AND (${conferences.groupId} IS NULL OR (${groups.visibility} = 'public' AND ${groups.deletedAt} IS NULL))
  UNION ALL SELECT 4, id, '/talks/' || slug, updated_at FROM ${talks} WHERE is_public = 1
  UNION ALL SELECT 5, id, '/speakers/' || slug, updated_at FROM ${speakers} WHERE EXISTS (
    SELECT 1 FROM ${talkSpeakers} JOIN ${talks} ON ${talks.id} = ${talkSpeakers.talkId}
    WHERE ${talkSpeakers.speakerId} = ${speakers.id} AND ${talks.isPublic} = 1)`

export type Part = { part: number; updated: number }
export type Page = { path: string; updated: number }

/** The parts in which the pages come, each with when something in it last changed. */
export const readParts = (db: Db, size: number): Promise<Part[]> =>
  db.all(
    sql<Part>`SELECT CAST(at / ${size} AS INTEGER) AS part, max(updated) AS updated FROM (
        SELECT row_number() OVER (ORDER BY noun, id) - 1 AS at, updated FROM (${PAGES}))
      GROUP BY part ORDER BY part`,
  )

export const readPages = (db: Db, part: number, size: number): Promise<Page[]> =>
  db.all(sql<Page>`SELECT path, updated FROM (${PAGES}) ORDER BY noun, id LIMIT ${size} OFFSET ${part * size}`)
