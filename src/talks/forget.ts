/** Takes a person who asked for it out of everything that the archive keeps of them. */
import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { dropSilentFeeds, recordTalkFeeds } from '../changes/talk-feeds.ts'
import { insertRows } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { hashOfName } from './forgotten.ts'
import { nameKeyOf } from './rules.ts'
import type { SpeakerRow } from './speakers.ts'
import {
  conferencePersons,
  forgottenNames,
  handInLinks,
  speakerAliases,
  speakerRedirects,
  speakers,
  talkSpeakers,
  talks,
} from './tables.ts'
import { type Changed, inVersion, renamed, tried } from './update-speaker.ts'

/** What a format said of a talk: the speakers are in it by their names. */
type Source = { rowid: number; source: string }

/**
 * Deletes a person: their talks stay, without them, and no import brings them back, for a hash of each of their names is
 * kept. Whatever is made of talks shows it from then on. Refuses `stale`.
 */
export async function forgetSpeaker(deps: Deps, before: SpeakerRow): Promise<Changed> {
  const changeId = deps.newId()
  const now = deps.now()
  const names = [before.name, ...(JSON.parse(before.aliases) as string[])]
  const hashes = await Promise.all(names.map(hashOfName))
  const found = await deps.db.batch([
    sql<{ id: string }>`SELECT talk_id AS id FROM ${talkSpeakers} WHERE speaker_id = ${before.id}`,
    sql<Source>`SELECT talk_sources.rowid AS rowid, source FROM ${talkSpeakers} JOIN talk_sources
      ON talk_sources.talk_id = ${talkSpeakers.talkId} WHERE speaker_id = ${before.id}`,
    sql<{ slug: string }>`SELECT slug FROM ${speakerRedirects} WHERE speaker_id = ${before.id}`,
  ])
  const ids = JSON.stringify(found[0].map(({ id }) => id))
  const feeds = JSON.stringify([before.slug, ...found[2].map(({ slug }) => slug)].map((slug) => `s/${slug}`))
  const concerned = sql`talks.id IN (SELECT value FROM json_each(${ids}))`
  const keys = new Set(names.map(nameKeyOf))
  const sources = JSON.stringify(found[1].map((one) => ({ ...one, source: without(one.source, keys) })))
  return tried(deps, [
    inVersion(before),
    recordTalkFeeds(concerned, { changeId, updatedAt: now }),
    sql`UPDATE ${speakers} SET change_id = ${changeId} WHERE id = ${before.id}`,
    recordChange(speakers, 'speaker.forgotten', { changeId, now }),
    insertRows(
      forgottenNames,
      hashes.map((hash) => ({ hash, at: now })),
      sql`ON CONFLICT DO NOTHING`,
    ),
    ...[talkSpeakers, speakerAliases, speakerRedirects, conferencePersons].map(
      (table) => sql`DELETE FROM ${table} WHERE speaker_id = ${before.id}`,
    ),
    sql`UPDATE talk_sources SET source = json_extract(one.value, '$.source') FROM json_each(${sources}) AS one
      WHERE talk_sources.rowid = json_extract(one.value, '$.rowid')`,
    sql`UPDATE ${handInLinks} SET name = 'Speaker' WHERE talk_id IN (SELECT value FROM json_each(${ids})) AND name IN (SELECT value FROM json_each(${JSON.stringify(names)}))`,
    sql`UPDATE changes SET payload = '{}' WHERE kind = 'speaker.merged' AND subject_id = ${before.id}`,
    sql`DELETE FROM feed_parts WHERE part IN (SELECT value FROM json_each(${feeds}))`,
    sql`DELETE FROM ${speakers} WHERE id = ${before.id}`,
    ...renamed(concerned, changeId, now),
    recordTalkFeeds(concerned, { changeId, updatedAt: now }),
    dropSilentFeeds(sql`SELECT value FROM json_each(${feeds})`),
    recordChange(talks, 'talk.updated', { changeId, now }),
  ])
}

/** A source without the speakers of these names. */
function without(source: string, keys: Set<string>): string {
  if (source === '') return source
  const said = JSON.parse(source) as { talk: { speakers: { name: string }[] } }
  return JSON.stringify({
    ...said,
    talk: { ...said.talk, speakers: said.talk.speakers.filter(({ name }) => !keys.has(nameKeyOf(name))) },
  })
}
