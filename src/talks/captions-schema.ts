import { z } from '@hono/zod-openapi'

export const Said = z
  .object({
    second: z.number().int(),
    clock: z.string().openapi({ example: '12:34' }),
    language: z.string().nullable(),
    snippet: z.string().openapi({ description: 'HTML, as the other one' }),
    url: z.string().openapi({ description: 'the page of the talk, its player at that second' }),
    recording: z.string().nullable().openapi({ description: 'the recording from that second on' }),
  })
  .openapi('Said')

export const CaptionsText = z
  .strictObject({ text: z.string().openapi({ description: 'the whole file, WebVTT or SubRip' }) })
  .openapi('CaptionsText')

export const CaptionsRead = z
  .object({
    language: z.string(),
    format: z.string(),
    cues: z.number().int(),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
  })
  .openapi('CaptionsRead')
