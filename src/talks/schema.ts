import { z } from '@hono/zod-openapi'
import { date, duration, line, localDateTime, paragraph, slug, timeZone, webAddress } from '../http/fields.ts'
import { Said } from './captions-schema.ts'
import { isLicence } from './licence.ts'

export const RESOURCE_TYPES = ['slides', 'recording', 'captions', 'paper', 'code', 'other'] as const

const licence = z
  .string()
  .max(200)
  .refine(isLicence, 'must be an SPDX expression, such as CC-BY-4.0')
  .openapi({ description: 'SPDX', example: 'CC-BY-4.0' })

export const TALK_STATUSES = ['tentative', 'confirmed', 'cancelled'] as const

export const Resource = z
  .strictObject({
    type: z.enum(RESOURCE_TYPES),
    url: webAddress,
    title: line(300).optional(),
    mimeType: z
      .string()
      .regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type')
      .max(100)
      .optional(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag, such as en')
      .optional(),
    licence: licence.optional(),
    size: z
      .number()
      .int()
      .min(0)
      .max(2 ** 50)
      .optional()
      .openapi({ description: 'bytes' }),
    quality: line(60).optional().openapi({ example: '1080p' }),
  })
  .openapi('Resource')

const conference = {
  title: line(300),
  acronym: line(60).nullable(),
  description: paragraph(20_000),
  starts: date.nullable(),
  ends: date.nullable(),
  timeZone,
  venue: line(300).nullable(),
  city: line(200).nullable(),
  website: webAddress.nullable(),
}

export const NewConference = z
  .strictObject({
    slug: slug.openapi({ example: 'fosdem-2023' }),
    title: conference.title,
    acronym: conference.acronym.default(null),
    description: conference.description.default(''),
    starts: conference.starts.default(null),
    ends: conference.ends.default(null),
    timeZone: conference.timeZone.default('UTC'),
    venue: conference.venue.default(null),
    city: conference.city.default(null),
    website: conference.website.default(null),
    group: slug.optional().openapi({ description: 'the group that runs it, whose organizers may change it' }),
  })
  .refine(({ starts, ends }) => !starts || !ends || starts <= ends, {
    path: ['ends'],
    message: 'must not be before it starts',
  })
  .openapi('NewConference')

export const ConferencePatch = z.strictObject(conference).partial().openapi('ConferencePatch')

export const Conference = z
  .object({
    id: z.string(),
    slug: z.string(),
    ...conference,
    rooms: z.array(z.string()),
    group: z.string().nullable(),
    created: z.string(),
    updated: z.string(),
    url: z.string(),
  })
  .openapi('Conference')

export const Programme = z
  .object({
    days: z.array(z.object({ date: z.string(), start: z.string(), end: z.string(), talks: z.number().int() })),
    rooms: z.array(z.object({ name: z.string(), talks: z.number().int() })),
    tracks: z.array(z.object({ name: z.string(), talks: z.number().int() })),
  })
  .openapi('Programme')

/** A speaker of the archive by slug, or somebody by name, who is the one of that name where there is one. */
const SentSpeaker = z
  .strictObject({ name: line(200).optional(), slug: slug.optional() })
  .refine(({ name, slug }) => name !== undefined || slug !== undefined, 'must have a name or a slug')
  .openapi({ description: 'by name or by slug; the slug counts where both are given' })

export type SentSpeaker = z.output<typeof SentSpeaker>

const talk = {
  title: line(500),
  subtitle: line(500).nullable(),
  abstract: paragraph(50_000),
  description: paragraph(50_000).openapi({ description: 'Markdown' }),
  track: line(200).nullable(),
  room: line(200).nullable(),
  type: line(100).nullable(),
  language: Resource.shape.language.unwrap().nullable(),
  status: z.enum(TALK_STATUSES),
  doNotRecord: z.boolean().openapi({ description: 'a speaker asked not to be recorded' }),
  licence: licence.nullable(),
  start: localDateTime.nullable(),
  timeZone: timeZone.nullable(),
  duration: duration.nullable(),
  website: webAddress.nullable(),
  keywords: z.array(line(60)).max(50),
  speakers: z.array(SentSpeaker).max(50),
  resources: z.array(Resource).max(200),
}

const newTalk = {
  title: talk.title,
  subtitle: talk.subtitle.default(null),
  abstract: talk.abstract.default(''),
  description: talk.description.default(''),
  track: talk.track.default(null),
  room: talk.room.default(null),
  type: talk.type.default(null),
  language: talk.language.default(null),
  status: talk.status.default('confirmed'),
  doNotRecord: talk.doNotRecord.default(false),
  licence: talk.licence.default(null),
  start: talk.start.default(null),
  timeZone: talk.timeZone.default(null).openapi({ description: "the conference's where it is left out" }),
  duration: talk.duration.default(null),
  website: talk.website.default(null),
  keywords: talk.keywords.default([]),
  resources: talk.resources.default([]),
}

export const NewTalk = z
  .strictObject({
    slug: slug.optional().openapi({ description: 'made from conference and title where it is left out' }),
    conference: slug.optional(),
    group: slug.optional(),
    ...newTalk,
    speakers: talk.speakers.default([]),
  })
  .openapi('NewTalk')

/** A talk as it is stored: its speakers all have names. Importers check against it. */
export const WholeTalk = z.strictObject({
  ...newTalk,
  speakers: z
    .array(z.strictObject({ name: line(200) }))
    .max(50)
    .default([]),
})

export type TalkInput = z.output<typeof WholeTalk>

export const TalkPatch = z.strictObject(talk).partial().openapi('TalkPatch')
export const Resources = z.array(Resource).max(200).openapi('Resources')

const SpeakerLink = z.object({ slug: z.string(), name: z.string() })

export const Talk = z
  .object({
    id: z.string(),
    slug: z.string(),
    ...talk,
    speakers: z.array(SpeakerLink),
    captions: z.array(z.object({ language: z.string(), url: z.string() })),
    startUtc: z.string().nullable(),
    year: z.number().int().nullable(),
    conference: z.string().nullable(),
    group: z.string().nullable(),
    created: z.string(),
    updated: z.string(),
    url: z.string(),
    snippet: z
      .string()
      .optional()
      .openapi({ description: 'with ?q=: HTML, the hits in <mark>, everything else escaped' }),
    said: Said.nullable().optional().openapi({ description: 'with ?q=: where it is said, by the captions' }),
  })
  .openapi('Talk')

export const Speaker = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    aliases: z.array(z.string()).openapi({ description: 'other names of the same person' }),
    biography: z.string(),
    website: z.string().nullable(),
    url: z.string(),
  })
  .openapi('Speaker')

