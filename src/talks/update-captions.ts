import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { recordTalkFeeds } from '../changes/talk-feeds.ts'
import type { Db } from '../db/db.ts'
import { assertThat, insertRows, isUnmet } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { type Cue, cuesOf, passagesOf, wordsOf } from './cues.ts'
import type { FullTalk } from './queries.ts'
import { KEYS_OF_SLOT, KEYS_OF_TALK } from './search.ts'
import { captions, passages, talks } from './tables.ts'
import { inChunks } from './write.ts'

/** Their keys have room for so many. */
const LANGUAGES_MAX = 32

/** The languages of a talk's captions; the place of each is its slot, which stays when another one goes. */
export const captionedIn = ({ captioned }: FullTalk): (string | null)[] => JSON.parse(captioned)

const firstKey = (talk: FullTalk, slot: number) => talk.key * KEYS_OF_TALK + slot * KEYS_OF_SLOT

/** The captions of a talk in a language, or the first so many passages of them; undefined where it has none in it. */
export async function readCaptions(
  db: Db,
  talk: FullTalk,
  language: string,
  limit = KEYS_OF_SLOT,
): Promise<Cue[] | undefined> {
  const slot = captionedIn(talk).indexOf(language)
  if (slot < 0) return undefined
  const key = firstKey(talk, slot)
  const rows = await db.all(
    sql<{ text: string; times: string }>`SELECT text, times FROM ${passages}
      WHERE key >= ${key} AND key < ${key + KEYS_OF_SLOT} ORDER BY key LIMIT ${limit}`,
  )
  return cuesOf(rows.map(({ text, times }) => ({ text, times: JSON.parse(times) })))
}

/**
 * Gives a talk these captions in a language, in place of those it had in it; without cues it has none in it any more. The
 * same again changes nothing. Refuses a 33rd language, and (`stale`) where somebody else writes captions of the talk now.
 */
export async function updateCaptions(
  deps: Deps,
  talk: FullTalk,
  language: string,
  cues: Cue[],
): Promise<{ ok: true } | Refused> {
  const before = captionedIn(talk)
  const had = await readCaptions(deps.db, talk, language)
  if (JSON.stringify(had ?? []) === JSON.stringify(cues)) return { ok: true }
  const place = [before.indexOf(language), before.indexOf(null), before.length].find((at) => at >= 0)!
  if (place >= LANGUAGES_MAX) return invalid({ path: 'language', message: `is one more than ${LANGUAGES_MAX}` })
  const after = [...before]
  after[place] = cues.length > 0 ? language : null
  while (after.at(-1) === null) after.pop()
  const changeId = deps.newId()
  const now = deps.now()
  const key = firstKey(talk, place)
  const rows = passagesOf(cues).map(({ text, times }, at) => ({ key: key + at, text, times: JSON.stringify(times) }))
  const row = {
    talkId: talk.id,
    language,
    slot: place,
    cues: cues.length,
    words: wordsOf(cues),
    updatedAt: now,
    changeId,
  }
  try {
    await deps.db.batch([
      sql`DELETE FROM ${passages} WHERE key >= ${key} AND key < ${key + KEYS_OF_SLOT}`,
      sql`DELETE FROM ${captions} WHERE talk_id = ${talk.id} AND language = ${language}`,
      ...inChunks(rows).map((some) => insertRows(passages, some)),
      ...(cues.length > 0 ? [insertRows(captions, [row])] : []),
      sql`UPDATE ${talks} SET captioned = ${JSON.stringify(after)}, updated_at = ${now}, change_id = ${changeId}
        WHERE id = ${talk.id} AND captioned = ${talk.captioned} AND deleted_at IS NULL`,
      assertThat(sql`EXISTS (SELECT 1 FROM ${talks} WHERE id = ${talk.id} AND change_id = ${changeId})`),
      recordTalkFeeds(sql`talks.id = ${talk.id}`, { changeId, updatedAt: now }),
      recordChange(talks, 'talk.captioned', {
        changeId,
        now,
        groupId: talk.groupId,
        payload: { language, cues: cues.length },
      }),
    ] as SQL[])
    return { ok: true }
  } catch (error) {
    if (isUnmet(error)) return refused('stale')
    throw error
  }
}
