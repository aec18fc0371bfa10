import { z } from '@hono/zod-openapi'
import { joinAddress, line } from '../http/fields.ts'

export const RoomInput = z
  .strictObject({
    uri: joinAddress.nullable().default(null),
    name: line(200).nullable().default(null),
    dialIn: z
      .array(line(200))
      .max(20)
      .default([])
      .openapi({ example: ['+32 2 555 12 12, code 4711#'] }),
    closed: z.boolean().default(false).openapi({ description: 'nobody is led there, until it is opened again' }),
    occurrence: z
      .string()
      .optional()
      .openapi({ description: 'one date; where it is left out all, also those with a room of their own' }),
  })
  .refine(({ uri, dialIn, closed }) => uri !== null || dialIn.length > 0 || closed, {
    path: ['uri'],
    message: 'must be given where the room is not closed',
  })
  .openapi('RoomInput')

export const JoinInfo = z
  .object({
    event: z.string(),
    recurrenceId: z.string(),
    standing: z.enum(['cancelled', 'over', 'early', 'closed', 'open', 'none']),
    opens: z.string(),
    needsRsvp: z.boolean(),
    room: z
      .object({ uri: z.string().nullable(), name: z.string().nullable(), dialIn: z.array(z.string()) })
      .nullable()
      .openapi({ description: 'only while it is open, and where no answer is needed; organizers always' }),
    url: z.string(),
  })
  .openapi('JoinInfo')