const speaker = {
  name: line(200),
  aliases: z.array(line(200)).max(20),
  biography: paragraph(20_000).openapi({ description: 'Markdown' }),
  website: webAddress.nullable(),
}

export const NewSpeaker = z
  .strictObject({
    name: speaker.name,
    aliases: speaker.aliases.default([]),
    biography: speaker.biography.default(''),
    website: speaker.website.default(null),
  })
  .openapi('NewSpeaker')
export type SpeakerInput = z.output<typeof NewSpeaker>

export const SpeakerPatch = z.strictObject(speaker).partial().openapi('SpeakerPatch')

export const Merge = z
  .strictObject({ from: slug.openapi({ description: 'whose talks, names and address this speaker gets' }) })
  .openapi('Merge')

/** What a speaker hands in: an address, never a file. */
export const HandedIn = z
  .strictObject({
    type: z.enum(RESOURCE_TYPES).default('slides'),
    url: webAddress,
    title: line(300).optional(),
  })
  .openapi('HandedIn')
export type HandedIn = z.output<typeof HandedIn>

export const NewHandIn = z
  .strictObject({ name: line(200).default('Speaker').openapi({ description: 'whom the link is for' }) })
  .openapi('NewHandIn')

export const HandIn = z
  .object({
    id: z.string(),
    name: z.string(),
    given: z.array(z.string()),
    created: z.string(),
    until: z.string(),
    token: z.string().optional().openapi({ description: 'only when it is made' }),
    url: z.string().optional().openapi({ description: 'the page of it; only when it is made' }),
  })
  .openapi('HandIn')

export const CheckedResource = z
  .object({
    type: z.enum(RESOURCE_TYPES),
    url: z.string(),
    title: z.string().optional(),
    mimeType: z.string().optional(),
    language: z.string().optional(),
    licence: z.string().optional(),
    size: z.number().int().optional(),
    quality: z.string().optional(),
    status: z.enum(['unknown', 'ok', 'dead']),
    detail: z.string().nullable().openapi({ description: 'why it is not ok' }),
    checkedAt: z.string().nullable(),
    fallback: z.string().nullable().openapi({ description: 'where to look instead of a dead one' }),
  })
  .openapi('CheckedResource')

export const Gap = z
  .object({
    slug: z.string(),
    title: z.string(),
    conference: z.string().nullable(),
    speakers: z.array(SpeakerLink),
    start: z.string().nullable(),
    lacks: z.array(z.enum(['slides', 'recording'])),
    dead: z.array(
      z.object({
        type: z.enum(RESOURCE_TYPES),
        url: z.string(),
        detail: z.string().nullable(),
        checked: z.string().nullable(),
        fallback: z.string(),
      }),
    ),
    url: z.string(),
  })
  .openapi('Gap')
