import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { conferenceOr404 } from '../talks/requests.ts'
import { toIso } from '../time/zone.ts'
import { findVersion, readChanges, readVersions, type VersionRow } from './queries.ts'
import { ScheduleChange, ScheduleVersion } from './schema.ts'

const versionJson = (
  baseUrl: string,
  slug: string,
  { number, at, format, sourceVersion, ...changelog }: VersionRow,
) => ({
  number,
  at: toIso(at),
  format,
  sourceVersion,
  changelog,
  url: `${baseUrl}/api/v1/conferences/${slug}/versions/${number}`,
})

/** The number that a cursor of one of these lists holds. */
const placeOf = (cursor: string | undefined): number | undefined => {
  const [place] = cursor ? (readCursor(cursor) ?? []) : []
  return typeof place === 'number' ? place : undefined
}

export const versionRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/conferences/{slug}/versions',
      tags: ['Conferences'],
      summary: 'The versions of a schedule, the newest first: each import that changed something',
      request: { params: z.object({ slug: z.string() }), query: z.object(pageQuery) },
      responses: answers({ 200: listOf(ScheduleVersion) }, 404, 410, 422),
    }),
    async (c) => {
      const conference = await conferenceOr404(c, c.req.valid('param').slug)
      if (conference instanceof Response) return conference
      const { limit, cursor } = c.req.valid('query')
      const rows = await readVersions(c.env.db, conference.id, limit, placeOf(cursor))
      const { items, next } = page(rows, limit, ({ number }) => writeCursor(number))
      return listAnswer(c, { items: items.map((row) => versionJson(c.env.baseUrl, conference.slug, row)), next })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/conferences/{slug}/versions/{number}',
      tags: ['Conferences'],
      summary: 'What a version of a schedule changed: added, moved, changed, cancelled, restored',
      description: 'Of the first version there are only the counts: everything in it is new.',
      request: {
        params: z.object({ slug: z.string(), number: z.coerce.number().int().min(1) }),
        query: z.object(pageQuery),
      },
      responses: answers({ 200: listOf(ScheduleChange) }, 404, 410, 422),
    }),
    async (c) => {
      const { slug, number } = c.req.valid('param')
      const conference = await conferenceOr404(c, slug)
      if (conference instanceof Response) return conference
      const version = await findVersion(c.env.db, conference.id, number)
      if (!version) return problem(c, refused('not_found'))
      const { limit, cursor } = c.req.valid('query')
      const rows = await readChanges(c.env.db, c.get('access'), conference.id, number, limit, placeOf(cursor))
      const { items, next } = page(rows, limit, ({ place }) => writeCursor(place))
      const changes = items.map(({ kind, slug: talk, detail }) => ({ kind, talk, ...JSON.parse(detail) }))
      return listAnswer(c, { items: changes, next })
    },
  )
