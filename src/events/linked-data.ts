/** A date of an event as schema.org has it, for search engines and for programs that read links. */
import { summaryOf } from '../formats/plain-text.ts'
import { toInstant, toIso, toOffsetString } from '../time/zone.ts'
import type { countsOf } from './json.ts'
import { isSeries, type Occurrence } from './occurrences.ts'
import type { EventOfGroup } from './queries.ts'
import type { EventInput } from './schema.ts'

const said = (data: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== undefined && value !== ''))

/** A day for what lasts whole days, else the local time with its offset. */
const timeOf = (instant: number, timeZone: string | null) =>
  timeZone === null ? toIso(instant).slice(0, 10) : toOffsetString(instant, timeZone)

type Place = Pick<EventInput, 'locations' | 'virtualLocations' | 'channel'>

function attendanceModeOf({ locations, virtualLocations, channel }: Place): string {
  const isElsewhere = virtualLocations.length > 0 || channel !== undefined
  const mode = locations.length > 0 && isElsewhere ? 'Mixed' : isElsewhere ? 'Online' : 'Offline'
  return `https://schema.org/${mode}EventAttendanceMode`
}

function locationsOf({ locations, virtualLocations, channel }: Place, page: string): object[] {
  const places = locations.map(({ name, address, geo, uri }) => {
    const [latitude, longitude] = geo?.split(',').map(Number) ?? []
    const at = geo ? { '@type': 'GeoCoordinates', latitude, longitude } : null
    return said({ '@type': 'Place', name, address: address ?? name, geo: at, url: uri })
  })
  const rooms = virtualLocations.map(({ name, uri }) => {
    // A phone number or a chat room is no web address: those are on the page.
    return said({ '@type': 'VirtualLocation', name, url: /^https?:/.test(uri) ? uri : page })
  })
  const streams = channel ? [{ '@type': 'VirtualLocation', name: channel.name, url: channel.uri }] : []
  return [...places, ...rooms, ...streams]
}

type Counts = ReturnType<typeof countsOf>
type Told = {
  row: EventOfGroup
  event: EventInput
  occurrence: Occurrence
  /** Whether one date of a series is told, not the series. */
  isDate: boolean
  counts: Counts
  isOpen: boolean
  isFull: boolean
  /** When it was to begin before it was moved. */
  movedFrom: number | null
}

/** The answer as an offer: it costs nothing here, and says whether it can be given. */
const offerOf = (url: string, { row, isOpen, isFull }: Told) =>
  said({
    '@type': 'Offer',
    url: `${url}#rsvp`,
    price: 0,
    priceCurrency: 'EUR',
    availability: `https://schema.org/${!isOpen || isFull ? 'SoldOut' : 'InStock'}`,
    validFrom: toIso(row.rsvpOpensAt ?? row.createdAt),
    availabilityEnds: row.rsvpClosesAt === null ? null : toIso(row.rsvpClosesAt),
  })

/** The whole of it. What was moved says from when, what was cancelled that it was. */
export function eventData(baseUrl: string, path: string, image: string, told: Told): object {
  const { row, event, occurrence, isDate, counts } = told
  const url = `${baseUrl}${path}`
  const zone = row.timeZone ?? 'UTC'
  const before = occurrence.start === occurrence.original ? told.movedFrom : toInstant(occurrence.original, zone)
  const isCancelled = occurrence.status === 'cancelled'
  const status = isCancelled ? 'EventCancelled' : before === null ? 'EventScheduled' : 'EventRescheduled'
  const { capacityInPerson: capacity } = row
  const places = locationsOf(event, url)
  return {
    '@context': 'https://schema.org',
    ...said({
      '@type': 'Event',
      name: occurrence.title,
      url,
      description: summaryOf(event.description) || occurrence.title,
      image,
      startDate: timeOf(occurrence.startsAt, row.timeZone),
      endDate: timeOf(row.timeZone === null ? occurrence.endsAt - 1 : occurrence.endsAt, row.timeZone),
      previousStartDate: before === null || isCancelled ? null : timeOf(before, row.timeZone),
      eventStatus: `https://schema.org/${status}`,
      eventAttendanceMode: attendanceModeOf(event),
      location: places.length > 1 ? places : (places[0] ?? { '@type': 'Place', name: row.name, address: row.name }),
      organizer: { '@type': 'Organization', name: row.name, url: `${baseUrl}/g/${row.slug}` },
      performer: event.speakers?.length
        ? event.speakers.map(({ name, url: of }) => said({ '@type': 'Person', name, url: of }))
        : null,
      keywords: event.keywords.join(', '),
      offers: row.rsvpEnabled && !isCancelled ? offerOf(url, told) : null,
      maximumPhysicalAttendeeCapacity: capacity,
      remainingAttendeeCapacity: capacity === null ? null : Math.max(0, capacity - counts.inPerson.seats),
      superEvent:
        isDate && isSeries(event) ? { '@type': 'EventSeries', name: row.title, url: `${baseUrl}/e/${row.id}` } : null,
    }),
  }
}
