import type { FeedFormat } from './feed.ts'
import { ics } from './ics.ts'

/** Every format a feed comes in: a new one is a file and a line here. */
export const feedFormats = [ics] as const satisfies readonly FeedFormat[]
