/** Atom (RFC 4287). */
import type { Deps } from '../deps.ts'
import { DECLARATION, element, text } from '../formats/xml.ts'
import { toIso } from '../time/zone.ts'
import { type Entry, readNews } from './entries.ts'
import type { FeedFormat, FeedScope } from './feed.ts'

export const atom = {
  extension: 'atom',
  mediaType: 'application/atom+xml; charset=utf-8',
  async write(deps: Deps, scope: FeedScope): Promise<string> {
    const news = await readNews(deps, scope)
    const content = [
      text('id', `${deps.baseUrl}/${scope.feed}`),
      text('title', news.title),
      text('updated', toIso(news.updatedAt)),
      element('link', { rel: 'alternate', href: news.page }, ''),
      element('author', {}, text('name', news.title)),
      text('generator', 'Convene'),
      ...news.entries.map(entryOf),
    ]
    return `${DECLARATION}${element('feed', { xmlns: 'http://www.w3.org/2005/Atom' }, content.join('\n'))}\n`
  },
} as const satisfies FeedFormat

const entryOf = ({ id, url, title, html, updatedAt, createdAt, keywords, media }: Entry): string =>
  element(
    'entry',
    {},
    [
      text('id', id),
      text('title', title),
      text('updated', toIso(updatedAt)),
      text('published', toIso(createdAt)),
      element('link', { rel: 'alternate', href: url }, ''),
      ...media.map(({ url: href, mimeType, size }) =>
        element('link', { rel: 'enclosure', href, type: mimeType, length: size }, ''),
      ),
      ...keywords.map((term) => element('category', { term }, '')),
      text('content', html, { type: 'html' }),
    ].join('\n'),
  )
