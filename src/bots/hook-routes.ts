/** What bots post: signed with their secret (Standard Webhooks), each call done once. */
import { createRoute, z } from '@hono/zod-openapi'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { faults } from '../http/faults.ts'
import { problem } from '../http/problem.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { isFromProvider } from '../replies/webhook.ts'
import { type Answered, onceFor } from './call.ts'
import { answerTo } from './commands/index.ts'
import { type BotOfGroup, findBot } from './queries.ts'
import { takeGiven } from './requests.ts'
import { CommandAnswer, CommandInput, LogInput, LogTaken } from './schema.ts'

const byId = z.object({ id: z.string() })
const signed = (name: string) => ({
  params: byId,
  headers: z.object({
    'webhook-id': z.string().optional().openapi({ description: 'another one for each call' }),
    'webhook-timestamp': z.string().optional().openapi({ description: 'in Unix seconds; good for five minutes' }),
    'webhook-signature': z
      .string()
      .optional()
      .openapi({ description: '`v1,` and base64 of HMAC-SHA256 of `id.timestamp.body`' }),
  }),
  // Not read by a schema: the signature is of the bytes.
  body: {
    content: { 'application/json': { schema: { type: 'object' as const, $ref: `#/components/schemas/${name}` } } },
  },
})

/** The body of a call by the bot that signed it, as JSON of this shape; the refusal where it is not. */
async function signedBody<T extends z.ZodType>(
  c: AppContext,
  id: string,
  schema: T,
): Promise<{ ok: true; bot: BotOfGroup; body: z.output<T> } | Refused> {
  const bot = await findBot(c.env.db, id)
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  // Signatures alone: a password in a header could be sent again for ever.
  const headers = { get: (name: string) => (name === 'Authorization' ? null : c.req.header(name)) }
  const isSigned = await isFromProvider(headers, bytes, bot?.secret || 'none', c.env.now())
  if (!bot || bot.secret === '' || !isSigned)
    return refused('unauthorized', 'The call is not signed by this bot, or was signed long ago.')
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return refused('bad_json')
  }
  const parsed = schema.safeParse(json)
  return parsed.success ? { ok: true, bot, body: parsed.data } : invalid(...faults(parsed.error.issues as never))
}

/** Does what a call asks for; the same call again is answered as before. */
async function answerOnce(c: AppContext, bot: BotOfGroup, run: () => Promise<Answered | Refused>): Promise<Response> {
  const callId = (c.req.header('webhook-id') ?? '').slice(0, 200)
  let refusal: Refused | undefined
  const answer = await onceFor(c.env, bot, callId, async () => {
    const outcome = await run()
    if (!('reason' in outcome)) return outcome
    refusal = outcome
    // Nothing was written: the same call may be tried again.
    return { status: 500, body: null }
  })
  if (refusal) return problem(c, refusal)
  if (!answer) return problem(c, refused('busy'))
  if (answer.isRepeated) c.header('Idempotent-Replayed', 'true')
  return c.json(answer.body as never, answer.status as 200)
}

export const botHookRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/bots/{id}/logs',
      tags: ['Bots'],
      summary: 'Hand in the log or the minutes of a meeting: of MeetBot, of maubot-meetings, or as a room was logged',
      request: signed('LogInput'),
      responses: answers({ 200: LogTaken }, 400, 401, 413, 422, 503),
    }),
    async (c) => {
      const call = await signedBody(c, c.req.valid('param').id, LogInput)
      if (!call.ok) return problem(c, call)
      return answerOnce(c, call.bot, async () => {
        const taken = await takeGiven(c, { id: call.bot.groupId }, JSON.parse(call.bot.teams), call.body)
        return 'reason' in taken ? taken : { status: 200, body: taken }
      })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/bots/{id}/commands',
      tags: ['Bots'],
      summary: 'Ask what somebody typed in chat: !next, !agenda add TOPIC, !rsvp yes, !count me out',
      request: signed('ChatCommand'),
      responses: answers({ 200: CommandAnswer }, 400, 401, 422, 503),
    }),
    async (c) => {
      const call = await signedBody(c, c.req.valid('param').id, CommandInput)
      if (!call.ok) return problem(c, call)
      const { bot, body } = call
      const { nick, channel, text } = body
      const asked = { deps: c.env, group: { id: bot.groupId, slug: bot.slug }, bot, nick, channel }
      return answerOnce(c, bot, async () => ({ status: 200, body: { reply: await answerTo(asked, text) } }))
    },
  )
