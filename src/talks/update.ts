import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { dropSilentFeeds, recordTalkFeeds, speakerFeedsOf } from '../changes/talk-feeds.ts'
import { assertThat, assignments, insertRows, isUnmet } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { rendererOf } from '../events/vevent.ts'
import { type Refused, refused } from '../outcome.ts'
import type { ConferenceRow, FullTalk } from './queries.ts'
import { slugOf } from './rules.ts'
import type { TalkInput } from './schema.ts'
import { speakersNamed } from './speakers.ts'
import { speakers, talks } from './tables.ts'
import { differsVisibly, replaceParts, resolveSpeakers, talkColumns } from './write.ts'

/** The talk as it could have been sent: what a change starts from. */
export const talkOf = (row: FullTalk): TalkInput => ({
  title: row.title,
  subtitle: row.subtitle || null,
  abstract: row.abstract,
  description: row.description,
  track: row.track,
  room: row.room,
  type: row.type,
  language: row.language,
  status: row.status,
  doNotRecord: row.doNotRecord === 1,
  licence: row.licence,
  start: row.startsLocal,
  timeZone: row.timeZone,
  duration: row.duration,
  website: row.sourceUrl,
  keywords: JSON.parse(row.keywords),
  speakers: (JSON.parse(row.speakers) as { name: string }[]).map(({ name }) => ({ name })),
  resources: resourcesOf(row),
})

/** The resources of a talk, without the members that say nothing. */
export const resourcesOf = (row: FullTalk): TalkInput['resources'] =>
  (JSON.parse(row.resources) as Record<string, unknown>[]).map(
    (resource) =>
      Object.fromEntries(
        Object.entries(resource).filter(([, value]) => value !== null && value !== ''),
      ) as TalkInput['resources'][number],
  )

/** Changes what is given; the same again changes nothing, not even its version. Refuses (`stale`) where somebody else changed the talk since it was read. */
export async function updateTalk(
  deps: Deps,
  before: FullTalk,
  conference: ConferenceRow | null,
  patch: Partial<TalkInput>,
): Promise<{ ok: true } | Refused> {
  const talk = { ...talkOf(before), ...patch }
  if (JSON.stringify(talk) === JSON.stringify(talkOf(before))) return { ok: true }
  const names = talk.speakers.map(({ name }) => name)
  const known = await speakersNamed(
    deps.db,
    names,
    names.map((name) => slugOf(name) || 'speaker'),
  )
  const changeId = deps.newId()
  const now = deps.now()
  const people = resolveSpeakers(deps, names, known, new Set(known.map(({ slug }) => slug)), changeId)
  const columns = talkColumns(talk, conference)
  const row = {
    ...columns,
    sequence: sql`sequence + ${differsVisibly((name) => columns[name])}`,
    icsRenderer: rendererOf(deps.baseUrl),
    updatedAt: now,
    changeId,
  }
  const feeds = recordTalkFeeds(sql`talks.id = ${before.id}`, { changeId, updatedAt: now })
  const spokeBefore = JSON.stringify((JSON.parse(before.speakers) as { slug: string }[]).map(({ slug }) => slug))
  try {
    await deps.db.batch([
      sql`UPDATE ${talks} SET ${assignments(talks, row)}
        WHERE id = ${before.id} AND change_id = ${before.changeId} AND deleted_at IS NULL`,
      assertThat(sql`EXISTS (SELECT 1 FROM ${talks} WHERE id = ${before.id} AND change_id = ${changeId})`),
      feeds,
      insertRows(speakers, people.made),
      ...replaceParts([{ id: before.id, talk }], people),
      feeds,
      dropSilentFeeds(sql`SELECT 's/' || value FROM json_each(${spokeBefore})`),
      recordChange(talks, 'talk.updated', { changeId, now, groupId: before.groupId }),
    ])
    return { ok: true }
  } catch (error) {
    if (isUnmet(error)) return refused('stale')
    throw error
  }
}

/** Takes a talk out of the archive; its address answers 410. */
export async function deleteTalk(deps: Deps, before: FullTalk): Promise<{ ok: true } | Refused> {
  const changeId = deps.newId()
  const now = deps.now()
  const itself = sql`talks.id = ${before.id} AND talks.change_id = ${before.changeId} AND talks.deleted_at IS NULL`
  const [, deleted] = await deps.db.batch([
    recordTalkFeeds(itself, { changeId, updatedAt: now }),
    sql<{ id: string }>`UPDATE ${talks}
      SET deleted_at = ${now}, is_public = 0, sequence = sequence + 1, updated_at = ${now}, change_id = ${changeId}
      WHERE ${itself} RETURNING id`,
    dropSilentFeeds(speakerFeedsOf(sql`talks.id = ${before.id}`)),
    recordChange(talks, 'talk.deleted', { changeId, now, groupId: before.groupId }),
  ])
  return deleted.length === 1 ? { ok: true } : refused('stale')
}
