/** The schedule.xml of c3voc, pentabarf, frab and pretalx (https://c3voc.de/wiki/schedule), in every form they have had. */
import type { ScheduleFormat, ScheduleRead } from './schedule.ts'
import { readSource, type SourceDay, type SourceEvent, type SourceLink } from './schedule-source.ts'
import { elements, parseXml, textOf, type XmlElement } from './xml.ts'

export const scheduleXml = {
  extension: 'xml',
  mediaTypes: ['application/xml', 'text/xml', 'application/vnd.c3voc.schedule+xml'],
  read(text: string, timeZone: string): ScheduleRead {
    const parsed = parseXml(text)
    if (!parsed.ok) return parsed
    const [schedule] = elements(parsed.root, 'schedule')
    if (!schedule) return { ok: false, faults: [{ path: '', message: 'has no <schedule>' }] }
    const [conference = {}] = elements(schedule, 'conference')
    const of = (name: string) => textOf(conference, name)
    return readSource(
      {
        title: of('title'),
        acronym: of('acronym'),
        start: of('start'),
        end: of('end'),
        venue: of('venue'),
        city: of('city'),
        url: of('url') || of('base_url'),
        timeZone: of('time_zone_name'),
        days: elements(schedule, 'day').map(dayOf),
      },
      timeZone,
    )
  },
} as const satisfies ScheduleFormat

function dayOf(day: XmlElement): SourceDay {
  const rooms = elements(day, 'room')
  return {
    index: textOf(day, '@index'),
    date: textOf(day, '@date'),
    rooms: rooms.map((room) => textOf(room, '@name')),
    events: [
      ...rooms.flatMap((room) => elements(room, 'event').map((event) => eventOf(event, textOf(room, '@name')))),
      ...elements(day, 'event').map((event) => eventOf(event, '')),
    ],
  }
}

function eventOf(event: XmlElement, room: string): SourceEvent {
  const of = (name: string) => textOf(event, name)
  const all = (list: string, name: string) => elements(event, list).flatMap((one) => elements(one, name))
  return {
    id: of('@id'),
    guid: of('@guid'),
    slug: of('slug'),
    date: of('date'),
    start: of('start'),
    duration: of('duration'),
    room: of('room') || room,
    title: of('title'),
    subtitle: of('subtitle'),
    track: of('track'),
    type: of('type'),
    language: of('language'),
    abstract: of('abstract'),
    description: of('description'),
    url: of('url'),
    persons: all('persons', 'person').map((person) => ({
      id: textOf(person, '@id') || textOf(person, '@guid'),
      name: textOf(person, '#text') || textOf(person, '@name'),
    })),
    links: all('links', 'link').map(linkOf),
    attachments: all('attachments', 'attachment').map(linkOf),
  }
}

const linkOf = (link: XmlElement): SourceLink => ({
  url: textOf(link, '@href'),
  title: textOf(link, '#text'),
  type: textOf(link, '@type'),
})
