import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { findReport, type ReportRow } from './queries.ts'
import type { Section } from './rules.ts'
import { reports } from './tables.ts'

/** Keeps what a person writes into the report of a period, in place of what stood there. Refuses one that is published. */
export async function writeReport(
  deps: Deps,
  groupId: string,
  name: string,
  { title, sections }: { title: string; sections: Section[] },
): Promise<{ ok: true; row: ReportRow } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const row = {
    id: deps.newId(),
    groupId,
    name,
    sections: JSON.stringify(sections),
    title,
    markdown: null,
    data: null,
    previous: null,
    createdAt: now,
    updatedAt: now,
    publishedAt: null,
    changeId,
  }
  await deps.db.batch([
    sql`INSERT INTO ${reports} (${columnNames(reports)}) SELECT ${values(reports, row)} WHERE true
      ON CONFLICT (group_id, name) DO UPDATE SET sections = excluded.sections, title = excluded.title,
        updated_at = excluded.updated_at, change_id = excluded.change_id WHERE published_at IS NULL`,
    recordChange(reports, 'report.written', { changeId, now, groupId, payload: { name } }),
  ])
  const written = await findReport(deps.db, groupId, name)
  return written?.changeId === changeId ? { ok: true, row: written } : refused('report_published')
}
