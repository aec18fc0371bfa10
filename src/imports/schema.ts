import { z } from '@hono/zod-openapi'

const count = z.number().int()

const Slot = z.object({ start: z.string().nullable(), room: z.string().nullable() })

export const ScheduleChange = z
  .object({
    kind: z.enum(['added', 'moved', 'changed', 'cancelled', 'restored']),
    talk: z.string().openapi({ description: 'its slug' }),
    title: z.string(),
    fields: z
      .array(z.string())
      .optional()
      .openapi({ description: 'the members that changed', example: ['start', 'room'] }),
    from: Slot.optional(),
    to: Slot.optional(),
  })
  .openapi('ScheduleChange')

const Changelog = z.object({ added: count, moved: count, changed: count, cancelled: count, restored: count })

export const Imported = z
  .object({
    conference: z.string(),
    format: z.string().openapi({ description: 'how the file was read', example: 'schedule.xml' }),
    dryRun: z.boolean(),
    version: count.nullable().openapi({ description: 'of the schedule, after this import' }),
    talks: z.object({ created: count, updated: count, unchanged: count }),
    changelog: Changelog,
    changes: z.array(ScheduleChange).openapi({ description: 'the first 1000; all of them stand in the version' }),
    read: z.object({ talks: count, persons: count, rooms: count, tracks: count, links: count, attachments: count }),
    notes: z.array(z.string()),
    faults: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .openapi({ description: 'with ?partial=true: what was not imported, and why' }),
  })
  .openapi('Imported')

export const ScheduleVersion = z
  .object({
    number: count,
    at: z.string(),
    format: z.string(),
    sourceVersion: z.string().nullable().openapi({ description: 'what the source calls it' }),
    changelog: Changelog,
    url: z.string().openapi({ description: 'its changes' }),
  })
  .openapi('ScheduleVersion')
