/**
 * Feeds over HTTP. An unchanged poll reads one row, the feed's version, and is answered with 304 before anything is built.
 *
 * Never 401, 403, 410, 429 or 5xx: Thunderbird switches a calendar off until its restart then (CHECKLIST 4.10). What isn't
 * there is 404; while the database does not answer, programs keep what they have.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import { ALL_FEED, chosenFeed, conferenceFeed, isPersonal, speakerFeed, TALKS_FEED } from '../changes/feeds.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { namesTag } from '../http/etag.ts'
import { feedOfSecret } from '../personal/queries.ts'
import { movedSpeaker } from '../talks/speakers.ts'
import { anonymous } from '../tokens/access.ts'
import { bodyOf, refusesGzip } from './body.ts'
import { describeFeeds } from './docs.ts'
import type { FeedFormat, FeedScope } from './feed.ts'
import { feedFormats, newsFormats } from './index.ts'
import { podcasts } from './podcast.ts'
import {
  everything,
  type FeedQuery,
  ofChoice,
  ofConference,
  ofEvent,
  ofGroup,
  ofPerson,
  ofSpeaker,
  ofTalks,
  recorded,
} from './scope.ts'
import { lastVersion, readVersion, type Version } from './versions.ts'

/** The calendar of everything is there before the first event is. */
const NEVER: Version = { version: '0', updatedAt: 0 }

type ScopeOf = (query: Record<string, string>) => FeedScope

async function answer(c: AppContext, format: FeedFormat, scopeOf: ScopeOf, feed: string): Promise<Response> {
  try {
    const version =
      (await readVersion(c.env.db, feed)) ?? (feed === ALL_FEED || feed === TALKS_FEED ? NEVER : undefined)
    return version
      ? await answerWith(version, c, format, scopeOf, isPersonal(feed))
      : notFound('There is no such calendar.')
  } catch (error) {
    const { method, path, raw } = c.req
    c.env.log({ level: 'error', method, path, error: String(error), stack: (error as Error).stack })
    const last = lastVersion(c.env.db, feed)
    const kept = last && (await answerWith(last, c, format, scopeOf, isPersonal(feed)).catch(() => undefined))
    if (kept) return kept
    const hasCopy = raw.headers.has('If-None-Match') || raw.headers.has('If-Modified-Since')
    if (hasCopy) return new Response(null, { status: 304, headers: { 'Cache-Control': 'no-store' } })
    return notFound('The calendar cannot be read at the moment.', { 'Retry-After': '300', 'Cache-Control': 'no-store' })
  }
}

/** A speaker who turned out to be another has the feed of that one: programs follow, and keep the new address. */
async function orMoved(c: AppContext, slug: string, asked: Promise<Response>): Promise<Response> {
  const found = await asked
  if (found.status !== 404) return found
  const moved = await movedSpeaker(c.env.db, slug, anonymous).catch(() => null)
  const { pathname, search } = new URL(c.req.url)
  return moved ? c.redirect(`${pathname.replace(`/speakers/${slug}/`, `/speakers/${moved}/`)}${search}`, 301) : found
}

