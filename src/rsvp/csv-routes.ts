/** Guests as CSV: out, and in. */
import { createRoute, z } from '@hono/zod-openapi'
import { eventToOrganize } from '../events/requests.ts'
import { eventOf } from '../events/row.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { faults as faultsOf } from '../http/faults.ts'
import { bodyText } from '../http/limits.ts'
import { problem } from '../http/problem.ts'
import { type Fault, invalid, refused } from '../outcome.ts'
import { applyGuests, type LinedAnswer } from './apply-guests.ts'
import { rsvpsCsv } from './csv.ts'
import { at, readGuests } from './csv-in.ts'
import { readRsvps } from './queries.ts'
import { GuestsImported, NewRsvp, rsvpQuery } from './schema.ts'

const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]
/** One file for one event: more answers than any venue holds. */
const CSV_MAX = 20_000

const flag = z.enum(['true', 'false']).optional()

export const csvRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/rsvps.csv',
      tags: ['RSVPs'],
      summary: 'The answers to an event as CSV',
      security,
      request: { params: byId, query: z.object(rsvpQuery) },
      responses: {
        200: { description: 'RFC 4180', content: { 'text/csv': { schema: z.string() } } },
        ...answers({}, 401, 403, 404, 410, 422),
      },
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const rows = await readRsvps(c.env.db, event.id, c.req.valid('query'), CSV_MAX, null)
      return c.body(rsvpsCsv(eventOf(event), rows), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': `attachment; filename="rsvps-${event.id}.csv"`,
        'Cache-Control': 'no-store',
      })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/rsvps/import',
      tags: ['RSVPs'],
      summary: 'Import guests from CSV: the columns of the export. They are told nothing; write them a message',
      security,
      request: {
        params: byId,
        query: z.object({
          dryRun: flag,
          partial: flag.openapi({ description: 'import the right lines, and list the faults of the rest' }),
        }),
        body: { content: { 'text/csv': { schema: z.string() } } },
      },
      responses: answers({ 200: GuestsImported }, 401, 403, 404, 410, 413, 415, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      if (!/^text\/csv\b/i.test(c.req.header('Content-Type') ?? ''))
        return problem(c, refused('unsupported_media_type', 'Send text/csv.'))
      const { dryRun, partial } = c.req.valid('query')
      const { guests, faults } = readGuests(await bodyText(c), eventOf(event))
      const { answers: lined, faults: wrong } = checked(guests)
      const all = [...faults, ...wrong]
      if (all.length > 0 && partial !== 'true') return problem(c, invalid(...all))
      const options = { dryRun: dryRun === 'true', partial: partial === 'true' }
      const applied = await applyGuests(c.env, event, lined, options)
      if (applied.faults.length > 0 && partial !== 'true') return problem(c, invalid(...applied.faults))
      return c.json({ dryRun: options.dryRun, ...applied, faults: [...all, ...applied.faults] })
    },
  )

function checked(guests: ReturnType<typeof readGuests>['guests']): { answers: LinedAnswer[]; faults: Fault[] } {
  const answers: LinedAnswer[] = []
  const faults: Fault[] = []
  for (const { line, body } of guests) {
    const parsed = NewRsvp.safeParse(body)
    if (parsed.success) answers.push({ line, answer: parsed.data })
    else faults.push(...faultsOf(parsed.error.issues as never).map(({ path, message }) => at(line, path, message)))
  }
  return { answers, faults }
}
