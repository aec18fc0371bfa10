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

export const MAIL_STATES = ['due', 'sent', 'failed', 'dropped'] as const

export const MailEntry = z
  .object({
    id: z.string(),
    rsvp: z.string(),
    name: z.string(),
    kind: z.string(),
    state: z.enum(MAIL_STATES).openapi({ description: 'failed: given up after ten tries, or refused for good' }),
    tries: z.number().int(),
    sent: z.string().nullable(),
    error: z.string().nullable(),
  })
  .openapi('MailEntry')

export const RetryMails = z
  .strictObject({
    id: z
      .string()
      .regex(/^\d{1,15}\.[0-9a-z]{26}$/, 'must be the id of a mail')
      .optional()
      .openapi({ description: 'one mail; all that were given up where it is left out' }),
  })
  .openapi('RetryMails')

export const RetriedMails = z
  .object({ due: z.number().int().openapi({ description: 'how many go out again' }) })
  .openapi('RetriedMails')
