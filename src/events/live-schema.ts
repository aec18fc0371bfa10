import { z } from '@hono/zod-openapi'

export const LiveDate = z
  .object({
    event: z.string(),
    group: z.string(),
    kind: z.string(),
    channel: z.object({ name: z.string(), uri: z.string(), platform: z.string().optional() }).nullable(),
    join: z.string().nullable().openapi({ description: 'where one joins a call' }),
    recurrenceId: z.string(),
    title: z.string(),
    startUtc: z.string(),
    endUtc: z.string(),
    url: z.string(),
  })
  .openapi('LiveDate')
