/**
 * The contract of feeds: what a feed holds (its scope) and how it is written (its format).
 *
 * A scope names the row of `feed_versions` that changes with it, and its sources: what is in it, events or talks, each with
 * its own way to be read. A new format is a file with a `FeedFormat` and a line in `index.ts`.
 */
import type { SQL } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { EventInput } from '../events/schema.ts'
import type { Captions, Medium } from '../talks/media.ts'

/** What happens to what was called off: `dates` leaves dates out and marks events, `mark` marks both, `hide` shows neither. */
export type Cancelled = 'dates' | 'mark' | 'hide'

/** Something in a feed, told as an event whatever it is here. */
export type Item = {
  uid: string
  /** Its page, relative to the origin. */
  path: string
  sequence: number
  createdAt: number
  updatedAt: number
  event: EventInput
  /** Nobody knows when it was: the start is only there to sort by. */
  isUndated?: boolean
  /** Its recordings and captions that are files. */
  media?: Medium[]
  captions?: Captions[]
}

/** VEVENTs as text, and each zone they name with a local time from which on it is needed. */
export type Vevents = { text: string; zones: { zone: string; since: string }[] }

/** Statements for one round trip, and what their rows make. */
export type Reading<T> = { ask: readonly SQL[]; made(rows: unknown[][]): T }

type RowsOf<S> = { -readonly [K in keyof S]: S[K] extends SQL<infer R> ? R[] : never }

export const reading = <const S extends readonly SQL[], T>(
  ask: S,
  made: (...rows: RowsOf<S> & unknown[]) => T,
): Reading<T> => ({
  ask,
  made: (rows) => made(...(rows as never)),
})

export type FeedSource = {
  /** All of it as VEVENTs, by time. */
  vevents(baseUrl: string, cancelled: Cancelled): Reading<Vevents>
  /** The same one by one: by time, or the newest change first. */
  items(order: 'date' | 'newest', limit: number): Reading<Item[]>
}

export type FeedScope = {
  /** The key of its row in `feed_versions`. */
  feed: string
  /** The page that shows the same, relative to the origin. */
  page: string
  /** What the feed is called, and what it is about where somebody has said so. */
  name: SQL<{ name: string; description?: string }>
  sources: readonly FeedSource[]
  /** Whether it is one person's: nothing between keeps a copy. */
  isPrivate?: boolean
  /** What its file is called where somebody keeps it; `calendar` where it is not said. */
  file?: string
  cancelled: Cancelled
  /** A reminder before each event, as a duration such as `PT15M`; only where the subscriber asks. */
  alarm?: string | undefined
}

export type FeedFormat = {
  extension: string
  mediaType: string
  /** The whole body for a scope, read in one round trip. The same data gives the same bytes. */
  write(deps: Deps, scope: FeedScope): Promise<string>
}
