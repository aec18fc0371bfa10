/** RSS 2.0 (https://www.rssboard.org/rss-specification). */
import type { Deps } from '../deps.ts'
import { DECLARATION, element, text } from '../formats/xml.ts'
import { type Entry, readNews } from './entries.ts'
import type { FeedFormat, FeedScope } from './feed.ts'

export const rss = {
  extension: 'rss',
  mediaType: 'application/rss+xml; charset=utf-8',
  async write(deps: Deps, scope: FeedScope): Promise<string> {
    const news = await readNews(deps, scope)
    const channel = [
      text('title', news.title),
      text('link', news.page),
      text('description', `What is new in ${news.title}`),
      text('language', 'en'),
      text('lastBuildDate', rfc822(news.updatedAt)),
      text('generator', 'Convene'),
      ...news.entries.map(itemOf),
    ]
    return `${DECLARATION}${element('rss', { version: '2.0' }, element('channel', {}, channel.join('\n')))}\n`
  },
} as const satisfies FeedFormat

/** RFC 822 with the year of four digits. */
export const rfc822 = (seconds: number): string => new Date(seconds * 1000).toUTCString().replace('GMT', '+0000')

const itemOf = ({ id, url, title, html, updatedAt, keywords, media }: Entry): string =>
  element(
    'item',
    {},
    [
      text('title', title),
      text('link', url),
      text('guid', id, { isPermaLink: 'true' }),
      text('pubDate', rfc822(updatedAt)),
      ...keywords.map((word) => text('category', word)),
      text('description', html),
      // RSS takes one; programs that play recordings have a podcast.
      ...media
        .slice(0, 1)
        .map(({ url: href, mimeType, size }) =>
          element('enclosure', { url: href, length: size ?? 0, type: mimeType }, ''),
        ),
    ].join('\n'),
  )
