import { z } from '@hono/zod-openapi'
import { Talk } from './schema.ts'

const Count = z.object({ value: z.string(), count: z.number().int() })

/** A page of talks, of which only some members may be asked for. */
export const TalkList = z
  .object({
    items: z.array(Talk.partial()),
    next: z.string().nullable(),
    facets: z.record(z.string(), z.array(Count)).optional(),
    facetsComplete: z
      .boolean()
      .optional()
      .openapi({ description: 'false where so many talks fit that only some were counted' }),
  })
  .openapi('TalkList')
