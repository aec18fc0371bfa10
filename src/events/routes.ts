import { createRoute, z } from '@hono/zod-openapi'
import { groupOr404 } from '../groups/routes.ts'
import { apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { jsonWithVersion } from '../http/etag.ts'
import { listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { cancelEvent } from './cancel.ts'
import { checkedEvent, patchedEvent } from './checked.ts'
import { createEvent } from './create.ts'
import { deleteEvent } from './delete.ts'
import { eventJson } from './json.ts'
import { withMovedDates } from './occurrences.ts'
import { answerEvent, answerList, eventOr404, eventToChange, homeOf, listQuery, warningsAfter } from './requests.ts'
import { eventOf } from './row.ts'
import { Cancel, Event, EventPatch, NewEvent } from './schema.ts'
import { updateEvent } from './update.ts'

const byId = z.object({ id: z.string() })
const bySlug = z.object({ slug: z.string() })
const security = [{ bearer: [] }]

export const eventRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/events',
      tags: ['Events'],
      summary: 'List the events of every public group by start',
      request: { query: listQuery },
      responses: answers({ 200: listOf(Event) }, 422),
    }),
    (c) => answerList(c, c.req.valid('query')),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/events',
      tags: ['Events'],
      summary: 'List the events of a group by start',
      request: { params: bySlug, query: listQuery },
      responses: answers({ 200: listOf(Event) }, 404, 410, 422),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      return group instanceof Response ? group : answerList(c, c.req.valid('query'), group.id)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/events',
      tags: ['Events'],
      summary: 'Put an event or a series into the calendar',
      security,
      request: { params: bySlug, body: jsonBody(NewEvent) },
      responses: answers({ 201: Event }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const denied = notAllowed(c, group.id)
      if (denied) return denied
      const row = await createEvent(c.env, group, c.req.valid('json'))
      const warnings = await warningsAfter(c, row)
      const body = { ...eventJson(c.env.baseUrl, { ...row, slug: group.slug }, []), warnings }
      return jsonWithVersion(c, body, row.changeId, 201, { Location: `/api/v1/events/${row.id}` })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}',
      tags: ['Events'],
      summary: 'Read an event or a series',
      request: { params: byId },
      responses: answers({ 200: Event }, 404, 410),
    }),
    async (c) => {
      const row = await eventOr404(c, c.req.valid('param').id)
      return row instanceof Response ? row : answerEvent(c, row)
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/events/{id}',
      tags: ['Events'],
      summary: 'Change some members of an event (JSON Merge Patch)',
      security,
      request: { params: byId, body: jsonBody(EventPatch) },
      responses: answers({ 200: Event }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const row = await eventToChange(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const checked = checkedEvent(patchedEvent(eventOf(row), c.req.valid('json')))
      if (!checked.ok) return problem(c, checked)
      const after = withMovedDates(eventOf(row), checked.event)
      const whole = after === checked.event ? checked : checkedEvent(after)
      if (!whole.ok) return problem(c, whole)
      const outcome = await updateEvent(c.env, homeOf(row), row, whole.event)
      if (!outcome.ok) return problem(c, outcome)
      return answerEvent(c, { ...row, ...outcome.row }, await warningsAfter(c, outcome.row))
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/events/{id}',
      tags: ['Events'],
      summary: 'Delete an event; to call it off, cancel it',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 403, 404, 410, 412),
    }),
    async (c) => {
      const row = await eventToChange(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const outcome = await deleteEvent(c.env, homeOf(row), row)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/cancel',
      tags: ['Events'],
      summary: 'Call an event or a whole series off',
      security,
      request: { params: byId, body: jsonBody(Cancel) },
      responses: answers({ 200: Event }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const row = await eventToChange(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const outcome = await cancelEvent(c.env, homeOf(row), row, c.req.valid('json').reason)
      return outcome.ok ? answerEvent(c, { ...row, ...outcome.row }) : problem(c, outcome)
    },
  )
