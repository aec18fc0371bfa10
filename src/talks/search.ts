/** The search of the archive: what is written about talks and what was said in them. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { prepared } from '../db/prepared.ts'
import { filterWords, spokenBy, type TalkFilter } from './list.ts'
import { bestExcerpt, excerpt, firstHit } from './marks.ts'
import { type FullTalk, shown } from './queries.ts'
import { talks } from './tables.ts'
import { matchesOf, passageMatches, type Words } from './words.ts'

/** Where in a talk it was said. */
export type Said = { second: number; language: string | null; excerpt: string }
/** `tier` 1: the words stand in its captions only. */
export type FoundTalk = FullTalk & { tier: number; rank: number; snippet: string | null; said: Said | null }
export type FoundAfter = { tier: number; rank: number; key: number }

/** Keys of passages: the talk's number, then a slot of 5 bits for the language, then the place. */
export const KEYS_OF_TALK = 2 ** 22
export const KEYS_OF_SLOT = 2 ** 17

/** Of so many of the hits it is counted what they could be narrowed to. */
export const COUNTED_MAX = 1000

type Row = FullTalk & { tier: number; rank: number; passage: string | null; counted: string | null }
export type Found = { talks: FoundTalk[]; filters: string | null }

/**
 * Public talks in which the words stand, the best first, those in which they were only said after those about which they
 * are written. The index sorts and stops at the limit before anything is joined, and the second index is asked only where
 * the first had not enough, so what is read does not grow with the number of hits. It is one statement.
 *
 * @param after where the last page ended: at that talk as it ranks now, since each new talk moves all ranks a little
 */
export async function searchTalks(
  db: Db,
  words: Words,
  filter: TalkFilter,
  { limit, after, counts = false }: { limit: number; after?: FoundAfter | undefined; counts?: boolean },
): Promise<Found> {
  const statement = statementFor({ counts, tier: after?.tier ?? null, isSpoken: filter.speaker !== undefined })
  const rows = await db.all(
    statement({
      ...matchesOf(words, filterWords(filter)),
      ...passageMatches(words),
      rank: after?.rank ?? 0,
      key: after?.key ?? 0,
      speaker: filter.speaker ?? '',
      limit: limit + 1,
      rows: limit + 1 + Number(counts),
    }),
  )
  const found = rows.filter(({ tier }) => tier >= 0)
  return {
    talks: found.map((row) => foundOf(row, words)),
    filters: rows.find(({ tier }) => tier < 0)?.counted ?? null,
  }
}

type Shape = { counts: boolean; tier: number | null; isSpoken: boolean }
type Names = 'written' | 'said' | 'all' | 'any' | 'rank' | 'key' | 'speaker' | 'limit' | 'rows'
const NAMES: readonly Names[] = ['written', 'said', 'all', 'any', 'rank', 'key', 'speaker', 'limit', 'rows']

/** To write the statement takes longer than to find a rare word. */
const statements = new Map<string, ReturnType<typeof prepare>>()

function statementFor(shape: Shape): ReturnType<typeof prepare> {
  const key = JSON.stringify(shape)
  const known = statements.get(key) ?? prepare(shape)
  statements.set(key, known)
  return known
}

const prepare = ({ counts, tier: from, isSpoken }: Shape) =>
  prepared<Row, Names>(NAMES, (named) => {
    const indexOf = (tier: number) =>
      tier === 0 ? { name: sql`archive_fts`, match: named.written } : { name: sql`said_fts`, match: named.said }
    const only = (name: SQL) => (isSpoken ? sql` AND ${spokenBy(sql`${name}.rowid`, sql`${named.speaker}`)}` : sql``)
    const hits = (tier: number): SQL => {
      const { name, match } = indexOf(tier)
      // D1 binds all numbers as REAL, which FTS5 does not take for a rowid.
      const rank = sql`coalesce((SELECT rank FROM ${name} WHERE ${name} MATCH ${match} AND rowid = CAST(${named.key} AS INTEGER)), ${named.rank})`
      const rest = from === tier ? sql` AND (${name}.rank, ${name}.rowid) > (${rank}, ${named.key})` : sql``
      return sql`SELECT rowid AS key, rank FROM ${name} WHERE ${name} MATCH ${match}${only(name)}${rest} ORDER BY rank LIMIT ${named.limit}`
    }
    const firstKey = sql`${talks.key} * ${sql.raw(String(KEYS_OF_TALK))}`
    const passage = (
      match: SQL,
    ) => sql`(SELECT json_array(rowid, text, times) FROM passages_fts WHERE passages_fts MATCH ${match}
      AND rowid >= ${firstKey} AND rowid < ${firstKey} + ${sql.raw(String(KEYS_OF_TALK))} ORDER BY rowid LIMIT 1)`
    const found = (
      tier: number,
    ) => sql`SELECT * FROM (SELECT ${sql.raw(String(tier))} AS tier, hit.rank AS rank, NULL AS counted,
        CASE WHEN ${talks.captioned} <> '[]' THEN coalesce(${passage(sql`${named.all}`)}, ${passage(sql`${named.any}`)}) END AS passage, ${shown}
      FROM (${hits(tier)}) AS hit CROSS JOIN ${talks} ON ${talks.key} = hit.key)`
    const filtersOf = (tier: number) => {
      const { name, match } = indexOf(tier)
      return sql`coalesce((SELECT group_concat(filters, ' ') FROM (SELECT rowid AS key FROM ${name} WHERE ${name} MATCH ${match}${only(name)}
        LIMIT ${sql.raw(String(COUNTED_MAX))}) AS hit CROSS JOIN ${talks} ON ${talks.key} = hit.key), '')`
    }
    const counted = sql`SELECT -1 AS tier, 0 AS rank, ${filtersOf(0)} || ' ' || ${filtersOf(1)} AS counted, NULL AS passage, ${shown}
      FROM (SELECT 1) LEFT JOIN ${talks} ON ${talks.key} = -1`
    // They run in their order, and the last one only until the limit is reached.
    const arms = [...(counts ? [counted] : []), ...(from === 1 ? [] : [found(0)]), found(1)]
    return sql<Row>`${sql.join(arms, sql` UNION ALL `)} LIMIT ${named.rows}`
  })

function foundOf({ passage, counted: _, ...row }: Row, words: Words): FoundTalk {
  const { title, subtitle, abstract, description, keywordNames, speakerNames } = row
  return {
    ...row,
    snippet: bestExcerpt([title, subtitle, abstract, description, keywordNames, speakerNames], words),
    said: passage === null ? null : saidIn(passage, row, words),
  }
}

function saidIn(passage: string, { captioned }: FullTalk, words: Words): Said {
  const [key, text, times] = JSON.parse(passage) as [number, string, string]
  const at = Math.max(0, firstHit(text, words))
  const line = text.slice(0, at).split('\n').length - 1
  const [start] = (JSON.parse(times) as [number, number][])[line] ?? [0]
  const slot = Math.floor((key % KEYS_OF_TALK) / KEYS_OF_SLOT)
  return {
    second: Math.floor(start / 1000),
    language: (JSON.parse(captioned) as string[])[slot] ?? null,
    excerpt: excerpt(text.replaceAll('\u200b', ''), words),
  }
}
