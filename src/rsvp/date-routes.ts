/** Single dates of a series for who has answered for all of them. */
import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { jsonWithVersion } from '../http/etag.ts'
import { problem } from '../http/problem.ts'
import { answerDate, takeBackDate } from './change-date.ts'
import { rsvpJson } from './json.ts'
import { dateToCurrent, rsvpForCaller } from './requests.ts'
import { Rsvp, RsvpPatch, recurrenceId } from './schema.ts'

const byDate = z.object({ id: z.string(), recurrenceId })
const security = [{ bearer: [] }]

export const dateRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'put',
      path: '/rsvps/{id}/dates/{recurrenceId}',
      tags: ['RSVPs'],
      summary: 'Skip one date, or answer it otherwise, with the manage token of the answer to all dates',
      security,
      request: { params: byDate, body: jsonBody(RsvpPatch) },
      responses: answers({ 200: Rsvp }, 401, 404, 409, 422),
    }),
    async (c) => {
      const { id, recurrenceId: date } = c.req.valid('param')
      const found = await rsvpForCaller(c, id)
      if (!found.ok) return problem(c, found)
      const patch = c.req.valid('json')
      const outcome = await dateToCurrent(c, found, date, (...at) => answerDate(c.env, ...at, patch))
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/rsvps/{id}/dates/{recurrenceId}',
      tags: ['RSVPs'],
      summary: 'Take the answer to one date back: the one to all dates holds for it again, or a place in line',
      security,
      request: { params: byDate },
      responses: answers({ 200: Rsvp }, 401, 404, 409, 422),
    }),
    async (c) => {
      const { id, recurrenceId: date } = c.req.valid('param')
      const found = await rsvpForCaller(c, id)
      if (!found.ok) return problem(c, found)
      const outcome = await dateToCurrent(c, found, date, (...at) => takeBackDate(c.env, ...at))
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId) : problem(c, outcome)
    },
  )
