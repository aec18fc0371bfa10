/** Dates and times of iCalendar (RFC 5545, 3.3.4, 3.3.5) in our terms: local time and IANA zone. */

import { type Component, type Property, propertyOf } from '../formats/icalendar.ts'
import { findZone, isLocalDateTime, type LocalDateTime, toInstant, toLocal } from '../time/zone.ts'

/** `zone` is null for a date, `undefined` for a floating time. */
export type Moment = { local: LocalDateTime; zone: string | null | undefined }

/** Names that Outlook and Exchange give to zones (CLDR's windowsZones, those that calendars of communities hold). */
const WINDOWS: Record<string, string> = {
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'Central America Standard Time': 'America/Guatemala',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'Central Standard Time': 'America/Chicago',
  'China Standard Time': 'Asia/Shanghai',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'E. South America Standard Time': 'America/Sao_Paulo',
  'Eastern Standard Time': 'America/New_York',
  'FLE Standard Time': 'Europe/Kyiv',
  'GMT Standard Time': 'Europe/London',
  'GTB Standard Time': 'Europe/Bucharest',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'India Standard Time': 'Asia/Kolkata',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Korea Standard Time': 'Asia/Seoul',
  'Mountain Standard Time': 'America/Denver',
  'New Zealand Standard Time': 'Pacific/Auckland',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Romance Standard Time': 'Europe/Paris',
  'Russian Standard Time': 'Europe/Moscow',
  'Singapore Standard Time': 'Asia/Singapore',
  'South Africa Standard Time': 'Africa/Johannesburg',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'Turkey Standard Time': 'Europe/Istanbul',
  'US Mountain Standard Time': 'America/Phoenix',
  UTC: 'UTC',
  'W. Europe Standard Time': 'Europe/Berlin',
}

/** The IANA zone that a TZID means: by its name, its ending (`/mozilla.org/20070129_1/Europe/Berlin`), or its VTIMEZONE. */
export function zoneOfTzid(tzid: string, calendar: Component): string | null {
  const name = tzid.trim()
  const known = findZone(name) ?? WINDOWS[name]
  if (known) return known
  const parts = name.split('/').filter(Boolean)
  for (let from = 1; from < parts.length; from++) {
    const zone = findZone(parts.slice(from).join('/'))
    if (zone) return zone
  }
  const vtimezone = calendar.components.find(
    (one) => one.name === 'VTIMEZONE' && propertyOf(one, 'TZID')?.value.trim() === name,
  )
  const located = vtimezone && propertyOf(vtimezone, 'X-LIC-LOCATION')?.value.trim()
  return (located && findZone(located)) || (vtimezone ? zoneByOffsets(vtimezone) : null)
}

/** A zone that never changes its clocks, by its only offset: whole hours have names. */
function zoneByOffsets(vtimezone: Component): string | null {
  const offsets = new Set(vtimezone.components.map((one) => propertyOf(one, 'TZOFFSETTO')?.value.trim()))
  const [only] = offsets.size === 1 ? offsets : []
  const hours = /^([+-])(\d\d)00$/.exec(only ?? '')
  if (!hours) return null
  return Number(hours[2]) === 0 ? 'UTC' : findZone(`Etc/GMT${hours[1] === '+' ? '-' : '+'}${Number(hours[2])}`)
}

/** A date or time value; a text where it is none, which says why. */
export function momentOf(property: Property, calendar: Component, value = property.value): Moment | string {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$/.exec(value.trim())
  if (!parts) return `is no date or time: "${value.slice(0, 40)}"`
  const [, year, month, day, hour, minute, second = '00', utc] = parts
  const local = `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second === '60' ? '59' : second}`
  if (!isLocalDateTime(local)) return `is no date of the calendar: "${value.slice(0, 40)}"`
  if (hour === undefined) return { local, zone: null }
  if (utc === 'Z') return { local, zone: 'UTC' }
  const tzid = property.params.get('TZID')
  if (tzid === undefined) return { local, zone: undefined }
  const zone = zoneOfTzid(tzid, calendar)
  return zone === null ? `is in an unknown time zone: "${tzid.slice(0, 60)}"` : { local, zone }
}

/** A moment on the wall clock of a zone: what a series needs to name one of its dates. */
export function inZone({ local, zone }: Moment, target: string | null): LocalDateTime {
  if (target === null) return `${local.slice(0, 10)}T00:00:00`
  return zone === null || zone === undefined || zone === target
    ? settled(local, target)
    : toLocal(toInstant(local, zone), target)
}

/** A time that the clocks skip as the one they show instead (RFC 5545, 3.3.5). */
export const settled = (local: LocalDateTime, zone: string): LocalDateTime => toLocal(toInstant(local, zone), zone)
