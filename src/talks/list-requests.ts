/** Lists of talks as routes and pages read them: by their query, page by page. */
import { z } from '@hono/zod-openapi'
import type { AppContext } from '../http/app-env.ts'
import { page, pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import type { Access } from '../tokens/access.ts'
import { type Counts, countFilters, FACETS, type FacetName, readFacets } from './facets.ts'
import { foundJson, talkJson } from './json.ts'
import { readTalks, SORTS, type Sort, type TalkFilter } from './list.ts'
import type { FullTalk } from './queries.ts'
import { optional } from './requests.ts'
import { RESOURCE_TYPES, Talk } from './schema.ts'
import { type FoundTalk, searchTalks } from './search.ts'
import { readWords, type Words } from './words.ts'

/** Names with commas between them, each of them one of these. */
const namesOf = <const Name extends string>(names: readonly [Name, ...Name[]]) =>
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(names)))
    .optional()

const FIELDS = Object.keys(Talk.shape) as [string, ...string[]]

export const talkFilter = {
  conference: optional(80),
  speaker: optional(80),
  tag: optional(60),
  track: optional(200),
  room: optional(200),
  language: optional(40),
  group: optional(80),
  type: optional(100),
  year: z
    .preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().min(1900).max(2200).optional())
    .openapi({ type: 'integer' }),
  has: namesOf(RESOURCE_TYPES).openapi({ type: 'string', example: 'slides,recording' }),
}

export const fields = namesOf(FIELDS).openapi({
  type: 'string',
  example: 'title,url,speakers',
  description: 'only these members of each talk',
})

export const talkQuery = z
  .object({
    ...pageQuery,
    ...talkFilter,
    q: z.string().max(1000).optional().openapi({
      description: 'words, "a phrase", begin*, -without; the last word matches beginnings. Any text is taken',
    }),
    sort: z
      .preprocess(
        (value) => (value === '' ? undefined : value),
        z.enum(['relevance', ...(Object.keys(SORTS) as Sort[])]).optional(),
      )
      .openapi({
        type: 'string',
        enum: ['relevance', ...Object.keys(SORTS)],
        description: 'newest, or with ?q= relevance, where it is left out',
      }),
    fields,
    facets: namesOf(FACETS).openapi({
      type: 'string',
      example: 'conference,year',
      description: 'count what the list could be narrowed to, of public talks',
    }),
  })
  .refine(
    ({ cursor, sort, q }) =>
      cursor === undefined || isCursorOf(sort ?? (isSearch(q) ? 'relevance' : 'newest'), q, cursor),
    {
      path: ['cursor'],
      message: 'must be a cursor that this list gave',
    },
  )

export type TalkQuery = z.output<typeof talkQuery>

const isSearch = (q: string | undefined): q is string => q !== undefined && q.trim() !== ''

/** A search sorts by tier, rank and number, a list by a value and a number. */
function isCursorOf(sort: string, q: string | undefined, cursor: string): boolean {
  const keys = readCursor(cursor) ?? []
  const isText = sort === 'title'
  return sort === 'relevance' && isSearch(q)
    ? keys.length === 3 && keys.every((key) => Number.isFinite(key))
    : keys.length === 2 && typeof keys[0] === (isText ? 'string' : 'number') && Number.isFinite(keys[1])
}

export type TalkPage = { items: (FullTalk | FoundTalk)[]; next: string | null; counts: Counts | null }

const NOTHING: TalkPage = { items: [], next: null, counts: { facets: {}, isComplete: true } }

/** One page of talks: the best first where there are words, else the newest first, unless it says how. */
export async function readTalkPage(c: AppContext, access: Access, query: TalkQuery): Promise<TalkPage> {
  const { limit, cursor, q, sort, fields: _, facets, ...given } = query
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as TalkFilter
  const keys = cursor ? readCursor(cursor)! : null
  const words = isSearch(q) ? readWords(q) : undefined
  if (words === null) return NOTHING
  if (words && (sort === undefined || sort === 'relevance'))
    return readFound(c, words, filter, { limit, keys: keys as number[] | null, facets })
  const order = sort === undefined || sort === 'relevance' ? 'newest' : sort
  const after = keys ? { value: keys[0] as string | number, key: Number(keys[1]) } : undefined
  const [rows, counts] = await Promise.all([
    readTalks(c.env.db, access, filter, { sort: order, limit, after, ...(words ? { words } : {}) }),
    facets && !words ? readFacets(c.env.db, filter, facets) : null,
  ])
  return { ...page(rows, limit, (row) => writeCursor(row[SORTS[order].by], row.key)), counts }
}

async function readFound(
  c: AppContext,
  words: Words,
  filter: TalkFilter,
  { limit, keys, facets }: { limit: number; keys: number[] | null; facets: FacetName[] | undefined },
): Promise<TalkPage> {
  const after = keys ? { tier: keys[0]!, rank: keys[1]!, key: keys[2]! } : undefined
  const found = await searchTalks(c.env.db, words, filter, { limit, after, counts: facets !== undefined })
  return {
    ...page(found.talks, limit, (row) => writeCursor(row.tier, row.rank, row.key)),
    counts: facets ? countFilters(found.filters ?? '', facets) : null,
  }
}

/** A talk as the API gives it, or only these members of it. */
export function talkItem(baseUrl: string, row: FullTalk | FoundTalk, only?: string[] | undefined): object {
  const whole = 'tier' in row ? foundJson(baseUrl, row) : talkJson(baseUrl, row)
  if (only === undefined || only.length === 0) return whole
  return Object.fromEntries(Object.entries(whole).filter(([name]) => only.includes(name)))
}
