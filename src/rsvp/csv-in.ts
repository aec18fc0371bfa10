/** Guests as a CSV file: the columns of our own export, in any order, and those of other programs with the same names. */
import Papa from 'papaparse'
import type { Answer, Question } from '../events/questions.ts'
import type { EventInput } from '../events/schema.ts'
import { unguarded } from '../formats/csv.ts'
import type { Fault } from '../outcome.ts'

export type CsvGuest = { line: number; body: Record<string, unknown> }

const ROWS_MAX = 2000
const NAMES: Record<string, string> = { 'e-mail': 'email', 'email address': 'email', 'full name': 'name' }
const WANTED = ['name', 'email', 'response', 'attendance', 'guests', 'note', 'occurrence']

/** Reads guests; each fault names the line of the file. */
export function readGuests(text: string, event: EventInput): { guests: CsvGuest[]; faults: Fault[] } {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => NAMES[name.trim().toLowerCase()] ?? name.trim(),
    transform: (value) => unguarded(value).trim(),
  })
  const columns = meta.fields ?? []
  const missing = ['name', 'email'].filter((name) => !columns.includes(name))
  if (missing.length > 0)
    return { guests: [], faults: missing.map((name) => at(1, name, 'is a column that is needed')) }
  if (data.length > ROWS_MAX) return { guests: [], faults: [at(1, '', `has more than ${ROWS_MAX} guests`)] }
  const questions = event.rsvp?.questions ?? []
  const guests = data.map((row, index) => ({ line: index + 2, body: bodyOf(row, questions) }))
  const faults = errors
    .filter(({ code }) => code !== 'UndetectableDelimiter')
    .map(({ row = 0, message }) => at(row + 2, '', message))
  return { guests, faults }
}

/** A fault in a line of the file, from 1. */
export const at = (line: number, column: string, message: string): Fault => ({
  path: column ? `line ${line}, ${column}` : `line ${line}`,
  message,
})

function bodyOf(row: Record<string, string>, questions: readonly Question[]): Record<string, unknown> {
  const given = Object.fromEntries(WANTED.flatMap((name) => (row[name] ? [[name, row[name]]] : [])))
  const answers = questions.flatMap((question) => {
    const text = row[question.id] || row[question.label]
    return text ? [[question.id, answerOf(question, text)] as const] : []
  })
  return {
    ...given,
    ...(given.guests === undefined ? {} : { guests: Number(given.guests) }),
    answers: Object.fromEntries(answers),
  }
}

function answerOf({ type }: Question, text: string): Answer {
  if (type === 'boolean') return /^(true|yes|1)$/i.test(text)
  if (type === 'choices') return text.split(/[,;]/).map((one) => one.trim())
  return type === 'number' && Number.isFinite(Number(text)) ? Number(text) : text
}
