import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { assertThat, assignments, insertRows, isUnmet } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { type ConferenceRow, type FullTalk, speakersNamed } from './queries.ts'
import { slugOf } from './rules.ts'
import type { TalkInput } from './schema.ts'
import { speakers, talks } from './tables.ts'
import { replaceParts, resolveSpeakers, talkColumns } from './write.ts'

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

/** Changes what is given. Refuses (`stale`) where somebody else changed the talk since it was read. */
export async function updateTalk(
  deps: Deps,
  before: FullTalk,
  conference: ConferenceRow | null,
  patch: Partial<TalkInput>,
): Promise<{ ok: true } | Refused> {
  const talk = { ...talkOf(before), ...patch }
  const names = talk.speakers.map(({ name }) => name)
  const known = await speakersNamed(
    deps.db,
    names,
    names.map((name) => slugOf(name) || 'speaker'),
  )
  const changeId = deps.newId()
  const now = deps.now()
  const people = resolveSpeakers(deps, names, known, new Set(known.map(({ slug }) => slug)), changeId)
  try {
    await deps.db.batch([
      sql`UPDATE ${talks} SET ${assignments(talks, { ...talkColumns(talk, conference), updatedAt: now, changeId })}
        WHERE id = ${before.id} AND change_id = ${before.changeId} AND deleted_at IS NULL`,
      assertThat(sql`EXISTS (SELECT 1 FROM ${talks} WHERE id = ${before.id} AND change_id = ${changeId})`),
      insertRows(speakers, people.made),
      ...replaceParts([{ id: before.id, talk }], people.idOf),
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
  const [deleted] = await deps.db.batch([
    sql<{
      id: string
    }>`UPDATE ${talks} SET deleted_at = ${now}, is_public = 0, updated_at = ${now}, change_id = ${changeId}
      WHERE id = ${before.id} AND change_id = ${before.changeId} AND deleted_at IS NULL RETURNING id`,
    recordChange(talks, 'talk.deleted', { changeId, now, groupId: before.groupId }),
  ])
  return deleted.length === 1 ? { ok: true } : refused('stale')
}
