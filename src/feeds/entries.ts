/** What news readers show of a feed: each thing in it once, the newest change first. Atom, RSS and JSON Feed share it. */

import type { Deps } from '../deps.ts'
import { publicEvent } from '../events/joins.ts'
import type { EventInput } from '../events/schema.ts'
import { escaped } from '../formats/xml.ts'
import { renderMarkdown } from '../http/markdown.ts'
import type { Medium } from '../talks/media.ts'
import { endOf } from '../time/duration.ts'
import { formatRule, formatSpan } from '../time/english.ts'
import { toInstant } from '../time/zone.ts'
import type { FeedScope, Item } from './feed.ts'
import { readItems } from './queries.ts'

export type Entry = {
  id: string
  url: string
  title: string
  html: string
  updatedAt: number
  createdAt: number
  keywords: string[]
  /** Recordings that are files. */
  media: Medium[]
}
export type News = { title: string; page: string; updatedAt: number; entries: Entry[] }

const ENTRIES_MAX = 100

export async function readNews(deps: Deps, scope: FeedScope): Promise<News> {
  const { name, items, updatedAt } = await readItems(deps.db, scope, 'newest', ENTRIES_MAX)
  const entries = items.map(({ event, ...item }) =>
    entryOf(deps.baseUrl, { ...item, event: publicEvent(event, `${deps.baseUrl}${item.path}`) }),
  )
  return { title: name, page: `${deps.baseUrl}${scope.page}`, updatedAt, entries }
}

function entryOf(baseUrl: string, { event, path, updatedAt, createdAt, isUndated = false, media = [] }: Item): Entry {
  const url = `${baseUrl}${path}`
  return {
    // RFC 4151 wants an address that was ours on a day; its own page was that when it was made.
    id: url,
    url,
    title: event.status === 'cancelled' ? `Cancelled: ${event.title}` : event.title,
    html: htmlOf(event, isUndated),
    updatedAt,
    createdAt,
    keywords: event.keywords,
    media,
  }
}

function htmlOf(event: EventInput, isUndated: boolean): string {
  const zone = event.timeZone ?? 'UTC'
  const when = formatSpan(toInstant(event.start, zone), endOf(event.start, zone, event.duration), event.timeZone)
  const lines = [
    isUndated
      ? ''
      : `<p>${escaped(when)}${event.recurrenceRule ? `, ${escaped(formatRule(event.recurrenceRule))}` : ''}</p>`,
    event.status === 'cancelled' ? `<p><strong>Called off.</strong> ${escaped(event.reason ?? '')}</p>` : '',
    ...event.locations.map(({ name, address }) => `<p>${escaped([name, address].filter(Boolean).join(', '))}</p>`),
    ...event.virtualLocations.map(({ name, uri }) => `<p><a href="${escaped(uri)}">${escaped(name ?? uri)}</a></p>`),
    event.speakers?.length ? `<p>By ${escaped(event.speakers.map(({ name }) => name).join(', '))}</p>` : '',
    event.description ? String(renderMarkdown(event.description)) : '',
    ...event.links.map(
      ({ title, rel, href }) => `<p><a href="${escaped(href)}">${escaped(title ?? rel ?? href)}</a></p>`,
    ),
  ]
  return lines.filter(Boolean).join('\n')
}
