import { createRoute, z } from '@hono/zod-openapi'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers, jsonBody } from '../http/contract.ts'
import { jsonWithVersion } from '../http/etag.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { captionsRoutes } from './captions-routes.ts'
import { createTalk } from './create.ts'
import { talkJson } from './json.ts'
import { talkListRoutes } from './list-routes.ts'
import { findConference, findTalk } from './queries.ts'
import { changeable, groupToWriteFor, namedSpeakers, talkOr404 } from './requests.ts'
import { scheduleRoutes } from './schedule-routes.ts'
import { NewTalk, Resources, type SentSpeaker, Talk, type TalkInput, TalkPatch } from './schema.ts'
import { speakerRoutes } from './speaker-routes.ts'
import { deleteTalk, updateTalk } from './update.ts'

const bySlug = z.object({ slug: z.string() })
const security = [{ bearer: [] }]

async function answerTalk(c: AppContext, slug: string, status: 200 | 201 = 200) {
  const row = await findTalk(c.env.db, slug, c.get('access'))
  if (!row) return problem(c, refused('not_found'))
  return jsonWithVersion(
    c,
    talkJson(c.env.baseUrl, row),
    row.changeId,
    status,
    status === 201 ? { Location: `/api/v1/talks/${slug}` } : {},
  )
}

/** Changes a talk and answers with what became of it. */
async function change(
  c: AppContext,
  slug: string,
  { speakers: sent, ...rest }: Partial<Omit<TalkInput, 'speakers'>> & { speakers?: SentSpeaker[] },
) {
  const row = changeable(c, await talkOr404(c, slug))
  if (row instanceof Response) return row
  const speakers = sent && (await namedSpeakers(c, sent))
  if (speakers instanceof Response) return speakers
  const patch = speakers ? { ...rest, speakers } : rest
  const conference = row.conferenceSlug
    ? await findConference(c.env.db, row.conferenceSlug, { kind: 'everything' })
    : undefined
  const outcome = await updateTalk(c.env, row, conference ?? null, patch)
  return outcome.ok ? answerTalk(c, slug) : problem(c, outcome)
}

export const talkRoutes = apiRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/talks',
      tags: ['Talks'],
      summary: 'Put a talk into the archive',
      security,
      request: { body: jsonBody(NewTalk) },
      responses: answers({ 201: Talk }, 401, 403, 409, 422),
    }),
    async (c) => {
      const { slug, conference: of, group: by, speakers: sent, ...talk } = c.req.valid('json')
      const conference = of === undefined ? null : await findConference(c.env.db, of, c.get('access'))
      if (conference === undefined || conference?.deletedAt)
        return problem(c, invalid({ path: 'conference', message: 'is no conference here' }))
      // A conference of no group takes the talks of each; one of a group those that its organizers put in.
      const denied = conference?.groupId ? notAllowed(c, conference.groupId) : null
      if (denied) return denied
      const group = await groupToWriteFor(c, by ?? conference?.groupSlug ?? undefined)
      if (group instanceof Response) return group
      const speakers = await namedSpeakers(c, sent)
      if (speakers instanceof Response) return speakers
      const outcome = await createTalk(c.env, {
        talk: { ...talk, speakers },
        slug,
        conference,
        group: group && { id: group.id, isPublic: group.visibility === 'public' },
      })
      return outcome.ok ? answerTalk(c, outcome.slug, 201) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/talks/{slug}',
      tags: ['Talks'],
      summary: 'Read a talk',
      request: { params: bySlug },
      responses: answers({ 200: Talk }, 404, 410),
    }),
    async (c) => {
      const row = await talkOr404(c, c.req.valid('param').slug)
      return row instanceof Response ? row : jsonWithVersion(c, talkJson(c.env.baseUrl, row), row.changeId)
    },
  )
  .openapi(
    createRoute({
      method: 'patch',
      path: '/talks/{slug}',
      tags: ['Talks'],
      summary: 'Change a talk',
      security,
      request: { params: bySlug, body: jsonBody(TalkPatch) },
      responses: answers({ 200: Talk }, 401, 403, 404, 410, 412, 422),
    }),
    (c) => change(c, c.req.valid('param').slug, c.req.valid('json')),
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/talks/{slug}',
      tags: ['Talks'],
      summary: 'Take a talk out of the archive',
      security,
      request: { params: bySlug },
      responses: answers({ 204: null }, 401, 403, 404, 410, 412),
    }),
    async (c) => {
      const row = changeable(c, await talkOr404(c, c.req.valid('param').slug))
      if (row instanceof Response) return row
      const outcome = await deleteTalk(c.env, row)
      return outcome.ok ? c.body(null, 204) : problem(c, outcome)
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/talks/{slug}/resources',
      tags: ['Talks'],
      summary: 'Say which slides, recordings and other resources a talk has',
      security,
      request: { params: bySlug, body: jsonBody(Resources) },
      responses: answers({ 200: Talk }, 401, 403, 404, 410, 412, 422),
    }),
    (c) => change(c, c.req.valid('param').slug, { resources: c.req.valid('json') }),
  )

talkRoutes.route('/', talkListRoutes)
talkRoutes.route('/', captionsRoutes)
talkRoutes.route('/', scheduleRoutes)
talkRoutes.route('/', speakerRoutes)
