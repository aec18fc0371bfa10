/** What the talks of a list could be narrowed to, and how many there would be. */
import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { FILTER_LETTERS, filterWords, spokenBy, type TalkFilter } from './list.ts'
import { COUNTED_MAX } from './search.ts'
import { talks } from './tables.ts'
import { filterMatch } from './words.ts'

export const FACETS = ['conference', 'year', 'language', 'type', 'track', 'room', 'tag', 'group', 'has'] as const
export type FacetName = (typeof FACETS)[number]
export type Count = { value: string; count: number }
/** `isComplete`: all talks were counted, not only some of them. */
export type Counts = { facets: Partial<Record<FacetName, Count[]>>; isComplete: boolean }

const VALUES_MAX = 50

const unhex = (hex: string): string =>
  new TextDecoder().decode(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)))

const sorted = (name: FacetName, counts: Count[]): Count[] =>
  counts
    .sort(
      (a, b) => (name === 'year' ? 0 : b.count - a.count) || (a.value < b.value ? -1 : 1) * (name === 'year' ? -1 : 1),
    )
    .slice(0, VALUES_MAX)

/** Counts the words by which the index finds talks: those of many talks, one after another. */
export function countFilters(words: string, names: readonly FacetName[]): Counts {
  const counts = new Map<string, number>()
  for (const word of words.toLowerCase().split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { facets: facetsOf(counts, names), isComplete: (counts.get('zz') ?? 0) < COUNTED_MAX }
}

function facetsOf(counts: Map<string, number>, names: readonly FacetName[]): Counts['facets'] {
  const facets: Counts['facets'] = {}
  for (const name of names) {
    const prefix = `zz${FILTER_LETTERS[name]}`
    const own = [...counts].filter(([word]) => word.length > 3 && word.startsWith(prefix))
    facets[name] = sorted(
      name,
      own.map(([word, count]) => ({ value: unhex(word.slice(3)), count })),
    )
  }
  return facets
}

/** The same of the public talks that fit: of all where nothing is filtered, since the index knows those counts already. */
export async function readFacets(db: Db, filter: TalkFilter, names: readonly FacetName[]): Promise<Counts> {
  const words = filterWords(filter)
  if (words.length === 0 && filter.speaker === undefined) {
    const letters = names.map((name) => FILTER_LETTERS[name])
    const rows = await db.all(
      sql<{
        term: string
        doc: number
      }>`SELECT terms.term AS term, terms.doc AS doc FROM json_each(${JSON.stringify(letters)}) AS letter
        CROSS JOIN archive_fts_terms AS terms ON terms.term >= 'zz' || letter.value AND terms.term < 'zz' || letter.value || 'g'`,
    )
    return { facets: facetsOf(new Map(rows.map(({ term, doc }) => [term, doc])), names), isComplete: true }
  }
  const from =
    words.length > 0
      ? sql`(SELECT rowid AS key FROM archive_fts WHERE archive_fts MATCH ${filterMatch(words)} LIMIT ${COUNTED_MAX}) AS hit
        CROSS JOIN ${talks} ON ${talks.key} = hit.key`
      : sql`${talks}`
  const spoken = filter.speaker === undefined ? sql`` : sql` AND ${spokenBy(sql`${talks.key}`, filter.speaker)}`
  const [row] = await db.all(
    sql<{
      words: string | null
    }>`SELECT group_concat(filters, ' ') AS words FROM ${from} WHERE ${talks.isPublic} = 1${spoken}`,
  )
  return countFilters(row?.words ?? '', names)
}
