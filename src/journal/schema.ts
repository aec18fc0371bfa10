import { z } from '@hono/zod-openapi'
import { TYPE_PATTERN } from './rules.ts'

/** One change, as the journal and webhooks tell it. */
export const Change = z
  .object({
    id: z.string(),
    type: z.string().openapi({ example: 'event.updated' }),
    timestamp: z.string(),
    data: z.object({
      id: z.string().openapi({ description: 'of what was changed' }),
      group: z.string().nullable(),
      event: z.string().optional(),
      occurrence: z.string().optional(),
      url: z.string().nullable().openapi({ description: 'where to read how it is now' }),
      deleted: z.boolean().openapi({ description: 'a tombstone: forget it' }),
    }),
  })
  .openapi('Change')

export const Changes = z
  .object({
    items: z.array(Change),
    next: z
      .string()
      .nullable()
      .openapi({ description: '`since` of the next page; null where all that there is was read' }),
    since: z.string().openapi({ description: '`since` for the next time' }),
  })
  .openapi('Changes')

/** A kind of change, `event.updated`, or all of a noun, `event.*`. */
export const changeType = z
  .string()
  .regex(TYPE_PATTERN, 'must be a kind of change, such as event.updated, or all of a noun, such as event.*')
