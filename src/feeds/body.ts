/** The body of a feed as bytes: from the cache where this version is there, compressed where the client takes that. */
import type { AppContext } from '../http/app-env.ts'
import type { FeedFormat, FeedScope } from './feed.ts'

/** Below this nothing is gained, and Workers bill the time. */
const WORTH_COMPRESSING = 1024

/** What a query may say that changes a body; everything else is left aside, so that no query makes another copy. */
const NARROWS = ['kind', 'tag', 'cancelled', 'alarm', 'room', 'track', 'has', 'language']
const KEY_MAX = 300

/** Outlook has failed with compressed calendars: `?compressed=no` is for addresses that are given to it (CHECKLIST 4.9). */
export const refusesGzip = (c: AppContext): boolean =>
  c.req.raw.url.includes('compressed=') && c.req.query('compressed') === 'no'

const takesGzip = (c: AppContext): boolean =>
  !refusesGzip(c) &&
  (c.req.header('Accept-Encoding') ?? '')
    .split(',')
    .some((one) => /^\s*(gzip|\*)\s*(;\s*q=(1|0?\.[0-9]*[1-9]))?\s*$/i.test(one))

/** The bytes of a version, and whether they are compressed. */
export async function bodyOf(
  c: AppContext,
  format: FeedFormat,
  scope: FeedScope,
  version: string,
): Promise<{ body: Uint8Array<ArrayBuffer>; isGzip: boolean }> {
  // One person's calendar is made anew: no copy of it lies in a cache that others share.
  const bodies = scope.isPrivate ? undefined : c.env.bodies
  const asksGzip = takesGzip(c)
  const said = NARROWS.flatMap((name) =>
    c.req.query(name) ? [`${name}=${encodeURIComponent(c.req.query(name)!)}`] : [],
  ).join('&')
  const key = `${scope.feed}.${format.extension}?${said}&version=${version}&gzip=${asksGzip}`
  const kept = key.length <= KEY_MAX ? await bodies?.get(key) : undefined
  if (kept) return { body: kept, isGzip: asksGzip && isGzipped(kept) }
  const plain = new TextEncoder().encode(await format.write(c.env, scope))
  const body = asksGzip && plain.length >= WORTH_COMPRESSING ? await gzip(plain) : plain
  if (key.length <= KEY_MAX) await bodies?.put(key, body)
  return { body, isGzip: body !== plain }
}

/** RFC 1952, 2.3.1: no text begins so. */
const isGzipped = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
