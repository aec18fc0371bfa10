/** What the documentation says of feeds. Their routes take any query, so no schema of a route says it. */
import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { AppEnv } from '../http/app-env.ts'
import type { FeedFormat } from './feed.ts'
import { feedFormats, newsFormats } from './index.ts'
import { podcasts } from './podcast.ts'

const said = (description: string) => z.string().optional().openapi({ description })
const alarm = { alarm: said('a reminder before each, such as 15m, 2h or 1d') }
const cancelled = { cancelled: said('what was called off: hide or mark') }
const ofEvents = {
  kind: said('only these kinds of events, with commas between them'),
  tag: said('only events with one of these tags, with commas between them'),
  ...cancelled,
}
const ofTalks = {
  room: said('only talks in these rooms, with commas between them'),
  track: said('only talks of these tracks, with commas between them'),
  language: said('only talks in these languages, with commas between them'),
  has: said('only talks with all of these, with commas between them: slides, recording, captions, …'),
}

type Described = [path: string, summary: string, query: Record<string, z.ZodType>, formats?: readonly FeedFormat[]]

const FEEDS: Described[] = [
  ['/calendar', 'Every public event', ofEvents],
  ['/g/{group}/calendar', 'The events of a group', ofEvents],
  ['/e/{event}', 'One event or series', cancelled],
  ['/f/{id}/calendar', 'What somebody chose: events and talks', { ...ofEvents, ...ofTalks }],
  ['/conferences/{slug}/calendar', 'The talks of a conference', ofTalks],
  ['/speakers/{slug}/calendar', 'The talks of a speaker', ofTalks],
  ['/talks', 'What is new in the archive: talks, and recordings with ?has=recording', ofTalks, newsFormats],
  ['/podcast', 'The recordings of the archive, as audio or video files', ofTalks, podcasts],
  ['/conferences/{slug}/podcast', 'The recordings of a conference', ofTalks, podcasts],
  ['/speakers/{slug}/podcast', 'The recordings of a speaker', ofTalks, podcasts],
]

/** Puts each address of a feed into the OpenAPI document, once for all formats. */
export function describeFeeds(routes: OpenAPIHono<AppEnv>): void {
  for (const [path, summary, query, formats = feedFormats] of FEEDS) {
    const extensions = formats.map(({ extension }) => extension) as [string, ...string[]]
    const mediaTypes = formats.map(({ mediaType }) => mediaType.split(';')[0]!)
    const [, name] = /\{(\w+)\}/.exec(path) ?? []
    routes.openAPIRegistry.registerPath({
      method: 'get',
      path: `${path}.{format}`,
      tags: ['Feeds'],
      summary,
      request: {
        params: z.object({ ...(name ? { [name]: z.string() } : {}), format: z.enum(extensions) }),
        query: z.object({ ...query, ...(formats === feedFormats ? alarm : {}) }),
      },
      responses: {
        200: {
          description: 'The feed',
          content: Object.fromEntries(mediaTypes.map((type) => [type, { schema: z.string() }])),
        },
        304: { description: 'It is what If-None-Match or If-Modified-Since names' },
        404: { description: 'There is no such feed' },
      },
    })
  }
}
