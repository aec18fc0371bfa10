import { z } from '@hono/zod-openapi'
import { date, line, localDateTime, timeZone, webAddress } from '../http/fields.ts'

export const NewBot = z
  .strictObject({
    name: line(60).openapi({ example: 'zodbot' }),
    url: webAddress
      .refine((url) => url.endsWith('/'), 'must end with a slash: a folder')
      .nullable()
      .default(null)
      .openapi({
        description: 'where its logs stand, to fetch them each hour',
        example: 'https://meetbot.example/teams/',
      }),
    teams: z
      .array(line(100))
      .max(20)
      .default([])
      .openapi({ description: 'folders, rooms and names of meetings that are ours; none: those that the events name' }),
  })
  .openapi('NewBot')

export const Bot = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string().nullable(),
    teams: z.array(z.string()),
    secret: z.string().optional().openapi({ description: 'for signing (Standard Webhooks); shown once' }),
    logs: z.string().openapi({ description: 'where it posts logs' }),
    commands: z.string().openapi({ description: 'where it posts what people ask it in chat' }),
    checked: z.string().nullable(),
    error: z.string().nullable(),
  })
  .openapi('Bot')

/** A log as a bot hands it in. */
export const LogInput = z
  .strictObject({
    path: z.string().max(500).default('').openapi({ example: 'hyperscale/hyperscale.2022-10-12-16.00.log.txt' }),
    text: z.string().optional(),
    base64: z
      .string()
      .regex(/^[A-Za-z0-9+/\s]*={0,2}\s*$/, 'must be base64')
      .optional()
      .openapi({ description: 'the bytes, where nobody knows their encoding' }),
    url: webAddress.nullable().default(null).openapi({ description: 'where it stands for everybody' }),
    channel: line(200).nullable().default(null),
    started: localDateTime
      .nullable()
      .default(null)
      .openapi({ description: 'where neither the text nor the path say it' }),
    timeZone: timeZone.default('UTC').openapi({ type: 'string', description: 'of times in the log' }),
  })
  .superRefine(({ text, base64 }, check) => {
    if ((text === undefined) === (base64 === undefined))
      check.addIssue({ code: 'custom', path: ['text'], message: 'must be given, or else base64', input: text })
  })
  .openapi('LogInput')

export type LogInput = z.output<typeof LogInput>

export const LogTaken = z
  .object({
    status: z.enum(['taken', 'known']).openapi({ description: 'known: it was there, and nothing was done' }),
    event: z.string(),
    recurrenceId: z.string(),
    url: z.string(),
  })
  .openapi('LogTaken')

export const CommandInput = z
  .strictObject({
    text: z.string().max(1000).openapi({ example: '!agenda add Kernel rebase' }),
    nick: line(100),
    channel: line(200).nullable().default(null),
  })
  .openapi('ChatCommand')

export const CommandAnswer = z
  .object({ reply: z.string().nullable().openapi({ description: 'what the bot says; null: nothing' }) })
  .openapi('ChatReply')

export const PullQuery = z.object({
  since: date.optional().openapi({ description: '35 days ago where it is left out' }),
})
export const PullAnswer = z
  .object({ logs: z.array(z.object({ url: z.string(), status: z.string(), message: z.string().nullable() })) })
  .openapi('LogsPulled')
