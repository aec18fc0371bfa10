/** JSCalendar (RFC 8984): a Group of Events, which our own events nearly are. */

import type { Deps } from '../deps.ts'
import { publicEvent } from '../events/joins.ts'
import type { EventInput } from '../events/schema.ts'
import { parseRule } from '../time/rule.ts'
import { parseInstant, toIso, toLocal } from '../time/zone.ts'
import type { FeedFormat, FeedScope, Item } from './feed.ts'
import { readItems } from './queries.ts'

const EVENTS_MAX = 10_000

export const jscal = {
  extension: 'jscal',
  mediaType: 'application/jscalendar+json;type=group',
  async write(deps: Deps, scope: FeedScope): Promise<string> {
    const { name, items, updatedAt } = await readItems(deps.db, scope, 'date', EVENTS_MAX)
    return JSON.stringify({
      '@type': 'Group',
      uid: `${scope.feed}@${new URL(deps.baseUrl).hostname}`,
      prodId: '-//Convene//Convene//EN',
      updated: toIso(updatedAt),
      title: name,
      links: { page: { '@type': 'Link', href: `${deps.baseUrl}${scope.page}` } },
      entries: items.map(({ event, ...item }) => {
        const shown = publicEvent(event, `${deps.baseUrl}${item.path}`)
        return jsEvent(deps.baseUrl, { ...item, event: shown }, scope.cancelled === 'mark')
      }),
    })
  },
} as const satisfies FeedFormat

/** A list as a map with keys of its own, as JSCalendar has lists. */
const mapOf = <T>(list: readonly T[], make: (one: T) => object) =>
  list.length === 0 ? undefined : Object.fromEntries(list.map((one, at) => [String(at + 1), make(one)]))

function jsEvent(baseUrl: string, { event, ...item }: Item, marked: boolean): object {
  const page = { '@type': 'Link', href: `${baseUrl}${item.path}`, rel: 'alternate' }
  const links = mapOf(event.links, (link) => ({ '@type': 'Link', ...link }))
  return {
    '@type': 'Event',
    uid: item.uid,
    sequence: item.sequence,
    created: toIso(item.createdAt),
    updated: toIso(item.updatedAt),
    title: event.title,
    description: event.description || undefined,
    descriptionContentType: event.description ? 'text/markdown' : undefined,
    start: event.start,
    timeZone: event.timeZone,
    duration: event.duration,
    showWithoutTime: event.showWithoutTime || undefined,
    status: event.status,
    freeBusyStatus: 'free',
    keywords: event.keywords.length > 0 ? Object.fromEntries(event.keywords.map((word) => [word, true])) : undefined,
    ...placesOf(event),
    links: { ...links, page },
    recurrenceRules: event.recurrenceRule ? [ruleOf(event, event.recurrenceRule)] : undefined,
    recurrenceOverrides: overridesOf(event, marked),
  }
}

type Places = {
  locations?: EventInput['locations'] | undefined
  virtualLocations?: EventInput['virtualLocations'] | undefined
}

const placesOf = ({ locations, virtualLocations }: Places) => ({
  locations: mapOf(locations ?? [], ({ name, address, geo }) => ({
    '@type': 'Location',
    name,
    description: address,
    coordinates: geo ? `geo:${geo}` : undefined,
  })),
  virtualLocations: mapOf(virtualLocations ?? [], ({ name, uri, features }) => ({
    '@type': 'VirtualLocation',
    name: name ?? '',
    uri,
    features: features?.length ? Object.fromEntries(features.map((feature) => [feature, true])) : undefined,
  })),
})

/** A patch of single links, so that those of the event stay (RFC 8984, 1.4.9). */
const linksOf = (links: EventInput['links'] = []) =>
  Object.fromEntries(links.map((link, at) => [`links/date-${at + 1}`, { '@type': 'Link', ...link }]))

/** RFC 8984, 4.3.4: each date's patch; one that was called off is excluded where it is not to be shown. */
function overridesOf({ recurrenceOverrides }: EventInput, marked: boolean) {
  const entries = Object.entries(recurrenceOverrides).map(([date, { reason: _, ...override }]) => {
    if (override.excluded || (override.status === 'cancelled' && !marked)) return [date, { excluded: true }]
    const { locations, virtualLocations, links, ...plain } = override
    return [date, { ...plain, ...placesOf({ locations, virtualLocations }), ...linksOf(links) }]
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']
const some = <T>(list: T[]) => (list.length > 0 ? list : undefined)

/** RFC 8984, 4.3.3. `until` is local time there. */
function ruleOf(event: EventInput, text: string): object {
  const rule = parseRule(text)
  const until = rule.until === null ? null : parseInstant(rule.until)
  return {
    '@type': 'RecurrenceRule',
    frequency: rule.frequency.toLowerCase(),
    interval: rule.interval > 1 ? rule.interval : undefined,
    firstDayOfWeek: rule.weekStart === 0 ? undefined : DAYS[rule.weekStart],
    byDay: some(
      rule.days.map(({ nth, weekday }) => ({
        '@type': 'NDay',
        day: DAYS[weekday],
        nthOfPeriod: nth === 0 ? undefined : nth,
      })),
    ),
    byMonthDay: some(rule.monthDays),
    byMonth: some(rule.months.map(String)),
    byYearDay: some(rule.yearDays),
    byWeekNo: some(rule.weeks),
    byHour: some(rule.hours),
    byMinute: some(rule.minutes),
    bySecond: some(rule.seconds),
    bySetPosition: some(rule.positions),
    count: rule.count ?? undefined,
    until:
      rule.until === null
        ? undefined
        : until === null
          ? `${rule.until.slice(0, 4)}-${rule.until.slice(4, 6)}-${rule.until.slice(6, 8)}T00:00:00`
          : toLocal(until, event.timeZone ?? 'UTC'),
  }
}
