import { z } from '@hono/zod-openapi'
import { Link } from '../groups/schema.ts'
import {
  count,
  duration,
  instant,
  joinAddress,
  line,
  localDateTime,
  paragraph,
  slug,
  timeZone,
  webAddress,
} from '../http/fields.ts'
import { isDuration, secondsOf } from '../time/duration.ts'
import { kindNames } from './kinds/index.ts'
import { faultsOfQuestions } from './questions.ts'
import { checkEvent, normalEvent } from './rules.ts'

/** A place one can go to (RFC 8984, 4.2.5). */
export const Location = z
  .strictObject({
    name: line(200),
    address: line(300).optional(),
    geo: z
      .string()
      .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, 'must be latitude,longitude')
      .refine(
        (text) => Math.abs(Number(text.split(',')[0])) <= 90 && Math.abs(Number(text.split(',')[1])) <= 180,
        'must be on Earth',
      )
      .optional()
      .openapi({ example: '50.84,4.35' }),
    uri: webAddress.optional(),
  })
  .openapi('Location')

/** A way to take part from elsewhere: a video call, a chat room, a phone bridge (RFC 8984, 4.2.6). */
export const VirtualLocation = z
  .strictObject({
    name: line(200).optional(),
    uri: joinAddress,
    features: z
      .array(z.enum(['audio', 'chat', 'feed', 'moderator', 'phone', 'screen', 'video']))
      .max(7)
      .optional(),
    description: line(500).optional(),
  })
  .openapi('VirtualLocation')

const option = z.union([line(100), z.strictObject({ value: line(100), places: count })])

/** What is asked of a guest. */
export const Question = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/i, 'must be a short name of letters and digits'),
    label: line(300),
    type: z.enum(['text', 'longText', 'number', 'date', 'choice', 'choices', 'boolean']).default('text'),
    options: z
      .array(option)
      .min(1)
      .max(50)
      .optional()
      .openapi({ description: 'with `places`, only so many guests can choose it' }),
    required: z.boolean().default(false),
    min: z.number().optional().openapi({ description: 'numbers' }),
    max: z.number().optional().openapi({ description: 'numbers' }),
    showIf: z
      .strictObject({ question: z.string(), is: z.union([line(100), z.boolean()]) })
      .optional()
      .openapi({ description: 'asked only of who answered an earlier question like this' }),
    visibleTo: z
      .enum(['organizers', 'guests', 'everyone'])
      .optional()
      .openapi({ description: 'who sees the answers; organizers where it is left out' }),
    keepFor: duration.optional().openapi({ description: 'how long after the event the answers are kept' }),
  })
  .openapi('Question')

export const RsvpRules = z
  .strictObject({
    enabled: z.boolean().default(true),
    opens: instant.optional(),
    closes: instant.optional(),
    waitlist: z.boolean().default(true),
    guestsMax: z.number().int().min(0).max(20).default(0),
    capacity: z
      .strictObject({ inPerson: count.nullable().default(null), remote: count.nullable().default(null) })
      .default({ inPerson: null, remote: null }),
    confirmation: z
      .enum(['none', 'email'])
      .default('none')
      .openapi({ description: 'email: an answer counts once its guest has opened the link in the mail' }),
    approval: z.boolean().optional().openapi({ description: 'an organizer looks at each answer first' }),
    access: z
      .enum(['open', 'invitation'])
      .optional()
      .openapi({ description: 'invitation: only who has the link of an invitation can answer' }),
    guestList: z
      .enum(['nobody', 'guests', 'everyone'])
      .optional()
      .openapi({ description: 'who sees the names of those who are coming and agreed to be shown' }),
    keepFor: duration
      .optional()
      .openapi({ description: 'how long after the event answers are kept; then only the counts stay' }),
    afterwards: z.boolean().optional().openapi({
      description:
        'whether who came is told by mail, a day after each date or later, of its minutes, recording and slides; yes where it is left out',
    }),
    reminders: z
      .array(
        duration.refine(
          (text) => isDuration(text) && secondsOf(text) >= 300 && secondsOf(text) <= 30 * 86_400,
          'must be 5 minutes to 30 days',
        ),
      )
      .max(5)
      .optional()
      .openapi({
        description: 'how long before each date who comes is reminded by mail; a day where it is left out',
        example: ['P1D', 'PT1H'],
      }),
    questions: z
      .array(Question)
      .max(30)
      .default([])
      .superRefine((questions, check) => {
        for (const fault of faultsOfQuestions(questions)) check.addIssue({ code: 'custom', ...fault, input: questions })
      }),
  })
  .openapi('RsvpRules')

/** How people get into the room: by an address of ours that leads to where it is. */
export const JoinRules = z
  .strictObject({
    opensBefore: duration.default('PT15M'),
    needsRsvp: z
      .boolean()
      .default(false)
      .openapi({ description: 'only who has answered gets in, by the link of their answer' }),
    address: z
      .enum(['join', 'room'])
      .default('join')
      .openapi({ description: 'join: feeds and pages carry our address; room: that of the room itself' }),
  })
  .refine(({ needsRsvp, address }) => !needsRsvp || address === 'join', {
    path: ['address'],
    message: 'must be join where an answer is needed: the room itself is open to whoever knows it',
  })
  .openapi('JoinRules')

const status = z.enum(['tentative', 'confirmed', 'cancelled'])
const locations = z.array(Location).max(20)
const virtualLocations = z.array(VirtualLocation).max(20)

