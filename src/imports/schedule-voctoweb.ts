/**
 * The public JSON of voctoweb (https://api.media.ccc.de/public/…): a conference with its events, a list of events, or one
 * event with its recordings.
 */
import { z } from 'zod'
import { faults } from '../http/faults.ts'
import { isListOf, isObject, listOf, named, readEach, text } from './json-in.ts'
import { type ScheduleFormat, type ScheduleRead, unreadable } from './schedule.ts'
import { eventWith, lasting } from './schedule-event.ts'
import type { SourceLink } from './schedule-links.ts'
import { readSource } from './schedule-source.ts'

const event = z.looseObject({
  guid: text,
  title: text,
  subtitle: text,
  slug: text,
  link: text,
  description: text,
  original_language: text,
  persons: listOf(named),
  tags: listOf(text),
  date: text,
  length: text,
  duration: text,
  frontend_link: text,
  conference_title: text,
  recordings: listOf(
    z.looseObject({
      recording_url: text,
      mime_type: text,
      language: text,
      label: text,
      folder: text,
      state: text,
      size: text,
      height: text,
      width: text,
    }),
  ),
})
type Event = z.output<typeof event>

const head = z.looseObject({ title: text, acronym: text, link: text, events: listOf(z.unknown()) })

export const scheduleVoctoweb = {
  name: 'voctoweb',
  extension: 'json',
  isWhole: false,
  recognizes: (parsed: unknown) =>
    (isObject(parsed) && (Array.isArray(parsed.events) || Array.isArray(parsed.recordings))) ||
    isListOf(parsed, 'guid', 'persons'),
  read(parsed: unknown, timeZone: string): ScheduleRead {
    const isOne = isObject(parsed) && !Array.isArray(parsed.events)
    const checked = head.safeParse(isOne ? { events: [parsed] } : Array.isArray(parsed) ? { events: parsed } : parsed)
    if (!checked.success) return unreadable(...faults(checked.error.issues))
    const { title, acronym, link, events } = checked.data
    const each = readEach(events, event, isOne ? '' : 'events')
    const dates = each.read.map(({ date }) => date.slice(0, 10)).sort()
    return readSource(
      {
        title: title || each.read[0]?.conference_title || '',
        acronym,
        url: link,
        start: dates[0] ?? '',
        end: dates.at(-1) ?? '',
        days: [{ index: '', date: '', rooms: [], events: each.read.map(eventOf) }],
        faults: each.faults,
      },
      timeZone,
    )
  },
} as const satisfies ScheduleFormat

function eventOf(event: Event) {
  const { guid, title, subtitle, slug, description, link, tags, date, frontend_link: page } = event
  const seconds = Number(event.duration || event.length)
  return eventWith({
    place: `event ${guid || slug || title}`,
    id: guid,
    guid,
    title,
    subtitle,
    slug,
    description,
    url: link,
    date,
    // A recording tells how long the talk was to the second; a slot has minutes.
    duration: lasting(seconds / 60),
    language: event.original_language,
    keywords: tags.filter((tag) => !/^\d+$/.test(tag)),
    persons: event.persons.map((name) => ({ id: '', name })),
    links: [
      ...(page ? [{ url: page, title: '', type: 'recording' }] : []),
      ...event.recordings.filter(({ recording_url: url }) => url !== '').map(linkOf),
    ],
  })
}

const linkOf = ({
  recording_url: url,
  mime_type,
  language,
  label,
  folder,
  size,
  height,
}: Event['recordings'][number]): SourceLink => ({
  url,
  title: label,
  type: /slides/i.test(folder) || mime_type === 'application/pdf' ? 'slides' : '',
  mimeType: mime_type,
  language,
  // In megabytes there, and 0 where nobody knows.
  ...(Number(size) > 0 ? { size: Math.round(Number(size) * 1024 * 1024) } : {}),
  ...(Number(height) > 0 ? { quality: `${Number(height)}p` } : {}),
})
