import { createRoute, z } from '@hono/zod-openapi'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { expectedVersion, jsonWithVersion } from '../http/etag.ts'
import { listAnswer, listOf, page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problem } from '../http/problem.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { createSpeaker } from './create-speaker.ts'
import { forgetSpeaker } from './forget.ts'
import { speakerJson } from './json.ts'
import { Merge, NewSpeaker, Speaker, SpeakerPatch } from './schema.ts'
import { findSpeaker, movedSpeaker, readSpeakers, type SpeakerRow } from './speakers.ts'
import { mergeSpeakers, updateSpeaker } from './update-speaker.ts'

const bySlug = z.object({ slug: z.string() })
const security = [{ bearer: [] }]
const tags = ['Speakers']

async function answerSpeaker(c: AppContext, slug: string, status: 200 | 201 = 200) {
  const row = await findSpeaker(c.env.db, slug, c.get('access'))
  if (!row) return problem(c, refused('not_found'))
  const headers: Record<string, string> = status === 201 ? { Location: `/api/v1/speakers/${slug}` } : {}
  return jsonWithVersion(c, speakerJson(c.env.baseUrl, row), row.changeId, status, headers)
}

/** The speaker of a request that changes it: persons are everybody's, so it takes the operator's token. */
async function speakerToChange(c: AppContext, slug: string): Promise<SpeakerRow | Response> {
  const denied = notAllowed(c, null)
  if (denied) return denied
  const row = await findSpeaker(c.env.db, slug, c.get('access'))
  if (!row) return problem(c, refused('not_found'))
  const expected = expectedVersion(c)
  return expected === undefined || expected === row.changeId ? row : problem(c, refused('stale'))
}

const done = (c: AppContext, outcome: { ok: true } | Refused, slug: string) =>
  outcome.ok ? answerSpeaker(c, slug) : problem(c, outcome)

export const speakerRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/speakers',
      tags,
      summary: 'List the speakers by name',
      request: { query: z.object(pageQuery) },
      responses: answers({ 200: listOf(Speaker) }, 422),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = cursor ? { nameKey: String(readCursor(cursor)?.[0]) } : undefined
      const { items, next } = page(await readSpeakers(c.env.db, limit, after), limit, (row) => writeCursor(row.nameKey))
      return listAnswer(c, { items: items.map((row) => speakerJson(c.env.baseUrl, row)), next })
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/speakers',
      tags,
      summary: 'Put a person into the archive; one who was left out is back by it',
      security,
      request: { body: jsonBody(NewSpeaker) },
      responses: answers({ 201: Speaker }, 401, 403, 409, 422),
    }),
    async (c) => {
      const denied = notAllowed(c, null)
      if (denied) return denied
      const outcome = await createSpeaker(c.env, c.req.valid('json'))
      return outcome.ok ? answerSpeaker(c, outcome.slug, 201) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/speakers/{slug}',
      tags,
      summary: 'Read a speaker; their talks are /talks?speaker=',
      description: 'The address of a person who turned out to be another leads to that one.',
      request: { params: bySlug },
      responses: answers({ 200: Speaker, 301: null }, 404),
    }),
    async (c) => {
      const { slug } = c.req.valid('param')
      const moved = await movedSpeaker(c.env.db, slug, c.get('access'))
      return moved ? c.redirect(`/api/v1/speakers/${moved}`, 301) : answerSpeaker(c, slug)
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/speakers/{slug}',
      tags,
      summary: 'Change a person: name, other names, biography, website',
      security,
      request: { params: bySlug, body: jsonBody(SpeakerPatch) },
      responses: answers({ 200: Speaker }, 401, 403, 404, 409, 412, 422),
    }),
    async (c) => {
      const { slug } = c.req.valid('param')
      const row = await speakerToChange(c, slug)
      if (row instanceof Response) return row
      return done(c, await updateSpeaker(c.env, row, c.req.valid('json')), slug)
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/speakers/{slug}/merge',
      tags,
      summary: 'Say that another speaker is this one',
      security,
      request: { params: bySlug, body: jsonBody(Merge) },
      responses: answers({ 200: Speaker }, 401, 403, 404, 412, 422),
    }),
    async (c) => {
      const { slug } = c.req.valid('param')
      const row = await speakerToChange(c, slug)
      if (row instanceof Response) return row
      const { from: other } = c.req.valid('json')
      const from = other === slug ? undefined : await findSpeaker(c.env.db, other, c.get('access'))
      if (!from) return problem(c, invalid({ path: 'from', message: 'is no other speaker here' }))
      return done(c, await mergeSpeakers(c.env, row, from), slug)
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/speakers/{slug}',
      tags,
      summary: 'Leave a person out of the archive for good, as they asked; their talks stay without them',
      security,
      request: { params: bySlug },
      responses: answers({ 204: null }, 401, 403, 404, 412),
    }),
    async (c) => {
      const row = await speakerToChange(c, c.req.valid('param').slug)
      if (row instanceof Response) return row
      const outcome = await forgetSpeaker(c.env, row)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
