import { z } from '@hono/zod-openapi'
import { line, paragraph } from '../http/fields.ts'

/** What organizers write to their guests, and to which of them. */
export const NewMessage = z
  .strictObject({
    subject: line(200),
    text: paragraph(20_000).refine((text) => text !== '', 'must not be empty'),
    to: z
      .strictObject({
        place: z.enum(['seat', 'waitlist', 'pending']).optional(),
        response: z.enum(['accepted', 'tentative', 'declined']).optional(),
        attendance: z.enum(['inPerson', 'remote']).optional(),
        occurrence: z.string().max(20).optional(),
      })
      .default({})
      .openapi({ description: 'which guests; all who have not declined where it is left out' }),
  })
  .openapi('NewMessage')

export const Message = z
  .object({ id: z.string(), subject: z.string(), recipients: z.number().int(), mail: z.enum(['sent', 'off']) })
  .openapi('Message')

export const MailEntry = z
  .object({
    rsvp: z.string(),
    name: z.string(),
    kind: z.string(),
    state: z.enum(['due', 'sent', 'failed', 'dropped']),
    tries: z.number().int(),
    sent: z.string().nullable(),
    error: z.string().nullable(),
  })
  .openapi('MailEntry')
