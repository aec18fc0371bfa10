/** The talk archive with 100,000 talks: the search against the bare query of its index, and how deep pages cost. */
import { countFilters, FACETS } from '../src/talks/facets.ts'
import { readTalks } from '../src/talks/list.ts'
import { searchTalks } from '../src/talks/search.ts'
import { matchesOf, readWords } from '../src/talks/words.ts'
import { openCommunity } from './community.ts'
import { type Benchmark, type Figure, ratioOf, timeOf } from './figure.ts'
import { addCaptions, addTalks } from './talks.ts'

const TALKS = 100_000
const CAPTIONED = 200
const LIMIT = 20
/** What takes less is repeated. */
const ROUND_MS = 60

/** What a search can't do without: the hits in order, and their talks. */
const bareOf = (index: string) => `SELECT talks.* FROM (
  SELECT rowid AS key, rank FROM ${index} WHERE ${index} MATCH ? ORDER BY rank LIMIT ${LIMIT + 1}) AS hit JOIN talks ON talks.key = hit.key`

const SEARCHES = [
  { what: 'a word of one talk in two', q: 'most ' },
  { what: 'a word of one talk in nine', q: 'common ' },
  { what: 'a word of one talk in a thousand', q: 'seldom ' },
  { what: 'two words', q: 'common most ' },
  { what: 'a beginning', q: 'com*' },
  { what: 'a word that is said in one talk only', q: 'whispered ' },
]

export const archive: Benchmark = {
  name: 'The talk archive with 100,000 talks',
  async run() {
    const { deps, stop } = await openCommunity()
    const { db } = deps
    await addTalks(db, TALKS)
    await addCaptions(deps, CAPTIONED)
    const figures: Figure[] = []
    const compare = async (
      what: string,
      against: string,
      atMost: number,
      ours: () => unknown,
      theirs: () => unknown,
    ) => {
      await ours()
      const times = Math.max(3, Math.ceil(ROUND_MS / (await timeOf(ours))))
      const repeated = (call: () => unknown) => () =>
        timeOf(async () => {
          for (let time = 0; time < times; time++) await call()
        })
      const { ratio, ours: took, theirs: floor } = await ratioOf(repeated(ours), repeated(theirs), 9)
      const note = `${(took / times).toFixed(2)} ms against ${(floor / times).toFixed(2)} ms`
      figures.push({ what, against, value: ratio, goal: { atMost }, note })
    }

    for (const { what, q } of SEARCHES) {
      const words = readWords(q)!
      const { written, said } = matchesOf(words, [])
      const isSaid = q.startsWith('whispered')
      const [statement, match] = isSaid ? [bareOf('said_fts'), said] : [bareOf('archive_fts'), written]
      const bare = () => db.all({ sql: statement, params: [match] })
      const search = async (counts: boolean) => {
        const { filters } = await searchTalks(db, words, {}, { limit: LIMIT, counts })
        if (filters) countFilters(filters, FACETS)
      }
      await compare(`${what}, with snippets and facets`, 'the bare FTS5 query', 3, () => search(true), bare)
    }

    const pages = async (sort: 'newest' | 'title') => {
      const [row] = await readTalks(db, { kind: 'anonymous' }, {}, { sort, limit: 1, after: undefined })
      const middle = await db.all<{ value: never; key: number }>({
        sql:
          sort === 'newest'
            ? 'SELECT starts_at AS value, key FROM talks WHERE is_public = 1 ORDER BY starts_at DESC, key DESC LIMIT 1 OFFSET 50000'
            : 'SELECT title AS value, key FROM talks WHERE is_public = 1 ORDER BY title COLLATE NOCASE, key LIMIT 1 OFFSET 50000',
        params: [],
      })
      if (!row || !middle[0]) throw new Error('no talks')
      const list = (after?: { value: never; key: number }) =>
        readTalks(db, { kind: 'anonymous' }, {}, { sort, limit: 50, after })
      await compare(
        `page 1,000 of a list, ${sort}`,
        'its first page',
        1.5,
        () => list(middle[0]),
        () => list(),
      )
    }
    await pages('newest')
    await pages('title')

    const words = readWords('common ')!
    let after: { tier: number; rank: number; key: number } | undefined
    for (let page = 1; page < 100; page++) {
      const { talks } = await searchTalks(db, words, {}, { limit: LIMIT, after })
      const { tier, rank, key } = talks[LIMIT - 1]!
      after = { tier, rank, key }
    }
    const deep = after
    await compare(
      'page 100 of a search',
      'its first page',
      1.5,
      () => searchTalks(db, words, {}, { limit: LIMIT, after: deep }),
      () => searchTalks(db, words, {}, { limit: LIMIT }),
    )
    await stop()
    return figures
  },
}
