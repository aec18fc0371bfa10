import { z } from '@hono/zod-openapi'
import { instant, line, slug } from '../http/fields.ts'

export const NewToken = z
  .strictObject({
    name: line(100).openapi({ example: 'CI of the website' }),
    group: slug.optional().openapi({ description: 'the one group it may organize; without it, everything' }),
    expires: instant.optional(),
  })
  .openapi('NewToken')

export const Token = z
  .object({
    id: z.string(),
    name: z.string(),
    group: z.string().nullable(),
    created: z.string(),
    expires: z.string().nullable(),
    token: z.string().optional().openapi({ description: 'only in the answer that made it' }),
  })
  .openapi('Token')
