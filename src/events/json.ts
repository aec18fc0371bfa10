/** Events and occurrences as the API gives them. */

import { toIso } from '../time/zone.ts'
import { publicEvent } from './joins.ts'
import type { Occurrence } from './occurrences.ts'
import type { SeatCount } from './queries.ts'
import { type EventRow, eventOf } from './row.ts'
import type { EventInput } from './schema.ts'

/** Seats taken and answers waiting, for each way to attend; zeros where nobody has answered. */
export function countsOf(counts: SeatCount[], eventId: string) {
  const of = (attendance: SeatCount['attendance']) => {
    const found = counts.find((count) => count.eventId === eventId && count.attendance === attendance)
    const came = found?.came ? { came: found.came } : {}
    return { seats: found?.taken ?? 0, waitlist: found?.waiting ?? 0, ...came }
  }
  return { inPerson: of('inPerson'), remote: of('remote') }
}

/**
 * An event as the API gives it.
 *
 * @param knowsRoom whether the room itself is told where the event has an address of ours that leads there
 */
export function eventJson(baseUrl: string, row: EventRow & { slug: string }, counts: SeatCount[], knowsRoom = true) {
  const event = knowsRoom ? eventOf(row) : publicEvent(eventOf(row), `${baseUrl}/e/${row.id}`)
  return {
    id: row.id,
    uid: row.uid,
    group: row.slug,
    ...event,
    ...(event.rsvp ? { rsvp: { ...event.rsvp, counts: countsOf(counts, row.id) } } : {}),
    startUtc: toIso(row.startsAt),
    sequence: row.sequence,
    created: toIso(row.createdAt),
    updated: toIso(row.updatedAt),
    url: `${baseUrl}/e/${row.id}`,
  }
}

export const occurrenceJson = (baseUrl: string, id: string, event: EventInput, one: Occurrence) => ({
  ...one.override,
  recurrenceId: one.recurrenceId,
  start: one.start,
  timeZone: event.timeZone,
  startUtc: toIso(one.startsAt),
  endUtc: toIso(one.endsAt),
  title: one.title,
  status: one.status,
  url: `${baseUrl}/e/${id}/${one.recurrenceId}`,
})
