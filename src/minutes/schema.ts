import { z } from '@hono/zod-openapi'
import { paragraph, webAddress } from '../http/fields.ts'

/** The minutes of a date: what was written down, or where it stands, or both. */
export const MinutesInput = z
  .strictObject({
    text: paragraph(100_000).default('').openapi({ description: 'Markdown' }),
    url: webAddress.nullable().default(null).openapi({ description: 'where the minutes or the log stand elsewhere' }),
  })
  .refine(({ text, url }) => text !== '' || url !== null, {
    path: ['text'],
    message: 'must not be empty where there is no url',
  })
  .openapi('MinutesInput')

export type MinutesInput = z.output<typeof MinutesInput>

export const Minutes = z
  .object({
    recurrenceId: z.string(),
    text: z.string(),
    url: z.string().nullable(),
    created: z.string(),
    updated: z.string(),
  })
  .openapi('Minutes')
