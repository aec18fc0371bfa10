/** The schedule.xml of c3voc, pentabarf, frab and pretalx (https://c3voc.de/wiki/schedule), in every form they have had. */
import type { ScheduleFormat, ScheduleRead } from './schedule.ts'
import { eventWith, type SourceEvent } from './schedule-event.ts'
import type { SourceLink } from './schedule-links.ts'
import { readSource, type SourceDay } from './schedule-source.ts'
import { elements, textOf, type XmlElement } from './xml.ts'

export const scheduleXml = {
  name: 'schedule.xml',
  extension: 'xml',
  isWhole: true,
  recognizes: (root: XmlElement) => elements(root, 'schedule').length > 0,
  read(root: XmlElement, timeZone: string): ScheduleRead {
    const [schedule = {}] = elements(root, 'schedule')
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
        version: textOf(schedule, 'version'),
        days: elements(schedule, 'day').map(dayOf),
        isStrict: true,
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
  const [recording = {}] = elements(event, 'recording')
  const all = (list: string, name: string) => elements(event, list).flatMap((one) => elements(one, name))
  return eventWith({
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
    licence: textOf(recording, 'license'),
    doNotRecord: textOf(recording, 'optout') === 'true',
    abstract: of('abstract'),
    description: of('description'),
    url: of('url'),
    persons: all('persons', 'person').map((person) => ({
      id: textOf(person, '@id') || textOf(person, '@guid'),
      name: textOf(person, '#text') || textOf(person, '@name'),
    })),
    links: all('links', 'link').map(linkOf),
    attachments: all('attachments', 'attachment').map(linkOf),
  })
}

const linkOf = (link: XmlElement): SourceLink => ({
  url: textOf(link, '@href'),
  title: textOf(link, '#text'),
  type: textOf(link, '@type'),
})
