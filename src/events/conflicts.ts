/** Two events in one place at one time, as yaml2ical refused at build time. Pure, and pointed out only. */
import { type Occurrence, occurrencesBetween } from './occurrences.ts'
import { type Place, placesOf } from './places.ts'
import type { EventInput } from './schema.ts'

export type Placed = { id: string; event: EventInput }

export type Conflict = {
  other: Placed
  /** The first date of ours that meets one of the other's. */
  first: Occurrence
  where: string
  /** How many of our dates do. */
  dates: number
}

const CONFLICTS_MAX = 20
/** In a year; for everything that is compared at once. */
const DATES_MAX = 20_000
const EACH_MAX = 1000
const PAIRS_MAX = 20_000

type Slot = { occurrence: Occurrence; places: Place[] }

/**
 * Knows events by their places, and finds which of them an event clashes with between two instants; of two events only
 * one is told about the other. What is called off, and a conference and its own talks, are in nobody's way.
 *
 * @param from Unix seconds
 * @param to Unix seconds, exclusive
 */
export function conflictFinder(others: Placed[], from: number, to: number) {
  let left = DATES_MAX
  let pairs = PAIRS_MAX
  const expanded = new Map<string, Slot[]>()
  const byPlace = new Map<string, Set<Placed>>()
  const told = new Set<string>()
  for (const one of others)
    for (const { key } of allPlacesOf(one.event)) byPlace.set(key, (byPlace.get(key) ?? new Set()).add(one))

  function slotsOf({ id, event }: Placed): Slot[] {
    const known = expanded.get(id)
    if (known) return known
    const everywhere = placesOf(event)
    const slots = occurrencesBetween(event, from, to, Math.min(EACH_MAX, left))
      .filter(({ status }) => status !== 'cancelled')
      .map((occurrence) => ({ occurrence, places: placesOn(event, occurrence, everywhere) }))
    left -= slots.length
    expanded.set(id, slots)
    return slots
  }

  function compare(one: Placed, other: Placed): Conflict | null {
    const pair = [one.id, other.id].sort().join(' ')
    if (told.has(pair)) return null
    told.add(pair)
    if (other.id === one.id || goTogether(one.event, other.event)) return null
    const met = meetings(slotsOf(one), slotsOf(other))
    return met[0] ? { other, first: met[0].slot.occurrence, where: met[0].where, dates: met.length } : null
  }

  return function conflictsOf(one: Placed): Conflict[] {
    const found: Conflict[] = []
    if (slotsOf(one).length === 0) return found
    for (const { key } of allPlacesOf(one.event))
      for (const other of byPlace.get(key) ?? []) {
        if (found.length === CONFLICTS_MAX || pairs === 0) return inOrder(found)
        pairs -= 1
        const conflict = compare(one, other)
        if (conflict) found.push(conflict)
      }
    return inOrder(found)
  }
}

const inOrder = (found: Conflict[]) => found.sort((a, b) => a.first.startsAt - b.first.startsAt)

/** Those of the event, and those that single dates of it have instead. */
export const allPlacesOf = (event: EventInput): Place[] => [
  ...placesOf(event),
  ...Object.values(event.recurrenceOverrides).flatMap(placesOf),
]

function placesOn(event: EventInput, { override }: Occurrence, everywhere: Place[]): Place[] {
  if (!override.locations && !override.virtualLocations) return everywhere
  const { locations = event.locations, virtualLocations = event.virtualLocations } = override
  return placesOf({ locations, virtualLocations })
}

/** A conference fills its venue with its own talks; an all-day event of another kind says a date, not who has the room. */
function goTogether(a: EventInput, b: EventInput): boolean {
  const isOwn = a.conference !== undefined && a.conference === b.conference
  if (isOwn && (a.kind === 'conference') !== (b.kind === 'conference')) return true
  return a.kind !== b.kind && (a.showWithoutTime || b.showWithoutTime)
}

/** Both lists are ascending: who ends first goes on. */
function meetings(ours: Slot[], theirs: Slot[]): { slot: Slot; where: string }[] {
  const met: { slot: Slot; where: string }[] = []
  for (let at = 0, other = 0; at < ours.length && other < theirs.length; ) {
    const [a, b] = [ours[at]!, theirs[other]!]
    if (a.occurrence.startsAt < b.occurrence.endsAt && b.occurrence.startsAt < a.occurrence.endsAt) {
      const shared = a.places.find(({ key }) => b.places.some((place) => place.key === key))
      if (shared && met.at(-1)?.slot !== a) met.push({ slot: a, where: shared.name })
    }
    if (a.occurrence.endsAt < b.occurrence.endsAt) at += 1
    else other += 1
  }
  return met
}
