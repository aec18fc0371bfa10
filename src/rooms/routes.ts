import { createRoute, z } from '@hono/zod-openapi'
import type { Occurrence } from '../events/occurrences.ts'
import type { EventOfGroup } from '../events/queries.ts'
import { eventOr404, eventToOrganize } from '../events/requests.ts'
import { eventOf } from '../events/row.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { may } from '../tokens/access.ts'
import { dateToJoin, findRoom } from './queries.ts'
import { opensAt, roomOf, standingAt } from './rules.ts'
import { JoinInfo, RoomInput } from './schema.ts'
import { putRoom } from './update-room.ts'

const byId = z.object({ id: z.string() })
const byOccurrence = z.object({ occurrence: z.string().optional() })
const security = [{ bearer: [] }]
const path = '/events/{id}/join'

async function answerJoin(c: AppContext, row: EventOfGroup, date: Occurrence): Promise<Response> {
  const event = eventOf(row)
  const room = roomOf(event, date, await findRoom(c.env.db, row.id, date.recurrenceId))
  const standing = room ? standingAt(event, date, room, c.env.now()) : 'none'
  const needsRsvp = event.join?.needsRsvp ?? false
  const isShown = may(c.get('access'), 'guests', row.groupId) || (standing === 'open' && !needsRsvp)
  c.header('Cache-Control', 'no-store')
  return c.json({
    event: row.id,
    recurrenceId: date.recurrenceId,
    standing,
    opens: toIso(opensAt(event, date)),
    needsRsvp,
    room: room && isShown ? { uri: room.uri, name: room.name, dialIn: room.dialIn } : null,
    url: `${c.env.baseUrl}/e/${row.id}/${date.recurrenceId}/join`,
  })
}

export const roomRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path,
      tags: ['Joining'],
      summary: 'Whether one can join now, and where',
      request: { params: byId, query: byOccurrence },
      responses: answers({ 200: JoinInfo }, 404, 410),
    }),
    async (c) => {
      const row = await eventOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const date = dateToJoin(eventOf(row), c.req.valid('query').occurrence, c.env.now())
      return date ? answerJoin(c, row, date) : problem(c, refused('not_found'))
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path,
      tags: ['Joining'],
      summary: 'Lead who joins to another room from now on, or close it; calendars keep the address that they have',
      security,
      request: { params: byId, body: jsonBody(RoomInput) },
      responses: answers({ 200: JoinInfo }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const row = await eventToOrganize(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const { occurrence, closed, ...room } = c.req.valid('json')
      const date = dateToJoin(eventOf(row), occurrence, c.env.now())
      if (!date) return problem(c, invalid({ path: 'occurrence', message: 'is no date of this event' }))
      await putRoom(c.env, row, occurrence === undefined ? '' : date.recurrenceId, { ...room, isClosed: closed })
      return answerJoin(c, row, date)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path,
      tags: ['Joining'],
      summary: 'Lead to the room that the event names again',
      security,
      request: { params: byId, query: byOccurrence },
      responses: answers({ 204: null }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const row = await eventToOrganize(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const { occurrence } = c.req.valid('query')
      const date = dateToJoin(eventOf(row), occurrence, c.env.now())
      if (!date) return problem(c, invalid({ path: 'occurrence', message: 'is no date of this event' }))
      await putRoom(c.env, row, occurrence === undefined ? '' : date.recurrenceId, null)
      return c.body(null, 204)
    },
  )
