/** Texts to announce things with: on a mailing list, in chat, on Mastodon, in a forum. */
import { createRoute, z } from '@hono/zod-openapi'
import { eventOr404 } from '../events/requests.ts'
import { findGroup } from '../groups/queries.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { findReport } from '../reports/queries.ts'
import { dateOf, newsOfEvent, newsOfReport } from './news.ts'
import { placeNames, places } from './places/index.ts'
import type { News } from './places/place.ts'
import { Announcement, AnnouncementQuery } from './schema.ts'

const textsOf = (news: News, wanted: (typeof placeNames)[number] | undefined) =>
  placeNames
    .filter((name) => wanted === undefined || name === wanted)
    .map((name) => {
      const { label, type, subject, text } = places[name]
      return { place: name, label, type, subject: subject(news), text: text(news) }
    })

export const announcementRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/announcement',
      tags: ['Announcements'],
      summary: 'An event, a change of it or a reminder, as texts that are ready for each place',
      request: { params: z.object({ id: z.string() }), query: AnnouncementQuery },
      responses: answers({ 200: listOf(Announcement) }, 404, 410, 422),
    }),
    async (c) => {
      const row = await eventOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const { place, occasion, occurrence } = c.req.valid('query')
      const date = dateOf(row, occurrence, c.env.now())
      if (!date) return problem(c, invalid({ path: 'occurrence', message: 'is no date of this event' }))
      return c.json({ items: textsOf(newsOfEvent(c.env.baseUrl, row, date, occasion), place), next: null }, 200)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/reports/{name}/announcement',
      tags: ['Announcements'],
      summary: 'A published report as texts that are ready for each place',
      request: {
        params: z.object({ slug: z.string(), name: z.string() }),
        query: AnnouncementQuery.pick({ place: true }),
      },
      responses: answers({ 200: listOf(Announcement) }, 404, 410, 422),
    }),
    async (c) => {
      const { slug, name } = c.req.valid('param')
      const group = await findGroup(c.env.db, slug, c.get('access'))
      if (!group) return problem(c, refused('not_found'))
      if (group.deletedAt !== null) return problem(c, refused('gone'))
      const report = await findReport(c.env.db, group.id, name)
      if (!report?.publishedAt) return problem(c, refused('not_found'))
      return c.json(
        { items: textsOf(newsOfReport(c.env.baseUrl, group, report), c.req.valid('query').place), next: null },
        200,
      )
    },
  )
