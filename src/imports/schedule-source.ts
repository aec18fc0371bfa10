/** Makes a schedule of what a source says, whatever it is written in; a format only brings it into this form. */
import type { Fault } from '../outcome.ts'
import { findZone, isLocalDateTime } from '../time/zone.ts'
import { cleanLine } from './html.ts'
import type { ScheduleDraft, ScheduleRead, TalkDraft } from './schedule.ts'
import { readEvent, type SourceEvent } from './schedule-event.ts'
import { addressOf } from './schedule-links.ts'

export type SourceDay = { index: string; date: string; events: SourceEvent[]; rooms: string[] }
export type ScheduleSource = {
  title: string
  acronym?: string
  start?: string
  end?: string
  venue?: string
  city?: string
  url?: string
  timeZone?: string
  version?: string
  days: SourceDay[]
  /** Whether every talk must have a time and the conference a title, as a schedule's do. */
  isStrict?: boolean
  /** What the format found wrong with single talks, and left out. */
  faults?: Fault[]
  notes?: string[]
}

/** Reads a schedule; all its faults at once. `given` is the zone where the source names none, or one that is none. */
export function readSource(source: ScheduleSource, given: string): ScheduleRead {
  const { isStrict = false } = source
  const faults: Fault[] = [...(source.faults ?? [])]
  const notes: string[] = [...(source.notes ?? [])]
  const timeZone = findZone(source.timeZone || given)
  if (timeZone === null)
    faults.push({ path: 'conference.time_zone_name', message: `is no time zone: ${source.timeZone}`.slice(0, 200) })
  const zone = timeZone ?? given
  const title = lineOf(source.title, 300) ?? ''
  if (title === '' && isStrict) faults.push({ path: 'conference.title', message: 'is missing' })
  const talks: TalkDraft[] = []
  for (const [at, day] of source.days.entries()) {
    for (const event of day.events) {
      const place = event.place ?? `day ${day.index || at + 1}, event ${event.id || event.guid || '?'}`
      const read = readEvent(event, day.date, zone, isStrict)
      if ('faults' in read)
        faults.push(...read.faults.map(({ path, message }) => ({ path: path ? `${place}, ${path}` : place, message })))
      else {
        talks.push(read.draft)
        notes.push(...read.notes.map((note) => `${place}: ${note}`))
      }
    }
  }
  const seen = new Set<string>()
  const once = talks.filter(({ externalId }) => !seen.has(externalId) && seen.add(externalId))
  if (once.length < talks.length) faults.push(...repeatedIds(talks))
  const rooms = new Set(source.days.flatMap((day) => day.rooms.map(cleanLine)).filter(Boolean))
  return {
    schedule: {
      ...headOf(source, title),
      timeZone: zone,
      rooms: [...new Set([...rooms, ...once.map(({ talk }) => talk.room ?? '')])].filter(Boolean),
      talks: once,
      read: countRead(source, once, rooms.size),
      notes,
    },
    faults,
  }
}

const dateOf = (text: string): string | null =>
  isLocalDateTime(`${text.slice(0, 10)}T00:00:00`) ? text.slice(0, 10) : null

const lineOf = (text: string | undefined, max: number): string | null =>
  cleanLine(text ?? '')
    .slice(0, max)
    .toWellFormed()
    .trim() || null

const headOf = (
  { acronym, start, end, venue, city, url, version }: ScheduleSource,
  title: string,
): Omit<ScheduleDraft, 'timeZone' | 'rooms' | 'talks' | 'read' | 'notes'> => ({
  title,
  acronym: lineOf(acronym, 60),
  starts: dateOf(start ?? ''),
  ends: dateOf(end ?? ''),
  venue: lineOf(venue, 300),
  city: lineOf(city, 200),
  website: addressOf(url ?? ''),
  version: lineOf(version, 100),
})

function repeatedIds(talks: TalkDraft[]): Fault[] {
  const first = new Map<string, string>()
  return talks.flatMap(({ externalId, talk }) => {
    const other = first.get(externalId)
    first.set(externalId, other ?? talk.title)
    return other === undefined
      ? []
      : [{ path: `event ${externalId}`, message: `stands twice: “${other}” and “${talk.title}”` }]
  })
}

function countRead({ days }: ScheduleSource, talks: TalkDraft[], rooms: number) {
  const events = days.flatMap((day) => day.events)
  const total = (of: (event: SourceEvent) => number) => events.reduce((sum, event) => sum + of(event), 0)
  return {
    talks: talks.length,
    persons: new Set(talks.flatMap(({ persons }) => persons)).size,
    rooms,
    tracks: new Set(events.map(({ track }) => track).filter(Boolean)).size,
    links: total(({ links }) => links.length),
    attachments: total(({ attachments }) => attachments.length),
  }
}
