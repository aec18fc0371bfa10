/** Who was there: check-in, its undo, who came without an answer, and the links for those who stand at the door. */
import { createRoute, z } from '@hono/zod-openapi'
import { eventToOrganize } from '../events/requests.ts'
import type { EventRow } from '../events/row.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { jsonWithVersion } from '../http/etag.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { checkIn, undoCheckIn } from './check-in.ts'
import { createDoor, type DoorLink, doorEndsAt, readDoors, revokeDoor } from './door.ts'
import { rsvpJson } from './json.ts'
import { rsvpForOrganizer } from './requests.ts'
import { CheckIn, Door, NewDoor, Rsvp, recurrenceId, WalkIn } from './schema.ts'
import { walkIn } from './walk-in.ts'

const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]

function doorJson(row: EventRow, door: DoorLink) {
  const { id, name, occurrence, createdAt } = door
  const endsAt = doorEndsAt(door, row)
  const until = endsAt === null ? null : toIso(endsAt)
  return { id, name, occurrence: occurrence === '' ? null : occurrence, created: toIso(createdAt), until }
}

export const doorRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/rsvps/{id}/check-in',
      tags: ['Door'],
      summary: 'Note that a guest is there, at the venue or from elsewhere; who has no seat gets one',
      security,
      request: { params: byId, body: { content: { 'application/json': { schema: CheckIn } }, required: false } },
      responses: answers({ 200: Rsvp }, 401, 403, 404, 409, 412, 422),
    }),
    async (c) => {
      const found = await rsvpForOrganizer(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const arrival = c.req.header('Content-Type') ? c.req.valid('json') : {}
      const outcome = await checkIn(c.env, found.rsvp, found.event, arrival)
      return outcome.ok ? jsonWithVersion(c, rsvpJson(outcome.rsvp), outcome.rsvp.changeId) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/rsvps/{id}/check-in',
      tags: ['Door'],
      summary: 'Take a check-in back; who was let in without a seat is where they were before',
      security,
      request: { params: byId, query: z.object({ occurrence: recurrenceId.optional() }) },
      responses: answers({ 200: Rsvp }, 401, 403, 404, 412, 422),
    }),
    async (c) => {
      const found = await rsvpForOrganizer(c, c.req.valid('param').id)
      if (!found.ok) return problem(c, found)
      const outcome = await undoCheckIn(c.env, found.rsvp, found.event, c.req.valid('query'))
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
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/door',
      tags: ['Door'],
      summary: 'Make a link with which guests are checked in, without an account, until a day after; it is shown once',
      security,
      request: { params: byId, body: { content: { 'application/json': { schema: NewDoor } }, required: false } },
      responses: answers({ 201: Door }, 401, 403, 404, 409, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const made = await createDoor(
        c.env,
        event,
        c.req.header('Content-Type') ? c.req.valid('json') : NewDoor.parse({}),
      )
      if (!made.ok) return problem(c, made)
      const url = `${c.env.baseUrl}/door/${made.token}`
      return c.json({ ...doorJson(event, made.door), token: made.token, url }, 201, { 'Cache-Control': 'no-store' })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/door',
      tags: ['Door'],
      summary: 'List the live door links of an event',
      security,
      request: { params: byId, query: z.object(pageQuery) },
      responses: answers({ 200: listOf(Door) }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const { limit, cursor } = c.req.valid('query')
      const rows = await readDoors(c.env.db, event.id, limit, cursor ? String(readCursor(cursor)?.[0]) : '')
      const { items, next } = page(rows, limit, (row) => writeCursor(row.id))
      return listAnswer(c, { items: items.map((door) => doorJson(event, door)), next })
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/events/{id}/door/{door}',
      tags: ['Door'],
      summary: 'Take a door link back; who was checked in with it stays so',
      security,
      request: { params: byId.extend({ door: z.string() }) },
      responses: answers({ 204: null }, 401, 403, 404, 410),
    }),
    async (c) => {
      const { id, door } = c.req.valid('param')
      const event = await eventToOrganize(c, id)
      if (event instanceof Response) return event
      return (await revokeDoor(c.env, event, door)) ? c.body(null, 204) : problem(c, refused('not_found'))
    },
  )
