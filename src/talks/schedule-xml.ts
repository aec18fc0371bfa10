/** Writes schedule.xml, valid by the XSD of c3voc, which has no venue and no city. */
import { DECLARATION, element, escaped, text, uri } from '../formats/xml.ts'
import type { Schedule, ScheduledDay, ScheduledEvent } from './schedule.ts'

const maybe = (name: string, value: string | null): string => (value ? text(name, value) : '')

export const scheduleToXml = (schedule: Schedule): string =>
  `${DECLARATION}${element(
    'schedule',
    {},
    [
      element('generator', { name: 'Convene' }, ''),
      text('version', schedule.version),
      element('conference', {}, conferenceOf(schedule)),
      ...schedule.days.map(dayOf),
    ].join('\n'),
  )}\n`

const conferenceOf = ({ title, acronym, start, end, days, website, url, timeZone }: Schedule): string =>
  [
    text('title', title),
    text('acronym', acronym),
    maybe('start', start),
    maybe('end', end),
    text('days', days.length),
    text('timeslot_duration', '00:05'),
    text('url', uri(website ?? url)),
    text('time_zone_name', timeZone),
  ].join('')

const dayOf = ({ index, date, start, end, rooms }: ScheduledDay): string =>
  element(
    'day',
    { index, date, start, end },
    rooms.map(({ name, events }) => element('room', { name }, events.map(eventOf).join('\n'))).join('\n'),
  )

const eventOf = (event: ScheduledEvent): string =>
  element(
    'event',
    { id: event.id, guid: event.guid },
    [
      text('room', event.room),
      text('title', event.title),
      text('subtitle', event.subtitle),
      text('type', event.type),
      text('date', event.date),
      text('start', event.start),
      text('duration', event.duration),
      text('abstract', event.abstract),
      // The XSD wants more than four characters before and after the first hyphen; other slugs have no place in it.
      /^[a-z0-9_]{4,}-[a-z0-9_-]{4,}$/.test(event.slug) ? text('slug', event.slug) : '',
      text('track', event.track),
      maybe('language', event.language),
      text('description', event.description),
      event.licence || event.doNotRecord ? recordingOf(event) : '',
      text('url', uri(event.url)),
      element('persons', {}, event.persons.map(({ id, name }) => element('person', { id }, escaped(name))).join('')),
      element('attachments', {}, event.attachments.map((one) => link('attachment', one)).join('')),
      element('links', {}, event.links.map((one) => link('link', one)).join('')),
    ].join(''),
  )

const recordingOf = ({ licence, doNotRecord }: ScheduledEvent): string =>
  element('recording', {}, text('license', licence) + text('optout', String(doNotRecord)))

const link = (name: string, { type, url, title }: ScheduledEvent['links'][number]): string =>
  element(name, { href: uri(url), type }, escaped(title ?? ''))
