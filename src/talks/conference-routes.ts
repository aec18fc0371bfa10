import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { jsonWithVersion } from '../http/etag.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { createConference } from './create-conference.ts'
import { conferenceJson, programmeJson } from './json.ts'
import { readConferences, readProgramme } from './queries.ts'
import { changeable, conferenceOr404, groupToWriteFor } from './requests.ts'
import { Conference, ConferencePatch, NewConference, Programme } from './schema.ts'
import { deleteConference, updateConference } from './update-conference.ts'

const bySlug = z.object({ slug: z.string() })
const security = [{ bearer: [] }]

type Sent = z.output<typeof ConferencePatch>

/** The members of a request under the names of the columns; what was not sent stays out. */
function columnsOf({ starts, ends, website, ...rest }: Sent) {
  const renamed = { startsOn: starts, endsOn: ends, sourceUrl: website }
  return { ...rest, ...Object.fromEntries(Object.entries(renamed).filter(([, value]) => value !== undefined)) }
}

export const conferenceRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/conferences',
      tags: ['Conferences'],
      summary: 'List the conferences, the newest first',
      request: { query: z.object(pageQuery) },
      responses: answers({ 200: listOf(Conference) }, 422),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const [startsOn, id] = cursor ? (readCursor(cursor) ?? []) : []
      const after = cursor ? { startsOn: String(startsOn), id: String(id) } : undefined
      const rows = await readConferences(c.env.db, c.get('access'), limit, after)
      const { items, next } = page(rows, limit, (row) => writeCursor(row.startsOn ?? '', row.id))
      return listAnswer(c, { items: items.map((row) => conferenceJson(c.env.baseUrl, row)), next })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/conferences',
      tags: ['Conferences'],
      summary: 'Put a conference into the archive',
      security,
      request: { body: jsonBody(NewConference) },
      responses: answers({ 201: Conference }, 401, 403, 409, 422),
    }),
    async (c) => {
      const { group: slugOfGroup, starts, ends, website, ...rest } = c.req.valid('json')
      const group = await groupToWriteFor(c, slugOfGroup)
      if (group instanceof Response) return group
      const outcome = await createConference(c.env, {
        ...rest,
        startsOn: starts,
        endsOn: ends,
        sourceUrl: website,
        groupId: group?.id ?? null,
      })
      if (!outcome.ok) return problem(c, outcome)
      const body = conferenceJson(c.env.baseUrl, { ...outcome.conference, groupSlug: group?.slug ?? null })
      return jsonWithVersion(c, body, outcome.conference.changeId, 201, {
        Location: `/api/v1/conferences/${body.slug}`,
      })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/conferences/{slug}',
      tags: ['Conferences'],
      summary: 'Read a conference',
      request: { params: bySlug },
      responses: answers({ 200: Conference }, 404, 410),
    }),
    async (c) => {
      const row = await conferenceOr404(c, c.req.valid('param').slug)
      return row instanceof Response ? row : jsonWithVersion(c, conferenceJson(c.env.baseUrl, row), row.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/conferences/{slug}/programme',
      tags: ['Conferences'],
      summary: 'The days, rooms and tracks of a conference, and how many talks each has',
      request: { params: bySlug },
      responses: answers({ 200: Programme }, 404, 410),
    }),
    async (c) => {
      const row = await conferenceOr404(c, c.req.valid('param').slug)
      if (row instanceof Response) return row
      const talks = await readProgramme(c.env.db, c.get('access'), row.id, true)
      return c.json(programmeJson(row, talks), 200)
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/conferences/{slug}',
      tags: ['Conferences'],
      summary: 'Change a conference',
      security,
      request: { params: bySlug, body: jsonBody(ConferencePatch) },
      responses: answers({ 200: Conference }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const row = changeable(c, await conferenceOr404(c, c.req.valid('param').slug))
      if (row instanceof Response) return row
      const outcome = await updateConference(c.env, row, columnsOf(c.req.valid('json')))
      if (!outcome.ok) return problem(c, outcome)
      return jsonWithVersion(
        c,
        conferenceJson(c.env.baseUrl, { ...row, ...outcome.conference }),
        outcome.conference.changeId,
      )
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/conferences/{slug}',
      tags: ['Conferences'],
      summary: 'Delete a conference with its talks',
      security,
      request: { params: bySlug },
      responses: answers({ 204: null }, 401, 403, 404, 410, 412),
    }),
    async (c) => {
      const row = changeable(c, await conferenceOr404(c, c.req.valid('param').slug))
      if (row instanceof Response) return row
      const outcome = await deleteConference(c.env, row)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
