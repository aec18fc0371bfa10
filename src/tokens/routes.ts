import { createRoute, z } from '@hono/zod-openapi'
import { findGroup } from '../groups/queries.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { parseInstant, toIso } from '../time/zone.ts'
import { groupsWith, may, TOKEN_ABILITIES } from './access.ts'
import { issueSuccessor, issueToken } from './issue.ts'
import { readTokens, type Token as TokenRow } from './queries.ts'
import { revokeToken } from './revoke.ts'
import { NewToken, Token } from './schema.ts'

const LIST_MAX = 200
const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]

const iso = (seconds: number | null) => (seconds === null ? null : toIso(seconds))
const tokenJson = (token: TokenRow, group: string | null) => ({
  id: token.id,
  name: token.name,
  group,
  created: toIso(token.createdAt),
  expires: iso(token.expiresAt),
  verbs: token.verbs === null ? null : JSON.parse(token.verbs),
  lastUsed: iso(token.lastUsedAt),
})

/** The groups whose tokens the bearer may see and change (null: all), or the refusal for who may nowhere. */
function groupsOfTokens(c: AppContext): string[] | null | Response {
  const groups = groupsWith(c.get('access'), 'team')
  return groups?.length === 0 ? notAllowed(c, null)! : groups
}

export const tokenRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/tokens',
      tags: ['Tokens'],
      summary: 'List the live tokens',
      security,
      responses: answers({ 200: listOf(Token) }, 401, 403),
    }),
    async (c) => {
      const groups = groupsOfTokens(c)
      if (groups instanceof Response) return groups
      const tokens = await readTokens(c.env.db, groups, LIST_MAX)
      return c.json({ items: tokens.map((token) => tokenJson(token, token.groupId)), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/tokens',
      tags: ['Tokens'],
      summary: 'Make a token; its text is shown once',
      security,
      request: { body: jsonBody(NewToken) },
      responses: answers({ 201: Token }, 401, 403, 422),
    }),
    async (c) => {
      const access = c.get('access')
      const denied = groupsOfTokens(c)
      if (denied instanceof Response) return denied
      const { name, group: slug, verbs, expires } = c.req.valid('json')
      const group = slug ? await findGroup(c.env.db, slug, access) : undefined
      if (slug && !group) return problem(c, invalid({ path: 'group', message: 'is no group here' }))
      const groupId = group?.id ?? null
      // Nobody hands on what they may not do themselves.
      if (!['team' as const, ...(verbs ?? TOKEN_ABILITIES)].every((verb) => may(access, verb, groupId)))
        return problem(c, refused('forbidden'))
      const expiresAt = expires ? parseInstant(expires) : null
      const made = { name, groupId, expiresAt, verbs: verbs ? JSON.stringify(verbs) : null }
      const { token, secret } = await issueToken(c.env, made)
      return c.json({ ...tokenJson(token, slug ?? null), token: secret }, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/tokens/{id}/rotate',
      tags: ['Tokens'],
      summary: 'Make a successor of a token, which itself lives for a day more',
      security,
      request: { params: byId },
      responses: answers({ 201: Token }, 401, 403, 404),
    }),
    async (c) => {
      const groups = groupsOfTokens(c)
      if (groups instanceof Response) return groups
      const outcome = await issueSuccessor(c.env, c.req.valid('param').id, groups)
      if (!outcome.ok) return problem(c, outcome)
      return c.json({ ...tokenJson(outcome.token, outcome.token.groupId), token: outcome.secret }, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/tokens/{id}',
      tags: ['Tokens'],
      summary: 'Revoke a token',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 403, 404),
    }),
    async (c) => {
      const groups = groupsOfTokens(c)
      if (groups instanceof Response) return groups
      const outcome = await revokeToken(c.env, c.req.valid('param').id, groups)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
