import { z } from '@hono/zod-openapi'
import { date } from '../http/fields.ts'

export const ReportQuery = z.object({
  quarter: z.string().optional().openapi({ example: '2022Q4' }),
  from: date.optional(),
  to: date.optional(),
})

const count = z.number().int()
const Period = z.object({ quarter: z.string().nullable(), from: z.string(), to: z.string() })
const Counts = z.object({
  members: count,
  joined: count,
  talks: count,
  meeting: count,
  hangout: count,
  meetup: count,
  talk: count,
  stream: count,
  conference: count,
})
const Person = z.object({
  name: z.string(),
  nick: z.string().nullable(),
  role: z.string(),
  joined: z.string(),
  left: z.string().nullable(),
})
const HeldDate = z.object({
  event: z.string(),
  recurrenceId: z.string(),
  title: z.string(),
  start: z.string(),
  timeZone: z.string().nullable(),
  starts: z.string(),
  status: z.enum(['confirmed', 'cancelled']),
  reason: z.string().nullable(),
  minutes: z.object({ url: z.string().nullable() }).nullable(),
  seats: count,
  came: count,
  url: z.string(),
})
const Talk = z.object({
  slug: z.string(),
  title: z.string(),
  conference: z.string().nullable(),
  starts: z.string(),
  speakers: z.array(z.string()),
  slides: z.string().nullable(),
  recording: z.string().nullable(),
})

export const Report = z
  .object({
    group: z.object({ slug: z.string(), name: z.string() }),
    period: Period,
    before: Period.extend({ counts: Counts }),
    counts: Counts,
    members: z.object({ total: count, joined: z.array(Person), left: z.array(Person) }),
    dates: z.record(z.string(), z.array(HeldDate)).openapi({ description: 'By the kind of their event.' }),
    talks: z.object({ given: z.array(Talk), upcoming: z.array(Talk) }),
    missing: z.array(
      z.object({ what: z.enum(['minutes', 'slides', 'recording']), of: z.string(), when: z.string(), url: z.string() }),
    ),
  })
  .openapi('Report')
