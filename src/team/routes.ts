/** Who may do what in a group: roles, and invitations to have one. */
import { createRoute, z } from '@hono/zod-openapi'
import { groupOr404 } from '../groups/routes.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listAnswer, listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { toIso } from '../time/zone.ts'
import { changeRole, leaveTeam } from './change-role.ts'
import { inviteToTeam, withdrawInvitation } from './invite.ts'
import { type InvitationRow, readTeam, readTeamInvitations } from './queries.ts'
import { NewInvitation, RolePatch, TeamInvitation, TeamMember } from './schema.ts'

const bySlug = z.object({ slug: z.string() })
const byId = z.object({ slug: z.string(), id: z.string() })
const security = [{ bearer: [] }]
const tags = ['Team']

const invitationJson = ({ id, email, role, expiresAt }: InvitationRow) => ({
  id,
  email,
  role,
  expires: toIso(expiresAt),
})

/** The group of a request whose team the bearer may change, or the answer that says why not. */
async function groupOfTeam(c: AppContext, slug: string) {
  const group = await groupOr404(c, slug)
  return group instanceof Response ? group : (notAllowed(c, group.id) ?? group)
}

export const teamRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/team',
      tags,
      summary: 'Who has which role in a group',
      security,
      request: { params: bySlug },
      responses: answers({ 200: listOf(TeamMember) }, 401, 403, 404, 410),
    }),
    async (c) => {
      const group = await groupOfTeam(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const team = await readTeam(c.env.db, group.id)
      const items = team.map(({ accountId, createdAt, ...rest }) => ({
        id: accountId,
        ...rest,
        since: toIso(createdAt),
      }))
      return listAnswer(c, { items, next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/groups/{slug}/team/{id}',
      tags,
      summary: 'Give somebody of the team another role',
      security,
      request: { params: byId, body: jsonBody(RolePatch) },
      responses: answers({ 204: null }, 401, 403, 404, 409, 410, 422),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const group = await groupOfTeam(c, slug)
      if (group instanceof Response) return group
      const outcome = await changeRole(c.env, { groupId: group.id, accountId: id }, c.req.valid('json').role)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{slug}/team/{id}',
      tags,
      summary: 'Take somebody out of the team',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 403, 404, 409, 410),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const group = await groupOfTeam(c, slug)
      if (group instanceof Response) return group
      const outcome = await leaveTeam(c.env, { groupId: group.id, accountId: id })
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/team-invitations',
      tags,
      summary: 'Ask somebody to join the team, by mail',
      security,
      request: { params: bySlug, body: jsonBody(NewInvitation) },
      responses: answers({ 201: TeamInvitation }, 401, 403, 404, 410, 422, 429),
    }),
    async (c) => {
      const group = await groupOfTeam(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const outcome = await inviteToTeam(c.env, group.id, c.req.valid('json'))
      if (!outcome.ok) return problem(c, outcome)
      const url = `${c.env.baseUrl}/join/${outcome.token}`
      return c.json({ ...invitationJson(outcome.invitation), url }, 201, { 'Cache-Control': 'no-store' })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/team-invitations',
      tags,
      summary: 'The invitations to the team that are open',
      security,
      request: { params: bySlug },
      responses: answers({ 200: listOf(TeamInvitation) }, 401, 403, 404, 410),
    }),
    async (c) => {
      const group = await groupOfTeam(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const open = await readTeamInvitations(c.env.db, group.id, c.env.now())
      return listAnswer(c, { items: open.map(invitationJson), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{slug}/team-invitations/{id}',
      tags,
      summary: 'Take an invitation to the team back',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 403, 404, 410),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const group = await groupOfTeam(c, slug)
      if (group instanceof Response) return group
      const outcome = await withdrawInvitation(c.env, group.id, id)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
