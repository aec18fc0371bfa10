/** What a form sends, as the body that the API takes. */
import { type Answer, type Answers, isShown, type Question } from '../events/questions.ts'
import type { EventInput } from '../events/schema.ts'
import type { Fault } from '../outcome.ts'
import { findZone } from '../time/zone.ts'
import { type Attendance, faultsOf } from './rules.ts'

type Fields = Record<string, unknown>
type Body = {
  response: string
  answers: Answers
  guests?: number
  attendance?: string
  waitsFor?: string | null
  [member: string]: unknown
}

/** In the form, remote now and a seat when one is free is a third way to take part. */
export const REMOTE_FIRST = 'remoteFirst'

const list = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string' && one !== '')
const text = (value: unknown): string => list(value)[0] ?? ''

function answerOf({ type }: Question, value: unknown): Answer | undefined {
  if (type === 'boolean') return text(value) === 'true'
  if (type === 'choices') return list(value).length > 0 ? list(value) : undefined
  if (text(value) === '') return undefined
  return type === 'number' && Number.isFinite(Number(text(value))) ? Number(text(value)) : text(value)
}

/**
 * Empty optional fields are left out, and so is what was not asked of who answers like this: without JavaScript every
 * question stands in the form. A checkbox that isn't ticked isn't sent at all.
 */
export function bodyOf(event: EventInput, fields: Fields): Body {
  const questions = event.rsvp?.questions ?? []
  const answers: Answers = {}
  for (const question of questions) {
    const answer = answerOf(question, fields[`answers.${question.id}`])
    if (answer !== undefined && isShown(question, questions, answers)) answers[question.id] = answer
  }
  const guests = text(fields.guests)
  const attendance = text(fields.attendance)
  return {
    name: text(fields.name),
    ...(fields.email === undefined ? {} : { email: text(fields.email) }),
    response: text(fields.response) || 'accepted',
    ...(attendance === ''
      ? {}
      : attendance === REMOTE_FIRST
        ? { attendance: 'remote', waitsFor: 'inPerson' }
        : { attendance, ...(fields.email === undefined ? { waitsFor: null } : {}) }),
    ...(guests === '' ? {} : { guests: Number(guests) }),
    answers,
    note: text(fields.note),
    // What a browser calls its zone may be none of ours: that is no reason to refuse an answer.
    ...(findZone(text(fields.timeZone)) ? { timeZone: text(fields.timeZone) } : {}),
    showName: text(fields.showName) === 'true',
  }
}

/** What the schema found in a form, with what the event's own limits and questions find: all is mended at once. */
export const allFaults = (event: EventInput, { guests = 0, ...body }: Body, found: Fault[]): Fault[] => [
  ...found,
  ...faultsOf(event, { ...body, guests, attendance: body.attendance as Attendance }),
]
