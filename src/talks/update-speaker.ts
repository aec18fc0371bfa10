/** Changes of a person that all their talks show: another name, another person who is the same, nobody any more. */
import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { dropSilentFeeds, recordTalkFeeds } from '../changes/talk-feeds.ts'
import { assertThat, assignments, insertRows, isUnmet } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { aliasRows } from './create-speaker.ts'
import { nameKeyOf } from './rules.ts'
import type { SpeakerInput } from './schema.ts'
import type { SpeakerRow } from './speakers.ts'
import { conferencePersons, speakerAliases, speakerRedirects, speakers, talkSpeakers, talks } from './tables.ts'
import { namesOfSpeakers } from './write.ts'

export type Changed = { ok: true } | Refused

export const inVersion = ({ id, changeId }: SpeakerRow): SQL =>
  assertThat(sql`EXISTS (SELECT 1 FROM ${speakers} WHERE id = ${id} AND change_id = ${changeId})`)

/** The talks of a person. */
export const talksOf = (speakerId: string): SQL =>
  sql`talks.id IN (SELECT talk_id FROM ${talkSpeakers} WHERE speaker_id = ${speakerId})`

/** New versions of talks whose speakers have other names now, and the names in the search; their SEQUENCE stays. */
export const renamed = (which: SQL, changeId: string, now: number): SQL[] => [
  sql`UPDATE ${talks} SET updated_at = ${now}, change_id = ${changeId} WHERE ${which}`,
  namesOfSpeakers(which),
]

/** Runs a batch; who comes second, or takes a name that is somebody's, is told so. */
export async function tried(deps: Deps, statements: SQL[]): Promise<Changed> {
  try {
    await deps.db.batch(statements)
    return { ok: true }
  } catch (error) {
    if (/UNIQUE constraint failed/.test(String(error) + String((error as Error).cause ?? '')))
      return refused('name_taken')
    if (isUnmet(error)) return refused('stale')
    throw error
  }
}

/** Changes what is given; a name that is given up stays theirs as an alias. Refuses a name that is another's (`name_taken`), and `stale`. */
export function updateSpeaker(deps: Deps, before: SpeakerRow, patch: Partial<SpeakerInput>): Promise<Changed> {
  const name = patch.name ?? before.name
  const isRenamed = nameKeyOf(name) !== before.nameKey
  const kept = patch.aliases ?? (JSON.parse(before.aliases) as string[])
  const rows = aliasRows(before.id, name, isRenamed ? [...kept, before.name] : kept)
  const changeId = deps.newId()
  const now = deps.now()
  const row = {
    name,
    nameKey: nameKeyOf(name),
    biography: patch.biography ?? before.biography,
    url: patch.website === undefined ? before.url : patch.website,
    updatedAt: now,
    changeId,
  }
  return tried(deps, [
    inVersion(before),
    sql`DELETE FROM ${speakerAliases} WHERE speaker_id = ${before.id}`,
    sql`UPDATE ${speakers} SET ${assignments(speakers, row)} WHERE id = ${before.id}`,
    insertRows(speakerAliases, rows),
    ...renamed(talksOf(before.id), changeId, now),
    recordTalkFeeds(talksOf(before.id), row),
    recordChange(speakers, 'speaker.updated', { changeId, now }),
  ])
}

/** Makes two persons one, who keeps the names of both; the other's address leads here for ever. Refuses `stale`. */
export function mergeSpeakers(deps: Deps, into: SpeakerRow, from: SpeakerRow): Promise<Changed> {
  const changeId = deps.newId()
  const now = deps.now()
  const both = JSON.stringify([into.id, from.id])
  const concerned = sql`talks.id IN (SELECT talk_id FROM ${talkSpeakers} WHERE speaker_id IN (SELECT value FROM json_each(${both})))`
  const row = { biography: into.biography || from.biography, url: into.url ?? from.url, updatedAt: now, changeId }
  const moved = (table: typeof speakerAliases | typeof speakerRedirects | typeof conferencePersons) =>
    sql`UPDATE ${table} SET speaker_id = ${into.id} WHERE speaker_id = ${from.id}`
  return tried(deps, [
    inVersion(into),
    inVersion(from),
    recordTalkFeeds(concerned, { changeId, updatedAt: now }),
    sql`INSERT OR IGNORE INTO ${talkSpeakers} (talk_id, speaker_id, place)
      SELECT talk_id, ${into.id}, place FROM ${talkSpeakers} WHERE speaker_id = ${from.id}`,
    sql`DELETE FROM ${talkSpeakers} WHERE speaker_id = ${from.id}`,
    moved(speakerAliases),
    moved(speakerRedirects),
    moved(conferencePersons),
    sql`UPDATE ${speakers} SET ${assignments(speakers, row)} WHERE id = ${into.id}`,
    sql`DELETE FROM ${speakers} WHERE id = ${from.id}`,
    insertRows(speakerAliases, [{ nameKey: from.nameKey, name: from.name, speakerId: into.id }]),
    insertRows(speakerRedirects, [{ slug: from.slug, speakerId: into.id }]),
    ...renamed(talksOf(into.id), changeId, now),
    recordTalkFeeds(talksOf(into.id), { changeId, updatedAt: now }),
    sql`UPDATE OR IGNORE feed_parts SET part = ${`s/${into.slug}`} WHERE part = ${`s/${from.slug}`}`,
    dropSilentFeeds(sql`SELECT ${`s/${from.slug}`}`),
    recordChange(speakers, 'speaker.merged', { changeId, now, payload: { from: from.slug, name: from.name } }),
  ])
}
