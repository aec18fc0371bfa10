/** Whether one can join now, and where. */
import { dialIns, mainRoom } from '../events/joins.ts'
import type { Occurrence } from '../events/occurrences.ts'
import type { EventInput } from '../events/schema.ts'
import { endOf } from '../time/duration.ts'

export type Room = {
  uri: string | null
  name: string | null
  dialIn: string[]
  /** Nobody is led there, until it is opened again. */
  isClosed: boolean
}

const OPENS_BEFORE = 'PT15M'
/** Calls go on for a while. */
const LINGERS_SECONDS = 3600

/** The room of a date: the one that was put in its place, or in that of all dates; else what the event says. */
export function roomOf(event: EventInput, date: Occurrence, put: Room | null): Room | null {
  if (put) return put
  const shown = { virtualLocations: date.override.virtualLocations ?? event.virtualLocations }
  const main = mainRoom(shown)
  const uri = main?.uri ?? event.channel?.uri ?? null
  const dialIn = dialIns(shown)
  if (uri === null && dialIn.length === 0) return null
  return { uri, name: main?.name ?? event.channel?.name ?? null, dialIn, isClosed: false }
}

export type Standing = 'cancelled' | 'over' | 'early' | 'closed' | 'open'

/** Unix seconds from which on one can join. */
export function opensAt({ join }: EventInput, { startsAt }: Pick<Occurrence, 'startsAt'>): number {
  const before = endOf('2000-01-01T00:00:00', 'UTC', join?.opensBefore ?? OPENS_BEFORE) - 946_684_800
  return startsAt - before
}

/** How it stands at a moment. */
export function standingAt(event: EventInput, date: Occurrence, room: Room, now: number): Standing {
  if (date.status === 'cancelled') return 'cancelled'
  if (now > date.endsAt + LINGERS_SECONDS) return 'over'
  if (now < opensAt(event, date)) return 'early'
  return room.isClosed ? 'closed' : 'open'
}
