/** Who may answer what, and when. */
import { isSeries, occurrenceAt, originalStartOf, recurrenceIdOf } from '../events/occurrences.ts'
import { type Answers, faultsOfAnswers } from '../events/questions.ts'
import type { EventInput } from '../events/schema.ts'
import type { Scope } from '../events/seats.ts'
import { type Fault, invalid, type Refused, refused } from '../outcome.ts'

export type Attendance = 'inPerson' | 'remote'

type Answerable = {
  status: string
  endsAt: number | null
  rsvpEnabled: number
  rsvpOpensAt: number | null
  rsvpClosesAt: number | null
}

/** Organizers answer for others when it is closed too; who has answered or holds an invitation is invited. */
export type Caller = { isOrganizer?: boolean; isInvited?: boolean }

/**
 * Why this event, or one date of it, can't be answered now; null where it can.
 *
 * @param occurrence the RECURRENCE-ID of a date; empty for the event itself or a standing answer to a series
 */
export function whyNotOpen(
  row: Answerable,
  event: EventInput,
  occurrence: string,
  now: number,
  { isOrganizer, isInvited }: Caller = {},
): Refused | null {
  if (row.status === 'cancelled') return refused('event_cancelled', event.reason)
  if (!row.rsvpEnabled) return refused('rsvp_disabled')
  if (row.endsAt !== null && row.endsAt <= now) return refused('event_past')
  if (!isOrganizer) {
    if (row.rsvpOpensAt !== null && now < row.rsvpOpensAt)
      return refused('rsvp_not_open', `They open at ${event.rsvp?.opens}.`)
    if (row.rsvpClosesAt !== null && now >= row.rsvpClosesAt) return refused('rsvp_closed')
    if (event.rsvp?.access === 'invitation' && !isInvited) return refused('not_invited')
  }
  return occurrence === '' ? null : whyNotOnDate(event, occurrence, now)
}

/** Why one date of an event can't be answered at a time; null where it can. */
export function whyNotOnDate(event: EventInput, occurrence: string, now: number): Refused | null {
  const original = originalStartOf(event, occurrence)
  if (original === null || event.recurrenceOverrides[original]?.excluded) {
    return invalid({ path: 'occurrence', message: 'is no date of this event' })
  }
  const date = occurrenceAt(event, original)
  if (date.status === 'cancelled') return refused('event_cancelled', date.override.reason)
  return date.endsAt <= now ? refused('event_past') : null
}

/** The date an answer is about, in one spelling: a single event's own date and none mean the same. */
export function occurrenceOf(event: EventInput, given: string | undefined): string {
  if (given === undefined) return ''
  const original = originalStartOf(event, given)
  if (original === null) return given
  return isSeries(event) ? recurrenceIdOf(event, original) : ''
}

/** How people attend where nobody says: at the venue if there is one. */
export const usualAttendance = (event: EventInput): Attendance =>
  event.locations.length > 0 || event.virtualLocations.length === 0 ? 'inPerson' : 'remote'

/** Whether one can take part in the room and from elsewhere. */
export const isHybrid = (event: EventInput): boolean => event.locations.length > 0 && event.virtualLocations.length > 0

/** Whether an answer waits for its guest, and not for an organizer. */
export const isUnconfirmed = (
  { rsvp }: EventInput,
  { place, confirmedAt }: { place: string | null; confirmedAt: number | null },
): boolean => place === 'pending' && confirmedAt === null && (rsvp?.confirmation === 'email' || !rsvp?.approval)

/** How many places there are for who takes part like this; null without limit. */
export const capacityOf = (event: EventInput, attendance: Attendance): number | null =>
  event.rsvp?.capacity[attendance] ?? null

type Asked = {
  response: string
  guests: number
  answers: Answers
  attendance?: Attendance | undefined
  waitsFor?: string | null | undefined
}

/** What is wrong with the answers to the event's questions and with the size of the party. Who declines need say nothing. */
export function faultsOf(event: EventInput, { response, guests, answers, attendance, waitsFor }: Asked): Fault[] {
  if (response === 'declined') return []
  const { questions = [], guestsMax = 0, capacity } = event.rsvp ?? {}
  const faults: Fault[] = []
  if (guests > guestsMax)
    faults.push({
      path: 'guests',
      message: guestsMax === 0 ? 'must be 0: nobody can come along' : `must be at most ${guestsMax}`,
    })
  const largest = Math.max(capacity?.inPerson ?? Infinity, capacity?.remote ?? Infinity)
  if (guests > 0 && 1 + guests > largest) faults.push({ path: 'guests', message: `must fit into ${largest} places` })
  if (waitsFor && attendance === 'inPerson')
    faults.push({ path: 'waitsFor', message: 'is for who takes part from elsewhere until then' })
  return [...faults, ...faultsOfAnswers(questions, answers)]
}

/** Whether an answer is about an event by itself, one date of a series or all of them. */
export const scopeOf = (event: EventInput, occurrence: string): Scope =>
  isSeries(event) ? (occurrence === '' ? 'series' : 'date') : 'event'
