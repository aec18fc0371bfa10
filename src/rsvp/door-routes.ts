/** Who was there: check-in, its undo, and who came without an answer. */
import { createRoute, z } from '@hono/zod-openapi'
import { eventToOrganize } from '../events/requests.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { jsonWithVersion } from '../http/etag.ts'
import { problem } from '../http/problem.ts'
import { checkIn, undoCheckIn, walkIn } from './check-in.ts'
import { rsvpJson } from './json.ts'
import { rsvpForOrganizer } from './requests.ts'
import { CheckIn, Rsvp, WalkIn } from './schema.ts'

const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]

export const doorRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/rsvps/{id}/check-in',
      tags: ['Door'],
      summary: 'Note that a guest is there, at the venue or from elsewhere',
      security,
      request: { params: byId, body: { content: { 'application/json': { schema: CheckIn } }, required: false } },
      responses: answers({ 200: Rsvp }, 401, 403, 404, 409, 422),
    }),
    async (c) => {
      const found = await rsvpForOrganizer(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const { attendance } = c.req.header('Content-Type') ? c.req.valid('json') : {}
      const outcome = await checkIn(c.env, found.rsvp, found.event.groupId, attendance)
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/rsvps/{id}/check-in',
      tags: ['Door'],
      summary: 'Take a check-in back',
      security,
      request: { params: byId },
      responses: answers({ 200: Rsvp }, 401, 403, 404),
    }),
    async (c) => {
      const found = await rsvpForOrganizer(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const outcome = await undoCheckIn(c.env, found.rsvp, found.event.groupId)
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/walk-ins',
      tags: ['Door'],
      summary: 'Note somebody who came without an answer; who has answered with that address is checked in',
      security,
      request: { params: byId, body: jsonBody(WalkIn) },
      responses: answers({ 201: Rsvp }, 401, 403, 404, 409, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const outcome = await walkIn(c.env, event, c.req.valid('json'))
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId, 201) : problem(c, outcome)
    },
  )
