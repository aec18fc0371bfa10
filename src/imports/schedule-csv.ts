/** Talks as a table: the columns of our own export in any order, and those of other programs with the same names. */
import Papa from 'papaparse'
import { unguarded } from '../formats/csv.ts'
import type { Fault } from '../outcome.ts'
import { RESOURCE_TYPES } from '../talks/schema.ts'
import { type ScheduleFormat, type ScheduleRead, unreadable } from './schedule.ts'
import { eventWith, lasting } from './schedule-event.ts'
import { readSource } from './schedule-source.ts'

export type Csv = { columns: string[]; rows: Record<string, string>[]; faults: Fault[] }

const ROWS_MAX = 50_000
const NAMES: Record<string, string> = {
  speaker: 'speakers',
  tags: 'keywords',
  date: 'start',
  website: 'url',
  location: 'room',
  timezone: 'timezone',
}

/** Rows by the names of the first line, in lower case. */
export function parseCsv(text: string): Csv {
  const columns: string[] = []
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: 'greedy' })
  const [head = [], ...lines] = data
  for (const name of head) columns.push(NAMES[name.trim().toLowerCase()] ?? name.trim().toLowerCase())
  const rows = lines
    .slice(0, ROWS_MAX)
    .map((cells) => Object.fromEntries(columns.map((name, at) => [name, unguarded(cells[at] ?? '').trim()])))
  const broken = errors.filter(({ code }) => code !== 'UndetectableDelimiter')
  const faults = broken.map(({ row, message }) => ({ path: `line ${(row ?? 0) + 1}`, message }))
  if (lines.length > ROWS_MAX)
    faults.push({ path: `line ${ROWS_MAX + 2}`, message: `is past the ${ROWS_MAX} rows that are read` })
  return { columns, rows, faults }
}

export const scheduleCsv = {
  name: 'csv',
  extension: 'csv',
  isWhole: true,
  recognizes: () => true,
  read({ columns, rows, faults }: Csv, timeZone: string): ScheduleRead {
    if (!columns.includes('title')) return unreadable({ path: 'line 1, title', message: 'is a column that is needed' })
    const events = rows.map(eventOf)
    const first = rows[0] ?? {}
    const rooms = [...new Set(events.map(({ room }) => room))]
    return readSource(
      {
        title: first.conference ?? '',
        timeZone: first.timezone ?? '',
        days: [{ index: '', date: '', rooms, events }],
        faults,
      },
      timeZone,
    )
  },
} as const satisfies ScheduleFormat

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean)

function eventOf(row: Record<string, string>, at: number) {
  const of = (name: string) => row[name] ?? ''
  const [from, to] = [of('start'), of('end')].map((text) => Date.parse(text))
  const minutes = Math.round((to! - from!) / 60_000)
  return eventWith({
    place: `line ${at + 2}`,
    id: of('id') || of('guid') || of('slug') || of('title'),
    guid: of('guid'),
    slug: of('slug'),
    title: of('title'),
    subtitle: of('subtitle'),
    date: of('start'),
    duration: of('duration') || lasting(minutes),
    room: of('room'),
    track: of('track'),
    type: of('type'),
    language: of('language'),
    licence: of('licence') || of('license'),
    state: of('status'),
    doNotRecord: /^(yes|true|1)$/i.test(of('donotrecord')),
    abstract: of('abstract'),
    description: of('description'),
    url: of('url'),
    keywords: listed(of('keywords')),
    persons: listed(of('speakers')).map((name) => ({ id: '', name })),
    links: RESOURCE_TYPES.flatMap((type) =>
      of(type)
        .split(/\s+/)
        .filter(Boolean)
        .map((url) => ({ url, title: '', type })),
    ),
  })
}
