/** What a form sends, as the body that the API takes. */
import type { EventInput } from '../events/schema.ts'
import type { Fault } from '../outcome.ts'
import { type Answers, faultsOf } from './rules.ts'

type Fields = Record<string, unknown>
type Body = { answers: Answers; guests?: number; [member: string]: unknown }

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Empty optional fields are left out; a checkbox that isn't ticked isn't sent at all. */
export function bodyOf(event: EventInput, fields: Fields): Body {
  const answers: Answers = {}
  for (const { id, type } of event.rsvp?.questions ?? []) {
    const value = text(fields[`answers.${id}`])
    if (type === 'boolean') answers[id] = value === 'true'
    else if (value !== '') answers[id] = value
  }
  const guests = text(fields.guests)
  return {
    name: text(fields.name),
    ...(fields.email === undefined ? {} : { email: text(fields.email) }),
    response: text(fields.response) || 'accepted',
    ...(fields.attendance === undefined ? {} : { attendance: text(fields.attendance) }),
    ...(guests === '' ? {} : { guests: Number(guests) }),
    answers,
    note: text(fields.note),
  }
}

/** What the schema found in a form, with what the event's own limits and questions find: all is mended at once. */
export const allFaults = (event: EventInput, { guests = 0, answers }: Body, found: Fault[]): Fault[] => [
  ...found,
  ...faultsOf(event, guests, answers),
]
