/**
 * An event as VEVENTs (RFC 5545, 3.6.1), rendered when it is written.
 *
 * It keeps to what every client reads (CHECKLIST): single events in UTC, series in their zone with one rule, a date
 * called off as EXDATE, a moved one as an override, an added one as an event of its own. ical-generator does the
 * serializing; it gets clean strings and instants, and the lines with a wall clock in them are ours: it would ask the
 * machine's zone data.
 */
import ical, { foldLines, type ICalCalendar, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { endOf } from '../time/duration.ts'
import { isSteady } from '../time/vtimezone.ts'
import { toInstant, toLocal } from '../time/zone.ts'
import { ZONE_DATA_VERSION } from '../time/zone-data.ts'
import { withJoin, withRecording } from './joins.ts'
import { kindOf } from './kinds/index.ts'
import { isSeries, type Occurrence } from './occurrences.ts'
import { type Dated, meetsChange, type Published, published } from './publish.ts'
import type { EventInput } from './schema.ts'

/** Grows with each change of what is written below; texts of another renderer are written anew. */
const RENDERER = 4

/** Names the renderer and what it depends on besides the event. */
export const rendererOf = (baseUrl: string): string => `${RENDERER}|${ZONE_DATA_VERSION}|${baseUrl}`

export type Rendered = {
  id: string
  uid: string
  sequence: number
  createdAt: number
  updatedAt: number
  event: EventInput
}

/** The text of the event's VEVENTs; `marked` where called-off dates are shown instead of left out and that differs. */
export function renderEvent(
  one: Rendered,
  baseUrl: string,
  now: number,
): { ics: string; icsMarked: string | null; icsUntil: number | null } {
  const form = published(one.event, false, now)
  const calledOff = Object.values(one.event.recurrenceOverrides).some((override) => override.status === 'cancelled')
  return {
    ics: render(one, baseUrl, form),
    icsMarked: calledOff ? render(one, baseUrl, published(one.event, true, now)) : null,
    icsUntil: form.until,
  }
}

/**
 * The VEVENT of something that happens once and has a page of its own, such as a talk: on the wall clock of its zone, which
 * people at the place read; in UTC where programs might read that clock differently.
 *
 * @returns also the zone that the text names; null where it names none
 */
export function renderOnce(one: Omit<Rendered, 'id'>, page: string): { text: string; zone: string | null } {
  const calendar = newCalendar()
  const { start, timeZone, duration } = one.event
  const isLocal = timeZone !== null && timeZone !== 'UTC' && isReadAlike(start, timeZone, duration)
  addVevent(calendar, one, page, { isLocal })
  return { text: veventsOf(calendar), zone: isLocal ? timeZone : null }
}

/** Whether all programs read this wall clock the same, those with older zone data too. */
function isReadAlike(start: string, timeZone: string, duration: string): boolean {
  const startsAt = toInstant(start, timeZone)
  const endsAt = endOf(start, timeZone, duration)
  return !meetsChange(timeZone, { start, startsAt, endsAt }) && isSteady(timeZone, startsAt, endsAt)
}

export const newCalendar = (): ICalCalendar => ical({ prodId: '//Convene//Convene//EN' })

/** The VEVENTs of a calendar as text, without its head. */
export function veventsOf(calendar: ICalCalendar): string {
  const text = calendar.toString()
  return text.slice(text.indexOf('BEGIN:VEVENT'), text.lastIndexOf('END:VCALENDAR'))
}

function render(one: Rendered, baseUrl: string, form: Published): string {
  const calendar = newCalendar()
  const { event } = one
  const page = `${baseUrl}/e/${one.id}`
  const { master, overrides, singles } = form
  if (master) addVevent(calendar, one, page, { exdates: master.exdates })
  for (const date of overrides)
    addVevent(calendar, one, pageOf(page, event, date), { recurrenceId: date.original, occurrence: date.occurrence })
  for (const date of singles)
    addVevent(calendar, { ...one, uid: uidOf(one.uid, event, date) }, pageOf(page, event, date), {
      occurrence: date.occurrence,
    })
  return veventsOf(calendar)
}

/** A date of a series has a page of its own. */
export const pageOf = (page: string, event: EventInput, { occurrence }: Dated): string =>
  isSeries(event) ? `${page}/${occurrence.recurrenceId}` : page

/** A date with a VEVENT of its own has a UID of its own; the first date has the event's. */
export function uidOf(uid: string, event: EventInput, { original, occurrence }: Dated): string {
  if (original === event.start) return uid
  const [name, ...host] = uid.split('@')
  return [`${name}-${occurrence.recurrenceId.toLowerCase()}`, ...host].join('@')
}

const STATUS = {
  tentative: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
}

export type Part = {
  exdates?: string[]
  recurrenceId?: string
  occurrence?: Occurrence
  isLocal?: boolean
  /** Where it is one guest's own: who asks, who is asked, and when; their time is taken by it. */
  own?: { lines: string[]; stamp: number; isCancelled: boolean }
}

/** Adds the VEVENT of an event or of one of its dates. */
export function addVevent(calendar: ICalCalendar, one: Omit<Rendered, 'id'>, url: string, part: Part): void {
  const { event } = one
  const isCancelled = (part.occurrence?.status ?? event.status) === 'cancelled'
  const own = part.occurrence?.override
  const links = [...event.links, ...(own?.links ?? [])]
  const shown = withRecording(withJoin({ ...event, ...own, links, title: part.occurrence?.title ?? event.title }, url))
  const isMaster = part.exdates !== undefined
  const zoned = isMaster || part.recurrenceId !== undefined || part.isLocal === true
  const start = part.occurrence?.start ?? event.start
  const vevent = calendar.createEvent({
    id: one.uid,
    sequence: one.sequence,
    stamp: instant(part.own?.stamp ?? one.updatedAt),
    created: instant(one.createdAt),
    lastModified: instant(one.updatedAt),
    start: instant(0),
    summary: isCancelled ? `Cancelled: ${shown.title}` : shown.title,
    description: description(shown, url, isCancelled),
    location: place(shown),
    url: percentEncoded(url),
    status: STATUS[part.own?.isCancelled ? 'cancelled' : (part.occurrence?.status ?? event.status)],
    transparency: part.own ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
    categories: event.keywords.map((name) => ({ name })),
  })
  const zone = event.timeZone
  const lines = [
    ...span(event, start, shown.duration, zoned),
    ...(isMaster
      ? [`RRULE:${event.recurrenceRule}`, ...(part.exdates ?? []).map((date) => `EXDATE${dateValue(date, zone)}`)]
      : []),
    ...(part.recurrenceId ? [`RECURRENCE-ID${dateValue(part.recurrenceId, zone)}`] : []),
    ...geo(shown),
    ...shown.virtualLocations.map(conference),
    ...shown.links.flatMap(attached),
    `COLOR:${kindOf(event.kind).color}`,
    ...(part.own?.lines ?? []),
  ]
  const added = lines.map((line) => `${foldLines(line)}\r\n`).join('')
  const base = vevent.toString.bind(vevent)
  vevent.toString = () =>
    base()
      .replace(/^DTSTART:.*\r\n/m, '')
      .replace(/END:VEVENT\r\n$/, () => `${added}END:VEVENT\r\n`)
}

const instant = (seconds: number) => new Date(seconds * 1000)

/** Start and end: dates for all-day events, the zone's wall clock for series, UTC for the rest. */
function span(event: EventInput, start: string, duration: string, zoned: boolean): string[] {
  const zone = event.timeZone ?? 'UTC'
  const end = endOf(start, zone, duration)
  const form = event.timeZone === null ? null : zoned ? zone : 'UTC'
  const value = (at: number) => dateValue(toLocal(at, form ?? 'UTC'), form)
  return [`DTSTART${value(toInstant(start, zone))}`, `DTEND${value(end)}`]
}

/** `;TZID=Europe/Brussels:20230118T140000`, in the form of DTSTART (CHECKLIST 3.10, 3.11). */
function dateValue(local: string, zone: string | null): string {
  const basic = local.replace(/[-:]/g, '')
  if (zone === null) return `;VALUE=DATE:${basic.slice(0, 8)}`
  return zone === 'UTC' ? `:${basic}Z` : `;TZID=${zone}:${basic}`
}

type Shown = Pick<EventInput, 'description' | 'locations' | 'virtualLocations' | 'links' | 'speakers' | 'channel'> & {
  reason?: string | undefined
}

/** How to join comes first: most clients show nothing else of it (CHECKLIST 5.4). */
function description(shown: Shown, url: string, isCancelled: boolean): string {
  const joins = shown.virtualLocations.map(({ name, uri }) => `${name ?? 'Join'}: ${uri}`)
  if (shown.channel) joins.push(`${shown.channel.name}: ${shown.channel.uri}`)
  const links = shown.links.map(({ title, rel, href }) => `${title ?? rel ?? 'Link'}: ${href}`)
  const parts = [
    isCancelled ? `This was called off${shown.reason ? `: ${shown.reason}` : '.'}` : '',
    joins.join('\n'),
    shown.speakers ? `Speakers: ${shown.speakers.map(({ name }) => name).join(', ')}` : '',
    shown.description,
    links.join('\n'),
    url,
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** LOCATION: the venue; without one the chat room's name, or where to click. */
function place({ locations, virtualLocations, channel }: Shown): string | null {
  const venues = locations.map(({ name, address }) => (address ? `${name}, ${address}` : name))
  if (venues.length > 0) return venues.join('; ')
  const first = virtualLocations[0]
  if (!first) return channel?.uri ?? null
  return first.features?.includes('chat') && first.name ? first.name : first.uri
}

const geo = ({ locations }: Shown): string[] => {
  const at = locations.find((location) => location.geo)?.geo
  return at ? [`GEO:${at.replace(',', ';')}`] : []
}

/** A way to join (RFC 7986, 5.11). LABEL can't hold quotes or carets without RFC 6868, which some parsers lack. */
function conference({ name, uri, features }: EventInput['virtualLocations'][number]): string {
  const feature = features?.length ? `;FEATURE=${features.join(',').toUpperCase()}` : ''
  const label = name ? `;LABEL="${name.replace(/["^]/g, "'")}"` : ''
  return `CONFERENCE;VALUE=URI${feature}${label}:${uri}`
}

/** What was handed out or recorded, as a link (RFC 5545, 3.8.1.1), and a picture of the event (RFC 7986, 5.10). */
function attached({ rel, href, contentType }: EventInput['links'][number] & { contentType?: string }): string[] {
  if (rel === 'icon' || rel === 'image') return [`IMAGE;VALUE=URI;DISPLAY=BADGE:${href}`]
  return ATTACHED.includes(rel ?? '') ? [`ATTACH${contentType ? `;FMTTYPE=${contentType}` : ''}:${href}`] : []
}
const ATTACHED = ['minutes', 'log', 'slides', 'recording', 'captions', 'paper', 'code', 'other', 'enclosure']

/** ical-generator escapes addresses as text, which breaks those with commas (LIBRARIES 1.3). */
const percentEncoded = (uri: string) => uri.replaceAll(',', '%2C').replaceAll(';', '%3B').replaceAll('\\', '%5C')
