/** Who may answer what, and when. */
import { isSeries, occurrenceAt, originalStartOf } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'
import { type Fault, invalid, type Refused, refused } from '../outcome.ts'

export type Attendance = 'inPerson' | 'remote'
export type Answers = Record<string, string | boolean>

type Answerable = {
  status: string
  endsAt: number | null
  rsvpEnabled: number
  rsvpOpensAt: number | null
  rsvpClosesAt: number | null
}

/**
 * Why this event, or one date of it, can't be answered now; null where it can.
 *
 * @param occurrence the RECURRENCE-ID of a date; empty for the event itself or a standing answer to a series
 */
export function whyNotOpen(row: Answerable, event: EventInput, occurrence: string, now: number): Refused | null {
  if (row.status === 'cancelled') return refused('event_cancelled', event.reason)
  if (!row.rsvpEnabled) return refused('rsvp_disabled')
  if (row.endsAt !== null && row.endsAt <= now) return refused('event_past')
  if (row.rsvpOpensAt !== null && now < row.rsvpOpensAt)
    return refused('rsvp_not_open', `They open at ${event.rsvp?.opens}.`)
  if (row.rsvpClosesAt !== null && now >= row.rsvpClosesAt) return refused('rsvp_closed')
  return occurrence === '' ? null : whyNotOnDate(event, occurrence, now)
}

function whyNotOnDate(event: EventInput, occurrence: string, now: number): Refused | null {
  const original = originalStartOf(event, occurrence)
  if (original === null || event.recurrenceOverrides[original]?.excluded) {
    return invalid({ path: 'occurrence', message: 'is no date of this event' })
  }
  const date = occurrenceAt(event, original)
  if (date.status === 'cancelled') return refused('event_cancelled', date.override.reason)
  return date.endsAt <= now ? refused('event_past') : null
}

/** The date an answer is about: a single event's own date and none mean the same. */
export const occurrenceOf = (event: EventInput, given: string | undefined): string =>
  isSeries(event) ? (given ?? '') : ''

/** How people attend where nobody says: at the venue if there is one. */
export const usualAttendance = (event: EventInput): Attendance =>
  event.locations.length > 0 || event.virtualLocations.length === 0 ? 'inPerson' : 'remote'

/** What is wrong with the answers to the event's questions and with the size of the party. */
export function faultsOf(event: EventInput, guests: number, answers: Answers): Fault[] {
  const { questions = [], guestsMax = 0, capacity } = event.rsvp ?? {}
  const faults: Fault[] = []
  if (guests > guestsMax)
    faults.push({
      path: 'guests',
      message: guestsMax === 0 ? 'must be 0: nobody can come along' : `must be at most ${guestsMax}`,
    })
  const largest = Math.max(capacity?.inPerson ?? Infinity, capacity?.remote ?? Infinity)
  if (guests > 0 && 1 + guests > largest) faults.push({ path: 'guests', message: `must fit into ${largest} places` })
  for (const id of Object.keys(answers)) {
    if (!questions.some((question) => question.id === id))
      faults.push({ path: `answers.${id}`, message: 'is no question of this event' })
  }
  for (const question of questions) {
    const message = faultOfAnswer(question, answers[question.id])
    if (message) faults.push({ path: `answers.${question.id}`, message })
  }
  return faults
}

type Question = NonNullable<EventInput['rsvp']>['questions'][number]

function faultOfAnswer({ type, required, options }: Question, answer: string | boolean | undefined): string | null {
  if (answer === undefined || answer === '' || answer === false) return required ? 'is required' : null
  if (type === 'boolean') return answer === true ? null : 'must be true or false'
  if (typeof answer !== 'string') return 'must be a text'
  return type === 'choice' && !options?.includes(answer) ? `must be one of: ${(options ?? []).join(', ')}` : null
}
