import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { jsonWithVersion } from '../http/etag.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'

import { createWebhook } from './create.ts'
import { webhookJson } from './json.ts'
import { readWebhooks } from './queries.ts'
import { groupOfNew, mayNowhere, webhookOr404 } from './requests.ts'
import { NewWebhook, Webhook, WebhookPatch } from './schema.ts'
import { deleteWebhook, rotateSecret, updateWebhook } from './update.ts'

const tags = ['Webhooks']
const security = [{ bearer: [] }]
const params = z.object({ id: z.string() })

export const webhookRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/webhooks',
      tags,
      summary: 'The webhooks of the groups that the token organizes',
      security,
      request: { query: z.object(pageQuery) },
      responses: answers({ 200: listOf(Webhook) }, 401, 422),
    }),
    async (c) => {
      const access = c.get('access')
      const denied = mayNowhere(c)
      if (denied) return denied
      const { limit, cursor } = c.req.valid('query')
      const after = cursor ? String(readCursor(cursor)?.[0]) : ''
      const { items, next } = page(await readWebhooks(c.env.db, access, limit, after), limit, ({ id }) =>
        writeCursor(id),
      )
      return listAnswer(c, { items: items.map(webhookJson), next })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/webhooks',
      tags,
      summary: 'Be told of changes; the secret that signs the messages is shown once',
      security,
      request: { body: jsonBody(NewWebhook) },
      responses: answers({ 201: Webhook }, 401, 403, 409, 422),
    }),
    async (c) => {
      const { group: slug, ...input } = c.req.valid('json')
      const group = await groupOfNew(c, slug)
      if (group instanceof Response) return group
      const outcome = await createWebhook(c.env, group, input)
      if (!outcome.ok) return problem(c, outcome)
      const { webhook } = outcome
      const body = { ...webhookJson(webhook), secret: webhook.secret }
      return jsonWithVersion(c, body, webhook.changeId, 201, { Location: `/api/v1/webhooks/${webhook.id}` })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/webhooks/{id}',
      tags,
      summary: 'A webhook, and whether it works',
      security,
      request: { params },
      responses: answers({ 200: Webhook }, 401, 404),
    }),
    async (c) => {
      const row = await webhookOr404(c, c.req.valid('param').id)
      return row instanceof Response ? row : c.json(webhookJson(row), 200, { ETag: `"${row.changeId}"` })
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/webhooks/{id}',
      tags,
      summary: 'Change a webhook, or switch it off and on again',
      security,
      request: { params, body: jsonBody(WebhookPatch) },
      responses: answers({ 200: Webhook }, 401, 404, 412, 422),
    }),
    async (c) => {
      const row = await webhookOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const outcome = await updateWebhook(c.env, row, c.req.valid('json'))
      if (!outcome.ok) return problem(c, outcome)
      return jsonWithVersion(c, webhookJson(outcome.webhook), outcome.webhook.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/webhooks/{id}',
      tags,
      summary: 'Take a webhook away',
      security,
      request: { params },
      responses: answers({ 204: null }, 401, 404, 412),
    }),
    async (c) => {
      const row = await webhookOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const outcome = await deleteWebhook(c.env, row)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/webhooks/{id}/rotate',
      tags,
      summary: 'Another secret; for a day messages are signed with both',
      security,
      request: { params },
      responses: answers({ 200: Webhook }, 401, 404, 412),
    }),
    async (c) => {
      const row = await webhookOr404(c, c.req.valid('param').id)
      if (row instanceof Response) return row
      const outcome = await rotateSecret(c.env, row)
      if (!outcome.ok) return problem(c, outcome)
      const { webhook } = outcome
      return jsonWithVersion(c, { ...webhookJson(webhook), secret: webhook.secret }, webhook.changeId)
    },
  )
