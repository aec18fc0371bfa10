/** Makes talks of what a schedule says, whatever it is written in; a format only brings it into this form. */
import type { Fault } from '../outcome.ts'
import { RESOURCE_TYPES, type TalkInput, WholeTalk } from '../talks/schema.ts'
import { findZone, isLocalDateTime, parseInstant, toLocal } from '../time/zone.ts'
import { cleanLine, markdownOf } from './html.ts'
import type { ScheduleDraft, ScheduleRead, TalkDraft } from './schedule.ts'

export type SourceLink = { url: string; title: string; type: string }
/** An event as it stands in the source; empty where it says nothing. */
export type SourceEvent = {
  id: string
  guid: string
  slug: string
  date: string
  start: string
  duration: string
  room: string
  title: string
  subtitle: string
  track: string
  type: string
  language: string
  abstract: string
  description: string
  url: string
  persons: { id: string; name: string }[]
  links: SourceLink[]
  attachments: SourceLink[]
}
export type SourceDay = { index: string; date: string; events: SourceEvent[]; rooms: string[] }
export type ScheduleSource = {
  title: string
  acronym: string
  start: string
  end: string
  venue: string
  city: string
  url: string
  timeZone: string
  days: SourceDay[]
}

/** Reads a schedule; all its faults at once. `given` is the zone where the source names none. */
export function readSource(source: ScheduleSource, given: string): ScheduleRead {
  const timeZone = findZone(source.timeZone || given)
  if (timeZone === null)
    return {
      ok: false,
      faults: [{ path: 'conference.time_zone_name', message: `is no time zone: ${source.timeZone}` }],
    }
  const faults: Fault[] = []
  const notes: string[] = []
  const talks: TalkDraft[] = []
  for (const [at, day] of source.days.entries()) {
    for (const event of day.events) {
      const place = `day ${day.index || at + 1}, event ${event.id || event.guid || '?'}`
      const read = readEvent(event, day.date, timeZone)
      if ('faults' in read)
        faults.push(...read.faults.map(({ path, message }) => ({ path: path ? `${place}, ${path}` : place, message })))
      else {
        talks.push(read.draft)
        notes.push(...read.notes.map((note) => `${place}: ${note}`))
      }
    }
  }
  faults.push(...repeatedIds(talks))
  const title = cleanLine(source.title)
  if (title === '') faults.push({ path: 'conference.title', message: 'is missing' })
  if (faults.length > 0) return { ok: false, faults }
  const rooms = new Set(source.days.flatMap((day) => day.rooms.map(cleanLine)).filter(Boolean))
  return {
    ok: true,
    schedule: {
      ...headOf(source, title),
      timeZone,
      rooms: [...new Set([...rooms, ...talks.map(({ talk }) => talk.room ?? '')])].filter(Boolean),
      talks,
      read: countRead(source, talks, rooms.size),
      notes,
    },
  }
}

const dateOf = (text: string): string | null =>
  isLocalDateTime(`${text.slice(0, 10)}T00:00:00`) ? text.slice(0, 10) : null
