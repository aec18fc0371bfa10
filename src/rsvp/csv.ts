import type { EventInput } from '../events/schema.ts'
import { toCsv } from '../formats/csv.ts'
import { rsvpJson } from './json.ts'
import type { RsvpRow } from './queries.ts'

/** The answers to an event as CSV (RFC 4180), a column for each question. No cell starts a formula. */
export function rsvpsCsv(event: EventInput, rows: RsvpRow[]): string {
  const questions = event.rsvp?.questions ?? []
  const head = [
    'id',
    'name',
    'email',
    'response',
    'place',
    'position',
    'attendance',
    'guests',
    'occurrence',
    'checkedIn',
    'created',
    'note',
  ]
  const lines = rows.map((row) => {
    const rsvp: Record<string, unknown> = rsvpJson(row)
    const answers = rsvp.answers as Record<string, unknown>
    return [...head.map((name) => rsvp[name]), ...questions.map(({ id }) => answers[id])]
  })
  return toCsv([...head, ...questions.map(({ label }) => label)], lines)
}
