/** Talks in an archive, some of them with captions, of words of which it is known how often they come. */
import type { Db } from '../src/db/db.ts'
import type { Deps } from '../src/deps.ts'
import type { Cue } from '../src/talks/cues.ts'
import { findTalk } from '../src/talks/queries.ts'
import { updateCaptions } from '../src/talks/update-captions.ts'

const AT_ONCE = 1000
const VOCABULARY = 20_000

/** The same numbers each time, from 0 up to 1. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Words as a language has them: few that come often, many that come seldom. */
const textOf = (next: () => number, length: number): string =>
  Array.from({ length }, () => `w${Math.floor(VOCABULARY ** next()).toString(36)}`).join(' ')

const INSERT = `INSERT INTO talks (id, slug, title, subtitle, abstract, description, track, room, type, language, starts_local, time_zone,
  duration, starts_at, year, keywords, speaker_names, keyword_names, resource_types, is_public, created_at, updated_at, change_id)
  SELECT value ->> 0, value ->> 0, value ->> 1, '', value ->> 2, '', value ->> 3, value ->> 4, 'talk', value ->> 5, value ->> 6,
    'UTC', 'PT30M', value ->> 7, value ->> 8, '["' || (value ->> 9) || '"]', '', value ->> 9, value ->> 10, 1, 0, value ->> 7, 'bench'
  FROM json_each(?)`

export async function addTalks(db: Db, count: number): Promise<void> {
  const next = numbersFrom(1)
  for (let from = 0; from < count; from += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => {
      const n = from + at
      const year = 2000 + (n % 26)
      const startsAt = Date.UTC(year, n % 12, 1 + (n % 28)) / 1000 + (n % 40_000)
      const words = [n % 2 === 0 ? 'most' : '', n % 9 === 0 ? 'common' : '', n % 1000 === 0 ? 'seldom' : '']
      const title = `${textOf(next, 6)} ${n % 45 === 0 ? 'common' : ''}`.trim()
      const abstract = `${textOf(next, 60)} ${words.join(' ')} ${textOf(next, 60)}`
      const local = new Date(startsAt * 1000).toISOString().slice(0, 19)
      const has = n % 3 === 0 ? ' slides recording ' : ' recording '
      return [
        `t${n}`,
        title,
        abstract,
        `Track ${n % 50}`,
        `Room ${n % 30}`,
        n % 4 ? 'en' : 'fr',
        local,
        startsAt,
        year,
        `tag${n % 300}`,
        has,
      ]
    })
    await db.batch([{ sql: INSERT, params: [JSON.stringify(rows)] }])
  }
}

/** Half an hour of speech for the first so many talks; one of them says a word that stands nowhere else. */
export async function addCaptions(deps: Deps, count: number): Promise<void> {
  const next = numbersFrom(2)
  for (let n = 0; n < count; n++) {
    const cues = Array.from({ length: 450 }, (_, at): Cue => {
      const text = `${textOf(next, 9)}${n === 7 && at === 300 ? ' whispered' : ''}`
      return { start: at * 4000, end: at * 4000 + 3900, text }
    })
    const talk = await findTalk(deps.db, `t${n}`, { kind: 'everything' })
    await updateCaptions(deps, talk!, 'en', cues)
  }
}
