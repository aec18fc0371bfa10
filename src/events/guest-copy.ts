/**
 * An event, or one date of it, as one guest's calendar program takes it by mail (RFC 5546, 3.2.2 and 3.2.5): with the UIDs
 * and in the form of the feeds, so that who subscribes too sees it once.
 */
import { vtimezone } from '../time/vtimezone.ts'
import { isDateOf, isSeries, occurrenceAt, originalStartOf, recurrenceIdOf } from './occurrences.ts'
import { type Dated, published } from './publish.ts'
import type { EventInput } from './schema.ts'
import { addVevent, newCalendar, type Part, pageOf, type Rendered, uidOf, veventsOf } from './vevent.ts'

export type GuestCopy = {
  method: 'REQUEST' | 'CANCEL'
  organizer: { name: string; address: string }
  /** The only guest it names; `replies` where an answer is read. */
  guest: { address: string; status: 'NEEDS-ACTION' | 'ACCEPTED' | 'TENTATIVE'; replies: boolean }
  /** The RECURRENCE-ID of one date; empty for the event, or all its dates. */
  occurrence: string
  /** RECURRENCE-IDs of dates on which the guest has no place. */
  without: string[]
  /** Unix seconds. */
  now: number
}

/**
 * The message to the guest's calendar; null where there is nothing to say: no such date, or none to come. Of a series whose
 * dates stand one by one in the feeds it holds the next one.
 */
export function guestCopy(one: Rendered, baseUrl: string, copy: GuestCopy): string | null {
  const calendar = newCalendar()
  const isCancelled = copy.method === 'CANCEL'
  const own = { lines: peopleIn(copy), stamp: copy.now, isCancelled }
  const page = `${baseUrl}/e/${one.id}`
  const parts = partsOf(one.event, copy)
  for (const { date, ...part } of parts)
    addVevent(
      calendar,
      { ...one, uid: date && !part.recurrenceId ? uidOf(one.uid, one.event, date) : one.uid },
      date ? pageOf(page, one.event, date) : page,
      { ...part, ...(date ? { occurrence: date.occurrence } : {}), own },
    )
  return parts.length === 0 ? null : wrapped(veventsOf(calendar), one.event, copy.method)
}

type Wanted = Part & { date?: Dated }

function partsOf(event: EventInput, { occurrence, without, method, now }: GuestCopy): Wanted[] {
  const form = published(event, occurrence !== '', now)
  if (occurrence !== '' && isSeries(event)) {
    const original = originalStartOf(event, occurrence)
    if (original === null) return []
    const date = { original, occurrence: occurrenceAt(event, original) }
    return [form.master !== null && isDateOf(event, original) ? { date, recurrenceId: original } : { date }]
  }
  const { master, overrides, singles } = form
  const isSkipped = (original: string) => without.includes(recurrenceIdOf(event, original))
  if (!master) {
    const date =
      singles.find((single) => single.occurrence.endsAt > now && !isSkipped(single.original)) ?? singles.at(-1)
    return date ? [{ date }] : []
  }
  // Who leaves a series leaves all of it.
  if (method === 'CANCEL') return [{ exdates: [] }]
  // In feeds a date that was moved far has a UID of its own; a calendar that was asked knows it by the series' one.
  const moved = singles.filter(({ original }) => isDateOf(event, original))
  const taken = master.exdates.filter((original) => !moved.some((date) => date.original === original))
  const skipped = without.flatMap((recurrenceId) => {
    const original = originalStartOf(event, recurrenceId)
    return original !== null && isDateOf(event, original) && !taken.includes(original) ? [original] : []
  })
  const shown = [...overrides, ...moved].filter(({ original }) => !isSkipped(original))
  return [{ exdates: [...taken, ...skipped].sort() }, ...shown.map((date) => ({ date, recurrenceId: date.original }))]
}

/** ORGANIZER and ATTENDEE. What the guest typed is not repeated, since anybody can type it. */
const peopleIn = ({ organizer, guest }: GuestCopy): string[] => [
  `ORGANIZER;CN="${organizer.name.replace(/["^\p{Cc}]/gu, "'")}":mailto:${organizer.address}`,
  `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${guest.status};RSVP=${guest.replies ? 'TRUE' : 'FALSE'}:mailto:${guest.address}`,
]

function wrapped(vevents: string, { timeZone, start }: EventInput, method: string): string {
  const head = newCalendar().toString()
  const named = timeZone !== null && vevents.includes(`;TZID=${timeZone}:`)
  const zone = named ? vtimezone(timeZone, Number(start.slice(0, 4))) : ''
  return `${head.slice(0, head.indexOf('END:VCALENDAR'))}CALSCALE:GREGORIAN\r\nMETHOD:${method}\r\n${zone}${vevents}END:VCALENDAR\r\n`
}
