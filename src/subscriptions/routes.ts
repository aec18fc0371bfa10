import { createRoute, z } from '@hono/zod-openapi'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { capabilityOf } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { expectedVersion, jsonWithVersion } from '../http/etag.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { createSubscription } from './create.ts'
import { deleteSubscription } from './delete.ts'
import { editPathOf, subscriptionJson } from './json.ts'
import type { SubscriptionRow } from './queries.ts'
import { subscriptionOf } from './requests.ts'
import { Choice, NewSubscription, Subscription } from './schema.ts'
import { updateSubscription } from './update.ts'

const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]

/** The chosen feed of a request, for who has its secret; for everybody else there is none. */
async function ownOr404(c: AppContext, id: string): Promise<SubscriptionRow | Response> {
  const row = await subscriptionOf(c, capabilityOf(c, 'feed'))
  return row?.id === id ? row : problem(c, refused('not_found'))
}

export const subscriptionRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/subscriptions',
      tags: ['Subscriptions'],
      summary:
        'Choose a feed of one’s own: groups, series, kinds and tags, and talks of speakers and conferences in one address, without an account',
      request: { body: jsonBody(Choice) },
      responses: answers({ 201: NewSubscription }, 422),
    }),
    async (c) => {
      const { row, secret } = await createSubscription(c.env, c.req.valid('json'))
      const own = { secret, editUrl: `${c.env.baseUrl}${editPathOf(secret)}` }
      return jsonWithVersion(c, { ...subscriptionJson(c.env.baseUrl, row), ...own }, row.changeId, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/subscriptions/{id}',
      tags: ['Subscriptions'],
      summary: 'What was chosen, for who has the secret',
      security,
      request: { params: byId },
      responses: answers({ 200: Subscription }, 404),
    }),
    async (c) => {
      const row = await ownOr404(c, c.req.valid('param').id)
      return row instanceof Response ? row : jsonWithVersion(c, subscriptionJson(c.env.baseUrl, row), row.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/subscriptions/{id}',
      tags: ['Subscriptions'],
      summary: 'Choose anew; the address stays',
      security,
      request: { params: byId, body: jsonBody(Choice) },
      responses: answers({ 200: Subscription }, 404, 412, 422),
    }),
    async (c) => {
      const row = await ownOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const expected = expectedVersion(c)
      if (expected !== undefined && expected !== row.changeId) return problem(c, refused('stale'))
      const outcome = await updateSubscription(c.env, row, c.req.valid('json'))
      if (!outcome.ok) return problem(c, outcome)
      return jsonWithVersion(c, subscriptionJson(c.env.baseUrl, outcome.row), outcome.row.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/subscriptions/{id}',
      tags: ['Subscriptions'],
      summary: 'Take the feed away',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 404),
    }),
    async (c) => {
      const row = await ownOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      await deleteSubscription(c.env, row)
      return c.body(null, 204)
    },
  )