/** What differs on one date of a series; `excluded` takes the date out, an empty object adds one. */
export const Override = z
  .strictObject({
    excluded: z.literal(true).optional(),
    start: localDateTime.optional(),
    duration: duration.optional(),
    title: line(300).optional(),
    description: paragraph(20_000).optional(),
    status: status.optional(),
    reason: line(500).optional().openapi({ description: 'why it was called off' }),
    locations: locations.optional(),
    virtualLocations: virtualLocations.optional(),
    links: z.array(Link).max(20).optional().openapi({ description: 'of this date, beside those of the event' }),
  })
  .openapi('Override')

const members = {
  title: line(300).openapi({ example: 'Hyperscale SIG monthly hangout' }),
  kind: z.enum(kindNames),
  start: localDateTime,
  timeZone: timeZone.nullable().default(null),
  duration: duration.optional(),
  end: localDateTime.optional().openapi({ description: 'instead of a duration, in the same zone' }),
  showWithoutTime: z.boolean().default(false),
  recurrenceRule: z
    .string()
    .max(500)
    .optional()
    .openapi({ example: 'FREQ=MONTHLY;BYDAY=3WE', description: 'RFC 5545, 3.3.10' }),
  recurrenceOverrides: z.record(localDateTime, Override).default({}),
  description: paragraph(50_000).default('').openapi({ description: 'Markdown' }),
  status: status.default('confirmed'),
  reason: line(500).optional().openapi({ description: 'why it was called off' }),
  locations: locations.default([]),
  virtualLocations: virtualLocations.default([]),
  links: z.array(Link).max(50).default([]),
  keywords: z.array(line(60)).max(50).default([]),
  rsvp: RsvpRules.optional(),
  bot: z
    .strictObject({ name: line(60), meeting: line(100).optional() })
    .optional()
    .openapi({ description: 'meetings: who keeps the minutes, and under which name' }),
  speakers: z
    .array(z.strictObject({ name: line(200), url: webAddress.optional() }))
    .max(30)
    .optional()
    .openapi({ description: 'talks' }),
  channel: z
    .strictObject({ name: line(100), uri: webAddress, platform: line(40).optional() })
    .optional()
    .openapi({ description: 'streams' }),
  join: JoinRules.optional(),
  conference: slug.optional().openapi({ description: 'talks and conferences: the conference in the archive' }),
}

/** An event as it is sent, checked and brought into one form: a duration, never an end. */
export const NewEvent = z.strictObject(members).superRefine(checkEvent).transform(normalEvent).openapi('NewEvent')

export type EventInput = z.output<typeof NewEvent>
export type OverrideInput = z.output<typeof Override>

/** A change of some members (RFC 7396): null takes a member away, objects are merged. The result is checked as a whole. */
export const EventPatch = z
  .record(z.string(), z.unknown())
  .openapi('EventPatch', { description: 'JSON Merge Patch over NewEvent', additionalProperties: true })

export const Cancel = z.strictObject({ reason: line(500).optional() }).openapi('Cancel')

/** What is worth knowing about an event that was saved; it was saved all the same. */
export const Warning = z
  .discriminatedUnion('type', [
    z
      .object({
        type: z.enum(['elsewhere', 'utc', 'week53', 'gap', 'overlap']).openapi({
          description:
            'at another hour than usual elsewhere, or by the clock since it is fixed to UTC; a rhythm that a year of 53 weeks breaks; a date whose hour the clocks skip or show twice',
        }),
        from: z.string().openapi({ example: '2027-03-17', description: 'the first date that it is about' }),
        until: z.string().nullable().openapi({ description: 'the last one; null where it goes on' }),
        places: z.array(z.string()).openapi({ example: ['Europe/London', 'Europe/Brussels'] }),
        minutes: z.number().int().openapi({ example: -60, description: 'later than usual, earlier where negative' }),
        message: z.string(),
      })
      .openapi('ShiftWarning'),
    z
      .object({
        type: z.literal('conflict'),
        event: z.object({ id: z.string(), title: z.string(), url: z.string() }),
        start: z.string().openapi({ description: 'of the first date that clashes, in UTC' }),
        where: z.string(),
        dates: z.number().int().openapi({ description: 'how many clash within 53 weeks' }),
        message: z.string(),
      })
      .openapi('ConflictWarning'),
  ])
  .openapi('Warning')

export type Warning = z.output<typeof Warning>

const warnings = z
  .array(Warning)
  .optional()
  .openapi({ description: 'after a change also what it clashes with; not in lists' })

export const Event = z
  .object({
    id: z.string(),
    uid: z.string(),
    group: z.string(),
    title: z.string(),
    kind: z.enum(kindNames),
    start: z.string(),
    timeZone: z.string().nullable(),
    duration: z.string(),
    startUtc: z.string(),
    status,
    sequence: z.number().int(),
    created: z.string(),
    updated: z.string(),
    url: z.string(),
    rsvp: RsvpRules.extend({ counts: z.record(z.string(), z.unknown()) }).optional(),
    warnings,
  })
  .loose()
  .openapi('Event')

export const Occurrence = z
  .object({
    recurrenceId: z.string().openapi({ example: '20230118T220000Z' }),
    start: z.string(),
    timeZone: z.string().nullable(),
    startUtc: z.string(),
    endUtc: z.string(),
    title: z.string(),
    status,
    warnings,
  })
  .loose()
  .openapi('Occurrence')
