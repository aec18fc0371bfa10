/**
 * The contract of feeds: what a feed holds (its scope) and how it is written (its format).
 *
 * A scope names the row of `feed_versions` that changes with it, and the events in it as SQL. A new format is a file with a
 * `FeedFormat` and a line in `index.ts`.
 */
import type { SQL } from 'drizzle-orm'
import type { Deps } from '../deps.ts'

/** What happens to what was called off: `dates` leaves dates out and marks events, `mark` marks both, `hide` shows neither. */
export type Cancelled = 'dates' | 'mark' | 'hide'

export type FeedScope = {
  /** The key of its row in `feed_versions`. */
  feed: string
  /** The page that shows the same, relative to the origin. */
  page: string
  /** What the feed is called, and what it is about where somebody has said so. */
  name: SQL<{ name: string; description?: string }>
  /** Conditions over `events`. */
  where: SQL
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
