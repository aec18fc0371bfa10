/** An event as its row: what SQL needs of it stands in columns, the whole of it in `details`. */
import { type SQL, sql } from 'drizzle-orm'
import { recordFeeds } from '../changes/feeds.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { endOf } from '../time/duration.ts'
import { lastStart } from '../time/recurrence.ts'
import { parseInstant, toInstant } from '../time/zone.ts'
import { isSeries, occurrenceAt } from './occurrences.ts'
import { nextPurge } from './retention.ts'
import type { EventInput } from './schema.ts'
import { events } from './tables.ts'
import { renderEvent, rendererOf } from './vevent.ts'

export type EventRow = typeof events.$inferSelect

/** The group whose calendar the event is in. */
export type Home = { id: string; slug: string; visibility: 'public' | 'private' }

/** Identity and revision: what the event does not say itself. */
export type Revision = Pick<
  EventRow,
  | 'id'
  | 'uid'
  | 'groupId'
  | 'sequence'
  | 'createdAt'
  | 'updatedAt'
  | 'cancelledAt'
  | 'deletedAt'
  | 'changeId'
  | 'importKey'
>

/** The row of an event in this state. */
export function rowOf(
  event: EventInput,
  revision: Revision,
  { baseUrl, now }: Pick<Deps, 'baseUrl' | 'now'>,
): EventRow {
  const { rsvp } = event
  const zone = event.timeZone ?? 'UTC'
  const span = { startsAt: toInstant(event.start, zone), endsAt: lastEnd(event, zone) }
  return {
    ...revision,
    kind: event.kind,
    title: event.title,
    status: event.status,
    startsLocal: event.start,
    timeZone: event.timeZone,
    duration: event.duration,
    recurrenceRule: event.recurrenceRule ?? null,
    ...span,
    purgeAt: nextPurge(event, span, isSeries(event), now()),
    keywords: JSON.stringify(event.keywords),
    details: JSON.stringify(event),
    rsvpEnabled: Number(rsvp?.enabled ?? false),
    rsvpOpensAt: rsvp?.opens ? parseInstant(rsvp.opens) : null,
    rsvpClosesAt: rsvp?.closes ? parseInstant(rsvp.closes) : null,
    rsvpWaitlist: Number(rsvp?.waitlist ?? true),
    rsvpGuestsMax: rsvp?.guestsMax ?? 0,
    rsvpConfirmation: rsvp?.confirmation ?? 'none',
    rsvpQuestions: JSON.stringify(rsvp?.questions ?? []),
    capacityInPerson: rsvp?.capacity.inPerson ?? null,
    capacityRemote: rsvp?.capacity.remote ?? null,
    ...renderEvent({ ...revision, event }, baseUrl, now()),
    icsRenderer: rendererOf(baseUrl),
  }
}

/** When the last date is over, in Unix seconds; null for a series without an end. */
function lastEnd(event: EventInput, zone: string): number | null {
  const last = event.recurrenceRule
    ? lastStart({ start: event.start, timeZone: event.timeZone, rule: event.recurrenceRule })
    : event.start
  if (last === null) return null
  const changed = Object.entries(event.recurrenceOverrides).filter(([, override]) => !override.excluded)
  const ends = changed.map(([date]) => occurrenceAt(event, date).endsAt)
  return Math.max(endOf(last, zone, event.duration), ...ends)
}

/** The event that a row holds. */
export const eventOf = (row: Pick<EventRow, 'details'>): EventInput => JSON.parse(row.details) as EventInput

/** The statements that store a new event: the row, and the feeds that show it. */
export const insertEvent = (row: EventRow): SQL<never>[] => [
  sql`INSERT INTO ${events} (${columnNames(events)}) SELECT ${values(events, row)}`,
  recordFeeds(row),
]
