import { atom } from './atom.ts'
import type { FeedFormat } from './feed.ts'
import { feedJson } from './feed-json.ts'
import { ics } from './ics.ts'
import { jcal } from './jcal.ts'
import { jscal } from './jscal.ts'
import { rss } from './rss.ts'

/** Those that tell what is new, thing by thing. */
export const newsFormats = [atom, rss, feedJson] as const satisfies readonly FeedFormat[]

/** Every format a feed comes in: a new one is a file and a line here. */
export const feedFormats = [ics, jcal, jscal, atom, rss, feedJson] as const satisfies readonly FeedFormat[]
