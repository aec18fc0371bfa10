/** What the record of a date holds, and what it lacks. */
import { kindOf } from '../events/kinds/index.ts'
import type { Occurrence } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'

export type AgendaItem = { text: string; by: string | null }
export type Topic = { title: string; notes: string[] }
/** Somebody who was there; how many lines they said, where a log counted. */
export type Present = {
  name: string
  lines: number | null
  /** What the room called them, where they said whose account is theirs. */
  nick?: string
}
export type Action = {
  id: string
  text: string
  owner: string | null
  done: boolean
  /** The date at which it was said. */
  occurrence: string
}

export type DateRecord = {
  agenda: AgendaItem[]
  /** Of earlier dates, not done yet. */
  carriedOver: Action[]
  topics: Topic[]
  decisions: string[]
  actions: Action[]
  attendance: Present[]
  minutes: { text: string; url: string | null; isFromLog: boolean } | null
  /** What was handed out or recorded, as the event has it for this date. */
  links: EventInput['links']
}

/** What belongs to the record among the links of a date. */
export const RECORD_RELS = ['minutes', 'log', 'recording', 'slides', 'captions', 'agenda'] as const
export type RecordRel = (typeof RECORD_RELS)[number]
const isOfRecord = (rel: string | undefined) => (RECORD_RELS as readonly string[]).includes(rel ?? '')

/** The links of a date: of a series its own ones, of a single event those that belong to a record. */
export const linksOf = (event: EventInput, date: Pick<Occurrence, 'override'>): EventInput['links'] =>
  isRepeated(event) ? (date.override.links ?? []) : event.links.filter(({ rel }) => isOfRecord(rel))

const isRepeated = (event: EventInput) =>
  event.recurrenceRule !== undefined || Object.keys(event.recurrenceOverrides).length > 0

/** The event with this link to what there is of one of its dates; null takes it away. What is no date has none. */
export function withLink(event: EventInput, original: string, rel: RecordRel, link: Link | null): EventInput {
  const replaced = (links: EventInput['links']) => [
    ...links.filter((one) => one.rel !== rel),
    ...(link ? [{ href: link.href, rel, ...(link.title ? { title: link.title } : {}) }] : []),
  ]
  if (!isRepeated(event)) return { ...event, links: replaced(event.links) }
  const { links = [], ...override } = event.recurrenceOverrides[original] ?? {}
  const ours = replaced(links)
  return {
    ...event,
    recurrenceOverrides: {
      ...event.recurrenceOverrides,
      [original]: ours.length > 0 ? { ...override, links: ours } : override,
    },
  }
}
type Link = { href: string; title?: string | undefined }

/** What somebody would look for and not find: of dates that were held, by the kind of their event. */
export function missingOf(
  kind: string,
  date: Pick<Occurrence, 'endsAt' | 'status'>,
  has: { minutes: boolean; rels: readonly (string | undefined)[] },
  now: number,
): string[] {
  if (date.status === 'cancelled' || date.endsAt > now) return []
  return kindOf(kind).record.filter((one) => !(one === 'minutes' && has.minutes) && !has.rels.includes(one))
}

/** Nicks as they are compared: `davdunc_` and `@davdunc:fedora.im` are davdunc. */
export const nickKey = (nick: string): string =>
  nick
    .replace(/^@([^:]+):.*$/, '$1')
    .replace(/[`|].*$/, '')
    .replace(/(\[m\]|_+)$/, '')
    .toLowerCase()

/** Who may be shown: without those who asked not to be counted, by whatever name they asked. */
export const countedOf = (people: Present[], uncounted: ReadonlySet<string>): Present[] =>
  people.filter(({ name, nick = name }) => !uncounted.has(nickKey(name)) && !uncounted.has(nickKey(nick)))
