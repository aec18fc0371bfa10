/** Publishing a report: what it says is settled by what everybody may see at that moment. */
import type { Deps } from '../deps.ts'
import type { GroupRow } from '../groups/queries.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { toLocal } from '../time/zone.ts'
import { type Access, anonymous } from '../tokens/access.ts'
import { reportJson } from './json.ts'
import { reportMarkdown } from './markdown.ts'
import { publishReport } from './publish.ts'
import { findReport, type ReportRow, readReports } from './queries.ts'
import { makeReport } from './report.ts'
import { nameOf, type Period, type Section } from './rules.ts'

/** Freezes the report of a period with what was written into it, and links the one before. Refuses a period that is not over. */
export async function publishPeriod(
  deps: Deps,
  group: GroupRow,
  period: Period,
): Promise<{ ok: true; row: ReportRow } | Refused> {
  const now = deps.now()
  if (period.to >= toLocal(now, group.timeZone).slice(0, 10))
    return invalid({ path: 'name', message: `must be over: it ends on ${period.to}` })
  const name = nameOf(period)
  const draft = await findReport(deps.db, group.id, name)
  if (draft?.publishedAt) return refused('report_published')
  const access: Access = group.visibility === 'public' ? anonymous : { kind: 'everything' }
  const report = await makeReport(deps.db, access, group, period, now)
  const published = await readReports(deps.db, group.id, false)
  const previous = published.find((one) => one.name < name)?.name ?? null
  const markdown = reportMarkdown(deps.baseUrl, report, {
    title: draft?.title ?? '',
    sections: JSON.parse(draft?.sections ?? '[]') as Section[],
    previous,
    template: group.reportTemplate,
  })
  return publishReport(deps, group.id, { name, draft, markdown, data: reportJson(deps.baseUrl, report), previous })
}
