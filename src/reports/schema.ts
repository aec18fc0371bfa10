import { z } from '@hono/zod-openapi'
import { date, line, paragraph } from '../http/fields.ts'

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
  minutes: count.openapi({ description: 'dates with minutes' }),
  seats: count,
  came: count.openapi({ description: 'checked in, or there by the roll call of the chat' }),
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
  recording: z.string().nullable(),
  slides: z.string().nullable(),
  attended: count.openapi({ description: 'by the roll call of the chat' }),
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
    coming: z
      .array(
        z.object({
          title: z.string(),
          kind: z.string(),
          start: z.string(),
          timeZone: z.string().nullable(),
          starts: z.string(),
          url: z.string(),
        }),
      )
      .openapi({ description: 'meetups, conferences and streams of the 120 days after the period' }),
    actions: z
      .array(z.object({ text: z.string(), owner: z.string().nullable(), of: z.string(), url: z.string() }))
      .openapi({ description: 'open at the moment' }),
    missing: z.array(
      z.object({ what: z.enum(['minutes', 'slides', 'recording']), of: z.string(), when: z.string(), url: z.string() }),
    ),
  })
  .openapi('Report')

const sections = z.array(
  z.strictObject({
    title: line(200).refine((text) => text !== '', 'must not be empty'),
    text: paragraph(20_000).openapi({ description: 'Markdown' }),
  }),
)

export const ReportInput = z
  .strictObject({
    title: line(200).or(z.literal('')).default(''),
    sections: sections
      .max(50)
      .refine((all) => new Set(all.map(({ title }) => title)).size === all.length, 'must have different titles')
      .default([])
      .openapi({ description: 'Summary stands first; the template of the group says where the others stand' }),
  })
  .openapi('ReportInput')

export const WrittenReport = z
  .object({
    name: z.string(),
    title: z.string(),
    sections,
    previous: z.string().nullable().openapi({ description: 'the name of the report that was published before' }),
    published: z.string().nullable(),
    markdown: z.string().nullable().openapi({ description: 'as it was published; not in lists' }),
    report: Report.nullable(),
    url: z.string(),
  })
  .openapi('WrittenReport')
