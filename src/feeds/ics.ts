/** iCalendar (RFC 5545, RFC 7986): a head, the time zones, and the VEVENTs of each source. */
import ical, { foldLines } from 'ical-generator'
import type { Deps } from '../deps.ts'
import { vtimezone } from '../time/vtimezone.ts'
import type { FeedFormat, FeedScope, Vevents } from './feed.ts'
import { readScope } from './queries.ts'

/** An hour: as often as Convene is worth asking (CHECKLIST 4.2). */
const REFRESH = 'PT1H'

export const ics = {
  extension: 'ics',
  mediaType: 'text/calendar; charset=utf-8',
  async write(deps: Deps, scope: FeedScope): Promise<string> {
    const { called, parts } = await readScope(deps.db, scope, (source) => source.vevents(deps.baseUrl, scope.cancelled))
    const body = withAlarm(parts.map(({ text }) => text).join(''), scope.alarm)
    const timeZones = timeZonesOf(
      // A series that is written out date by date names no zone (CHECKLIST 3.2).
      parts.flatMap(({ text, zones }) => zones.filter(({ zone }) => text.includes(`;TZID=${zone}:`))),
    )
    // RFC 5545, 3.6: a calendar holds at least one component.
    const filler = body === '' && timeZones === '' ? UTC : ''
    return `${head(called, `${deps.baseUrl}${scope.page}`)}${timeZones}${filler}${body}END:VCALENDAR\r\n`
  },
} as const satisfies FeedFormat

/** One VTIMEZONE for each zone, from the first year that needs it. */
function timeZonesOf(zones: Vevents['zones']): string {
  const since = new Map<string, string>()
  for (const one of zones) {
    const known = since.get(one.zone)
    if (known === undefined || one.since < known) since.set(one.zone, one.since)
  }
  return [...since]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([zone, first]) => vtimezone(zone, Number(first.slice(0, 4))))
    .join('')
}

/** A VALARM in each VEVENT that has not been called off (RFC 5545, 3.6.6). */
function withAlarm(body: string, before: string | undefined): string {
  if (before === undefined) return body
  const alarm = `BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Reminder\r\nTRIGGER:-${before}\r\nEND:VALARM\r\n`
  return body
    .split(/(?<=END:VEVENT\r\n)/)
    .map((vevent) =>
      vevent.includes('\r\nSTATUS:CANCELLED\r\n')
        ? vevent
        : vevent.replace(/END:VEVENT\r\n$/, `${alarm}END:VEVENT\r\n`),
    )
    .join('')
}

/** A time zone that says nothing new. */
const UTC =
  'BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n'

const lines = (...list: string[]) => list.map((line) => `${foldLines(line)}\r\n`).join('')

/** RFC 5545, 3.3.11. */
const textValue = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n')

function head({ name, description }: { name: string; description?: string }, url: string): string {
  const calendar = ical({ prodId: '//Convene//Convene//EN' }).toString()
  const start = calendar.slice(0, calendar.indexOf('END:VCALENDAR'))
  return (
    start +
    lines(
      'CALSCALE:GREGORIAN',
      `NAME:${textValue(name)}`,
      `X-WR-CALNAME:${textValue(name)}`,
      ...(description ? [`DESCRIPTION:${textValue(description)}`, `X-WR-CALDESC:${textValue(description)}`] : []),
      `URL:${url}`,
      `REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`,
      `X-PUBLISHED-TTL:${REFRESH}`,
    )
  )
}
