/** The schedule.xml of c3voc, pentabarf, frab and pretalx (https://c3voc.de/wiki/schedule), in every form they have had. */
import type { Fault } from '../outcome.ts'
import { NewTalk, type TalkInput } from '../talks/schema.ts'
import { findZone, isLocalDateTime, parseInstant, toLocal } from '../time/zone.ts'
import { cleanLine, markdownOf } from './html.ts'
import type { ScheduleDraft, ScheduleFormat, ScheduleRead, TalkDraft } from './schedule.ts'
import { elements, parseXml, textOf, type XmlElement } from './xml.ts'

export const scheduleXml = {
  extension: 'xml',
  mediaTypes: ['application/xml', 'text/xml', 'application/vnd.c3voc.schedule+xml'],
  read(text: string, timeZone: string): ScheduleRead {
    const parsed = parseXml(text)
    if (!parsed.ok) return parsed
    const [schedule] = elements(parsed.root, 'schedule')
    if (!schedule) return { ok: false, faults: [{ path: '', message: 'has no <schedule>' }] }
    return readSchedule(schedule, timeZone)
  },
} as const satisfies ScheduleFormat

function readSchedule(schedule: XmlElement, given: string): ScheduleRead {
  const [conference = {}] = elements(schedule, 'conference')
  const named = textOf(conference, 'time_zone_name')
  const timeZone = findZone(named || given)
  if (timeZone === null)
    return { ok: false, faults: [{ path: 'conference.time_zone_name', message: `is no time zone: ${named}` }] }
  const faults: Fault[] = []
  const notes: string[] = []
  const rooms = new Set<string>()
  const talks: TalkDraft[] = []
  for (const [at, day] of elements(schedule, 'day').entries()) {
    const date = textOf(day, '@date')
    const inRooms = elements(day, 'room').flatMap((room) => {
      rooms.add(cleanLine(textOf(room, '@name')))
      return elements(room, 'event').map((event) => ({ event, room: textOf(room, '@name') }))
    })
    const bare = elements(day, 'event').map((event) => ({ event, room: '' }))
    for (const { event, room } of [...inRooms, ...bare]) {
      const place = `day ${textOf(day, '@index') || at + 1}, event ${textOf(event, '@id') || textOf(event, '@guid') || '?'}`
      const draft = readEvent(event, date, room, timeZone)
      if ('faults' in draft)
        faults.push(...draft.faults.map(({ path, message }) => ({ path: path ? `${place}, ${path}` : place, message })))
      else {
        talks.push(draft.draft)
        notes.push(...draft.notes.map((note) => `${place}: ${note}`))
      }
    }
  }
  faults.push(...repeatedIds(talks))
  const title = cleanLine(textOf(conference, 'title'))
  if (title === '') faults.push({ path: 'conference.title', message: 'is missing' })
  if (faults.length > 0) return { ok: false, faults }
  const read = countRead(schedule, talks, [...rooms].filter(Boolean).length)
  return {
    ok: true,
    schedule: {
      ...head(conference, title),
      timeZone,
      rooms: [...new Set([...rooms, ...talks.map(({ talk }) => talk.room ?? '')])].filter(Boolean),
      talks,
      read,
      notes,
    },
  }
}

const dateOf = (text: string): string | null =>
  isLocalDateTime(`${text.slice(0, 10)}T00:00:00`) ? text.slice(0, 10) : null
