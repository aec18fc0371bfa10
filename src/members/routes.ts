import { createRoute, z } from '@hono/zod-openapi'
import { groupOr404 } from '../groups/routes.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { expectedVersion, jsonWithVersion } from '../http/etag.ts'
import { date } from '../http/fields.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { may } from '../tokens/access.ts'
import { joinGroup } from './join.ts'
import { findMember, type MemberRow, readMembers } from './queries.ts'
import { removeMember } from './remove.ts'
import { Member, MemberPatch, NewMember } from './schema.ts'
import { updateMember } from './update.ts'

const bySlug = z.object({ slug: z.string() })
const byId = z.object({ slug: z.string(), id: z.string() })
const security = [{ bearer: [] }]
const memberQuery = {
  since: date.optional().openapi({ description: 'who joined on this day or later' }),
  current: z.enum(['true', 'false']).optional().openapi({ description: 'leaves out who has left' }),
}

const memberJson = (row: MemberRow) => ({
  id: row.id,
  name: row.name,
  nick: row.nick,
  role: row.role,
  url: row.url,
  affiliation: row.affiliation,
  public: row.hidden === 0,
  joined: row.joinedOn,
  left: row.leftOn,
  created: toIso(row.createdAt),
  updated: toIso(row.updatedAt),
})

/** The member of a request that its organizer may change, in the version that If-Match names. */
async function memberToChange(c: AppContext, slug: string, id: string): Promise<MemberRow | Response> {
  const group = await groupOr404(c, slug)
  if (group instanceof Response) return group
  const denied = notAllowed(c, group.id)
  if (denied) return denied
  const member = await findMember(c.env.db, group.id, id)
  if (!member) return problem(c, refused('not_found'))
  const expected = expectedVersion(c)
  return expected === undefined || expected === member.changeId ? member : problem(c, refused('stale'))
}

export const memberRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/members',
      tags: ['Members'],
      summary: 'List the members in the order they joined',
      request: { params: bySlug, query: z.object({ ...pageQuery, ...memberQuery }) },
      responses: answers({ 200: listOf(Member) }, 404, 410, 422),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const { limit, cursor, since, current } = c.req.valid('query')
      const filter = {
        since,
        currentOn: current === 'true' ? toIso(c.env.now()).slice(0, 10) : undefined,
        showsHidden: may(c.get('access'), 'see', group.id),
      }
      const [joinedOn, id] = cursor ? (readCursor(cursor) ?? []) : []
      const rows = await readMembers(
        c.env.db,
        group.id,
        filter,
        limit,
        cursor ? { joinedOn: String(joinedOn), id: String(id) } : undefined,
      )
      const { items, next } = page(rows, limit, (row) => writeCursor(row.joinedOn, row.id))
      return listAnswer(c, { items: items.map(memberJson), next })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/members',
      tags: ['Members'],
      summary: 'Note a new member',
      security,
      request: { params: bySlug, body: jsonBody(NewMember) },
      responses: answers({ 201: Member }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const group = await groupOr404(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const denied = notAllowed(c, group.id)
      if (denied) return denied
      const { joined, left, public: isPublic, ...input } = c.req.valid('json')
      const member = await joinGroup(c.env, group.id, {
        ...input,
        hidden: Number(!isPublic),
        joinedOn: joined ?? toIso(c.env.now()).slice(0, 10),
        leftOn: left,
      })
      return jsonWithVersion(c, memberJson(member), member.changeId, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/groups/{slug}/members/{id}',
      tags: ['Members'],
      summary: 'Change a member',
      security,
      request: { params: byId, body: jsonBody(MemberPatch) },
      responses: answers({ 200: Member }, 401, 403, 404, 410, 412, 422),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const member = await memberToChange(c, slug, id)
      if (member instanceof Response) return member
      const { joined, left, public: isPublic, ...rest } = c.req.valid('json')
      const patch = {
        ...rest,
        ...(isPublic === undefined ? {} : { hidden: Number(!isPublic) }),
        ...(joined === undefined ? {} : { joinedOn: joined }),
        ...(left === undefined ? {} : { leftOn: left }),
      }
      const outcome = await updateMember(c.env, member, patch)
      return outcome.ok ? jsonWithVersion(c, memberJson(outcome.member), outcome.member.changeId) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{slug}/members/{id}',
      tags: ['Members'],
      summary: 'Take a member off the list',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 403, 404, 410, 412),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const member = await memberToChange(c, slug, id)
      if (member instanceof Response) return member
      await removeMember(c.env, member)
      return c.body(null, 204)
    },
  )
