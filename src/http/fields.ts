/** The kinds of text and of time that requests hold, as zod types: one spelling of each rule for all slices. */
import { z } from '@hono/zod-openapi'
import { isDuration } from '../time/duration.ts'
import { findZone, isLocalDateTime, parseInstant } from '../time/zone.ts'

// Control characters can inject lines into calendars and mails; direction overrides and zero-width marks make one name
// look like another (SECURITY C1, C9). ZWJ and ZWNJ stay: scripts and emoji need them.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
const CONTROL_BUT_BREAKS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/
const DECEIVING = /[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/

/** A fault after which nothing else about the whole can be checked: checks of an event count on times that are times. */
const stop = (message: string) => ({ message, abort: true })

/** One line of text: a title, a name. Trimmed, in NFC, never empty. */
export const line = (max: number) =>
  z
    .string()
    .refine((text) => !CONTROL.test(text), 'must not contain line breaks or control characters')
    .refine((text) => !DECEIVING.test(text), 'must not contain invisible or direction-changing characters')
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1, 'must not be empty').max(max, `must have at most ${max} characters`))

/** Text of several lines, Markdown where a description is meant. CRLF becomes LF. */
export const paragraph = (max: number) =>
  z
    .string()
    .refine((text) => !CONTROL_BUT_BREAKS.test(text), 'must not contain control characters')
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim())
    .pipe(z.string().max(max, `must have at most ${max} characters`))

export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens')
  .max(80)

const webSchemes = ['http:', 'https:']

const address = (schemes: readonly string[]) =>
  z
    .string()
    .max(2000)
    .refine(
      (text) => !CONTROL.test(text) && !/[\s"<>\\^`{}|]/.test(text),
      'must be an address without spaces or quotes',
    )
    .refine((text) => schemes.includes(schemeOf(text)), `must start with ${schemes.join(' or ')}`)

function schemeOf(text: string): string {
  try {
    return new URL(text).protocol
  } catch {
    return ''
  }
}

/** An http or https address. */
export const webAddress = address(webSchemes)
/** A way to join or to read on: web, chat, phone. */
export const joinAddress = address([
  ...webSchemes,
  'irc:',
  'ircs:',
  'xmpp:',
  'matrix:',
  'mumble:',
  'sip:',
  'sips:',
  'tel:',
  'mailto:',
])

/** An e-mail address as people have them; no quoted local parts, no comments (PITFALLS L18). */
export const email = z
  .string()
  .trim()
  .max(254, 'must have at most 254 characters')
  .pipe(z.email('must be an e-mail address'))

export const timeZone = z
  .string()
  .refine((name) => findZone(name) !== null, stop('must be an IANA time zone, such as Europe/Brussels'))
  .transform((name) => findZone(name)!)
  .openapi({ type: 'string', example: 'Europe/Brussels' })

export const localDateTime = z
  .string()
  .refine(isLocalDateTime, stop('must be a local date and time, such as 2023-01-18T14:00:00'))
  .refine((text) => isWithinReach(text), stop('must lie in the years 1900 to 2200'))
  .openapi({ example: '2023-01-18T14:00:00' })

/** Series end in 2200; what lies further off has no zone data, and years of five digits no form in a calendar. */
const isWithinReach = (local: string) => local >= '1900' && local < '2201'

export const date = z
  .string()
  .refine((text) => isLocalDateTime(`${text}T00:00:00`), stop('must be a date, such as 2023-01-18'))
  .openapi({ example: '2023-01-18' })

export const duration = z
  .string()
  .refine(isDuration, stop('must be a duration of at most 366 days, such as PT1H30M'))
  .openapi({ example: 'PT1H' })

/** An instant; kept in Unix seconds. */
export const instant = z
  .string()
  .refine((text) => parseInstant(text) !== null, stop('must be an instant, such as 2023-02-01T12:00:00Z'))
  .openapi({ example: '2023-02-01T12:00:00Z' })

/** JSON `null` and a missing member mean the same in a PATCH: nothing there. */
export const count = z.number().int().min(0).max(1_000_000)
