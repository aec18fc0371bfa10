/** Recordings as a podcast: RSS 2.0 with enclosures and Apple's tags (https://podcasters.apple.com/support/823). */
import type { Deps } from '../deps.ts'
import { plainText } from '../formats/plain-text.ts'
import { DECLARATION, element, text } from '../formats/xml.ts'
import { renderMarkdown } from '../http/markdown.ts'
import { toInstant } from '../time/zone.ts'
import type { FeedFormat, FeedScope, Item } from './feed.ts'
import { readItems } from './queries.ts'
import { rfc822 } from './rss.ts'

/** What programs read at once; the newest of them. */
const EPISODES_MAX = 500

const NAMESPACES = {
  'xmlns:itunes': 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  'xmlns:podcast': 'https://podcastindex.org/namespace/1.0',
}

const podcast = <const K extends 'audio' | 'video'>(kind: K) =>
  ({
    extension: `${kind}.rss`,
    mediaType: 'application/rss+xml; charset=utf-8',
    async write(deps: Deps, scope: FeedScope): Promise<string> {
      const { name, items, updatedAt } = await readItems(deps.db, scope, 'newest', EPISODES_MAX)
      const episodes = items
        .map((item) => ({ item, givenAt: toInstant(item.event.start, item.event.timeZone ?? 'UTC') }))
        .sort((a, b) => b.givenAt - a.givenAt)
        .map(({ item, givenAt }) => episodeOf(deps.baseUrl, item, givenAt, kind))
      const channel = [
        text('title', `${name} (${kind})`),
        text('link', `${deps.baseUrl}${scope.page}`),
        text('description', `Talks of ${name}, recorded`),
        text('language', 'en'),
        text('lastBuildDate', rfc822(updatedAt)),
        text('generator', 'Convene'),
        text('itunes:author', name),
        text('itunes:summary', `Talks of ${name}, recorded`),
        text('itunes:type', 'episodic'),
        text('itunes:explicit', 'false'),
        element('itunes:category', { text: 'Technology' }, ''),
        text('podcast:medium', kind === 'video' ? 'video' : 'podcast'),
        ...episodes,
      ]
      return `${DECLARATION}${element('rss', { version: '2.0', ...NAMESPACES }, element('channel', {}, channel.filter(Boolean).join('\n')))}\n`
    },
  }) satisfies FeedFormat

/** Nothing where the talk has no recording of this kind that is a file. */
function episodeOf(baseUrl: string, item: Item, givenAt: number, kind: 'audio' | 'video'): string {
  const medium = item.media?.find((one) => one.kind === kind)
  if (!medium) return ''
  const { event, captions = [] } = item
  const speakers = event.speakers?.map(({ name }) => name).join(', ')
  const parts = [
    text('title', event.title),
    text('link', `${baseUrl}${item.path}`),
    // A file may move; the recording of this talk stays the same episode.
    text('guid', `${item.uid}#${kind}`, { isPermaLink: 'false' }),
    text('pubDate', rfc822(givenAt)),
    element('enclosure', { url: medium.url, length: medium.size ?? 0, type: medium.mimeType }, ''),
    text('description', event.description ? String(renderMarkdown(event.description)) : event.title),
    ...(speakers ? [text('itunes:author', speakers)] : []),
    text('itunes:title', event.title),
    ...(event.description ? [text('itunes:summary', plainText(event.description).slice(0, 4000))] : []),
    text('itunes:explicit', 'false'),
    ...captions.map(({ url, mimeType, language }) =>
      element('podcast:transcript', { url, type: mimeType, language, rel: 'captions' }, ''),
    ),
  ]
  return element('item', {}, parts.join('\n'))
}

/** Podcasts, each a file of the same recordings. */
export const podcasts = [podcast('audio'), podcast('video')] as const
