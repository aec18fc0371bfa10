/** Reports: made of what happened, written into by people, published once. */
import { createRoute, z } from '@hono/zod-openapi'
import { findGroup, type GroupRow } from '../groups/queries.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listAnswer, listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { may } from '../tokens/access.ts'
import { reportJson } from './json.ts'
import { reportMarkdown } from './markdown.ts'
import { findReport, type ReportRow, readReports } from './queries.ts'
import { makeReport } from './report.ts'
import { publishPeriod } from './requests.ts'
import { faultOfRange, nameOf, type Period, periodNamed, quarterOf, type Section } from './rules.ts'
import { Report, ReportInput, ReportQuery, WrittenReport } from './schema.ts'
import { writeReport } from './update-report.ts'

/** The period that was asked for: a quarter, or the days from one to another. */
function periodOf({ quarter, from, to }: z.output<typeof ReportQuery>): Period | Refused {
  if (quarter !== undefined) {
    if (from !== undefined || to !== undefined)
      return invalid({ path: 'quarter', message: 'cannot stand beside from and to' })
    return quarterOf(quarter) ?? invalid({ path: 'quarter', message: 'must be a quarter, such as 2022Q4' })
  }
  if (from === undefined) return invalid({ path: 'from', message: 'must be given where no quarter is' })
  if (to === undefined) return invalid({ path: 'to', message: 'must be given where no quarter is' })
  const fault = faultOfRange({ from, to })
  return fault ? invalid(fault) : { quarter: null, from, to }
}

async function groupOf(c: AppContext, slug: string): Promise<GroupRow | Response> {
  const group = await findGroup(c.env.db, slug, c.get('access'))
  if (!group) return problem(c, refused('not_found'))
  return group.deletedAt === null ? group : problem(c, refused('gone'))
}

/** The group and the period of an address, for who may write into its report. */
async function toWrite(c: AppContext, { slug, name }: { slug: string; name: string }) {
  const group = await groupOf(c, slug)
  if (group instanceof Response) return group
  const refusal = notAllowed(c, group.id)
  if (refusal) return refusal
  const period = periodNamed(name)
  return period ? { group, period } : problem(c, refused('not_found', 'There is no such period.'))
}

const writtenJson = (baseUrl: string, slug: string, row: ReportRow) => ({
  name: row.name,
  title: row.title,
  sections: JSON.parse(row.sections) as Section[],
  previous: row.previous,
  published: row.publishedAt === null ? null : toIso(row.publishedAt),
  markdown: row.markdown,
  report: row.data === null ? null : (JSON.parse(row.data) as z.infer<typeof Report>),
  url: `${baseUrl}/g/${slug}/reports/${row.name}`,
})

const bySlug = z.object({ slug: z.string() })
const byName = z.object({ slug: z.string(), name: z.string().openapi({ example: '2022Q4' }) })
const security = [{ bearer: [] }]

export const reportRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/report',
      tags: ['Reports'],
      summary:
        'What a group did in a quarter, or from one day to another; as Markdown where Accept asks for text/markdown; browsers are led to the page',
      request: { params: bySlug, query: ReportQuery },
      responses: {
        ...answers({}, 404, 410, 422),
        200: {
          description: 'The report',
          content: { 'application/json': { schema: Report }, 'text/markdown': { schema: z.string() } },
        },
      },
    }),
    async (c) => {
      const { db, now, baseUrl } = c.env
      const group = await groupOf(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const period = periodOf(c.req.valid('query'))
      if ('reason' in period) return problem(c, period)
      c.header('Vary', 'Accept')
      // A browser that comes here wants the page.
      if (/^text\/html\b/.test(c.req.header('Accept') ?? ''))
        return c.redirect(`/g/${group.slug}/reports/${nameOf(period)}`, 303)
      const report = await makeReport(db, c.get('access'), group, period, now())
      if (!c.req.header('Accept')?.includes('text/markdown')) return c.json(reportJson(baseUrl, report), 200)
      // Nobody but its writers sees what is written into a report before it is published.
      const written = may(c.get('access'), 'events', group.id)
        ? await findReport(db, group.id, nameOf(period))
        : undefined
      const text = reportMarkdown(baseUrl, report, {
        title: written?.title ?? '',
        sections: JSON.parse(written?.sections ?? '[]') as Section[],
        previous: written?.previous ?? null,
        template: group.reportTemplate,
      })
      return c.body(text, 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/reports',
      tags: ['Reports'],
      summary: 'The reports that were published, the latest first; for organizers also those that are being written',
      request: { params: bySlug },
      responses: answers({ 200: listOf(WrittenReport) }, 404, 410),
    }),
    async (c) => {
      const { slug } = c.req.valid('param')
      const group = await groupOf(c, slug)
      if (group instanceof Response) return group
      const rows = await readReports(c.env.db, group.id, may(c.get('access'), 'events', group.id))
      const items = rows.map((row) => ({ ...writtenJson(c.env.baseUrl, slug, row), markdown: null, report: null }))
      return listAnswer(c, { items, next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/reports/{name}',
      tags: ['Reports'],
      summary: 'A report as it was published, or what has been written into it',
      request: { params: byName },
      responses: answers({ 200: WrittenReport }, 404, 410),
    }),
    async (c) => {
      const { slug, name } = c.req.valid('param')
      const group = await groupOf(c, slug)
      if (group instanceof Response) return group
      const row = await findReport(c.env.db, group.id, name)
      const isShown = row && (row.publishedAt !== null || may(c.get('access'), 'events', group.id))
      return isShown ? c.json(writtenJson(c.env.baseUrl, slug, row), 200) : problem(c, refused('not_found'))
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/groups/{slug}/reports/{name}',
      tags: ['Reports'],
      summary: 'Write what only a person can: a title and sections, until the report is published',
      security,
      request: { params: byName, body: jsonBody(ReportInput) },
      responses: answers({ 200: WrittenReport }, 401, 403, 404, 409, 410, 422),
    }),
    async (c) => {
      const { slug } = c.req.valid('param')
      const at = await toWrite(c, c.req.valid('param'))
      if (at instanceof Response) return at
      const outcome = await writeReport(c.env, at.group.id, nameOf(at.period), c.req.valid('json'))
      return outcome.ok ? c.json(writtenJson(c.env.baseUrl, slug, outcome.row), 200) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/reports/{name}/publish',
      tags: ['Reports'],
      summary: 'Freeze a report under its address and put it into the feed of the group',
      security,
      request: { params: byName },
      responses: answers({ 200: WrittenReport }, 401, 403, 404, 409, 410, 422),
    }),
    async (c) => {
      const { slug } = c.req.valid('param')
      const at = await toWrite(c, c.req.valid('param'))
      if (at instanceof Response) return at
      const outcome = await publishPeriod(c.env, at.group, at.period)
      return outcome.ok ? c.json(writtenJson(c.env.baseUrl, slug, outcome.row), 200) : problem(c, outcome)
    },
  )
