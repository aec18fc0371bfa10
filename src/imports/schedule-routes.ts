import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { notOrganizer } from '../http/auth.ts'
import { answers } from '../http/contract.ts'
import { slug as slugField, timeZone } from '../http/fields.ts'
import { bodyText } from '../http/limits.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { findConference } from '../talks/queries.ts'
import { Imported } from '../talks/schema.ts'
import { applySchedule } from './apply-schedule.ts'
import { scheduleFormats } from './schedule-formats.ts'

const NOTES_MAX = 100

export const scheduleImportRoutes = apiRouter()

for (const format of scheduleFormats) {
  scheduleImportRoutes.openapi(
    createRoute({
      method: 'put',
      path: `/conferences/{slug}/schedule.${format.extension}`,
      tags: ['Conferences'],
      summary: `Import a schedule (${format.mediaTypes[0]}); the conference is made if need be`,
      security: [{ bearer: [] }],
      request: {
        params: z.object({ slug: slugField }),
        query: z.object({
          timeZone: timeZone.optional().openapi({ description: 'counts where the schedule names none' }),
        }),
        body: {
          content: { [format.mediaTypes[0]]: { schema: format.extension === 'json' ? z.looseObject({}) : z.string() } },
        },
      },
      responses: answers({ 200: Imported }, 401, 403, 410, 412, 413, 415, 422),
    }),
    async (c) => {
      const { slug } = c.req.valid('param')
      const before = (await findConference(c.env.db, slug, { kind: 'everything' })) ?? null
      const denied = notOrganizer(c, before?.groupId ?? null)
      if (denied) return denied
      if (before?.deletedAt) return problem(c, refused('gone'))
      const mediaType = (c.req.header('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase()
      if (!(format.mediaTypes as readonly string[]).includes(mediaType)) {
        return problem(c, refused('unsupported_media_type', `Send ${format.mediaTypes.join(' or ')}.`))
      }
      const { timeZone: given } = c.req.valid('query')
      const read = format.read(await bodyText(c), given ?? before?.timeZone ?? 'UTC')
      if (!read.ok) return problem(c, invalid(...read.faults))
      const outcome = await applySchedule(c.env, slug, before, before?.groupId ?? null, read.schedule)
      if (!outcome.ok) return problem(c, outcome)
      return c.json({
        conference: slug,
        talks: outcome.talks,
        read: read.schedule.read,
        notes: read.schedule.notes.slice(0, NOTES_MAX),
      })
    },
  )
}
