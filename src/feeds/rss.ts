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
      text('lastBuildDate', date(news.updatedAt)),
      text('generator', 'Convene'),
      ...news.entries.map(itemOf),
    ]
    return `${DECLARATION}${element('rss', { version: '2.0' }, element('channel', {}, channel.join('\n')))}\n`
  },
} as const satisfies FeedFormat

/** RFC 822 with the year of four digits. */
const date = (seconds: number): string => new Date(seconds * 1000).toUTCString().replace('GMT', '+0000')

const itemOf = ({ id, url, title, html, updatedAt, keywords }: Entry): string =>
  element(
    'item',
    {},
    [
      text('title', title),
      text('link', url),
      text('guid', id, { isPermaLink: 'true' }),
      text('pubDate', date(updatedAt)),
      ...keywords.map((word) => text('category', word)),
      text('description', html),
    ].join('\n'),
  )
