/** One person's calendar: what was answered with an address that a mail has proven, and the talks that were starred. */
import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { capabilityOf } from '../http/auth.ts'
import { answers } from '../http/contract.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { provenAddress } from '../rsvp/requests.ts'
import { createPersonalFeed, renewPersonalFeed } from './create.ts'
import { personalJson } from './json.ts'
import { readStars } from './queries.ts'
import { personOr401 } from './requests.ts'
import { NewAddress, Stars } from './schema.ts'
import { starTalk } from './update.ts'

const security = [{ bearer: [] }]
const bySlug = z.object({ slug: z.string() })

export const personalRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/me',
      tags: ['Personal'],
      summary: 'Make a calendar of all that one has answered, with the token of a link that came by mail',
      security,
      responses: answers({ 201: NewAddress }, 401, 403),
    }),
    async (c) => {
      const token = capabilityOf(c, 'rsvp')
      if (token === undefined) return problem(c, refused('unauthorized'))
      const emailKey = await provenAddress(c, token)
      if (emailKey === null)
        return problem(c, refused('forbidden', 'Only the link that came by mail proves the address.'))
      c.header('Cache-Control', 'no-store')
      return c.json(personalJson(c.env.baseUrl, await createPersonalFeed(c.env, emailKey)), 201)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/me/renew',
      tags: ['Personal'],
      summary: 'A new secret; all earlier ones open nothing any more',
      security,
      responses: answers({ 201: NewAddress }, 401),
    }),
    async (c) => {
      const person = await personOr401(c)
      if (person instanceof Response) return person
      c.header('Cache-Control', 'no-store')
      return c.json(personalJson(c.env.baseUrl, await renewPersonalFeed(c.env, person.emailKey)), 201)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/me/stars',
      tags: ['Personal'],
      summary: 'The talks that one has starred',
      security,
      responses: answers({ 200: Stars }, 401),
    }),
    async (c) => {
      const person = await personOr401(c)
      if (person instanceof Response) return person
      c.header('Cache-Control', 'no-store')
      return c.json({ items: await readStars(c.env.db, person.emailKey), next: null })
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/me/stars/{slug}',
      tags: ['Personal'],
      summary: 'Star a talk: it stands in the calendar',
      security,
      request: { params: bySlug },
      responses: answers({ 204: null }, 401, 404),
    }),
    async (c) => {
      const person = await personOr401(c)
      if (person instanceof Response) return person
      const outcome = await starTalk(c.env, person, c.req.valid('param').slug, true)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/me/stars/{slug}',
      tags: ['Personal'],
      summary: 'Take a star back',
      security,
      request: { params: bySlug },
      responses: answers({ 204: null }, 401, 404),
    }),
    async (c) => {
      const person = await personOr401(c)
      if (person instanceof Response) return person
      const outcome = await starTalk(c.env, person, c.req.valid('param').slug, false)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
