import { createRoute, z } from '@hono/zod-openapi'
import { type Occurrence, occurrenceAt, originalStartOf } from '../events/occurrences.ts'
import { type EventOfGroup, findEvent } from '../events/queries.ts'
import { eventOr404, eventToOrganize } from '../events/requests.ts'
import { eventOf } from '../events/row.ts'
import { groupOr404 } from '../groups/routes.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { expectedVersion, jsonWithVersion } from '../http/etag.ts'
import { listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { recordJson } from './json.ts'
import { actionOf, findAction, readOpenActions, readRecord, readUncounted } from './queries.ts'
import { ActionAnswer, ActionPatch, DateRecord, nickParam, RecordPatch } from './schema.ts'
import { updateAction } from './update-action.ts'
import { writeRecord } from './update-record.ts'
import { setCounted } from './update-uncounted.ts'

const byDate = z.object({ id: z.string(), recurrenceId: z.string() })
const path = '/events/{id}/occurrences/{recurrenceId}/record'
const security = [{ bearer: [] }]
const OPEN_MAX = 200
const TRIES = 3

/** The date of an event that a request names; undefined where it has none of that name. */
export function dateOf(row: EventOfGroup, recurrenceId: string): Occurrence | undefined {
  const event = eventOf(row)
  const original = originalStartOf(event, recurrenceId)
  if (original === null || event.recurrenceOverrides[original]?.excluded) return undefined
  return occurrenceAt(event, original)
}

async function answerRecord(c: AppContext, row: EventOfGroup, date: Occurrence): Promise<Response> {
  const found = await readRecord(c.env.db, row, date)
  return jsonWithVersion(c, recordJson(c.env.baseUrl, row, date, found, c.env.now()), found.version)
}

/** Writes as the event and the record stand; where they were changed meanwhile, they are read again. */
async function patchRecord(
  c: AppContext,
  row: EventOfGroup,
  date: Occurrence,
  patch: RecordPatch,
): Promise<{ ok: true; row: EventOfGroup } | Refused> {
  const expected = expectedVersion(c)
  const { log, recording, slides, ...rest } = patch
  const given = Object.entries({ log, recording, slides }).filter(([, href]) => href !== undefined)
  const links = Object.fromEntries(given.map(([rel, href]) => [rel, href ? { href } : null]))
  let current: EventOfGroup | undefined = row
  for (let tries = 1; current && tries <= TRIES; tries++) {
    const outcome = await writeRecord(c.env, current, date, { ...rest, links }, expected)
    if (outcome.ok) return { ok: true, row: { ...current, ...outcome.row } }
    if (outcome.reason !== 'stale' || expected !== undefined) return outcome
    current = await findEvent(c.env.db, row.id, c.get('access'))
  }
  return refused('busy')
}

export const recordRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path,
      tags: ['Records'],
      summary:
        'The record of a date: agenda, topics, decisions, actions, who was there, log, recording, slides, and what is missing',
      request: { params: byDate },
      responses: answers({ 200: DateRecord }, 404, 410),
    }),
    async (c) => {
      const { id, recurrenceId } = c.req.valid('param')
      const row = await eventOr404(c, id)
      if (row instanceof Response) return row
      const date = dateOf(row, recurrenceId)
      return date ? answerRecord(c, row, date) : problem(c, refused('not_found'))
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path,
      tags: ['Records'],
      summary: 'Write some of the record of a date; its links go into calendars',
      security,
      request: { params: byDate, body: jsonBody(RecordPatch) },
      responses: answers({ 200: DateRecord }, 401, 403, 404, 410, 412, 422, 503),
    }),
    async (c) => {
      const { id, recurrenceId } = c.req.valid('param')
      const row = await eventToOrganize(c, id)
      if (row instanceof Response) return row
      const date = dateOf(row, recurrenceId)
      if (!date) return problem(c, refused('not_found'))
      const patch = c.req.valid('json')
      if (Object.keys(patch).length === 0) return problem(c, invalid({ path: '', message: 'must say something' }))
      const outcome = await patchRecord(c, row, date, patch)
      return outcome.ok ? answerRecord(c, outcome.row, dateOf(outcome.row, recurrenceId) ?? date) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/actions',
      tags: ['Records'],
      summary: `What was taken on and is not done, the oldest first; at most ${OPEN_MAX}`,
      request: { params: z.object({ slug: z.string() }) },
      responses: answers({ 200: listOf(ActionAnswer) }, 404, 410),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const rows = await readOpenActions(c.env.db, group.id, OPEN_MAX)
      return c.json({ items: rows.map((row) => ({ ...actionOf(row), event: row.eventId })), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/events/{id}/actions/{action}',
      tags: ['Records'],
      summary: 'Say that something was done, or who does it',
      security,
      request: { params: z.object({ id: z.string(), action: z.string() }), body: jsonBody(ActionPatch) },
      responses: answers({ 200: ActionAnswer }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const { id, action } = c.req.valid('param')
      const row = await eventToOrganize(c, id)
      if (row instanceof Response) return row
      const found = await findAction(c.env.db, action)
      if (!found || found.eventId !== row.id) return problem(c, refused('not_found'))
      const changed = await updateAction(c.env, row, found, c.req.valid('json'))
      return c.json({ ...actionOf(changed), event: row.id }, 200)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/uncounted',
      tags: ['Records'],
      summary: 'Who asked not to be counted among those who were there',
      security,
      request: { params: z.object({ slug: z.string() }) },
      responses: answers({ 200: listOf(z.object({ nick: z.string() })) }, 401, 403, 404, 410),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const denied = notAllowed(c, group.id)
      return denied ?? c.json({ items: await readUncounted(c.env.db, group.id), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/groups/{slug}/uncounted/{nick}',
      tags: ['Records'],
      summary: 'Count somebody no more among those who were there, on no date: they asked for it',
      security,
      request: { params: z.object({ slug: z.string(), nick: nickParam }) },
      responses: answers({ 204: null }, 401, 403, 404, 410, 422),
    }),
    (c) => answerCounted(c, c.req.valid('param'), false),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{slug}/uncounted/{nick}',
      tags: ['Records'],
      summary: 'Count somebody again',
      security,
      request: { params: z.object({ slug: z.string(), nick: nickParam }) },
      responses: answers({ 204: null }, 401, 403, 404, 410, 422),
    }),
    (c) => answerCounted(c, c.req.valid('param'), true),
  )

async function answerCounted(c: AppContext, { slug, nick }: { slug: string; nick: string }, isCounted: boolean) {
  const group = await groupOr404(c, slug)
  if (group instanceof Response) return group
  const denied = notAllowed(c, group.id)
  if (denied) return denied
  await setCounted(c.env, group.id, nick, isCounted)
  return c.body(null, 204)
}
