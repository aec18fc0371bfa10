/** The schedule.json of c3voc, frab and pretalx (https://c3voc.de/schedule/schema.json). */
import { z } from 'zod'
import { faults } from '../http/faults.ts'
import { flag, isObject, listOf, readEach, text } from './json-in.ts'
import { type ScheduleFormat, type ScheduleRead, unreadable } from './schedule.ts'
import { eventWith } from './schedule-event.ts'
import { readSource, type SourceDay } from './schedule-source.ts'

const links = listOf(z.looseObject({ url: text, title: text, type: text }))

const event = z.looseObject({
  id: text,
  guid: text,
  slug: text,
  date: text,
  start: text,
  duration: text,
  room: text,
  title: text,
  subtitle: text,
  track: text,
  type: text,
  language: text,
  recording_license: text,
  do_not_record: flag,
  abstract: text,
  description: text,
  url: text,
  persons: listOf(
    z
      .looseObject({ id: text, guid: text, code: text, name: text, public_name: text, full_public_name: text })
      .transform(({ id, guid, code, ...person }) => ({
        id: id || guid || code,
        name: person.name || person.public_name || person.full_public_name,
      })),
  ),
  links,
  attachments: links,
})

/** Names of rooms are users' text: a record of zod's leaves out `__proto__`. */
const rooms = z.custom<Record<string, unknown>>(isObject, 'must be rooms by name, each a list')

const document = z.looseObject({
  schedule: z.looseObject({
    version: text,
    conference: z.looseObject({
      title: text,
      acronym: text,
      start: text,
      end: text,
      url: text,
      time_zone_name: text,
      days: z.array(z.looseObject({ index: text, date: text, rooms })).max(100),
    }),
  }),
})

export const scheduleJson = {
  name: 'schedule.json',
  extension: 'json',
  isWhole: true,
  recognizes: (parsed: unknown) => isObject(parsed) && Object.hasOwn(parsed, 'schedule'),
  read(parsed: unknown, timeZone: string): ScheduleRead {
    const checked = document.safeParse(parsed)
    if (!checked.success) return unreadable(...faults(checked.error.issues))
    const { version, conference } = checked.data.schedule
    const { days, time_zone_name: named, ...head } = conference
    const read = days.map(({ index, date, rooms }, at) => {
      const lists = Object.entries(rooms).map(([room, events]) => {
        const path = `schedule.conference.days.${at}.rooms.${room}`
        if (!Array.isArray(events)) return { faults: [{ path, message: 'must be a list' }], events: [] }
        const each = readEach(events, event, path)
        return {
          faults: each.faults,
          events: each.read.map((one) =>
            eventWith({
              ...one,
              licence: one.recording_license,
              doNotRecord: one.do_not_record,
              room: one.room || room,
            }),
          ),
        }
      })
      const day: SourceDay = { index, date, rooms: Object.keys(rooms), events: lists.flatMap(({ events }) => events) }
      return { day, faults: lists.flatMap((list) => list.faults) }
    })
    const source = { ...head, version, timeZone: named, isStrict: true }
    return readSource(
      { ...source, days: read.map(({ day }) => day), faults: read.flatMap((one) => one.faults) },
      timeZone,
    )
  },
} as const satisfies ScheduleFormat
