/** Writes schedule.json, valid by the JSON Schema of c3voc. */
import type { Schedule, ScheduledEvent } from './schedule.ts'

export const scheduleToJson = (schedule: Schedule) => ({
  $schema: 'https://c3voc.de/schedule/schema.json',
  generator: { name: 'Convene' },
  schedule: {
    version: schedule.version,
    conference: {
      acronym: schedule.acronym,
      title: schedule.title,
      start: schedule.start ?? '',
      end: schedule.end ?? '',
      daysCount: schedule.days.length,
      timeslot_duration: '00:05',
      time_zone_name: schedule.timeZone,
      url: schedule.website ?? schedule.url,
      days: schedule.days.map(({ index, date, start, end, rooms }) => ({
        index,
        date,
        day_start: start,
        day_end: end,
        // Names of rooms are users' text: an object literal would take `__proto__` for something else.
        rooms: Object.fromEntries(rooms.map(({ name, events }) => [name, events.map(eventOf)])),
      })),
    },
  },
})

const eventOf = (event: ScheduledEvent) => ({
  id: event.id,
  guid: event.guid,
  date: event.date,
  start: event.start,
  duration: event.duration,
  room: event.room,
  slug: event.slug,
  url: event.url,
  title: event.title,
  subtitle: event.subtitle,
  track: event.track,
  type: event.type,
  language: event.language,
  ...(event.licence ? { recording_license: event.licence } : {}),
  ...(event.doNotRecord ? { do_not_record: true } : {}),
  abstract: event.abstract,
  description: event.description,
  persons: event.persons.map(({ id, name }) => ({ ...(id === null ? {} : { id }), name })),
  links: event.links.map(({ url, title }) => ({ url, title: title ?? '', type: 'related' })),
  attachments: event.attachments.map(({ type, url, title }) => ({ url, title: title ?? '', type })),
})
