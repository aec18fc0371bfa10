import { createRoute, z } from '@hono/zod-openapi'
import { sha256 } from '../digest.ts'
import { type AppContext, apiRouter } from '../http/app-env.ts'
import { answers } from '../http/contract.ts'
import { namesTag } from '../http/etag.ts'
import { type ConferenceRow, type FullTalk, readProgramme } from './queries.ts'
import { conferenceOr404 } from './requests.ts'
import { scheduleOf } from './schedule.ts'
import { talksToCsv } from './schedule-csv.ts'
import { scheduleToJson } from './schedule-json.ts'
import { scheduleToXml } from './schedule-xml.ts'
import { readPersonIds } from './speakers.ts'

type Programme = { baseUrl: string; conference: ConferenceRow; talks: FullTalk[]; personIds: Map<string, string> }
type Writer = { extension: string; mediaType: string; untimed: boolean; write(programme: Programme): string }

const asSchedule = ({ baseUrl, conference, talks, personIds }: Programme) =>
  scheduleOf(baseUrl, conference, talks, personIds)

/** Every format that a schedule goes out in; those of c3voc have no place for a talk without a time. */
const WRITERS: Writer[] = [
  { extension: 'xml', mediaType: 'application/xml', untimed: false, write: (one) => scheduleToXml(asSchedule(one)) },
  {
    extension: 'json',
    mediaType: 'application/json',
    untimed: false,
    write: (one) => JSON.stringify(scheduleToJson(asSchedule(one))),
  },
  {
    extension: 'csv',
    mediaType: 'text/csv',
    untimed: true,
    write: ({ conference, talks }) => talksToCsv(conference, talks),
  },
]

export const scheduleRoutes = apiRouter()

for (const { extension, mediaType, untimed, write } of WRITERS) {
  const { 200: ok, ...refusals } = answers({ 200: null }, 404, 410)
  const body = { ...ok!, content: { [mediaType]: { schema: z.string() } } }
  scheduleRoutes.openapi(
    createRoute({
      method: 'get',
      path: `/conferences/{slug}/schedule.${extension}`,
      tags: ['Conferences'],
      summary: extension === 'csv' ? 'The talks as a table' : `The schedule as c3voc has it (${mediaType})`,
      request: { params: z.object({ slug: z.string() }) },
      responses: { 200: body, ...refusals },
    }),
    async (c) => {
      const conference = await conferenceOr404(c, c.req.valid('param').slug)
      if (conference instanceof Response) return conference
      const [talks, personIds] = await Promise.all([
        readProgramme(c.env.db, c.get('access'), conference.id, untimed),
        readPersonIds(c.env.db, conference.id),
      ])
      return withTag(c, write({ baseUrl: c.env.baseUrl, conference, talks, personIds }), mediaType)
    },
  )
}

/** A talk is a part of the schedule and has a version of its own, so the tag is made of the text itself. */
async function withTag(c: AppContext, text: string, mediaType: string): Promise<Response> {
  const tag = `"${(await sha256(text)).slice(0, 32)}"`
  if (namesTag(c.req.header('If-None-Match') ?? '', tag)) return c.body(null, 304, { ETag: tag })
  return c.body(text, 200, { 'Content-Type': `${mediaType}; charset=utf-8`, ETag: tag })
}
