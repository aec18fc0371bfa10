import { createRoute, z } from '@hono/zod-openapi'
import { originalStartOf, recurrenceIdOf } from '../events/occurrences.ts'
import type { EventOfGroup } from '../events/queries.ts'
import { eventOr404, eventToOrganize } from '../events/requests.ts'
import { eventOf } from '../events/row.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { expectedVersion, jsonWithVersion } from '../http/etag.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { findMinutes, type MinutesRow } from './queries.ts'
import { Minutes, MinutesInput } from './schema.ts'
import { updateMinutes } from './update.ts'

const byDate = z.object({ id: z.string(), recurrenceId: z.string() })
const path = '/events/{id}/occurrences/{recurrenceId}/minutes'

const minutesJson = (row: MinutesRow) => ({
  recurrenceId: row.occurrence,
  text: row.text,
  url: row.url,
  created: toIso(row.createdAt),
  updated: toIso(row.updatedAt),
})

/** The date of a request as its event names it; null where it is no date of it. */
function dateOf(row: EventOfGroup, recurrenceId: string): string | null {
  const event = eventOf(row)
  const original = originalStartOf(event, recurrenceId)
  return original === null ? null : recurrenceIdOf(event, original)
}

const showMinutes = (c: AppContext, row: MinutesRow | undefined) =>
  row ? jsonWithVersion(c, minutesJson(row), row.changeId) : problem(c, refused('not_found'))

export const minutesRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path,
      tags: ['Occurrences'],
      summary: 'The minutes of a date',
      request: { params: byDate },
      responses: answers({ 200: Minutes }, 404, 410),
    }),
    async (c) => {
      const { id, recurrenceId } = c.req.valid('param')
      const row = await eventOr404(c, id)
      if (row instanceof Response) return row
      const date = dateOf(row, recurrenceId)
      return showMinutes(c, date === null ? undefined : await findMinutes(c.env.db, row.id, date))
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path,
      tags: ['Occurrences'],
      summary: 'Write the minutes of a date: Markdown, or where they stand, or both',
      security: [{ bearer: [] }],
      request: { params: byDate, body: jsonBody(MinutesInput) },
      responses: answers({ 200: Minutes }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const { id, recurrenceId } = c.req.valid('param')
      // If-Match is about the minutes here, not about their event.
      const row = await eventToOrganize(c, id)
      if (row instanceof Response) return row
      const date = dateOf(row, recurrenceId)
      if (date === null) return problem(c, refused('not_found'))
      const outcome = await updateMinutes(c.env, row, date, c.req.valid('json'), expectedVersion(c))
      return outcome.ok ? showMinutes(c, outcome.row) : problem(c, outcome)
    },
  )
