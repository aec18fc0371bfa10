import { createRoute, z } from '@hono/zod-openapi'
import { eventToChange } from '../events/requests.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { expectedVersion, jsonWithVersion } from '../http/etag.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { preferredLanguage } from '../languages/index.ts'
import { refused } from '../outcome.ts'
import { eraseGuest } from './erase.ts'
import { CHECK_YOUR_MAIL, rsvpJson, rsvpMadeJson } from './json.ts'
import { readRsvps } from './queries.ts'
import { changerOf, changeToCurrent, exportOf, respondTo, rsvpForCaller } from './requests.ts'
import { CheckYourMail, Exported, NewRsvp, Rsvp, RsvpPatch, rsvpQuery } from './schema.ts'

const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]

export const rsvpRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/rsvps',
      tags: ['RSVPs'],
      summary: 'Answer an event',
      request: { params: byId, body: jsonBody(NewRsvp) },
      responses: answers({ 201: Rsvp, 202: CheckYourMail }, 403, 404, 409, 410, 422),
    }),
    async (c) => {
      const language = preferredLanguage(c.req.header('Accept-Language'))
      const answer = { language, ...c.req.valid('json') }
      const outcome = await respondTo(c.env, c.get('access'), c.req.valid('param').id, answer)
      if (!outcome.ok) return problem(c, outcome)
      // With confirmation by mail a first answer looks like a repeated one, so that nobody learns who is coming.
      if (!outcome.isNew || outcome.isUnconfirmed) return c.json(CHECK_YOUR_MAIL, 202)
      const body = rsvpMadeJson(c.env.baseUrl, outcome.rsvp, outcome.manageToken)
      return jsonWithVersion(c, body, outcome.rsvp.changeId, 201, {
        Location: `/api/v1/rsvps/${outcome.rsvp.id}`,
        'Cache-Control': 'no-store',
      })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/rsvps',
      tags: ['RSVPs'],
      summary: 'List the answers to an event',
      security,
      request: { params: byId, query: z.object({ ...pageQuery, ...rsvpQuery }) },
      responses: answers({ 200: listOf(Rsvp) }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventToChange(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const { limit, cursor, ...filter } = c.req.valid('query')
      const after = cursor ? String(readCursor(cursor)?.[0]) : null
      const { items, next } = page(await readRsvps(c.env.db, event.id, filter, limit, after), limit, (row) =>
        writeCursor(row.id),
      )
      return listAnswer(c, { items: items.map(rsvpJson), next })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/rsvps/{id}',
      tags: ['RSVPs'],
      summary: "Read an answer, with its guest's manage token or an organizer's",
      security,
      request: { params: byId },
      responses: answers({ 200: Rsvp }, 401, 404),
    }),
    async (c) => {
      const found = await rsvpForCaller(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      c.header('Cache-Control', 'no-store')
      return jsonWithVersion(c, rsvpJson(found.rsvp), found.rsvp.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/rsvps/{id}',
      tags: ['RSVPs'],
      summary: 'Change an answer',
      security,
      request: { params: byId, body: jsonBody(RsvpPatch) },
      responses: answers({ 200: Rsvp }, 401, 404, 409, 412, 422),
    }),
    async (c) => {
      const found = await rsvpForCaller(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const expected = expectedVersion(c)
      if (expected !== undefined && expected !== found.rsvp.changeId) return problem(c, refused('stale'))
      const outcome = await changeToCurrent(c, found, c.req.valid('json'), changerOf(c, found), expected === undefined)
      if (!outcome.ok) return problem(c, outcome)
      return jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/rsvps/{id}',
      tags: ['RSVPs'],
      summary: 'Cancel an answer: the guest is not coming, and the place goes to the first in line',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 404, 409, 412),
    }),
    async (c) => {
      const found = await rsvpForCaller(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const outcome = await changeToCurrent(c, found, { response: 'declined' }, changerOf(c, found))
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/rsvps/{id}/confirm',
      tags: ['RSVPs'],
      summary: "Confirm an answer, with its guest's manage token from the mail",
      security,
      request: { params: byId },
      responses: answers({ 200: Rsvp }, 401, 404, 409, 422),
    }),
    async (c) => {
      const found = await rsvpForCaller(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const outcome = await changeToCurrent(c, found, {}, changerOf(c, found))
      if (!outcome.ok) return problem(c, outcome)
      return jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/rsvps/{id}/export',
      tags: ['RSVPs'],
      summary: "All that is kept of a guest at an event, with the guest's manage token",
      security,
      request: { params: byId },
      responses: answers({ 200: Exported }, 401, 404),
    }),
    async (c) => {
      const found = await rsvpForCaller(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      c.header('Cache-Control', 'no-store')
      return c.json(await exportOf(c.env.db, found))
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/rsvps/{id}/erase',
      tags: ['RSVPs'],
      summary: 'Erase a guest from an event: nothing names them any more, and their places go to those in line',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 404),
    }),
    async (c) => {
      const found = await rsvpForCaller(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      await eraseGuest(c.env, found.rsvp, found.event)
      return c.body(null, 204)
    },
  )
