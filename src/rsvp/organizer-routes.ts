/** What organizers do with answers: approve, move, cancel with a reason, see who changed what. */
import { createRoute, z } from '@hono/zod-openapi'
import { eventToOrganize } from '../events/requests.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { jsonWithVersion } from '../http/etag.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { historyJson, rsvpJson } from './json.ts'
import { moveRsvp } from './move.ts'
import { readHistory } from './queries.ts'
import { changeToCurrent, rsvpForOrganizer } from './requests.ts'
import { Decision, HistoryEntry, Move, Rsvp } from './schema.ts'

const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]

export const rsvpOrganizerRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/rsvps/{id}/approve',
      tags: ['RSVPs'],
      summary: 'Approve an answer that waits for it: it gets a seat, or a place in line',
      security,
      request: { params: byId, body: jsonBody(Decision) },
      responses: answers({ 200: Rsvp }, 401, 403, 404, 409, 422),
    }),
    async (c) => {
      const found = await rsvpForOrganizer(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const { rsvp, event } = found
      if (rsvp.place !== 'pending') return problem(c, refused('not_pending'))
      if (event.rsvpConfirmation === 'email' && rsvp.confirmedAt === null) return problem(c, refused('not_confirmed'))
      const changer = { isOrganizer: true, approves: true, reason: c.req.valid('json').reason }
      const outcome = await changeToCurrent(c, found, {}, changer, false)
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/rsvps/{id}/cancel',
      tags: ['RSVPs'],
      summary: 'Cancel an answer with a reason, which its guest is told',
      security,
      request: { params: byId, body: jsonBody(Decision) },
      responses: answers({ 200: Rsvp }, 401, 403, 404, 409, 422),
    }),
    async (c) => {
      const found = await rsvpForOrganizer(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const changer = { isOrganizer: true, reason: c.req.valid('json').reason }
      const outcome = await changeToCurrent(c, found, { response: 'declined' }, changer)
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/rsvps/{id}/move',
      tags: ['RSVPs'],
      summary: 'Move a guest to a seat, whatever the capacity says, or to the end of the line',
      security,
      request: { params: byId, body: jsonBody(Move) },
      responses: answers({ 200: Rsvp }, 401, 403, 404, 409, 412, 422),
    }),
    async (c) => {
      const found = await rsvpForOrganizer(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const outcome = await moveRsvp(c.env, found.rsvp, found.event, c.req.valid('json'))
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/rsvps/history',
      tags: ['RSVPs'],
      summary: 'What happened to the answers, the newest first: who answered, was promoted or moved, when and why',
      security,
      request: { params: byId, query: z.object(pageQuery) },
      responses: answers({ 200: listOf(HistoryEntry) }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const { limit, cursor } = c.req.valid('query')
      const [at, id] = cursor ? (readCursor(cursor) ?? []) : []
      const before = cursor ? { before: { at: Number(at), id: String(id) } } : {}
      const rows = await readHistory(c.env.db, { eventId: event.id, limit, ...before })
      const { items, next } = page(rows, limit, (row) => writeCursor(row.at, row.id))
      return listAnswer(c, { items: items.map(historyJson), next })
    },
  )