const addressOf = (text: string): string | null =>
  /^https?:\/\/[^\s"<>\\^`{}|]+$/.test(text) && URL.canParse(text) ? text : null

const head = (
  conference: XmlElement,
  title: string,
): Omit<ScheduleDraft, 'timeZone' | 'rooms' | 'talks' | 'read' | 'notes'> => ({
  title,
  acronym: cleanLine(textOf(conference, 'acronym')) || null,
  starts: dateOf(textOf(conference, 'start')),
  ends: dateOf(textOf(conference, 'end')),
  venue: cleanLine(textOf(conference, 'venue')) || null,
  city: cleanLine(textOf(conference, 'city')) || null,
  website: addressOf(textOf(conference, 'url')) ?? addressOf(textOf(conference, 'base_url')),
})

function repeatedIds(talks: TalkDraft[]): Fault[] {
  const seen = new Set<string>()
  return talks.flatMap(({ externalId }) => {
    const isRepeated = seen.has(externalId)
    seen.add(externalId)
    return isRepeated ? [{ path: `event ${externalId}`, message: 'stands twice' }] : []
  })
}

function countRead(schedule: XmlElement, talks: TalkDraft[], rooms: number) {
  const events = elements(schedule, 'day').flatMap((day) => [
    ...elements(day, 'event'),
    ...elements(day, 'room').flatMap((room) => elements(room, 'event')),
  ])
  const within = (list: string, name: string) =>
    events.reduce((sum, event) => sum + elements(event, list).reduce((n, one) => n + elements(one, name).length, 0), 0)
  return {
    talks: talks.length,
    persons: new Set(talks.flatMap(({ persons }) => persons)).size,
    rooms,
    tracks: new Set(events.map((event) => textOf(event, 'track')).filter(Boolean)).size,
    links: within('links', 'link'),
    attachments: within('attachments', 'attachment'),
  }
}

type EventRead = { draft: TalkDraft; notes: string[] } | { faults: Fault[] }

function readEvent(event: XmlElement, day: string, roomOfList: string, timeZone: string): EventRead {
  const notes: string[] = []
  const id = textOf(event, '@id') || textOf(event, '@guid')
  if (id === '') return { faults: [{ path: '', message: 'has neither id nor guid' }] }
  const start = startOf(event, day, timeZone)
  if (start === null)
    return {
      faults: [
        { path: 'start', message: `is no time of a day: ${textOf(event, 'date') || day} ${textOf(event, 'start')}` },
      ],
    }
  const duration = durationOf(textOf(event, 'duration'))
  if (duration === null) notes.push(`has no duration that can be read: "${textOf(event, 'duration')}"`)
  const persons = elements(event, 'persons').flatMap((list) => elements(list, 'person'))
  const people = persons.flatMap((person) => {
    const name = cleanLine(textOf(person, '#text') || textOf(person, '@name'))
    return name === '' ? [] : [{ name, id: textOf(person, '@id') || textOf(person, '@guid') || name }]
  })
  const language = textOf(event, 'language').toLowerCase().slice(0, 2)
  const candidate = {
    title: cleanLine(textOf(event, 'title')),
    subtitle: cleanLine(textOf(event, 'subtitle')) || null,
    abstract: markdownOf(textOf(event, 'abstract')),
    description: markdownOf(textOf(event, 'description')),
    track: cleanLine(textOf(event, 'track')) || null,
    room: cleanLine(textOf(event, 'room') || roomOfList) || null,
    type: cleanLine(textOf(event, 'type')) || null,
    language: /^[a-z]{2}$/.test(language) ? language : null,
    start,
    timeZone,
    duration,
    website: addressOf(textOf(event, 'url')),
    speakers: people.map(({ name }) => ({ name })),
    resources: resourcesOf(event, notes),
  }
  const checked = NewTalk.safeParse(candidate)
  if (!checked.success)
    return { faults: checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) }
  const talk: TalkInput = checked.data
  return {
    draft: {
      externalId: id,
      guid: textOf(event, '@guid') || null,
      slug: textOf(event, 'slug') || null,
      talk,
      persons: people.map((one) => one.id),
    },
    notes,
  }
}

/** `<date>` is the whole timestamp in newer files; older ones have a time of their day. */
function startOf(event: XmlElement, day: string, timeZone: string): string | null {
  const instant = parseInstant(textOf(event, 'date'))
  if (instant !== null) return toLocal(instant, timeZone)
  const [, hour, minute] = /^(\d{1,2}):(\d\d)/.exec(textOf(event, 'start')) ?? []
  const local = `${textOf(event, 'date').slice(0, 10) || day}T${hour?.padStart(2, '0')}:${minute}:00`
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

function resourcesOf(event: XmlElement, notes: string[]): Resource[] {
  const attachments = elements(event, 'attachments').flatMap((list) => elements(list, 'attachment'))
  const links = elements(event, 'links').flatMap((list) => elements(list, 'link'))
  return [...attachments, ...links].flatMap((one) => {
    const url = addressOf(textOf(one, '@href'))
    if (url === null) {
      notes.push(`a link that is no address was left out: "${textOf(one, '@href')}"`)
      return []
    }
    const title = cleanLine(textOf(one, '#text')).slice(0, 300)
    const mimeType = mimeOf(url)
    return [
      {
        type: typeOf(textOf(one, '@type'), title, url),
        url,
        ...(title ? { title } : {}),
        ...(mimeType ? { mimeType } : {}),
      },
    ]
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
