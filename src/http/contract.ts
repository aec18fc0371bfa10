/** Shorthand for the OpenAPI side of a route. */
import { z } from '@hono/zod-openapi'

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    reason: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

const WORDS: Record<number, string> = {
  200: 'Here it is',
  201: 'Made',
  202: 'Taken; look into your mail',
  204: 'Done',
  400: 'The body is not JSON',
  401: 'A valid bearer token is needed',
  403: 'This token does not allow that',
  404: 'There is nothing here',
  409: 'It conflicts with what is there',
  410: 'This was deleted',
  412: 'It has changed since you read it',
  413: 'The body is too large',
  415: 'This media type is not taken here',
  422: 'The request has faults, each with its path',
}

/** A required JSON body. */
export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  content: { 'application/json': { schema } },
  required: true as const,
})

/** The responses of a route: bodies by status (null: none), then the statuses of the refusals it can give. */
export function answers(bodies: Record<number, z.ZodType | null>, ...refusals: number[]) {
  const responses: Record<number, { description: string; content?: Record<string, { schema: z.ZodType }> }> = {}
  for (const [status, schema] of Object.entries(bodies)) {
    const description = WORDS[Number(status)] ?? ''
    responses[Number(status)] = schema ? { description, content: { 'application/json': { schema } } } : { description }
  }
  for (const status of refusals) {
    responses[status] = {
      description: WORDS[status] ?? '',
      content: { 'application/problem+json': { schema: Problem } },
    }
  }
  return responses
}
