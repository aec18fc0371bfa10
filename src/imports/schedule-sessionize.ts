/** The JSON of Sessionize's API: the views All, Sessions and GridSmart. */
import { z } from 'zod'
import { faults } from '../http/faults.ts'
import { isListOf, isObject, listOf, readEach, text } from './json-in.ts'
import { type ScheduleFormat, type ScheduleRead, unreadable } from './schedule.ts'
import { eventWith, lasting } from './schedule-event.ts'
import { readSource } from './schedule-source.ts'

const item = z.looseObject({ id: z.union([z.string(), z.number()]), name: text })
const session = z.looseObject({
  id: text,
  title: text,
  description: text,
  startsAt: text,
  endsAt: text,
  isServiceSession: z.boolean().nullish(),
  speakers: listOf(z.union([z.string(), z.looseObject({ id: text, name: text })])),
  categoryItems: listOf(z.number()),
  categories: listOf(z.looseObject({ name: text, categoryItems: listOf(item) })),
  roomId: z.number().nullish(),
  room: text,
  liveUrl: text,
  recordingUrl: text,
})
type Session = z.output<typeof session>

const sessions = listOf(z.unknown())
const document = z.looseObject({
  sessions,
  speakers: listOf(z.looseObject({ id: text, fullName: text, firstName: text, lastName: text })),
  categories: listOf(z.looseObject({ title: text, items: listOf(item) })),
  rooms: listOf(item),
})
/** The other views are lists of days with rooms, or of groups. */
const parts = z.array(
  z.looseObject({ sessions, rooms: listOf(z.looseObject({ name: text, sessions: listOf(z.unknown()) })) }),
)

export const scheduleSessionize = {
  name: 'sessionize',
  extension: 'json',
  isWhole: true,
  recognizes: (parsed: unknown) =>
    (isObject(parsed) && Array.isArray(parsed.sessions)) || isListOf(parsed, 'sessions') || isListOf(parsed, 'rooms'),
  read(parsed: unknown, timeZone: string): ScheduleRead {
    const whole = Array.isArray(parsed) ? parts.transform(gathered).safeParse(parsed) : document.safeParse(parsed)
    if (!whole.success) return unreadable(...faults(whole.error.issues))
    const { speakers, categories, rooms } = whole.data
    const each = readEach(whole.data.sessions, session, 'sessions')
    const words: Words = {
      people: new Map(speakers.map((one) => [one.id, one.fullName || `${one.firstName} ${one.lastName}`])),
      items: new Map(categories.flatMap(({ title, items }) => items.map(({ id, name }) => [id, { title, name }]))),
      rooms: new Map(rooms.map(({ id, name }) => [id, name])),
    }
    const talks = each.read.filter(({ isServiceSession }) => isServiceSession !== true)
    const breaks = each.read.length - talks.length
    const events = talks.map((one) => eventOf(one, words))
    return readSource(
      {
        title: '',
        days: [{ index: '', date: '', rooms: [...new Set(events.map(({ room }) => room))], events }],
        faults: each.faults,
        notes: breaks > 0 ? [`${breaks} breaks and other service sessions were left out`] : [],
      },
      timeZone,
    )
  },
} as const satisfies ScheduleFormat

/** A session of several groups stands in each of them. */
function gathered(list: z.output<typeof parts>): z.output<typeof document> {
  const once = new Map<unknown, unknown>()
  for (const part of list)
    for (const one of [...part.sessions, ...part.rooms.flatMap((room) => room.sessions)])
      once.set(isObject(one) && typeof one.id === 'string' ? one.id : one, one)
  return { sessions: [...once.values()], speakers: [], categories: [], rooms: [] }
}

type Words = {
  people: Map<string, string>
  items: Map<string | number, { title: string; name: string }>
  rooms: Map<string | number, string>
}

function eventOf(one: Session, { people, items, rooms }: Words) {
  const chosen = [
    ...one.categoryItems.flatMap((id) => items.get(id) ?? []),
    ...one.categories.flatMap(({ name: title, categoryItems }) => categoryItems.map(({ name }) => ({ title, name }))),
  ]
  const of = (which: RegExp) => chosen.find(({ title }) => which.test(title))?.name ?? ''
  const minutes = Math.round((Date.parse(one.endsAt) - Date.parse(one.startsAt)) / 60_000)
  return eventWith({
    place: `session ${one.id || one.title}`,
    id: one.id,
    title: one.title,
    abstract: one.description,
    date: one.startsAt,
    duration: lasting(minutes),
    room: one.room || (rooms.get(one.roomId ?? '') ?? ''),
    track: of(/track|topic/i),
    type: of(/format|type/i),
    language: of(/language|sprache|langue/i),
    keywords: chosen
      .filter(({ title }) => !/track|topic|format|type|language|level/i.test(title))
      .map(({ name }) => name),
    persons: one.speakers.map((who) =>
      typeof who === 'string' ? { id: who, name: people.get(who) ?? '' } : { id: who.id, name: who.name },
    ),
    links: one.recordingUrl ? [{ url: one.recordingUrl, title: '', type: 'recording' }] : [],
  })
}
