/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
import type { Deps } from '../deps.ts'
import { toIso } from '../time/zone.ts'
import { readNews } from './entries.ts'
import type { FeedFormat, FeedScope } from './feed.ts'

export const feedJson = {
  extension: 'feed.json',
  mediaType: 'application/feed+json; charset=utf-8',
  async write(deps: Deps, scope: FeedScope): Promise<string> {
    const news = await readNews(deps, scope)
    return JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: news.title,
      home_page_url: news.page,
      language: 'en',
      items: news.entries.map(({ id, url, title, html, updatedAt, createdAt, keywords, media }) => ({
        id,
        url,
        title,
        content_html: html,
        date_published: toIso(createdAt),
        date_modified: toIso(updatedAt),
        ...(keywords.length > 0 ? { tags: keywords } : {}),
        ...(media.length > 0
          ? {
              attachments: media.map(({ url: file, mimeType, size }) => ({
                url: file,
                mime_type: mimeType,
                ...(size ? { size_in_bytes: size } : {}),
              })),
            }
          : {}),
      })),
    })
  },
} as const satisfies FeedFormat
