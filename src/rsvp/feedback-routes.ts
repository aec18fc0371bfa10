/** What guests said of it afterwards, for organizers. */
import { createRoute, z } from '@hono/zod-openapi'
import { eventToOrganize } from '../events/requests.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { toIso } from '../time/zone.ts'
import { readFeedback } from './feedback.ts'
import { Feedback } from './schema.ts'

export const feedbackRoutes = apiRouter().openapi(
  createRoute({
    method: 'get',
    path: '/events/{id}/feedback',
    tags: ['RSVPs'],
    summary: 'How it was, by its guests',
    security: [{ bearer: [] }],
    request: { params: z.object({ id: z.string() }), query: z.object(pageQuery) },
    responses: answers({ 200: listOf(Feedback) }, 401, 403, 404, 410, 422),
  }),
  async (c) => {
    const event = await eventToOrganize(c, c.req.valid('param').id)
    if (event instanceof Response) return event
    const { limit, cursor } = c.req.valid('query')
    const after = cursor ? String(readCursor(cursor)?.[0]) : null
    const rows = await readFeedback(c.env.db, event.id, limit, after)
    const { items, next } = page(rows, limit, (row) => writeCursor(row.rsvpId))
    return listAnswer(c, {
      items: items.map(({ rsvpId, at, ...row }) => ({ rsvp: rsvpId, ...row, at: toIso(at) })),
      next,
    })
  },
)
