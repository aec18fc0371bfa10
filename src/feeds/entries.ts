/** What news readers show of a feed: each event once, the newest change first. Atom, RSS and JSON Feed share it. */
import type { Deps } from '../deps.ts'
import { eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { escaped } from '../formats/xml.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { endOf } from '../time/duration.ts'
import { formatRule, formatSpan } from '../time/english.ts'
import { toInstant } from '../time/zone.ts'
import type { FeedScope } from './feed.ts'
import { type FeedRow, readFeed } from './queries.ts'

export type Entry = {
  id: string
  url: string
  title: string
  html: string
  updatedAt: number
  createdAt: number
  keywords: string[]
}
export type News = { title: string; page: string; updatedAt: number; entries: Entry[] }

const ENTRIES_MAX = 100

export async function readNews(deps: Deps, scope: FeedScope): Promise<News> {
  const { name, rows, updatedAt } = await readFeed(deps.db, scope, 'newest', ENTRIES_MAX)
  const entries = rows.map((row) => entryOf(deps.baseUrl, row))
  return { title: name, page: `${deps.baseUrl}${scope.page}`, updatedAt, entries }
}

function entryOf(baseUrl: string, row: FeedRow): Entry {
  const event = eventOf(row)
  const url = `${baseUrl}/e/${row.id}`
  return {
    // RFC 4151 wants an address that was ours on a day; the event's own page was that when it was made.
    id: url,
    url,
    title: event.status === 'cancelled' ? `Cancelled: ${event.title}` : event.title,
    html: htmlOf(event),
    updatedAt: row.updatedAt,
    createdAt: row.createdAt,
    keywords: event.keywords,
  }
}

function htmlOf(event: EventInput): string {
  const zone = event.timeZone ?? 'UTC'
  const when = formatSpan(toInstant(event.start, zone), endOf(event.start, zone, event.duration), event.timeZone)
  const lines = [
    `<p>${escaped(when)}${event.recurrenceRule ? `, ${escaped(formatRule(event.recurrenceRule))}` : ''}</p>`,
    event.status === 'cancelled' ? `<p><strong>Called off.</strong> ${escaped(event.reason ?? '')}</p>` : '',
    ...event.locations.map(({ name, address }) => `<p>${escaped([name, address].filter(Boolean).join(', '))}</p>`),
    ...event.virtualLocations.map(({ name, uri }) => `<p><a href="${escaped(uri)}">${escaped(name ?? uri)}</a></p>`),
    event.description ? String(renderMarkdown(event.description)) : '',
  ]
  return lines.filter(Boolean).join('\n')
}
