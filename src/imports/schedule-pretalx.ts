/** What pretalx's API gives of an event's submissions, talks or slots (its schedule.json is read as everybody's). */
import { z } from 'zod'
import { faults } from '../http/faults.ts'
import { flag, isListOf, isObject, listOf, localized, readEach, text } from './json-in.ts'
import { type ScheduleFormat, type ScheduleRead, unreadable } from './schedule.ts'
import { eventWith, lasting } from './schedule-event.ts'
import { readSource } from './schedule-source.ts'

const slot = z.looseObject({ start: text, end: text, room: localized })
const submission = z.looseObject({
  code: text,
  title: text,
  state: text,
  submission_type: localized,
  track: localized,
  abstract: text,
  description: text,
  duration: text,
  content_locale: text,
  do_not_record: flag,
  slot: slot.nullish(),
  slots: listOf(z.union([slot, z.number().transform(() => null)])),
  speakers: listOf(
    z.union([
      z.string().transform((name) => ({ code: '', name })),
      z.looseObject({ code: text, name: text }).transform(({ code, name }) => ({ code, name })),
    ]),
  ),
  tags: listOf(
    z.union([z.string(), z.number().transform(() => ''), z.looseObject({ tag: text }).transform((t) => t.tag)]),
  ),
  resources: listOf(
    z.union([z.number().transform(() => null), z.looseObject({ resource: text, link: text, description: localized })]),
  ),
})
type Submission = z.output<typeof submission>

const document = z.looseObject({ results: listOf(z.unknown()), slots: listOf(z.unknown()), version: text })

export const schedulePretalx = {
  name: 'pretalx',
  extension: 'json',
  // The API gives pages, so what is not in one may be in the next.
  isWhole: false,
  recognizes: (parsed: unknown) =>
    (isObject(parsed) &&
      (Array.isArray(parsed.results) || Array.isArray(parsed.slots) || Object.hasOwn(parsed, 'code'))) ||
    isListOf(parsed, 'code'),
  read(parsed: unknown, timeZone: string): ScheduleRead {
    const isOne = isObject(parsed) && Object.hasOwn(parsed, 'code')
    const list = isOne ? [parsed] : parsed
    const checked = document.safeParse(Array.isArray(list) ? { results: list } : list)
    if (!checked.success) return unreadable(...faults(checked.error.issues))
    const { results, slots, version } = checked.data
    const each = readEach([...results, ...slots.map(talkOfSlot)], submission, results.length > 0 ? 'results' : 'slots')
    const isThere = ({ state }: Submission) => ['', 'accepted', 'confirmed'].includes(state)
    const events = each.read.filter(isThere).map(eventOf)
    const aside = each.read.length - events.length
    return readSource(
      {
        title: '',
        version,
        days: [{ index: '', date: '', rooms: [...new Set(events.map(({ room }) => room))], events }],
        faults: each.faults,
        notes: aside > 0 ? [`${aside} submissions that are not accepted were left out`] : [],
      },
      timeZone,
    )
  },
} as const satisfies ScheduleFormat

/** A slot of a schedule may hold its submission; older ones are the submission. */
const talkOfSlot = (one: unknown): unknown =>
  isObject(one) && isObject(one.submission) ? { ...one.submission, slot: one } : one

function eventOf(one: Submission) {
  const held = one.slot ?? one.slots.find((slot) => slot !== null && slot.start !== '') ?? null
  const minutes = held
    ? Math.round((Date.parse(held.end) - Date.parse(held.start)) / 60_000) || Number(one.duration)
    : Number(one.duration)
  return eventWith({
    place: `talk ${one.code || one.title}`,
    id: one.code,
    title: one.title,
    abstract: one.abstract,
    description: one.description,
    type: one.submission_type,
    track: one.track,
    language: one.content_locale,
    doNotRecord: one.do_not_record,
    date: held?.start ?? '',
    duration: lasting(minutes),
    // A number alone names no room.
    room: /^\d+$/.test(held?.room ?? '') ? '' : (held?.room ?? ''),
    keywords: one.tags,
    persons: one.speakers.map(({ code, name }) => ({ id: code, name })),
    attachments: one.resources.flatMap((file) =>
      file === null ? [] : [{ url: file.link || file.resource, title: file.description, type: '' }],
    ),
  })
}
