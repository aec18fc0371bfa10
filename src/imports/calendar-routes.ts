import { createRoute, z } from '@hono/zod-openapi'
import { eventJson } from '../events/json.ts'
import { findConflicts } from '../events/neighbours.ts'
import { findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { Event, type Warning } from '../events/schema.ts'
import { AHEAD_SECONDS } from '../events/shifts.ts'
import { conflictWarning, shiftWarnings, shortNote } from '../events/warnings.ts'
import { groupOr404 } from '../groups/routes.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { date, line, timeZone } from '../http/fields.ts'
import { bodyText } from '../http/limits.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { applyCalendar, type Planned } from './apply-calendar.ts'
import type { CalendarFormat } from './calendar.ts'
import { calendarFormats } from './calendar-formats.ts'
import { joinTwins } from './join.ts'
import { findTwins, suggestionsFor } from './twins.ts'

const NOTES_MAX = 500

const bySlug = z.object({ slug: z.string() })
const security = [{ bearer: [] }]

const Named = z.object({ id: z.string().nullable(), title: z.string(), start: z.string() })
const CalendarImported = z
  .object({
    dryRun: z.boolean(),
    created: z.array(Named),
    updated: z.array(Named.extend({ changes: z.array(z.string()).openapi({ example: ['start', 'title'] }) })),
    unchanged: z.array(Named),
    notes: z.array(z.string()),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
    twins: z.array(
      z.object({
        events: z.array(Named),
        reason: z.string(),
        suggestions: z.array(z.object({ timeZone: z.string(), start: z.string(), title: z.string() })),
      }),
    ),
  })
  .openapi('CalendarImported')

/** What is worth knowing of the events that an import made or changed, in short. */
async function warningNotes(c: AppContext, planned: Planned[]): Promise<string[]> {
  const now = c.env.now()
  const all = planned.map(({ row, event }) => ({ id: row.id, event }))
  const conflictsOf = await findConflicts(c.env.db, c.get('access'), all, now, now + AHEAD_SECONDS)
  const written = planned.filter(({ action }) => action !== 'unchanged').slice(0, NOTES_MAX)
  const warnings = written.flatMap(({ row, event }) =>
    [
      ...conflictsOf({ id: row.id, event }).map((one) => conflictWarning(c.env.baseUrl, event, one)),
      ...shiftWarnings(event, now),
    ].map((warning) => ({ title: event.title, warning })),
  )
  const isOf = (...types: Warning['type'][]) => warnings.filter(({ warning }) => types.includes(warning.type))
  const fixed = new Set(isOf('utc').map(({ title }) => title)).size
  return [
    ...isOf('conflict', 'week53', 'gap', 'overlap').map(({ title, warning }) => shortNote(title, warning)),
    ...(fixed > 0
      ? [`${fixed} of these are fixed to UTC, so their hour changes with the clocks of who comes: their pages say when`]
      : []),
  ]
}

const Join = z
  .strictObject({ events: z.tuple([z.string(), z.string()]), timeZone, title: line(300).optional() })
  .openapi('JoinTwins')

/** The members of an event that an import changes. */
function changedMembers({ before, event }: Planned): string[] {
  const old: Record<string, unknown> = before ? { ...eventOf(before) } : {}
  const now: Record<string, unknown> = { ...event }
  const names = new Set([...Object.keys(old), ...Object.keys(now)])
  return [...names].filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name])).sort()
}

export const calendarImportRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/import',
      tags: ['Imports'],
      summary:
        'Import a calendar: iCalendar, or yaml2ical meetings. It points out meetings that stand twice for want of a time zone',
      security,
      request: {
        params: bySlug,
        query: z.object({
          dryRun: z.enum(['true', 'false']).optional(),
          partial: z
            .enum(['true', 'false'])
            .optional()
            .openapi({ description: 'import what can be read, and list the faults of the rest' }),
          from: date.optional().openapi({
            description: 'series begin with their first date from this day on; today where it is left out',
          }),
        }),
        body: {
          content: Object.fromEntries(
            calendarFormats.flatMap(({ mediaTypes }) => mediaTypes.map((type) => [type, { schema: z.string() }])),
          ),
        },
      },
      responses: answers({ 200: CalendarImported }, 401, 403, 404, 410, 412, 413, 415, 422),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const denied = notAllowed(c, group.id)
      if (denied) return denied
      const mediaType = (c.req.header('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase()
      const format: CalendarFormat | undefined = calendarFormats.find(({ mediaTypes }) =>
        (mediaTypes as readonly string[]).includes(mediaType),
      )
      if (!format)
        return problem(
          c,
          refused(
            'unsupported_media_type',
            `Send ${calendarFormats.map(({ mediaTypes }) => mediaTypes[0]).join(' or ')}.`,
          ),
        )
      const { dryRun = 'false', partial = 'false', from = toIso(c.env.now()).slice(0, 10) } = c.req.valid('query')
      const read = format.read(await bodyText(c), group.timeZone ?? 'UTC')
      if (read.faults.length > 0 && partial !== 'true') return problem(c, invalid(...read.faults))
      const isDry = dryRun === 'true'
      const outcome = await applyCalendar(c.env, group, format, read.sources, {
        from,
        dryRun: isDry,
        partial: partial === 'true',
      })
      if (!outcome.ok) return problem(c, outcome)
      const named = ({ row, event, action }: Planned) => ({
        id: isDry && action === 'created' ? null : row.id,
        title: event.title,
        start: event.start,
      })
      const of = (action: Planned['action']) => outcome.planned.filter((one) => one.action === action).map(named)
      return c.json({
        dryRun: isDry,
        created: of('created'),
        updated: outcome.planned
          .filter(({ action }) => action === 'updated')
          .map((one) => ({ ...named(one), changes: changedMembers(one) })),
        unchanged: of('unchanged'),
        notes: [...read.notes, ...outcome.notes, ...(await warningNotes(c, outcome.planned))].slice(0, NOTES_MAX),
        faults: [...read.faults, ...outcome.faults].slice(0, NOTES_MAX),
        twins: findTwins(outcome.planned).map(([a, b]) => ({
          events: [named(a), named(b)],
          reason:
            'They are an hour apart and alike otherwise: one meeting, at its time in summer and in winter. POST /import/join makes one series of them.',
          suggestions: suggestionsFor(a.event, b.event),
        })),
      })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/import/join',
      tags: ['Imports'],
      summary: 'Join two events that are one meeting into a series in its time zone',
      security,
      request: { params: bySlug, body: jsonBody(Join) },
      responses: answers({ 200: Event }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const denied = notAllowed(c, group.id)
      if (denied) return denied
      const { events, timeZone: zone, title } = c.req.valid('json')
      const found = await Promise.all(events.map((id) => findEvent(c.env.db, id, c.get('access'))))
      const missing = found.findIndex((row) => !row || row.groupId !== group.id || row.deletedAt !== null)
      if (missing !== -1)
        return problem(c, invalid({ path: `events.${missing}`, message: 'is no event of this group' }))
      const outcome = await joinTwins(c.env, group, found[0]!, found[1]!, zone, title)
      return outcome.ok
        ? c.json(eventJson(c.env.baseUrl, { ...outcome.row, slug: group.slug }, []))
        : problem(c, outcome)
    },
  )
