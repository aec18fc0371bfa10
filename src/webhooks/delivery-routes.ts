/** What was sent to a webhook, what was given up, and how to send it again. */
import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { deliveryJson, webhookJson } from './json.ts'
import { readDeliveries } from './queries.ts'
import { webhookOr404 } from './requests.ts'
import { retryDeliveries } from './retry.ts'
import { DELIVERY_STATES, Delivery, RetriedDeliveries, RetryDeliveries, Webhook } from './schema.ts'
import { testWebhook } from './update.ts'

const tags = ['Webhooks']
const security = [{ bearer: [] }]
const params = z.object({ id: z.string() })

export const deliveryRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/{id}/test',
      tags,
      summary: 'Send a webhook a message that tells of nothing else (`webhook.tested`)',
      security,
      request: { params },
      responses: answers({ 202: Webhook }, 401, 404, 409, 412),
    }),
    async (c) => {
      const row = await webhookOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      if (row.offAt !== null) return problem(c, refused('webhook_off'))
      const outcome = await testWebhook(c.env, row)
      return outcome.ok ? c.json(webhookJson(outcome.webhook), 202) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/webhooks/{id}/deliveries',
      tags,
      summary: 'The messages to a webhook of the last month, the newest first, and what became of them',
      security,
      request: { params, query: z.object({ ...pageQuery, state: z.enum(DELIVERY_STATES).optional() }) },
      responses: answers({ 200: listOf(Delivery) }, 401, 404, 422),
    }),
    async (c) => {
      const row = await webhookOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const { limit, cursor, state } = c.req.valid('query')
      const before = cursor ? Number(readCursor(cursor)?.[0]) : null
      const rows = await readDeliveries(c.env.db, row.id, limit, before, state)
      const { items, next } = page(rows, limit, ({ seq }) => writeCursor(seq))
      return listAnswer(c, { items: items.map(deliveryJson), next })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/{id}/deliveries/retry',
      tags,
      summary: 'Send messages that were given up once more: one, or all',
      security,
      request: { params, body: jsonBody(RetryDeliveries) },
      responses: answers({ 200: RetriedDeliveries }, 401, 404, 409, 422),
    }),
    async (c) => {
      const row = await webhookOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const outcome = await retryDeliveries(c.env, row, c.req.valid('json').id)
      return outcome.ok ? c.json({ due: outcome.due }, 200) : problem(c, outcome)
    },
  )
