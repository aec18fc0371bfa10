/** Makes a talk of an event as a schedule says it. */
import type { Fault } from '../outcome.ts'
import { type TalkInput, WholeTalk } from '../talks/schema.ts'
import { durationOf as fromSeconds, isDuration } from '../time/duration.ts'
import { isLocalDateTime, parseInstant, toLocal } from '../time/zone.ts'
import { cleanLine, markdownOf } from './html.ts'
import { languageOf } from './language.ts'
import { licenceIn } from './licence-in.ts'
import type { TalkDraft } from './schedule.ts'
import { addressOf, resourcesOf, type SourceLink } from './schedule-links.ts'

/** An event as it stands in the source; empty where it says nothing. */
export type SourceEvent = typeof NOTHING & {
  /** How a person finds it in the source, where that is not by its day and number. */
  place?: string
  persons: { id: string; name: string }[]
  links: SourceLink[]
  attachments: SourceLink[]
  keywords: string[]
  /** Whether a speaker asked not to be recorded. */
  doNotRecord?: boolean
}

const NOTHING = {
  id: '',
  guid: '',
  slug: '',
  /** A whole timestamp, with an offset or of the conference's zone, or a date. */
  date: '',
  start: '',
  /** `00:45`, `1:05:00` (days first) or `PT45M`. */
  duration: '',
  room: '',
  title: '',
  subtitle: '',
  track: '',
  type: '',
  language: '',
  licence: '',
  /** As pretalx calls it: `confirmed`, `canceled`. */
  state: '',
  abstract: '',
  description: '',
  url: '',
}

/** An event of which only this is known. */
export const eventWith = (known: Partial<SourceEvent>): SourceEvent => ({
  ...NOTHING,
  persons: [],
  links: [],
  attachments: [],
  keywords: [],
  ...known,
})

/** A length in minutes as `duration`; nothing where there is none. */
export const lasting = (minutes: number): string => (minutes > 0 ? fromSeconds(Math.round(minutes) * 60) : '')

export type EventRead = { draft: TalkDraft; notes: string[] } | { faults: Fault[] }

/** Reads an event of a day; `isTimed` says that one without a time is at fault. */
export function readEvent(event: SourceEvent, day: string, timeZone: string, isTimed: boolean): EventRead {
  const id = short(event.id || event.guid)
  if (id === '') return { faults: [{ path: '', message: 'has neither id nor guid' }] }
  const notes: string[] = []
  const hasTime = isTimed || event.date !== '' || event.start !== ''
  const start = hasTime ? startOf(event, day, timeZone) : null
  if (hasTime && start === null)
    return { faults: [{ path: 'start', message: `is no time of a day: ${event.date || day} ${event.start}`.trim() }] }
  const duration = durationOf(event.duration)
  if (duration === null && start !== null) notes.push(`has no duration that can be read: "${event.duration}"`)
  const people = event.persons.flatMap((person) => {
    const name = cleanLine(person.name)
    return name === '' ? [] : [{ name, id: short(person.id) || name }]
  })
  const candidate = {
    title: cleanLine(event.title),
    subtitle: cleanLine(event.subtitle) || null,
    abstract: markdownOf(event.abstract),
    description: markdownOf(event.description),
    track: cleanLine(event.track) || null,
    room: cleanLine(event.room) || null,
    type: cleanLine(event.type) || null,
    language: languageOf(event.language),
    status: /^(cancell?ed|withdrawn)$/i.test(event.state) ? 'cancelled' : 'confirmed',
    doNotRecord: event.doNotRecord ?? false,
    licence: licenceIn(event.licence, notes),
    start,
    timeZone,
    duration,
    website: addressOf(event.url),
    keywords: [...new Set(event.keywords.map(cleanLine).filter(Boolean))],
    speakers: people.map(({ name }) => ({ name })),
    resources: resourcesOf([...event.attachments, ...event.links], notes),
  }
  const checked = WholeTalk.safeParse(candidate)
  if (!checked.success)
    return { faults: checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) }
  const talk: TalkInput = checked.data
  const persons = people.map((one) => one.id)
  const [guid, slug] = [event.guid, event.slug].map((one) => short(one) || null)
  return { draft: { externalId: id, guid: guid!, slug: slug!, talk, persons }, notes }
}

/** What a source numbers its things with. */
const short = (id: string): string => cleanLine(id).slice(0, 200).toWellFormed()

/** `date` is the whole timestamp in newer files; older ones have a time of their day. */
function startOf({ date, start }: SourceEvent, day: string, timeZone: string): string | null {
  const instant = parseInstant(date)
  if (instant !== null) return toLocal(instant, timeZone)
  const [, whole, time] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)/.exec(date) ?? []
  const [, hour, minute] = /^(\d{1,2}):(\d\d)/.exec(start || time || '') ?? []
  const local = `${(whole ?? date.slice(0, 10)) || day}T${hour?.padStart(2, '0')}:${minute}:00`
  return isLocalDateTime(local) ? local : null
}

/** Null for none, nothing and nonsense. */
function durationOf(text: string): string | null {
  if (isDuration(text)) return text
  if (!/^\d{1,3}(:\d{1,2}){1,2}$/.test(text)) return null
  const parts = text.split(':').map(Number)
  const [days, hours, minutes] = parts.length === 3 && parts[2] !== 0 ? parts : [0, ...parts]
  const total = ((days! * 24 + hours!) * 60 + minutes!) * 60
  return total > 0 && isDuration(fromSeconds(total)) ? fromSeconds(total) : null
}
