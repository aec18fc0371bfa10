import { createRoute, z } from '@hono/zod-openapi'
import { findGroup } from '../groups/queries.ts'
import { apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid } from '../outcome.ts'
import { parseInstant, toIso } from '../time/zone.ts'
import { issueToken } from './issue.ts'
import { readTokens, type Token as TokenRow } from './queries.ts'
import { revokeToken } from './revoke.ts'
import { NewToken, Token } from './schema.ts'

const LIST_MAX = 200

const tokenJson = (token: TokenRow, group: string | null) => ({
  id: token.id,
  name: token.name,
  group,
  created: toIso(token.createdAt),
  expires: token.expiresAt === null ? null : toIso(token.expiresAt),
})

export const tokenRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/tokens',
      tags: ['Tokens'],
      summary: 'List the live tokens',
      security: [{ bearer: [] }],
      responses: answers({ 200: listOf(Token) }, 401, 403),
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const tokens = await readTokens(c.env.db, LIST_MAX)
      return c.json({ items: tokens.map((token) => tokenJson(token, token.groupId)), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/tokens',
      tags: ['Tokens'],
      summary: 'Make a token; its text is shown once',
      security: [{ bearer: [] }],
      request: { body: jsonBody(NewToken) },
      responses: answers({ 201: Token }, 401, 403, 422),
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const { name, group: slug, expires } = c.req.valid('json')
      const group = slug ? await findGroup(c.env.db, slug, c.get('access')) : undefined
      if (slug && !group) return problem(c, invalid({ path: 'group', message: 'is no group here' }))
      const expiresAt = expires ? parseInstant(expires) : null
      const { token, secret } = await issueToken(c.env, { name, groupId: group?.id ?? null, expiresAt, verbs: null })
      return c.json({ ...tokenJson(token, slug ?? null), token: secret }, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/tokens/{id}',
      tags: ['Tokens'],
      summary: 'Revoke a token',
      security: [{ bearer: [] }],
      request: { params: z.object({ id: z.string() }) },
      responses: answers({ 204: null }, 401, 403, 404),
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const outcome = await revokeToken(c.env, c.req.valid('param').id)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
