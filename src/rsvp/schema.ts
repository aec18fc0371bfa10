import { z } from '@hono/zod-openapi'
import { email, line, paragraph } from '../http/fields.ts'

const response = z.enum(['accepted', 'tentative', 'declined'])
const attendance = z.enum(['inPerson', 'remote'])

const members = {
  name: line(200),
  response,
  attendance,
  guests: z.number().int().min(0).max(20).openapi({ description: 'how many come along' }),
  answers: z.record(z.string().max(40), z.union([paragraph(2000), z.boolean()])),
  note: paragraph(2000),
}

export const NewRsvp = z
  .strictObject({
    ...members,
    email,
    response: response.default('accepted'),
    attendance: attendance.optional(),
    guests: members.guests.default(0),
    answers: members.answers.default({}),
    note: members.note.default(''),
    occurrence: z
      .string()
      .regex(/^\d{8}(T\d{6}Z)?$/, 'must be a RECURRENCE-ID, such as 20230118T220000Z')
      .optional(),
  })
  .openapi('NewRsvp')

export const RsvpPatch = z.strictObject(members).partial().openapi('RsvpPatch')

const place = z.enum(['seat', 'waitlist', 'pending'])

export const Rsvp = z
  .object({
    id: z.string(),
    event: z.string(),
    occurrence: z.string().nullable(),
    name: z.string(),
    email: z.string(),
    response,
    place: place.nullable(),
    position: z.number().int().nullable().openapi({ description: 'the place in line, from 1' }),
    attendance,
    guests: z.number().int(),
    answers: members.answers,
    note: z.string(),
    checkedIn: z.string().nullable(),
    created: z.string(),
    updated: z.string(),
    manageUrl: z.string().optional(),
    manageToken: z.string().optional(),
  })
  .openapi('Rsvp')

export const CheckYourMail = z.object({ status: z.literal('check-your-mail') }).openapi('CheckYourMail')

export const rsvpQuery = {
  place: z.enum(['seat', 'waitlist', 'pending', 'none']).optional(),
  response: response.optional(),
  occurrence: z.string().max(20).optional(),
  q: line(100).optional(),
}
