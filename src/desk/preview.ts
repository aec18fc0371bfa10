/** What subscribers will see of a change: which entries come, go, or differ. Pure. */
import { isDateOf, type Occurrence, occurrencesBetween } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'

export type Entry = { occurrence: Occurrence; timeZone: string | null; differs: string[] }
export type Preview = { next: Entry[]; added: Entry[]; changed: Entry[]; cancelled: Entry[]; gone: Entry[] }

const YEAR = 366 * 86_400
const NEXT_DATES = 6

const shown = (event: EventInput, { title, startsAt, endsAt, override }: Occurrence): Record<string, string> => ({
  title,
  time: `${startsAt} ${endsAt}`,
  text: override.description ?? event.description,
  place: JSON.stringify([override.locations ?? event.locations, override.virtualLocations ?? event.virtualLocations]),
})

/** The entries of the year to come in calendars, before and after a change; before a new event there is nothing. */
export function previewOf(before: EventInput | null, after: EventInput, now: number): Preview {
  const dates = (event: EventInput) => occurrencesBetween(event, now, now + YEAR)
  const [old, made] = [before ? dates(before) : [], dates(after)]
  const entry = (event: EventInput, occurrence: Occurrence, differs: string[] = []): Entry => ({
    occurrence,
    timeZone: event.timeZone,
    differs,
  })
  const preview: Preview = { next: [], added: [], changed: [], cancelled: [], gone: [] }
  preview.next = made.slice(0, NEXT_DATES).map((one) => entry(after, one))
  // One event that moves is the same entry at another time.
  const isSame = (a: Occurrence, b: Occurrence) =>
    a.recurrenceId === b.recurrenceId || (before !== null && !before.recurrenceRule && !after.recurrenceRule)
  for (const one of made) {
    const was = old.find((other) => isSame(other, one))
    if (!was || before === null) {
      preview.added.push(entry(after, one))
      continue
    }
    const [then, now_] = [shown(before, was), shown(after, one)]
    const differs = Object.keys(now_).filter((name) => then[name] !== now_[name])
    if (one.status === 'cancelled' && was.status !== 'cancelled') preview.cancelled.push(entry(after, one))
    else if (differs.length > 0 || one.status !== was.status)
      preview.changed.push(entry(after, one, one.status === was.status ? differs : [...differs, 'status']))
  }
  if (before)
    for (const one of old) if (!made.some((other) => isSame(one, other))) preview.gone.push(entry(before, one))
  return preview
}

/**
 * What is said of single dates that were the series' and are no more: it falls away with them. Dates that were added by hand
 * stay.
 */
export const lostDates = (before: EventInput, after: EventInput): string[] =>
  Object.keys(after.recurrenceOverrides).filter((date) => isDateOf(before, date) && !isDateOf(after, date))
