/** What a mail can speak of, read when it is sent. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { isSeries, occurrenceAt, occurrencesBetween, originalStartOf } from '../events/occurrences.ts'
import { findEvent } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { findRsvp, type RsvpRow } from '../rsvp/queries.ts'
import { placeInWords } from '../rsvp/words.ts'
import { formatRule, formatSpan } from '../time/english.ts'
import type { Facts } from './kinds/kind.ts'
import { messages } from './tables.ts'

type Mail = { seq: number; rsvpId: string; kind: string }

/** The facts of a mail and whom it goes to; null where there is nobody to tell any more. */
export async function readFacts(deps: Deps, mail: Mail, token: string): Promise<(Facts & { to: string }) | null> {
  const rsvp = await findRsvp(deps.db, mail.rsvpId)
  const row = rsvp && (await findEvent(deps.db, rsvp.eventId, { kind: 'everything' }))
  if (!rsvp || !row || rsvp.email === '') return null
  if (row.deletedAt !== null && mail.kind !== 'event.deleted') return null
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
  const { words, more } = placeInWords(rsvp, event, deps.now())
  return {
    to: rsvp.email,
    title: date?.title ?? event.title,
    group: row.name,
    when: date
      ? formatSpan(date.startsAt, date.endsAt, event.timeZone)
      : `${event.recurrenceRule ? formatRule(event.recurrenceRule) : 'every date'}; next: ${nextOf(deps, event)}`,
    where: placesOf({ ...event, ...date?.override } as EventInput, rsvp),
    place: [words, more].filter(Boolean).join(' '),
    response: rsvp.response,
    isUnconfirmed: row.rsvpConfirmation === 'email' && rsvp.place === 'pending' && rsvp.confirmedAt === null,
    manageUrl: `${deps.baseUrl}/rsvp/${token}`,
    eventUrl: `${deps.baseUrl}/e/${row.id}${occurrence ? `/${occurrence}` : ''}`,
    reason:
      payload.reason ?? (mail.kind === 'event.cancelled' ? (date?.override.reason ?? event.reason ?? null) : null),
    outcome: payload.outcome ?? null,
    message: payload.message ? await findMessage(deps, payload.message) : null,
  }
}

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

function nextOf(deps: Deps, event: EventInput): string {
  const [next] = occurrencesBetween(event, deps.now(), deps.now() + YEAR, 1)
  return next ? formatSpan(next.startsAt, next.endsAt, event.timeZone) : 'no date'
}

/** The venue for who comes, the ways to join for who takes part from elsewhere or can't do anything else. */
function placesOf(event: EventInput, rsvp: RsvpRow): string[] {
  const venues = event.locations.map(({ name, address }) => `Where: ${[name, address].filter(Boolean).join(', ')}`)
  const joins = event.virtualLocations.map(({ name, uri }) => `Join: ${[name, uri].filter(Boolean).join(': ')}`)
  const isInPerson = rsvp.attendance === 'inPerson' && venues.length > 0
  return isInPerson ? venues : joins
}

const findMessage = async (deps: Deps, id: string): Promise<Facts['message']> =>
  (
    await deps.db.all(sql<{ subject: string; text: string }>`SELECT subject, text FROM ${messages} WHERE id = ${id}`)
  )[0] ?? null
