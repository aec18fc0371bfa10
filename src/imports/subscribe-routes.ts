/** Calendars of other programs that a group subscribes to. */
import { createRoute, z } from '@hono/zod-openapi'
import { groupOr404 } from '../groups/routes.ts'
import type { AppContext } from '../http/app-env.ts'
import { apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { duration } from '../http/fields.ts'
import { listAnswer, listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { asWeb, faultOfUrl } from '../remote/address.ts'
import { durationOf, secondsOf } from '../time/duration.ts'
import { toIso } from '../time/zone.ts'
import { previewCalendar, type Refreshed, refreshCalendar } from './refresh.ts'
import {
  type CalendarSourceRow,
  changeCalendar,
  findCalendar,
  leaveCalendar,
  readCalendars,
  subscribeToCalendar,
} from './subscribe.ts'

const bySlug = z.object({ slug: z.string() })
const byId = bySlug.extend({ id: z.string() })
const security = [{ bearer: [] }]
const [SOONEST, LATEST, USUAL] = [900, 7 * 86_400, 3600]

const every = duration
  .refine((text) => secondsOf(text) >= SOONEST && secondsOf(text) <= LATEST, 'must be from PT15M to P7D')
  .openapi({ example: 'PT1H', description: 'how often it is read' })

const NewCalendar = z
  .strictObject({
    url: z.string().max(2000).openapi({ example: 'webcal://example.org/calendar.ics' }),
    every: every.optional(),
  })
  .openapi('NewCalendar')
const CalendarPatch = z.strictObject({ every }).openapi('CalendarPatch')

const named = z.object({ id: z.string(), title: z.string() })
const Report = z.object({
  created: z.array(named),
  updated: z.array(named),
  unchanged: z.number().int(),
  cancelled: z.number().int().openapi({ description: 'to come, and no longer in the calendar' }),
  restored: z.number().int(),
  notes: z.array(z.string()),
})
const Calendar = z
  .object({
    id: z.string(),
    url: z.string(),
    every: z.string(),
    checked: z.string().nullable(),
    changed: z.string().nullable(),
    next: z.string(),
    failures: z.number().int(),
    error: z.string().nullable(),
    report: Report.optional(),
  })
  .openapi('Calendar')

const Preview = z.object({ url: z.string(), report: Report }).openapi('CalendarPreview')

const NOTES_MAX = 100
const timeOf = (at: number | null) => (at === null ? null : toIso(at))

const calendarJson = (row: CalendarSourceRow) => ({
  id: row.id,
  url: row.url,
  every: durationOf(row.everySeconds),
  checked: timeOf(row.checkedAt),
  changed: timeOf(row.changedAt),
  next: toIso(row.nextAt),
  failures: row.failures,
  error: row.error,
})

function reportOf({ planned, notes, cancelled, restored }: Extract<Refreshed, { ok: true }>) {
  const of = (wanted: string) =>
    planned.filter(({ action }) => action === wanted).map(({ row, event }) => ({ id: row.id, title: event.title }))
  return {
    created: of('created'),
    updated: of('updated'),
    unchanged: of('unchanged').length,
    cancelled,
    restored,
    notes: notes.slice(0, NOTES_MAX),
  }
}

async function organized(c: AppContext, slug: string) {
  const group = await groupOr404(c, slug)
  return group instanceof Response ? group : (notAllowed(c, group.id) ?? group)
}

async function calendarOr404(c: AppContext, slug: string, id: string) {
  const group = await organized(c, slug)
  if (group instanceof Response) return group
  const row = await findCalendar(c.env.db, group.id, id)
  return row ? { group: { ...group, timeZone: group.timeZone ?? 'UTC' }, row } : problem(c, refused('not_found'))
}

export const calendarSubscriptionRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/calendars',
      tags: ['Imports'],
      summary: 'Subscribe to a calendar: it is read now, and again as often as wanted',
      security,
      request: {
        params: bySlug,
        query: z.object({ dryRun: z.enum(['true', 'false']).optional() }),
        body: jsonBody(NewCalendar),
      },
      responses: answers({ 200: Preview, 201: Calendar }, 401, 403, 404, 409, 410, 422),
    }),
    async (c) => {
      const group = await organized(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const { url: given, every: often } = c.req.valid('json')
      const url = asWeb(given.trim())
      const message = faultOfUrl(url)
      if (message) return problem(c, invalid({ path: 'url', message }))
      if (c.req.valid('query').dryRun === 'true') {
        const outcome = await previewCalendar(c.env, { ...group, timeZone: group.timeZone ?? 'UTC' }, url)
        return outcome.ok ? c.json({ url, report: reportOf(outcome) }, 200) : problem(c, outcome)
      }
      const row = await subscribeToCalendar(c.env, group.id, { url, everySeconds: often ? secondsOf(often) : USUAL })
      if (!row) return problem(c, refused('calendar_taken'))
      const outcome = await refreshCalendar(c.env, { ...group, timeZone: group.timeZone ?? 'UTC' }, row)
      if (!outcome.ok) {
        // What cannot be read the first time is a mistake in the address, not a calendar.
        await leaveCalendar(c.env, row)
        return problem(c, outcome)
      }
      const after = await findCalendar(c.env.db, group.id, row.id)
      return c.json({ ...calendarJson(after ?? row), report: reportOf(outcome) }, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/calendars',
      tags: ['Imports'],
      summary: 'The calendars that a group subscribes to',
      security,
      request: { params: bySlug },
      responses: answers({ 200: listOf(Calendar) }, 401, 403, 404, 410),
    }),
    async (c) => {
      const group = await organized(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      return listAnswer(c, { items: (await readCalendars(c.env.db, group.id)).map(calendarJson), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/calendars/{id}',
      tags: ['Imports'],
      summary: 'One of them: when it was read, and what went wrong',
      security,
      request: { params: byId },
      responses: answers({ 200: Calendar }, 401, 403, 404, 410),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const found = await calendarOr404(c, slug, id)
      return found instanceof Response ? found : c.json(calendarJson(found.row))
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/groups/{slug}/calendars/{id}',
      tags: ['Imports'],
      summary: 'Read it more or less often',
      security,
      request: { params: byId, body: jsonBody(CalendarPatch) },
      responses: answers({ 200: Calendar }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const found = await calendarOr404(c, slug, id)
      if (found instanceof Response) return found
      await changeCalendar(c.env, found.row, secondsOf(c.req.valid('json').every))
      return c.json(calendarJson((await findCalendar(c.env.db, found.group.id, id)) ?? found.row))
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/calendars/{id}/refresh',
      tags: ['Imports'],
      summary: 'Read it now',
      security,
      request: { params: byId },
      responses: answers({ 200: Calendar }, 401, 403, 404, 410, 422, 503),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const found = await calendarOr404(c, slug, id)
      if (found instanceof Response) return found
      const outcome = await refreshCalendar(c.env, found.group, found.row)
      if (!outcome.ok) return problem(c, outcome)
      const after = await findCalendar(c.env.db, found.group.id, id)
      return c.json({ ...calendarJson(after ?? found.row), report: reportOf(outcome) })
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{slug}/calendars/{id}',
      tags: ['Imports'],
      summary: 'Leave it; its events stay',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 403, 404, 410),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const found = await calendarOr404(c, slug, id)
      if (found instanceof Response) return found
      await leaveCalendar(c.env, found.row)
      return c.body(null, 204)
    },
  )
