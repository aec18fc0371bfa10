/** Where providers of mail post what came to the address in guests' invitations. */
import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { apiHeaders } from '../http/headers.ts'
import { limitBody } from '../http/limits.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { deadline } from '../remote/fetch.ts'
import { incomingOf, subscriptionIn } from './providers.ts'
import { receive } from './receive.ts'
import { isFromProvider } from './webhook.ts'

const Received = z
  .object({ received: z.string().openapi({ example: 'changed' }) })
  .openapi('Received', { description: 'what came of the message: `changed`, `answered`, or why nothing did' })

/** Apart from the rest of the API, whose bearer tokens providers do not send. */
const router = apiRouter()
router.use('/mail/inbound', apiHeaders, limitBody)

export const replyRoutes = router.openapi(
  createRoute({
    method: 'post',
    path: '/mail/inbound',
    tags: ['Mail'],
    summary: 'Take in a mail with the answer of a guest’s calendar program',
    description:
      'For the webhook of a provider: the message itself (`message/rfc822`), or the JSON of Postmark or Amazon SES. With MAIL_IN_SECRET as the password of HTTP Basic, or as the key of a Standard Webhooks signature.',
    request: {
      query: z.object({ to: z.string().max(320).optional().openapi({ description: 'to whom it was delivered' }) }),
      body: {
        content: {
          // Not read by a schema: the signature is of the bytes.
          'message/rfc822': { schema: { type: 'string' as const } },
          'application/json': { schema: { type: 'object' as const } },
        },
      },
    },
    responses: answers({ 200: Received }, 401, 404, 413, 422, 503),
  }),
  async (c) => {
    const secret = c.env.calendarMail?.secret
    if (!secret) return problem(c, refused('not_found'))
    const body = new Uint8Array(await c.req.arrayBuffer())
    if (!(await isFromProvider(c.req.raw.headers, body, secret, c.env.now())))
      return problem(c, refused('unauthorized'))
    const welcome = subscriptionIn(body)
    if (welcome) {
      const answer = await c.env.remoteGet(welcome, {}, deadline()).catch(() => null)
      // Asked again, they come again.
      return answer?.status === 200 ? c.json({ received: 'subscription' }, 200) : problem(c, refused('busy'))
    }
    const incoming = incomingOf(c.req.header('Content-Type') ?? '', body)
    if (!incoming) return problem(c, invalid({ path: '', message: 'holds no message' }))
    const { to } = c.req.valid('query')
    const recipients = [...(to ? [to] : []), ...(incoming.recipients ?? [])]
    return c.json({ received: await receive(c.env, { ...incoming, recipients }) }, 200)
  },
)
