/** What there is to say of an event or a report. Nothing that is not public. */

import { withJoin } from '../events/joins.ts'
import { isSeries, type Occurrence, occurrenceAt, occurrencesBetween, originalStartOf } from '../events/occurrences.ts'
import type { EventOfGroup } from '../events/queries.ts'
import { eventOf } from '../events/row.ts'
import { plainText } from '../formats/plain-text.ts'
import type { GroupRow } from '../groups/queries.ts'
import type { ReportRow } from '../reports/queries.ts'
import { formatSpan } from '../time/english.ts'
import { toIso } from '../time/zone.ts'
import type { News } from './places/place.ts'
import type { OCCASIONS } from './schema.ts'

const YEAR = 366 * 86_400
type Occasion = (typeof OCCASIONS)[number]

/** The date that is announced: the one that is named, else the next one; undefined where there is none like it. */
export function dateOf(row: EventOfGroup, recurrenceId: string | undefined, now: number): Occurrence | undefined {
  const event = eventOf(row)
  if (recurrenceId === undefined)
    return (
      occurrencesBetween(event, now, now + YEAR, 10).find(({ status }) => status !== 'cancelled') ??
      occurrenceAt(event, event.start)
    )
  const original = originalStartOf(event, recurrenceId)
  return original === null || event.recurrenceOverrides[original]?.excluded ? undefined : occurrenceAt(event, original)
}

const OCCASION_WORDS: Record<Occasion, string> = { event: '', change: 'Changed', reminder: 'Reminder' }

export function newsOfEvent(baseUrl: string, row: EventOfGroup, date: Occurrence, occasion: Occasion): News {
  const whole = eventOf(row)
  const url = `${baseUrl}/e/${row.id}${isSeries(whole) ? `/${date.recurrenceId}` : ''}`
  const event = withJoin({ ...whole, ...date.override }, url)
  const minute = (at: number) => toIso(at).replace('T', ' ').slice(0, 16)
  return {
    occasion: date.status === 'cancelled' ? 'Cancelled' : OCCASION_WORDS[occasion],
    title: date.title,
    group: row.name,
    when: formatSpan(date.startsAt, date.endsAt, event.timeZone),
    whenUtc: event.timeZone === null ? '' : `${minute(date.startsAt)} to ${minute(date.endsAt).slice(11)} UTC`,
    where: [
      ...event.locations.map(({ name, address }) => [name, address].filter(Boolean).join(', ')),
      ...event.virtualLocations.map(({ name, uri }) => [name, uri].filter(Boolean).join(': ')),
      ...(event.channel ? [`${event.channel.name}: ${event.channel.uri}`] : []),
    ],
    description: plainText(date.status === 'cancelled' ? (event.reason ?? '') : event.description),
    markdown: date.status === 'cancelled' ? '' : event.description,
    keywords: event.keywords,
    url,
    answerUrl: row.rsvpEnabled && date.status !== 'cancelled' ? `${url}#rsvp` : null,
    calendarUrl: `${baseUrl}/g/${row.slug}/calendar.ics`,
  }
}

export const newsOfReport = (baseUrl: string, group: GroupRow, report: ReportRow): News => ({
  occasion: 'Report',
  title: report.title || report.name,
  group: group.name,
  when: '',
  whenUtc: '',
  where: [],
  // Its title stands above it already.
  description: plainText((report.markdown ?? '').replace(/^# .*\n+/, '').replace(/^\d.*\.\n+/, '')).slice(0, 4000),
  markdown: report.markdown ?? '',
  keywords: [],
  url: `${baseUrl}/g/${group.slug}/reports/${report.name}`,
  answerUrl: null,
  calendarUrl: null,
})
