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

export const AuditEntry = z
  .object({
    at: z.string(),
    type: z.string(),
    subject: z.string(),
    event: z.string().nullable(),
    occurrence: z.string().nullable(),
    actor: z.object({
      kind: z.enum(['account', 'token', 'operator']),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
    changed: z
      .record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }))
      .openapi({ description: 'what differs; nothing where it was made, taken away or is about a guest' }),
  })
  .openapi('AuditEntry')
