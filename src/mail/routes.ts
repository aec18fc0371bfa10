/** What organizers write to guests, and what became of the mails. */
import { createRoute, z } from '@hono/zod-openapi'
import { eventToOrganize } from '../events/requests.ts'
import { apiRouter } from '../http/app-env.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { toIso } from '../time/zone.ts'
import { readMails } from './queries.ts'
import { retryMails } from './retry.ts'
import { MAIL_STATES, MailEntry, Message, NewMessage, RetriedMails, RetryMails } from './schema.ts'
import { writeMessage } from './write.ts'

const byId = z.object({ id: z.string() })
const security = [{ bearer: [] }]

export const mailRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/messages',
      tags: ['Mail'],
      summary: 'Write to all guests of an event, or to some of them',
      security,
      request: { params: byId, body: jsonBody(NewMessage) },
      responses: answers({ 201: Message }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const { subject, ...rest } = c.req.valid('json')
      const written = await writeMessage(c.env, event, { subject, ...rest })
      return c.json({ ...written, subject, mail: c.env.mailer ? ('sent' as const) : ('off' as const) }, 201)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/events/{id}/mails',
      tags: ['Mail'],
      summary: 'The mails about an event, the newest first, and what became of them',
      security,
      request: { params: byId, query: z.object({ ...pageQuery, state: z.enum(MAIL_STATES).optional() }) },
      responses: answers({ 200: listOf(MailEntry) }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      const { limit, cursor, state } = c.req.valid('query')
      const [seq, rsvpId] = cursor ? (readCursor(cursor) ?? []) : []
      const before = cursor ? { seq: Number(seq), rsvpId: String(rsvpId) } : null
      const rows = await readMails(c.env.db, event.id, limit, before, state)
      const { items, next } = page(rows, limit, (row) => writeCursor(row.seq, row.rsvpId))
      const entries = items.map(({ seq, rsvpId: rsvp, sentAt, ...row }) => ({
        id: `${seq}.${rsvp}`,
        rsvp,
        ...row,
        sent: sentAt === null ? null : toIso(sentAt),
      }))
      return listAnswer(c, { items: entries, next })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/events/{id}/mails/retry',
      tags: ['Mail'],
      summary: 'Send mails that were given up once more: one, or all of the event',
      security,
      request: { params: byId, body: jsonBody(RetryMails) },
      responses: answers({ 200: RetriedMails }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const event = await eventToOrganize(c, c.req.valid('param').id)
      if (event instanceof Response) return event
      return c.json({ due: await retryMails(c.env, event.id, c.req.valid('json').id) }, 200)
    },
  )
