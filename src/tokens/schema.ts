import { z } from '@hono/zod-openapi'
import { instant, line, slug } from '../http/fields.ts'
import { abilityNames } from './access.ts'

const verbs = z.array(z.enum(abilityNames)).min(1).max(abilityNames.length)

export const NewToken = z
  .strictObject({
    name: line(100).openapi({ example: 'CI of the website' }),
    group: slug.optional().openapi({ description: 'the one group it may organize; without it, everything' }),
    verbs: verbs
      .optional()
      .openapi({ description: 'what it may do in its group; without them, all but the team', example: ['check-in'] }),
    expires: instant.optional(),
  })
  .refine(({ group, verbs }) => !verbs || group !== undefined, {
    path: ['verbs'],
    message: 'are of a token for one group',
  })
  .openapi('NewToken')

export const Token = z
  .object({
    id: z.string(),
    name: z.string(),
    group: z.string().nullable(),
    created: z.string(),
    expires: z.string().nullable(),
    verbs: verbs.nullable().openapi({ description: 'null is all but the team' }),
    lastUsed: z.string().nullable().openapi({ description: 'to the hour' }),
    token: z.string().optional().openapi({ description: 'only in the answer that made it' }),
  })
  .openapi('Token')
