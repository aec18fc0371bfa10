import { createRoute, z } from '@hono/zod-openapi'
import { sha256 } from '../digest.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { namesTag } from '../http/etag.ts'
import { readPersonIds, readProgramme } from './queries.ts'
import { conferenceOr404 } from './requests.ts'
import { type Schedule, scheduleOf } from './schedule.ts'
import { scheduleToJson } from './schedule-json.ts'
import { scheduleToXml } from './schedule-xml.ts'

const WRITERS: { extension: string; mediaType: string; write: (schedule: Schedule) => string }[] = [
  { extension: 'xml', mediaType: 'application/xml', write: scheduleToXml },
  { extension: 'json', mediaType: 'application/json', write: (schedule) => JSON.stringify(scheduleToJson(schedule)) },
]

export const scheduleRoutes = apiRouter()

for (const { extension, mediaType, write } of WRITERS) {
  const { 200: ok, ...refusals } = answers({ 200: null }, 404, 410)
  const body = { ...ok!, content: { [mediaType]: { schema: z.string() } } }
  scheduleRoutes.openapi(
    createRoute({
      method: 'get',
      path: `/conferences/{slug}/schedule.${extension}`,
      tags: ['Conferences'],
      summary: `The schedule as c3voc has it (${mediaType})`,
      request: { params: z.object({ slug: z.string() }) },
      responses: { 200: body, ...refusals },
    }),
    async (c) => {
      const conference = await conferenceOr404(c, c.req.valid('param').slug)
      if (conference instanceof Response) return conference
      const [talks, personIds] = await Promise.all([
        readProgramme(c.env.db, c.get('access'), conference.id),
        readPersonIds(c.env.db, conference.id),
      ])
      return withTag(c, write(scheduleOf(c.env.baseUrl, conference, talks, personIds)), mediaType)
    },
  )
}

/** A talk is a part of the schedule and has a version of its own, so the tag is made of the text itself. */
async function withTag(c: AppContext, text: string, mediaType: string): Promise<Response> {
  const tag = `"${(await sha256(text)).slice(0, 32)}"`
  if (namesTag(c.req.header('If-None-Match') ?? '', tag)) return c.body(null, 304, { ETag: tag })
  return c.body(text, 200, { 'Content-Type': `${mediaType}; charset=utf-8`, ETag: tag })
}
