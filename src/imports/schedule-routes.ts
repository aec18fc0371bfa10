import { createRoute, z } from '@hono/zod-openapi'
import { apiRouter } from '../http/app-env.ts'
import { notAllowed } from '../http/auth.ts'
import { answers } from '../http/contract.ts'
import { slug as slugField, timeZone } from '../http/fields.ts'
import { bodyText } from '../http/limits.ts'
import { problem } from '../http/problem.ts'
import { invalid, refused } from '../outcome.ts'
import { findConference } from '../talks/queries.ts'
import { applySchedule } from './apply-schedule.ts'
import { countChanges } from './schedule-changes.ts'
import { readSchedule, SCHEDULE_FILES } from './schedule-formats.ts'
import { Imported } from './schema.ts'

const NOTES_MAX = 100
const LISTED_MAX = 1000

export const scheduleImportRoutes = apiRouter()

for (const { extension, mediaTypes, formats } of SCHEDULE_FILES) {
  const body = extension === 'json' ? z.union([z.looseObject({}), z.array(z.unknown())]) : z.string()
  scheduleImportRoutes.openapi(
    createRoute({
      method: 'put',
      path: `/conferences/{slug}/schedule.${extension}`,
      tags: ['Conferences'],
      summary: `Import a schedule (${mediaTypes[0]}); the conference is made if need be`,
      description: `Takes, told by what stands in it: ${formats}. Changes what changed since the last import and keeps edits made here.`,
      security: [{ bearer: [] }],
      request: {
        params: z.object({ slug: slugField }),
        query: z.object({
          timeZone: timeZone.optional().openapi({ description: 'counts where the schedule names none' }),
          dryRun: z.enum(['true', 'false']).optional().openapi({ description: 'only say what would change' }),
          partial: z
            .enum(['true', 'false'])
            .optional()
            .openapi({ description: 'import what can be read, and list the faults of the rest' }),
        }),
        body: { content: { [mediaTypes[0]]: { schema: body } } },
      },
      responses: answers({ 200: Imported }, 401, 403, 410, 412, 413, 415, 422),
    }),
    async (c) => {
      const { slug } = c.req.valid('param')
      const before = (await findConference(c.env.db, slug, { kind: 'everything' })) ?? null
      const groupId = before?.groupId ?? null
      const denied = notAllowed(c, groupId)
      if (denied) return denied
      if (before?.deletedAt) return problem(c, refused('gone'))
      const mediaType = (c.req.header('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase()
      if (!(mediaTypes as readonly string[]).includes(mediaType)) {
        return problem(c, refused('unsupported_media_type', `Send ${mediaTypes.join(' or ')}.`))
      }
      const { timeZone: given, dryRun, partial } = c.req.valid('query')
      const read = readSchedule(extension, await bodyText(c), given ?? before?.timeZone ?? 'UTC')
      const { format, schedule: draft, faults } = read
      if (!format || !draft || (faults.length > 0 && partial !== 'true'))
        return problem(c, invalid(...faults.slice(0, LISTED_MAX)))
      const isComplete = faults.length === 0
      const isDry = dryRun === 'true'
      const outcome = await applySchedule(c.env, { slug, before, groupId, format, draft, isComplete, dryRun: isDry })
      if (!outcome.ok) return problem(c, outcome)
      const { changes, counts, notes } = outcome.plan
      return c.json({
        conference: slug,
        format: format.name,
        dryRun: isDry,
        version: outcome.version,
        talks: counts,
        changelog: countChanges(changes),
        changes: changes.slice(0, LISTED_MAX).map(({ id: _, ...change }) => change),
        read: draft.read,
        notes: [...notes, ...draft.notes].slice(0, NOTES_MAX),
        faults: faults.slice(0, LISTED_MAX),
      })
    },
  )
}
