/** How many seats an event has, and how many are taken. */
import type { countsOf } from '../events/json.ts'
import type { EventOfGroup } from '../events/queries.ts'
import type { EventInput } from '../events/schema.ts'
import type { GuestRow } from './queries.ts'

export type Counts = ReturnType<typeof countsOf>

/** Whether no seat is left in any way that the event offers; one without a link can't be joined from elsewhere. */
export function isFull(row: EventOfGroup, event: EventInput, { inPerson, remote }: Counts): boolean {
  const isRemote = event.virtualLocations.length > 0
  const isInPerson = event.locations.length > 0 || !isRemote
  const isTaken = (seats: number, capacity: number | null) => capacity !== null && seats >= capacity
  return (
    (!isInPerson || isTaken(inPerson.seats, row.capacityInPerson)) &&
    (!isRemote || isTaken(remote.seats, row.capacityRemote))
  )
}

export const Seats = ({ row, counts }: { row: EventOfGroup; counts: Counts }) => {
  const of = (label: string, { seats, waitlist }: Counts['inPerson'], capacity: number | null) =>
    `${label}: ${seats}${capacity === null ? ' coming' : ` of ${capacity} seats taken`}${waitlist > 0 ? `, ${waitlist} waiting` : ''}`
  const showRemote = counts.remote.seats > 0 || row.capacityRemote !== null
  return (
    <p class="meta">
      {of('In person', counts.inPerson, row.capacityInPerson)}
      {showRemote ? (
        <>
          <br />
          {of('From elsewhere', counts.remote, row.capacityRemote)}
        </>
      ) : null}
    </p>
  )
}

const NAMES_SHOWN = 5

/** How many places are left, and who is coming of those who show it: what a visitor looks for first. */
export const Coming = ({
  row,
  counts: { inPerson, remote },
  guests,
}: {
  row: EventOfGroup
  counts: Counts
  guests: Pick<GuestRow, 'name'>[]
}) => {
  const left = (word: string, { seats, waitlist }: Counts['inPerson'], capacity: number | null) =>
    capacity === null
      ? []
      : [`${Math.max(0, capacity - seats)} of ${capacity} left${word}${waitlist > 0 ? `, ${waitlist} waiting` : ''}`]
  const isHybrid = row.capacityInPerson !== null && row.capacityRemote !== null
  const places = [
    ...left(isHybrid ? ' in the room' : '', inPerson, row.capacityInPerson),
    ...left(isHybrid ? ' from elsewhere' : '', remote, row.capacityRemote),
  ]
  const seats = inPerson.seats + remote.seats
  const names = guests.slice(0, NAMES_SHOWN).map(({ name }) => name)
  const more = Math.max(0, seats - names.length)
  return (
    <>
      {places.length > 0 ? (
        <>
          <dt>Places</dt>
          <dd>{places.join('; ')}</dd>
        </>
      ) : null}
      {seats > 0 ? (
        <>
          <dt>Coming</dt>
          <dd>
            {names.length > 0 ? (
              <>
                <a href="#guests-shown">{names.join(', ')}</a>
                {more > 0 ? ` and ${more} more` : ''}
              </>
            ) : (
              `${seats} ${seats === 1 ? 'person' : 'people'}`
            )}
          </dd>
        </>
      ) : null}
    </>
  )
}
