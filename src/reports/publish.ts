import { sql } from 'drizzle-orm'
import { isNewer } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { findReport, type ReportRow } from './queries.ts'
import { reports } from './tables.ts'

/** A report as it is to stay. */
export type Frozen = {
  name: string
  /** What was written into it so far, as it was read. */
  draft: ReportRow | undefined
  markdown: string
  data: object
  previous: string | null
}

/** Freezes a report and puts it into the group's feed. Refuses one that is published, and `stale` where somebody wrote into it meanwhile. */
export async function publishReport(
  deps: Deps,
  groupId: string,
  { name, draft, markdown, data, previous }: Frozen,
): Promise<{ ok: true; row: ReportRow } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const row = {
    id: draft?.id ?? deps.newId(),
    groupId,
    name,
    sections: draft?.sections ?? '[]',
    title: draft?.title ?? '',
    markdown,
    data: JSON.stringify(data),
    previous,
    createdAt: draft?.createdAt ?? now,
    updatedAt: now,
    publishedAt: now,
    changeId,
  }
  const isMine = sql`EXISTS (SELECT 1 FROM ${reports} WHERE id = ${row.id} AND change_id = ${changeId})`
  await deps.db.batch([
    sql`INSERT INTO ${reports} (${columnNames(reports)}) SELECT ${values(reports, row)} WHERE true
      ON CONFLICT (group_id, name) DO UPDATE SET markdown = excluded.markdown, data = excluded.data, previous = excluded.previous,
        updated_at = excluded.updated_at, published_at = excluded.published_at, change_id = excluded.change_id
      WHERE published_at IS NULL AND change_id = ${draft?.changeId ?? ''}`,
    recordChange(reports, 'report.published', { changeId, now, groupId, payload: { name } }),
    sql`INSERT INTO feed_versions (feed, version, updated_at)
      SELECT 'g/' || slug, ${changeId}, ${now} FROM groups
      WHERE id = ${groupId} AND visibility = 'public' AND deleted_at IS NULL AND ${isMine} ${isNewer}`,
  ])
  const stored = await findReport(deps.db, groupId, name)
  if (stored?.changeId === changeId) return { ok: true, row: stored }
  return refused(stored?.publishedAt ? 'report_published' : 'stale')
}
