import type { Deps } from '../deps.ts'
import { invalid, type Refused } from '../outcome.ts'
import { checkedEvent } from './checked.ts'
import { isSeries, originalStartOf } from './occurrences.ts'
import { type EventRow, eventOf, type Home } from './row.ts'
import type { EventInput } from './schema.ts'
import { updateEvent } from './update.ts'

type Outcome = Promise<{ ok: true; row: EventRow } | Refused>

/** Calls an event off: it stays in the feeds, marked, until the scheduled task drops it. Twice is once. */
export function cancelEvent(deps: Deps, group: Home, row: EventRow, reason: string | undefined): Outcome {
  const event = eventOf(row)
  if (event.status === 'cancelled') return Promise.resolve({ ok: true, row })
  return writeCancelled(deps, group, row, { ...event, status: 'cancelled', ...(reason ? { reason } : {}) })
}

/** Calls one date of a series off, with a reason. Refuses what is no date of it. */
export async function cancelOccurrence(
  deps: Deps,
  group: Home,
  row: EventRow,
  recurrenceId: string,
  reason: string | undefined,
): Outcome {
  const event = eventOf(row)
  const original = originalStartOf(event, recurrenceId)
  if (original === null) return invalid({ path: 'recurrenceId', message: 'is no date of this event' })
  if (!isSeries(event)) return cancelEvent(deps, group, row, reason)
  const { excluded: _, ...override } = event.recurrenceOverrides[original] ?? {}
  const cancelled = { ...override, status: 'cancelled' as const, ...(reason ? { reason } : {}) }
  const recurrenceOverrides = { ...event.recurrenceOverrides, [original]: cancelled }
  return writeCancelled(deps, group, row, { ...event, recurrenceOverrides }, recurrenceId)
}

/** In its one form, so that an event that is equal is the same text. */
async function writeCancelled(deps: Deps, group: Home, row: EventRow, event: EventInput, occurrence?: string): Outcome {
  const checked = checkedEvent(event)
  return checked.ok ? updateEvent(deps, group, row, checked.event, 'event.cancelled', occurrence) : checked
}
