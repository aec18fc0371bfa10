import { stringify } from 'csv-stringify/browser/esm/sync'
import type { EventInput } from '../events/schema.ts'
import { rsvpJson } from './json.ts'
import type { RsvpRow } from './queries.ts'

/** What a spreadsheet would take for a formula, also after spaces or quotes and in full-width letters (SECURITY C3). */
const FORMULA = /^[\s"']*[=+\-@\t\r\n\0＝＋－＠]/

const cell = (value: unknown): string => {
  const text = value === null || value === undefined ? '' : String(value)
  return FORMULA.test(text) ? `'${text}` : text
}

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
    return [...head.map((name) => rsvp[name]), ...questions.map(({ id }) => answers[id])].map(cell)
  })
  return stringify([[...head, ...questions.map(({ label }) => cell(label))], ...lines], { record_delimiter: 'windows' })
}
