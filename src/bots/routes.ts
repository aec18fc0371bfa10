import { createRoute, z } from '@hono/zod-openapi'
import { groupOr404 } from '../groups/routes.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listOf } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { toIso } from '../time/zone.ts'
import { createBot } from './create.ts'
import { deleteBot } from './delete.ts'
import { pullLogs } from './pull.ts'
import { type BotRow, readBots } from './queries.ts'
import { takeGiven } from './requests.ts'
import { Bot, LogInput, LogTaken, NewBot, PullAnswer, PullQuery } from './schema.ts'

const bySlug = z.object({ slug: z.string() })
const byId = z.object({ slug: z.string(), id: z.string() })
const security = [{ bearer: [] }]

const botJson = (baseUrl: string, { id, name, url, teams, checkedAt, error }: BotRow) => ({
  id,
  name,
  url,
  teams: JSON.parse(teams) as string[],
  logs: `${baseUrl}/api/v1/bots/${id}/logs`,
  commands: `${baseUrl}/api/v1/bots/${id}/commands`,
  checked: checkedAt === null ? null : toIso(checkedAt),
  error,
})

async function groupToRun(c: AppContext, slug: string) {
  const group = await groupOr404(c, slug)
  return group instanceof Response ? group : (notAllowed(c, group.id) ?? group)
}

async function botToRun(c: AppContext, { slug, id }: { slug: string; id: string }): Promise<BotRow | Response> {
  const group = await groupToRun(c, slug)
  if (group instanceof Response) return group
  const bot = (await readBots(c.env.db, group.id)).find((one) => one.id === id)
  return bot ?? problem(c, refused('not_found'))
}

export const botRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/bots',
      tags: ['Bots'],
      summary: 'Let a bot hand in logs and ask what people type; its secret is shown once',
      security,
      request: { params: bySlug, body: jsonBody(NewBot) },
      responses: answers({ 201: Bot }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const group = await groupToRun(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const outcome = await createBot(c.env, group.id, c.req.valid('json'))
      if (!outcome.ok) return problem(c, outcome)
      return c.json({ ...botJson(c.env.baseUrl, outcome.bot), secret: outcome.bot.secret }, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/groups/{slug}/bots',
      tags: ['Bots'],
      summary: 'The bots of a group, and how fetching their logs went',
      security,
      request: { params: bySlug },
      responses: answers({ 200: listOf(Bot) }, 401, 403, 404, 410),
    }),
    async (c) => {
      const group = await groupToRun(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const bots = await readBots(c.env.db, group.id)
      return c.json({ items: bots.map((bot) => botJson(c.env.baseUrl, bot)), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/groups/{slug}/bots/{id}',
      tags: ['Bots'],
      summary: 'Take nothing from a bot any more; what it brought stays',
      security,
      request: { params: byId },
      responses: answers({ 204: null }, 401, 403, 404, 410),
    }),
    async (c) => {
      const bot = await botToRun(c, c.req.valid('param'))
      if (bot instanceof Response) return bot
      await deleteBot(c.env, bot)
      return c.body(null, 204)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/bots/{id}/pull',
      tags: ['Bots'],
      summary: 'Fetch new logs now; each hour it happens by itself',
      security,
      request: { params: byId, query: PullQuery },
      responses: answers({ 200: PullAnswer }, 401, 403, 404, 410, 422, 503),
    }),
    async (c) => {
      const bot = await botToRun(c, c.req.valid('param'))
      if (bot instanceof Response) return bot
      const outcome = await pullLogs(c.env, bot, c.req.valid('query').since)
      return outcome.ok ? c.json({ logs: outcome.logs }, 200) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/groups/{slug}/logs',
      tags: ['Bots'],
      summary: 'Hand in the log of a meeting as an organizer: its date is found by its name, its room and its time',
      security,
      request: { params: bySlug, body: jsonBody(LogInput) },
      responses: answers({ 200: LogTaken }, 401, 403, 404, 410, 413, 422, 503),
    }),
    async (c) => {
      const group = await groupToRun(c, c.req.valid('param').slug)
      if (group instanceof Response) return group
      const taken = await takeGiven(c, group, [], c.req.valid('json'))
      return 'reason' in taken ? problem(c, taken) : c.json(taken, 200)
    },
  )