const notFound = (text: string, headers: Record<string, string> = {}) =>
  new Response(`${text}\n`, { status: 404, headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' } })

async function answerWith(
  version: Version,
  c: AppContext,
  format: FeedFormat,
  scopeOf: ScopeOf,
  isPrivate: boolean,
): Promise<Response> {
  const tag = `"${version.version}.${format.extension}"`
  const headers = {
    ETag: tag,
    Vary: 'Accept-Encoding',
    'Last-Modified': new Date(version.updatedAt * 1000).toUTCString(),
    ...(isPrivate
      ? PRIVATE
      : {
          'Cache-Control': `public, max-age=300, stale-while-revalidate=3600${refusesGzip(c) ? ', no-transform' : ''}`,
        }),
  }
  if (isKnown(c.req.raw.headers, tag, version.updatedAt)) return new Response(null, { status: 304, headers })
  const scope = scopeOf(c.req.query())
  const { body, isGzip } = await bodyOf(c, format, scope, version.version)
  return new Response(body, {
    // In workerd: these bytes are compressed already.
    ...(isGzip ? { encodeBody: 'manual' } : {}),
    headers: {
      ...headers,
      // Another representation, so another strong tag (RFC 9110, 8.8.3.3).
      ...(isGzip ? { ETag: gzipTag(tag), 'Content-Encoding': 'gzip' } : {}),
      'Content-Type': format.mediaType,
      'Content-Length': String(body.length),
      'Content-Disposition': `inline; filename="${scope.file ?? 'calendar'}.${format.extension}"`,
      'X-Content-Type-Options': 'nosniff',
      ...(isPrivate ? {} : { 'Access-Control-Allow-Origin': '*' }),
    },
  })
}

/** One person's calendar stays out of shared caches and search engines, and leaks through no Referer (SECURITY 4.2). */
const PRIVATE = {
  'Cache-Control': 'private, no-cache',
  'CDN-Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "sandbox; default-src 'none'",
}

const gzipTag = (tag: string) => `${tag.slice(0, -1)}.gz"`

/** Whether the client has this version; If-None-Match wins over If-Modified-Since (RFC 9110, 13.2.2). */
function isKnown(headers: Headers, tag: string, updatedAt: number): boolean {
  const tags = headers.get('If-None-Match')
  if (tags !== null) return namesTag(tags, tag) || namesTag(tags, gzipTag(tag))
  const since = headers.get('If-Modified-Since')
  return since !== null && Date.parse(since) >= updatedAt * 1000
}

export const feedRoutes = new OpenAPIHono<AppEnv>()

describeFeeds(feedRoutes)

for (const format of feedFormats) {
  const end = format.extension
  feedRoutes.get(`/calendar.${end}`, (c) => answer(c, format, everything, ALL_FEED))
  feedRoutes.get(`/g/:group/calendar.${end}`, (c) => {
    const slug = c.req.param('group')
    return answer(c, format, (query) => ofGroup(slug, query), `g/${slug}`)
  })
  feedRoutes.get(`/conferences/:slug/calendar.${end}`, (c) => {
    const slug = c.req.param('slug')
    return answer(c, format, (query) => ofConference(slug, query), conferenceFeed(slug))
  })
  feedRoutes.get(`/speakers/:slug/calendar.${end}`, (c) => {
    const slug = c.req.param('slug')
    return orMoved(
      c,
      slug,
      answer(c, format, (query) => ofSpeaker(slug, query), speakerFeed(slug)),
    )
  })
  feedRoutes.get(`/f/:id/calendar.${end}`, (c) => {
    const id = c.req.param('id')
    return answer(c, format, (query) => ofChoice(id, query), chosenFeed(id))
  })
  feedRoutes.get(`/me/:secret/calendar.${end}`, async (c) => {
    // What cannot be a secret is answered without asking the database.
    const feed = await feedOfSecret(c.req.param('secret'))
    return feed === null
      ? notFound('There is no such calendar.')
      : answer(c, format, (query) => ofPerson(feed, query), feed)
  })
  feedRoutes.get(`/e/:file{[0-9a-z]+\\.${end.replaceAll('.', '\\.')}}`, (c) => {
    const id = c.req.param('file').slice(0, -end.length - 1)
    return answer(c, format, (query) => ofEvent(id, query), `e/${id}`)
  })
}

for (const format of newsFormats)
  feedRoutes.get(`/talks.${format.extension}`, (c) => answer(c, format, ofTalks, TALKS_FEED))

for (const format of podcasts) {
  // Talks without a recording are not read, so that the newest with one are all there.
  const withRecording = (query: FeedQuery) => ({ ...query, has: 'recording' })
  const end = format.extension
  feedRoutes.get(`/podcast.${end}`, (c) =>
    answer(c, format, (query) => recorded(ofTalks(withRecording(query))), TALKS_FEED),
  )
  feedRoutes.get(`/conferences/:slug/podcast.${end}`, (c) => {
    const slug = c.req.param('slug')
    return answer(c, format, (query) => recorded(ofConference(slug, withRecording(query))), conferenceFeed(slug))
  })
  feedRoutes.get(`/speakers/:slug/podcast.${end}`, (c) => {
    const slug = c.req.param('slug')
    return orMoved(
      c,
      slug,
      answer(c, format, (query) => recorded(ofSpeaker(slug, withRecording(query))), speakerFeed(slug)),
    )
  })
}

/** Some watchers ask what an address takes; none of them gets to anything else (CHECKLIST 4.7). */
function otherMethods(c: AppContext): Response {
  const allow = 'GET, HEAD, OPTIONS'
  if (c.req.method !== 'OPTIONS')
    return new Response('Calendars are only read.\n', { status: 405, headers: { Allow: allow } })
  return new Response(null, {
    status: 204,
    headers: {
      Allow: allow,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': allow,
      'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since',
    },
  })
}
for (const path of new Set(feedRoutes.routes.map((route) => route.path))) feedRoutes.all(path, otherMethods)
