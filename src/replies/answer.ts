/** An answer of a calendar program (RFC 5546, 3.2.3), with the ways in which they write it. */
import { type Component, parseICalendar, propertiesOf, propertyOf, unescapeText } from '../formats/icalendar.ts'
import { type Moment, momentOf } from '../imports/icalendar-time.ts'
import { toInstant } from '../time/zone.ts'
import type { CalendarText } from './message.ts'

export type Answer = {
  uid: string
  /** Who answers, in lower case; of a proposal all that are named. */
  attendees: string[]
  said: 'accepted' | 'tentative' | 'declined' | 'delegated' | 'counter'
  sequence: number
  /** When it was said, in Unix seconds; null where it does not say. */
  stamp: number | null
  /** The date of a series that it is about; null for all of them. */
  date: Moment | null
}

const SAID: Record<string, Answer['said']> = {
  ACCEPTED: 'accepted',
  TENTATIVE: 'tentative',
  DECLINED: 'declined',
  DELEGATED: 'delegated',
}

/** Nobody answers more dates of a series at once. */
const DATES_MAX = 50

/**
 * The answers in a calendar: one, or several to dates of one series. Null where it is none: another method, or one that its
 * MIME part does not have, of a reply not exactly one attendee, several who answer, or the same date twice.
 */
export function answersIn({ method, text }: CalendarText): Answer[] | null {
  const { components, faults } = parseICalendar(text)
  // Some servers write a line of their own below.
  const isBroken = faults.some(({ message }) => !message.startsWith('is no content line'))
  const calendars = components.filter(({ name }) => name === 'VCALENDAR')
  const calendar = calendars.length === 1 && !isBroken ? calendars[0]! : null
  const methods = calendar ? propertiesOf(calendar, 'METHOD').map(({ value }) => value.trim().toUpperCase()) : []
  const own = methods.length === 1 ? methods[0]! : null
  if (!calendar || own === null || (method !== null && method !== own)) return null
  if (own !== 'REPLY' && own !== 'COUNTER') return null
  const vevents = calendar.components.filter(({ name }) => name !== 'VTIMEZONE')
  if (vevents.length > DATES_MAX || vevents.some(({ name }) => name !== 'VEVENT')) return null
  const answers = vevents.map((vevent) => read(vevent, calendar, own))
  return isOfOne(answers) ? answers : null
}

/** Whether all are there, by one guest, to one event and to different dates. */
function isOfOne(answers: (Answer | null)[]): answers is Answer[] {
  const [first] = answers
  const dates = new Set(answers.map((one) => JSON.stringify(one?.date)))
  const who = (one: Answer | null) => JSON.stringify([one?.uid.toLowerCase(), one?.attendees])
  return !!first && dates.size === answers.length && answers.every((one) => one !== null && who(one) === who(first))
}

function read(vevent: Component, calendar: Component, method: 'REPLY' | 'COUNTER'): Answer | null {
  const attendees = propertiesOf(vevent, 'ATTENDEE')
  const uids = propertiesOf(vevent, 'UID')
  if (uids.length === 0 || (method === 'REPLY' && attendees.length !== 1)) return null
  const dates = propertiesOf(vevent, 'RECURRENCE-ID')
  const date = dates[0] ? momentOf(dates[0], calendar) : null
  // `RANGE=THISANDFUTURE`: nobody's answer here is about the rest of a series.
  if (dates.length > 1 || typeof date === 'string' || dates[0]?.params.has('RANGE')) return null
  const status = attendees[0]?.params.get('PARTSTAT')?.toUpperCase() ?? ''
  const said = method === 'COUNTER' ? 'counter' : SAID[status]
  const stamp = propertyOf(vevent, 'DTSTAMP')
  const at = stamp ? momentOf(stamp, calendar) : null
  if (!said) return null
  return {
    uid: unescapeText(uids[0]!.value).trim(),
    attendees: attendees.map(({ value, params }) => addressOf(value, params.get('EMAIL'))),
    said,
    sequence: Number(propertyOf(vevent, 'SEQUENCE')?.value) || 0,
    stamp: at === null || typeof at === 'string' ? null : toInstant(at.local, at.zone ?? 'UTC'),
    date,
  }
}

/** Apple names people by other URIs than addresses, and these beside them. */
function addressOf(value: string, email: string | undefined): string {
  const [, address] = /^mailto:(.+)$/i.exec(value.trim()) ?? []
  return (address ?? email ?? '')
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase()
}
