/** How many seats an event has, and how many are taken. */
import type { countsOf } from '../events/json.ts'
import type { EventOfGroup } from '../events/queries.ts'
import type { EventInput } from '../events/schema.ts'
import { useSay } from '../http/speaking.tsx'
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
  const say = useSay()
  const of = (way: 'In person' | 'From elsewhere', { seats: n, waitlist }: Counts['inPerson'], max: number | null) =>
    `${max === null ? say('{way}: {n} coming', { way: say(way), n }) : say('{way}: {n} of {max} seats taken', { way: say(way), n, max })}${waitlist > 0 ? say(', {n} waiting', { n: waitlist }) : ''}`
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
type Left = '{n} of {max} left' | '{n} of {max} left in the room' | '{n} of {max} left from elsewhere'

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
  const say = useSay()
  // What it is made of stands beside it, so that our script says it anew while somebody looks.
  const left = (
    phrase: Left,
    way: 'inPerson' | 'remote',
    { seats, waitlist }: Counts['inPerson'],
    max: number | null,
  ) =>
    max === null
      ? []
      : [
          <span data-way={way} data-max={max} data-says={say(phrase)} data-line={say(', {n} waiting')}>
            {say(phrase, { n: Math.max(0, max - seats), max })}
            {waitlist > 0 ? say(', {n} waiting', { n: waitlist }) : ''}
          </span>,
        ]
  const isHybrid = row.capacityInPerson !== null && row.capacityRemote !== null
  const places = [
    ...left(
      isHybrid ? '{n} of {max} left in the room' : '{n} of {max} left',
      'inPerson',
      inPerson,
      row.capacityInPerson,
    ),
    ...left(isHybrid ? '{n} of {max} left from elsewhere' : '{n} of {max} left', 'remote', remote, row.capacityRemote),
  ]
  const seats = inPerson.seats + remote.seats
  const names = guests.slice(0, NAMES_SHOWN).map(({ name }) => name)
  const more = Math.max(0, seats - names.length)
  return (
    <>
      {places.length > 0 ? (
        <>
          <dt>{say('Places')}</dt>
          <dd>
            {places.map((one, at) => (
              <>
                {at > 0 ? '; ' : ''}
                {one}
              </>
            ))}
          </dd>
        </>
      ) : null}
      {seats > 0 ? (
        <>
          <dt>{say('Coming')}</dt>
          <dd>
            {names.length > 0 ? (
              <>
                <a href="#guests-shown">{names.join(', ')}</a>
                {more > 0 ? say(' and {n} more', { n: more }) : ''}
              </>
            ) : seats === 1 ? (
              say('1 person')
            ) : (
              say('{n} people', { n: seats })
            )}
          </dd>
        </>
      ) : null}
    </>
  )
}