const addressOf = (text: string): string | null =>
  /^https?:\/\/[^\s"<>\\^`{}|]+$/.test(text) && URL.canParse(text) ? text : null

const headOf = (
  { acronym, start, end, venue, city, url }: ScheduleSource,
  title: string,
): Omit<ScheduleDraft, 'timeZone' | 'rooms' | 'talks' | 'read' | 'notes'> => ({
  title,
  acronym: cleanLine(acronym) || null,
  starts: dateOf(start),
  ends: dateOf(end),
  venue: cleanLine(venue) || null,
  city: cleanLine(city) || null,
  website: addressOf(url),
})

function repeatedIds(talks: TalkDraft[]): Fault[] {
  const seen = new Set<string>()
  return talks.flatMap(({ externalId }) => {
    const isRepeated = seen.has(externalId)
    seen.add(externalId)
    return isRepeated ? [{ path: `event ${externalId}`, message: 'stands twice' }] : []
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

type EventRead = { draft: TalkDraft; notes: string[] } | { faults: Fault[] }

function readEvent(event: SourceEvent, day: string, timeZone: string): EventRead {
  const id = event.id || event.guid
  if (id === '') return { faults: [{ path: '', message: 'has neither id nor guid' }] }
  const start = startOf(event, day, timeZone)
  if (start === null)
    return { faults: [{ path: 'start', message: `is no time of a day: ${event.date || day} ${event.start}` }] }
  const notes: string[] = []
  const duration = durationOf(event.duration)
  if (duration === null) notes.push(`has no duration that can be read: "${event.duration}"`)
  const people = event.persons.flatMap((person) => {
    const name = cleanLine(person.name)
    return name === '' ? [] : [{ name, id: person.id || name }]
  })
  const language = event.language.toLowerCase().slice(0, 2)
  const candidate = {
    title: cleanLine(event.title),
    subtitle: cleanLine(event.subtitle) || null,
    abstract: markdownOf(event.abstract),
    description: markdownOf(event.description),
    track: cleanLine(event.track) || null,
    room: cleanLine(event.room) || null,
    type: cleanLine(event.type) || null,
    language: /^[a-z]{2}$/.test(language) ? language : null,
    start,
    timeZone,
    duration,
    website: addressOf(event.url),
    speakers: people.map(({ name }) => ({ name })),
    resources: resourcesOf([...event.attachments, ...event.links], notes),
  }
  const checked = WholeTalk.safeParse(candidate)
  if (!checked.success)
    return { faults: checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) }
  const talk: TalkInput = checked.data
  const persons = people.map((one) => one.id)
  return { draft: { externalId: id, guid: event.guid || null, slug: event.slug || null, talk, persons }, notes }
}

/** `date` is the whole timestamp in newer files; older ones have a time of their day. */
function startOf({ date, start }: SourceEvent, day: string, timeZone: string): string | null {
  const instant = parseInstant(date)
  if (instant !== null) return toLocal(instant, timeZone)
  const [, hour, minute] = /^(\d{1,2}):(\d\d)/.exec(start) ?? []
  const local = `${date.slice(0, 10) || day}T${hour?.padStart(2, '0')}:${minute}:00`
  return isLocalDateTime(local) ? local : null
}

/** `00:25`, `1:05:00` (days first); null for none, nothing and nonsense. */
function durationOf(text: string): string | null {
  if (!/^\d{1,3}(:\d{1,2}){1,2}$/.test(text)) return null
  const parts = text.split(':').map(Number)
  const [days, hours, minutes] =
    parts.length === 3 && parts[2] !== 0 ? parts : parts.length === 3 ? [0, ...parts] : [0, ...parts]
  const total = (days! * 24 + hours!) * 60 + minutes!
  return total > 0
    ? `PT${total >= 60 ? `${Math.floor(total / 60)}H` : ''}${total % 60 > 0 ? `${total % 60}M` : ''}`
    : null
}

type Resource = TalkInput['resources'][number]

function resourcesOf(links: SourceLink[], notes: string[]): Resource[] {
  return links.flatMap((one) => {
    const url = addressOf(one.url)
    if (url === null) {
      notes.push(`a link that is no address was left out: "${one.url}"`)
      return []
    }
    const title = cleanLine(one.title).slice(0, 300)
    const mimeType = mimeOf(url)
    return [{ type: typeOf(one.type, title, url), url, ...(title ? { title } : {}), ...(mimeType ? { mimeType } : {}) }]
  })
}

const MIMES: [RegExp, string][] = [
  [/\.webm$/i, 'video/webm'],
  [/\.(mp4|m4v)$/i, 'video/mp4'],
  [/\.pdf$/i, 'application/pdf'],
  [/\.vtt$/i, 'text/vtt'],
  [/\.srt$/i, 'application/x-subrip'],
  [/\.(ogg|opus)$/i, 'audio/ogg'],
  [/\.mp3$/i, 'audio/mpeg'],
]

const mimeOf = (url: string): string | undefined => MIMES.find(([ending]) => ending.test(new URL(url).pathname))?.[1]

/** What a link is, by what the source says, then by its title, then by its ending. */
function typeOf(declared: string, title: string, url: string): Resource['type'] {
  const { hostname, pathname } = new URL(url)
  // Our own schedules say it in our words.
  const own = RESOURCE_TYPES.find((type) => type === declared && type !== 'other')
  if (own) return own
  if (/slides/i.test(declared)) return 'slides'
  if (/paper/i.test(declared)) return 'paper'
  if (/\.(vtt|srt)$/i.test(pathname) || /subtitle|caption/i.test(title)) return 'captions'
  if (/video|audio/i.test(declared) || /\b(video|recording)\b/i.test(title) || /\.(webm|mp4|ogv|avi)$/i.test(pathname))
    return 'recording'
  if (/\b(slides|slide deck|presentation)\b/i.test(title)) return 'slides'
  if (/\bpaper\b/i.test(title)) return 'paper'
  if (
    /^(www\.)?(github\.com|gitlab\.com|codeberg\.org|pagure\.io)$/.test(hostname) ||
    /\b(source code|repository|github)\b/i.test(title)
  )
    return 'code'
  return 'other'
}
