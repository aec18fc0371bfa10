import { createRoute, z } from '@hono/zod-openapi'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { instant } from '../http/fields.ts'
import { listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { OCCURRENCES_MAX } from '../time/recurrence.ts'
import { parseInstant } from '../time/zone.ts'
import { may } from '../tokens/access.ts'
import { cancelOccurrence } from './cancel.ts'
import { publicEvent } from './joins.ts'
import { eventJson, occurrenceJson } from './json.ts'
import { occurrenceAt, occurrencesBetween, originalStartOf } from './occurrences.ts'
import { overrideOccurrence } from './override.ts'
import { eventOr404, eventToChange, homeOf, warningsAfter } from './requests.ts'
import { type EventRow, eventOf } from './row.ts'
import { Cancel, Event, EventPatch, Occurrence, Override, type Warning } from './schema.ts'
import { splitSeries } from './split.ts'

const YEAR = 366 * 86_400
const byId = z.object({ id: z.string() })
const byDate = z.object({ id: z.string(), recurrenceId: z.string() })
const security = [{ bearer: [] }]

const answerOccurrence = (c: AppContext, row: EventRow, original: string, warnings?: Warning[]): Response => {
  const event = eventOf(row)
  const body = occurrenceJson(c.env.baseUrl, row.id, event, occurrenceAt(event, original))
  return c.json(warnings ? { ...body, warnings } : body)
}

export const occurrenceRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/occurrences',
      tags: ['Occurrences'],
      summary: `The dates of an event that touch a window: a year from its start or from now, at most ${OCCURRENCES_MAX}`,
      request: { params: byId, query: z.object({ from: instant.optional(), to: instant.optional() }) },
      responses: answers({ 200: listOf(Occurrence) }, 404, 410, 422),
    }),
    async (c) => {
      const row = await eventOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const { from, to } = c.req.valid('query')
      const start = from ? parseInstant(from)! : Math.min(c.env.now(), row.startsAt)
      const end = to ? parseInstant(to)! : Math.max(start, c.env.now()) + YEAR
      const page = `${c.env.baseUrl}/e/${row.id}`
      const event = may(c.get('access'), 'see', row.groupId) ? eventOf(row) : publicEvent(eventOf(row), page)
      const found = occurrencesBetween(event, start, end)
      return c.json({ items: found.map((one) => occurrenceJson(c.env.baseUrl, row.id, event, one)), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/events/{id}/occurrences/{recurrenceId}',
      tags: ['Occurrences'],
      summary: 'Say what differs on one date: move it, rename it, take it out',
      security,
      request: { params: byDate, body: jsonBody(Override) },
      responses: answers({ 200: Occurrence }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const { id, recurrenceId } = c.req.valid('param')
      const row = await eventToChange(c, id)
      if (row instanceof Response) return row
      const outcome = await overrideOccurrence(c.env, homeOf(row), row, recurrenceId, c.req.valid('json'))
      if (!outcome.ok) return problem(c, outcome)
      const date = occurrenceAt(eventOf(outcome.row), outcome.original)
      return answerOccurrence(c, outcome.row, outcome.original, await warningsAfter(c, outcome.row, date))
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/events/{id}/occurrences/{recurrenceId}',
      tags: ['Occurrences'],
      summary: 'Restore a date to what the series says',
      security,
      request: { params: byDate },
      responses: answers({ 204: null }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const { id, recurrenceId } = c.req.valid('param')
      const row = await eventToChange(c, id)
      if (row instanceof Response) return row
      const outcome = await overrideOccurrence(c.env, homeOf(row), row, recurrenceId, null)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/occurrences/{recurrenceId}/cancel',
      tags: ['Occurrences'],
      summary: 'Call one date off',
      security,
      request: { params: byDate, body: jsonBody(Cancel) },
      responses: answers({ 200: Occurrence }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const { id, recurrenceId } = c.req.valid('param')
      const row = await eventToChange(c, id)
      if (row instanceof Response) return row
      const outcome = await cancelOccurrence(c.env, homeOf(row), row, recurrenceId, c.req.valid('json').reason)
      if (!outcome.ok) return problem(c, outcome)
      const original = originalStartOf(eventOf(row), recurrenceId)
      return original === null ? problem(c, refused('not_found')) : answerOccurrence(c, outcome.row, original)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/occurrences/{recurrenceId}/split',
      tags: ['Occurrences'],
      summary: 'Change this date and all later ones: the series ends before it, and another one begins',
      security,
      request: { params: byDate, body: jsonBody(EventPatch) },
      responses: answers({ 201: z.object({ earlier: Event, later: Event }) }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const { id, recurrenceId } = c.req.valid('param')
      const row = await eventToChange(c, id)
      if (row instanceof Response) return row
      const outcome = await splitSeries(c.env, homeOf(row), row, recurrenceId, c.req.valid('json'))
      if (!outcome.ok) return problem(c, outcome)
      const json = (one: EventRow) => eventJson(c.env.baseUrl, { ...one, slug: row.slug }, [])
      const warnings = await warningsAfter(c, outcome.later)
      return c.json({ earlier: json(outcome.row), later: { ...json(outcome.later), warnings } }, 201)
    },
  )
