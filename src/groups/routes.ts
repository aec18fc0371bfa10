import { createRoute, z } from '@hono/zod-openapi'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { expectedVersion, jsonWithVersion } from '../http/etag.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { createGroup } from './create.ts'
import { deleteGroup } from './delete.ts'
import { findGroup, type GroupRow, readGroups } from './queries.ts'
import { Group, GroupPatch, NewGroup } from './schema.ts'
import { updateGroup } from './update.ts'

const params = z.object({ slug: z.string() })

/** A group as the API gives it. */
export const groupJson = (baseUrl: string, group: GroupRow) => ({
  id: group.id,
  slug: group.slug,
  name: group.name,
  description: group.description,
  visibility: group.visibility,
  timeZone: group.timeZone,
  links: JSON.parse(group.links),
  howToJoin: group.howToJoin,
  reportTemplate: group.reportTemplate,
  created: toIso(group.createdAt),
  updated: toIso(group.updatedAt),
  url: `${baseUrl}/g/${group.slug}`,
  calendar: `${baseUrl}/g/${group.slug}/calendar.ics`,
})

/** The live group of a request, or the answer that says why not. */
export async function groupOr404(c: AppContext, slug: string): Promise<GroupRow | Response> {
  const group = await findGroup(c.env.db, slug, c.get('access'))
  if (!group) return problem(c, refused('not_found'))
  return group.deletedAt === null ? group : problem(c, refused('gone'))
}

export const groupRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups',
      tags: ['Groups'],
      summary: 'List groups by slug',
      request: { query: z.object(pageQuery) },
      responses: answers({ 200: listOf(Group) }),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = cursor ? String(readCursor(cursor)?.[0]) : null
      const { items, next } = page(await readGroups(c.env.db, c.get('access'), limit, after), limit, (row) =>
        writeCursor(row.slug),
      )
      return listAnswer(c, { items: items.map((row) => groupJson(c.env.baseUrl, row)), next })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups',
      tags: ['Groups'],
      summary: 'Found a group',
      security: [{ bearer: [] }],
      request: { body: jsonBody(NewGroup) },
      responses: answers({ 201: Group }, 401, 403, 409, 422),
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const outcome = await createGroup(c.env, c.req.valid('json'))
      if (!outcome.ok) return problem(c, outcome)
      const body = groupJson(c.env.baseUrl, outcome.group)
      return jsonWithVersion(c, body, outcome.group.changeId, 201, { Location: `/api/v1/groups/${body.slug}` })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}',
      tags: ['Groups'],
      summary: 'Read a group',
      request: { params },
      responses: answers({ 200: Group }, 404, 410),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      return jsonWithVersion(c, groupJson(c.env.baseUrl, group), group.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/groups/{slug}',
      tags: ['Groups'],
      summary: 'Change a group',
      security: [{ bearer: [] }],
      request: { params, body: jsonBody(GroupPatch) },
      responses: answers({ 200: Group }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const denied = notAllowed(c, group.id)
      if (denied) return denied
      const expected = expectedVersion(c)
      if (expected !== undefined && expected !== group.changeId) return problem(c, refused('stale'))
      const outcome = await updateGroup(c.env, group, c.req.valid('json'))
      if (!outcome.ok) return problem(c, outcome)
      return jsonWithVersion(c, groupJson(c.env.baseUrl, outcome.group), outcome.group.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{slug}',
      tags: ['Groups'],
      summary: 'Delete a group without events',
      security: [{ bearer: [] }],
      request: { params },
      responses: answers({ 204: null }, 401, 403, 404, 409, 410),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const denied = notAllowed(c, group.id)
      if (denied) return denied
      const outcome = await deleteGroup(c.env, group)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
