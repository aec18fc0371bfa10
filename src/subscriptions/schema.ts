import { z } from '@hono/zod-openapi'
import { kindNames } from '../events/kinds/index.ts'
import { line, slug } from '../http/fields.ts'

const id = z.string().regex(/^[0-9a-z]{26}$/, 'must be the id of an event')

/**
 * What a subscriber ticks. Groups and series are added together, kinds and tags narrow them; nothing ticked is every event.
 * Talks of speakers and conferences come whole beside them.
 */
export const Choice = z
  .strictObject({
    groups: z.array(slug).max(50).default([]),
    events: z.array(id).max(100).default([]),
    kinds: z.array(z.enum(kindNames)).max(kindNames.length).default([]),
    tags: z.array(line(60)).max(50).default([]),
    speakers: z.array(slug).max(50).default([]).openapi({ description: 'whose talks' }),
    conferences: z.array(slug).max(50).default([]).openapi({ description: 'whose talks' }),
  })
  .openapi('Choice')

export type Choice = z.output<typeof Choice>

export const Subscription = z
  .object({
    id: z.string(),
    choice: Choice,
    url: z.string().openapi({ description: 'the feed, for calendar programs' }),
    created: z.string(),
    updated: z.string(),
  })
  .openapi('Subscription')

export const NewSubscription = Subscription.extend({
  secret: z.string().openapi({ description: 'the bearer token to change it by; shown this once' }),
  editUrl: z.string(),
}).openapi('NewSubscription')
