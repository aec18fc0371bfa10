/** How many seats an event has, and how many are taken. */
import type { countsOf } from '../events/json.ts'
import type { EventOfGroup } from '../events/queries.ts'
import type { EventInput } from '../events/schema.ts'

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
