/** What a mail can speak of, read when it is sent. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { withJoin } from '../events/joins.ts'
import { isSeries, type Occurrence, occurrenceAt, occurrencesBetween, originalStartOf } from '../events/occurrences.ts'
import { findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { en } from '../languages/en.ts'
import { type Language, languageOf, wordsOf } from '../languages/index.ts'
import { findMinutes } from '../minutes/queries.ts'
import { findRsvp, type RsvpRow } from '../rsvp/queries.ts'
import { placeInWords } from '../rsvp/words.ts'
import { formatRule, formatSpan } from '../time/english.ts'
import { toOffsetString } from '../time/zone.ts'
import type { Facts } from './kinds/kind.ts'
import { materialOf } from './material.ts'
import { messages } from './tables.ts'
import { isUnsubscribed } from './unsubscribe.ts'

type Mail = { seq: number; rsvpId: string; kind: string }

/** The facts of a mail and whom it goes to; null where there is nobody to tell any more. */
export async function readFacts(
  deps: Deps,
  mail: Mail,
  token: string,
  isOptional: boolean,
): Promise<(Facts & { to: string }) | null> {
  const rsvp = await findRsvp(deps.db, mail.rsvpId)
  const row = rsvp && (await findEvent(deps.db, rsvp.eventId, { kind: 'everything' }))
  if (!rsvp || !row || rsvp.email === '') return null
  if (row.deletedAt !== null && mail.kind !== 'event.deleted') return null
  if (isOptional && (await isUnsubscribed(deps, { groupId: row.groupId, emailKey: rsvp.emailKey }))) return null
  const event = eventOf(row)
  const [change] = await deps.db.all(sql<{ payload: string }>`SELECT payload FROM changes WHERE seq = ${mail.seq}`)
  const payload = JSON.parse(change?.payload ?? '{}') as {
    occurrence?: string
    message?: string
    reason?: string
    outcome?: string
    /** The date that a reminder is of. */
    startsAt?: number
  }
  const occurrence = payload.occurrence ?? rsvp.occurrence
  const date = dateOf(event, occurrence)
  if (mail.kind === 'event.reminder' && isPointless(deps, rsvp, date, payload.startsAt)) return null
  const language = languageOf(rsvp.language) ?? 'en'
  const material = mail.kind === 'event.over' && date ? await readMaterial(deps, { ...event, id: row.id }, date) : []
  if (mail.kind === 'event.over' && material.length === 0) return null
  const { words, more } = placeInWords(rsvp, event, deps.now(), wordsOf(language))
  return {
    to: rsvp.email,
    title: date?.title ?? event.title,
    group: row.name,
    language,
    when: date ? formatSpan(date.startsAt, date.endsAt, event.timeZone, language) : allDates(deps, event, language),
    whenForThem: date ? spanForThem(date, event.timeZone, rsvp.timeZone, language) : null,
    // By the link of their answer: where only guests get in they do.
    where: placesOf(
      withJoin({ ...event, ...date?.override } as EventInput, `${deps.baseUrl}/rsvp/${token}`),
      rsvp,
      language,
    ),
    place: [words, more].filter(Boolean).join(' '),
    response: rsvp.response,
    isUnconfirmed: row.rsvpConfirmation === 'email' && rsvp.place === 'pending' && rsvp.confirmedAt === null,
    manageUrl: `${deps.baseUrl}/rsvp/${token}`,
    eventUrl: `${deps.baseUrl}/e/${row.id}${occurrence ? `/${occurrence}` : ''}`,
    reason:
      payload.reason ?? (mail.kind === 'event.cancelled' ? (date?.override.reason ?? event.reason ?? null) : null),
    outcome: payload.outcome ?? null,
    message: payload.message ? await findMessage(deps, payload.message) : null,
    material,
  }
}

const readMaterial = async (deps: Deps, event: EventInput & { id: string }, date: Occurrence) =>
  materialOf(deps, event, date, (await findMinutes(deps.db, event.id, date.recurrenceId)) !== undefined)

/** Whether a reminder has been overtaken: the date has begun, moved or is off, or the guest is not coming any more. */
const isPointless = (
  deps: Deps,
  { response }: RsvpRow,
  date: ReturnType<typeof dateOf>,
  startsAt: number | undefined,
) =>
  response === 'declined' ||
  date === null ||
  date.status === 'cancelled' ||
  date.startsAt !== startsAt ||
  date.startsAt <= deps.now()

function dateOf(event: EventInput, occurrence: string) {
  if (occurrence === '') return isSeries(event) ? null : occurrenceAt(event, event.start)
  const original = originalStartOf(event, occurrence)
  return original === null ? null : occurrenceAt(event, original)
}

const YEAR = 366 * 86_400

function allDates(deps: Deps, event: EventInput, language: Language): string {
  const words = wordsOf(language).mail
  const [next] = occurrencesBetween(event, deps.now(), deps.now() + YEAR, 1)
  const rule = event.recurrenceRule ? formatRule(event.recurrenceRule, language) : words.everyDate
  return words.next(rule, next ? formatSpan(next.startsAt, next.endsAt, event.timeZone, language) : words.noDate)
}

/** A date by the guest's clock, where that shows another time then. */
function spanForThem(
  { startsAt, endsAt }: { startsAt: number; endsAt: number },
  zone: string | null,
  theirs: string | null,
  language: Language,
): string | null {
  if (zone === null || theirs === null || toOffsetString(startsAt, zone) === toOffsetString(startsAt, theirs))
    return null
  return formatSpan(startsAt, endsAt, theirs, language)
}

/** The venue for who comes, the ways to join for who takes part from elsewhere or can't do anything else. */
function placesOf(event: EventInput, rsvp: RsvpRow, language: Language): [string, string][] {
  const { mail } = wordsOf(language)
  const venues = event.locations.map(({ name, address }): [string, string] => [
    mail.where,
    [name, address].filter(Boolean).join(', '),
  ])
  const joins = event.virtualLocations.map(({ name, uri }): [string, string] => [
    mail.join,
    [name === mail.join || name === en.mail.join ? '' : name, uri].filter(Boolean).join(': '),
  ])
  const isInPerson = rsvp.attendance === 'inPerson' && venues.length > 0
  return isInPerson ? venues : joins
}

const findMessage = async (deps: Deps, id: string): Promise<Facts['message']> =>
  (
    await deps.db.all(sql<{ subject: string; text: string }>`SELECT subject, text FROM ${messages} WHERE id = ${id}`)
  )[0] ?? null
