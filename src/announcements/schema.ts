import { z } from '@hono/zod-openapi'
import { placeNames } from './places/index.ts'

export const OCCASIONS = ['event', 'change', 'reminder'] as const

export const AnnouncementQuery = z.object({
  place: z.enum(placeNames).optional().openapi({ description: 'one place; all where it is left out' }),
  occasion: z.enum(OCCASIONS).default('event'),
  occurrence: z.string().max(20).optional().openapi({ description: 'one date; the next one where it is left out' }),
})

export const Announcement = z
  .object({
    place: z.enum(placeNames),
    label: z.string(),
    type: z.enum(['text/plain', 'text/markdown']),
    subject: z.string().nullable(),
    text: z.string(),
  })
  .openapi('Announcement', { description: 'a text that is ready to be sent there' })
