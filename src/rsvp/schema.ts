import { z } from '@hono/zod-openapi'
import { email, line, paragraph, timeZone } from '../http/fields.ts'

const response = z.enum(['accepted', 'tentative', 'declined'])
const attendance = z.enum(['inPerson', 'remote'])

export const recurrenceId = z.string().regex(/^\d{8}(T\d{6}Z)?$/, 'must be a RECURRENCE-ID, such as 20230118T220000Z')

const members = {
  name: line(200),
  response,
  attendance,
  guests: z.number().int().min(0).max(20).openapi({ description: 'how many come along' }),
  answers: z
    .record(z.string().max(40), z.union([paragraph(2000), z.number(), z.boolean(), z.array(line(100)).max(50)]))
    .openapi({ description: 'by the id of the question' }),
  note: paragraph(2000),
  showName: z
    .boolean()
    .openapi({ description: 'whether others may see the name, where the event shows who is coming' }),
}

const waitsFor = z
  .literal('inPerson')
  .openapi({ description: 'with `attendance: remote`: from elsewhere now, and a seat in the room when one is free' })

export const NewRsvp = z
  .strictObject({
    ...members,
    email,
    response: response.default('accepted'),
    attendance: attendance.optional(),
    waitsFor: waitsFor.optional(),
    showName: members.showName.default(false),
    guests: members.guests.default(0),
    answers: members.answers.default({}),
    note: members.note.default(''),
    occurrence: recurrenceId
      .optional()
      .openapi({ description: 'one date of a series; a standing answer to all of them where it is left out' }),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,4}$/, 'must be a language, such as fr')
      .optional()
      .openapi({ description: 'of the mails; by Accept-Language where it is left out', example: 'fr' }),
    timeZone: timeZone.optional().openapi({ description: 'in which the mails tell times too' }),
    invitation: z
      .string()
      .max(100)
      .optional()
      .openapi({ description: 'the token of an invitation, for events that ask for one' }),
  })
  .openapi('NewRsvp')

export const RsvpPatch = z
  .strictObject({ ...members, waitsFor: waitsFor.nullable() })
  .partial()
  .openapi('RsvpPatch')

/** What an organizer says when approving, moving or cancelling an answer. */
export const Decision = z.strictObject({ reason: line(500).optional() }).openapi('Decision')

export const Move = z
  .strictObject({ place: z.enum(['seat', 'waitlist']), reason: line(500).optional() })
  .openapi('Move')

export const CheckIn = z
  .strictObject({
    attendance: attendance.optional().openapi({ description: 'how the guest came; as they said where it is left out' }),
    occurrence: recurrenceId.optional().openapi({ description: 'the date, for a standing answer to a series' }),
  })
  .openapi('CheckIn')

export const NewDoor = z
  .strictObject({
    name: line(200).default('Door'),
    occurrence: recurrenceId
      .optional()
      .openapi({ description: 'one date of a series; all of them where it is left out' }),
  })
  .openapi('NewDoor')

export const Door = z
  .object({
    id: z.string(),
    name: z.string(),
    occurrence: z.string().nullable(),
    created: z.string(),
    until: z.string().nullable(),
    url: z.string().optional(),
    token: z.string().optional(),
  })
  .openapi('Door', { description: 'a link with which guests are checked in; it is shown once' })

export const WalkIn = z
  .strictObject({
    name: line(200),
    email: email.optional(),
    attendance: attendance.default('inPerson'),
    guests: members.guests.default(0),
    occurrence: z.string().max(20).optional(),
  })
  .openapi('WalkIn')

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
    waitsFor: waitsFor.nullable(),
    guests: z.number().int(),
    answers: members.answers,
    note: z.string(),
    showName: z.boolean(),
    confirmed: z.string().nullable(),
    checkedIn: z.string().nullable(),
    came: attendance.nullable(),
    source: z.string(),
    reason: z.string().nullable(),
    language: z.string().nullable(),
    timeZone: z.string().nullable(),
    created: z.string(),
    updated: z.string(),
    manageUrl: z.string().optional(),
    manageToken: z.string().optional(),
  })
  .openapi('Rsvp')

export const HistoryEntry = z
  .object({ at: z.string(), kind: z.string(), rsvp: z.string(), name: z.string() })
  .loose()
  .openapi('HistoryEntry')

export const Exported = z
  .object({ event: z.string(), rsvps: z.array(Rsvp), history: z.array(HistoryEntry), feedback: z.array(z.string()) })
  .openapi('Exported')

export const Guest = z
  .object({ name: z.string(), attendance, answers: members.answers.optional() })
  .openapi('Guest', { description: 'somebody who is coming and agreed to be shown' })

export const Feedback = z
  .object({ rsvp: z.string(), name: z.string(), text: z.string(), at: z.string() })
  .openapi('Feedback', { description: 'what a guest said afterwards' })

const lineFault = z.object({ path: z.string().openapi({ example: 'line 3, email' }), message: z.string() })
export const GuestsImported = z
  .object({
    dryRun: z.boolean(),
    created: z.array(z.object({ line: z.number().int(), name: z.string(), place: place.nullable() })),
    skipped: z.array(lineFault),
    faults: z.array(lineFault),
  })
  .openapi('GuestsImported')

export const NewInvitation = z
  .strictObject({ name: line(200), usesMax: z.number().int().min(1).max(100_000).nullable().default(null) })
  .openapi('NewInvitation')

export const Invitation = z
  .object({
    id: z.string(),
    name: z.string(),
    usesMax: z.number().int().nullable(),
    used: z.number().int(),
    created: z.string(),
    url: z.string().optional(),
    token: z.string().optional(),
  })
  .openapi('Invitation')

export const CheckYourMail = z.object({ status: z.literal('check-your-mail') }).openapi('CheckYourMail')

export const rsvpQuery = {
  place: z.enum(['seat', 'waitlist', 'pending', 'none']).optional(),
  response: response.optional(),
  occurrence: z.string().max(20).optional(),
  q: line(100).optional(),
}
