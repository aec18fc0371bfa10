/** What the archive lacks, and the links with which speakers hand it in. */
import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { refused } from '../outcome.ts'
import { readChecked, readGaps } from './gaps.ts'
import { createHandIns, readHandIns, revokeHandIn } from './handin.ts'
import { checkedJson, gapJson, handInJson } from './json.ts'
import { changeable, conferenceOr404, gapQuery, readGapPage, talkOr404 } from './requests.ts'
import { CheckedResource, Gap, HandIn, NewHandIn } from './schema.ts'

const bySlug = z.object({ slug: z.string() })
const security = [{ bearer: [] }]
/** As many as one answer is read with pleasure. */
const AT_ONCE = 200

const ForSpeakers = z.object({ slug: z.string(), title: z.string(), speakers: z.array(z.string()), url: z.string() })

export const handInRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/archive/gaps',
      tags: ['Talks'],
      summary: 'Which talks lack slides or a recording, and which of their links are dead',
      request: { query: gapQuery },
      responses: answers({ 200: listOf(Gap) }, 422),
    }),
    async (c) => {
      const { items, next } = await readGapPage(c, c.get('access'), c.req.valid('query'))
      return listAnswer(c, { items: items.map((row) => gapJson(c.env.baseUrl, row)), next })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/talks/{slug}/resources',
      tags: ['Talks'],
      summary: 'The resources of a talk, when their links were checked last, and where to look instead of dead ones',
      request: { params: bySlug },
      responses: answers({ 200: z.object({ items: z.array(CheckedResource) }) }, 404, 410),
    }),
    async (c) => {
      const talk = await talkOr404(c, c.req.valid('param').slug)
      if (talk instanceof Response) return talk
      const items = checkedJson(talk, await readChecked(c.env.db, talk.id))
      return c.json({ items } as never)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/talks/{slug}/hand-ins',
      tags: ['Talks'],
      summary: 'Make a link with which a speaker hands in slides, without an account; it is shown once',
      security,
      request: { params: bySlug, body: { content: { 'application/json': { schema: NewHandIn } }, required: false } },
      responses: answers({ 201: HandIn }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const talk = changeable(c, await talkOr404(c, c.req.valid('param').slug))
      if (talk instanceof Response) return talk
      const { name } = c.req.header('Content-Type') ? c.req.valid('json') : NewHandIn.parse({})
      const [made] = await createHandIns(c.env, [{ talk, name }])
      return c.json(handInJson(c.env.baseUrl, made!.link, made!.token), 201, { 'Cache-Control': 'no-store' })
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/talks/{slug}/hand-ins',
      tags: ['Talks'],
      summary: 'List the open links of a talk, and what came by them',
      security,
      request: { params: bySlug, query: z.object(pageQuery) },
      responses: answers({ 200: listOf(HandIn) }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const talk = changeable(c, await talkOr404(c, c.req.valid('param').slug))
      if (talk instanceof Response) return talk
      const { limit, cursor } = c.req.valid('query')
      const rows = await readHandIns(c.env, talk.id, limit, cursor ? String(readCursor(cursor)?.[0]) : '')
      const { items, next } = page(rows, limit, ({ id }) => writeCursor(id))
      return listAnswer(c, { items: items.map((link) => handInJson(c.env.baseUrl, link)), next })
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/talks/{slug}/hand-ins/{id}',
      tags: ['Talks'],
      summary: 'Take a link back; what came by it stays',
      security,
      request: { params: bySlug.extend({ id: z.string() }) },
      responses: answers({ 204: null }, 401, 403, 404, 410),
    }),
    async (c) => {
      const { slug, id } = c.req.valid('param')
      const talk = changeable(c, await talkOr404(c, slug))
      if (talk instanceof Response) return talk
      return (await revokeHandIn(c.env, talk, id)) ? c.body(null, 204) : problem(c, refused('not_found'))
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/conferences/{slug}/hand-ins',
      tags: ['Conferences'],
      summary: `Make such a link for each talk of a conference that lacks slides and has none open, ${AT_ONCE} at a time`,
      security,
      request: {
        params: bySlug,
        body: jsonBody(z.strictObject({ lacks: z.enum(['slides', 'recording']).default('slides') })),
      },
      responses: answers({ 201: z.object({ items: z.array(ForSpeakers) }) }, 401, 403, 404, 410, 422),
    }),
    async (c) => {
      const conference = changeable(c, await conferenceOr404(c, c.req.valid('param').slug))
      if (conference instanceof Response) return conference
      const filter = { conference: conference.slug, lacks: [c.req.valid('json').lacks], isUnasked: true }
      const gaps = await readGaps(c.env.db, c.get('access'), filter, c.env.now(), AT_ONCE)
      // A conference may hold talks of another group.
      const own = gaps.slice(0, AT_ONCE).filter(({ groupId }) => notAllowed(c, groupId) === null)
      const talks = own.map((talk) => ({ talk, name: talk.speakers[0]?.name ?? 'Speaker' }))
      const made = await createHandIns(c.env, talks)
      const items = made.map(({ token }, at) => {
        const { slug, title, speakers } = talks[at]!.talk
        return { slug, title, speakers: speakers.map(({ name }) => name), url: `${c.env.baseUrl}/hand-in/${token}` }
      })
      return c.json({ items }, 201, { 'Cache-Control': 'no-store' })
    },
  )
