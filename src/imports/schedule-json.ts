/** The schedule.json of c3voc, frab and pretalx (https://c3voc.de/schedule/schema.json). */
import { z } from 'zod'
import { faults } from '../http/faults.ts'
import type { ScheduleFormat, ScheduleRead } from './schedule.ts'
import { readSource, type SourceEvent } from './schedule-source.ts'

/** What is text may be missing, null or a number; anything else is a fault with its place. */
const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (value === null || value === undefined ? '' : String(value).trim()))

const link = z.looseObject({ url: text, title: text, type: text })
const links = z
  .array(link)
  .nullish()
  .transform((list) => list ?? [])

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
  abstract: text,
  description: text,
  url: text,
  persons: z
    .array(
      z
        .looseObject({ id: text, guid: text, code: text, name: text, public_name: text, full_public_name: text })
        .transform(({ id, guid, code, ...person }) => ({
          id: id || guid || code,
          name: person.name || person.public_name || person.full_public_name,
        })),
    )
    .nullish()
    .transform((list) => list ?? []),
  links,
  attachments: links,
})

const day = z.looseObject({ index: text, date: text, rooms: z.record(z.string(), z.array(event)) })
const document = z.looseObject({
  schedule: z.looseObject({
    conference: z.looseObject({
      title: text,
      acronym: text,
      start: text,
      end: text,
      url: text,
      time_zone_name: text,
      days: z.array(day).max(100),
    }),
  }),
})

export const scheduleJson = {
  extension: 'json',
  mediaTypes: ['application/json', 'application/vnd.c3voc.schedule+json'],
  read(source: string, timeZone: string): ScheduleRead {
    let parsed: unknown
    try {
      parsed = JSON.parse(source)
    } catch (error) {
      return { ok: false, faults: [{ path: '', message: `is no JSON: ${String(error).slice(0, 200)}` }] }
    }
    const checked = document.safeParse(parsed)
    if (!checked.success) return { ok: false, faults: faults(checked.error.issues) }
    const { days, time_zone_name: named, ...conference } = checked.data.schedule.conference
    const read = { ...conference, venue: '', city: '', timeZone: named }
    return readSource({ ...read, days: days.map(dayOf) }, timeZone)
  },
} as const satisfies ScheduleFormat

const dayOf = ({ index, date, rooms }: z.output<typeof day>) => ({
  index,
  date,
  rooms: Object.keys(rooms),
  events: Object.entries(rooms).flatMap(([room, events]) =>
    events.map((one): SourceEvent => ({ ...one, room: one.room || room })),
  ),
})
