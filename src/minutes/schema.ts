import { z } from '@hono/zod-openapi'
import { line, paragraph, webAddress } from '../http/fields.ts'

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

const agendaItem = z.union([
  line(500).transform((text) => ({ text, by: null })),
  z.strictObject({ text: line(500), by: line(100).nullable().default(null) }),
])
const address = webAddress.nullable().optional()

/** What is given replaces what was there; null takes a link away. */
export const RecordPatch = z
  .strictObject({
    agenda: z.array(agendaItem).max(100).optional(),
    topics: z
      .array(z.strictObject({ title: line(500), notes: z.array(line(2000)).max(500).default([]) }))
      .max(200)
      .optional(),
    decisions: z.array(line(2000)).max(500).optional(),
    actions: z
      .array(
        z.strictObject({
          text: line(1000),
          owner: line(100).nullable().default(null),
          done: z.boolean().default(false),
        }),
      )
      .max(200)
      .optional(),
    attendance: z
      .array(
        z.strictObject({ name: line(100), lines: z.number().int().min(0).max(1_000_000).nullable().default(null) }),
      )
      .max(1000)
      .optional(),
    log: address,
    recording: address,
    slides: address,
  })
  .openapi('RecordPatch')

export type RecordPatch = z.output<typeof RecordPatch>

const Action = z
  .object({
    id: z.string(),
    text: z.string(),
    owner: z.string().nullable(),
    done: z.boolean(),
    occurrence: z.string().openapi({ description: 'the date at which it was said' }),
  })
  .openapi('Action')

export const ActionPatch = z
  .strictObject({ done: z.boolean(), owner: line(100).nullable() })
  .partial()
  .openapi('ActionPatch')

export const ActionAnswer = Action.extend({ event: z.string() }).openapi('ActionOfEvent')

/** The record of a date: before it what is to come up, afterwards what was. */
export const DateRecord = z
  .object({
    event: z.string(),
    recurrenceId: z.string(),
    agenda: z.array(z.object({ text: z.string(), by: z.string().nullable() })),
    carriedOver: z.array(Action).openapi({ description: 'taken on at an earlier date, and not done' }),
    topics: z.array(z.object({ title: z.string(), notes: z.array(z.string()) })),
    decisions: z.array(z.string()),
    actions: z.array(Action),
    attendance: z.array(z.object({ name: z.string(), lines: z.number().nullable() })),
    minutes: z.object({ text: z.string(), url: z.string().nullable(), isFromLog: z.boolean() }).nullable(),
    links: z.array(z.object({ href: z.string(), rel: z.string().optional(), title: z.string().optional() })),
    missing: z.array(z.string()),
    url: z.string(),
  })
  .openapi('DateRecord')

export const nickParam = z.string().min(1).max(60)
