import type { Deps } from '../deps.ts'
import { invalid, type Refused } from '../outcome.ts'
import { checkedEvent } from './checked.ts'
import { isSeries, originalStartOf } from './occurrences.ts'
import { type EventRow, eventOf, type Home } from './row.ts'
import type { OverrideInput } from './schema.ts'
import { updateEvent } from './update.ts'

/**
 * Says what differs on one date of a series, or with null that nothing does any more. Refuses what is no date of it, and
 * an override that the event as a whole does not allow.
 */
export async function overrideOccurrence(
  deps: Deps,
  group: Home,
  row: EventRow,
  recurrenceId: string,
  override: OverrideInput | null,
): Promise<{ ok: true; row: EventRow; original: string } | Refused> {
  const event = eventOf(row)
  const original = originalStartOf(event, recurrenceId)
  if (original === null) return invalid({ path: 'recurrenceId', message: 'is no date of this event' })
  if (!isSeries(event))
    return invalid({ path: 'recurrenceId', message: 'is of an event that is no series: change the event' })
  const { [original]: _, ...others } = event.recurrenceOverrides
  // Its record stays with a date that is changed; who restores the date takes it away.
  const { links } = event.recurrenceOverrides[original] ?? {}
  const kept = links && override && !override.excluded && !override.links ? { ...override, links } : override
  const recurrenceOverrides = kept === null ? others : { ...others, [original]: kept }
  const checked = checkedEvent({ ...event, recurrenceOverrides })
  if (!checked.ok) return checked
  const outcome = await updateEvent(deps, group, row, checked.event, 'event.updated', recurrenceId)
  return outcome.ok ? { ...outcome, original } : outcome
}
