import { createRoute, z } from '@hono/zod-openapi'
import { findGroup } from '../groups/queries.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { problem } from '../http/problem.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { reportJson } from './json.ts'
import { reportMarkdown } from './markdown.ts'
import { makeReport } from './report.ts'
import { DAYS_MAX, daysIn, type Period, quarterOf } from './rules.ts'
import { Report, ReportQuery } from './schema.ts'

/** The period that was asked for: a quarter, or the days from one to another. */
function periodOf({ quarter, from, to }: z.output<typeof ReportQuery>): Period | Refused {
  if (quarter !== undefined) {
    if (from !== undefined || to !== undefined)
      return invalid({ path: 'quarter', message: 'cannot stand beside from and to' })
    return quarterOf(quarter) ?? invalid({ path: 'quarter', message: 'must be a quarter, such as 2022Q4' })
  }
  if (from === undefined) return invalid({ path: 'from', message: 'must be given where no quarter is' })
  if (to === undefined) return invalid({ path: 'to', message: 'must be given where no quarter is' })
  if (to < from) return invalid({ path: 'to', message: 'must not be before from' })
  const period = { quarter: null, from, to }
  return daysIn(period) <= DAYS_MAX
    ? period
    : invalid({ path: 'to', message: `must be at most ${DAYS_MAX} days after from` })
}

export const reportRoutes = apiRouter().openapi(
  createRoute({
    method: 'get',
    path: '/groups/{slug}/report',
    tags: ['Groups'],
    summary:
      'What a group did in a quarter, or from one day to another; as Markdown where Accept asks for text/markdown',
    request: { params: z.object({ slug: z.string() }), query: ReportQuery },
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
    const group = await findGroup(db, c.req.valid('param').slug, c.get('access'))
    if (!group) return problem(c, refused('not_found'))
    if (group.deletedAt !== null) return problem(c, refused('gone'))
    const period = periodOf(c.req.valid('query'))
    if ('reason' in period) return problem(c, period)
    const report = await makeReport(db, c.get('access'), group, period, now())
    c.header('Vary', 'Accept')
    if (!c.req.header('Accept')?.includes('text/markdown')) return c.json(reportJson(baseUrl, report), 200)
    return c.body(reportMarkdown(baseUrl, report), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
  },
)
