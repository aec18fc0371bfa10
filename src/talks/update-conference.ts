import { sql } from 'drizzle-orm'
import { conferenceFeed } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { dropSilentFeeds, recordConferenceFeed, recordTalkFeeds, speakerFeedsOf } from '../changes/talk-feeds.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import type { CreateConference } from './create-conference.ts'
import type { ConferenceRow } from './queries.ts'
import { conferences, talks } from './tables.ts'
import { moveTalks } from './write.ts'

/** Changes what is given. Refuses (`stale`) where somebody else changed it since it was read. */
export async function updateConference(
  deps: Deps,
  before: ConferenceRow,
  patch: Partial<Omit<CreateConference, 'slug' | 'groupId'>>,
): Promise<{ ok: true; conference: ConferenceRow } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const changed = { ...patch, updatedAt: now, changeId }
  const conference = { ...before, ...changed }
  if (conference.startsOn && conference.endsOn && conference.endsOn < conference.startsOn) {
    return invalid({ path: 'ends', message: 'must not be before it starts' })
  }
  const [, written] = await deps.db.batch([
    moveTalks(before, conference),
    sql<{ id: string }>`UPDATE ${conferences} SET ${assignments(conferences, changed)}
      WHERE id = ${before.id} AND change_id = ${before.changeId} AND deleted_at IS NULL RETURNING id`,
    recordConferenceFeed(conference),
    recordTalkFeeds(sql`talks.change_id = ${changeId}`, conference),
    recordChange(conferences, 'conference.updated', { changeId, now, groupId: before.groupId }),
  ])
  return written.length === 1 ? { ok: true, conference } : refused('stale')
}

/** Deletes a conference with its talks; their addresses answer 410. */
export async function deleteConference(deps: Deps, before: ConferenceRow): Promise<{ ok: true } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const isDeleted = sql`EXISTS (SELECT 1 FROM ${conferences} WHERE id = ${before.id} AND change_id = ${changeId})`
  const isThere = sql`EXISTS (SELECT 1 FROM ${conferences}
    WHERE ${conferences.id} = ${before.id} AND ${conferences.changeId} = ${before.changeId} AND ${conferences.deletedAt} IS NULL)`
  const itsTalks = sql`talks.conference_id = ${before.id}`
  const [, deleted] = await deps.db.batch([
    recordTalkFeeds(sql`${itsTalks} AND ${isThere}`, { changeId, updatedAt: now }),
    sql<{ id: string }>`UPDATE ${conferences} SET deleted_at = ${now}, updated_at = ${now}, change_id = ${changeId}
      WHERE id = ${before.id} AND change_id = ${before.changeId} AND deleted_at IS NULL RETURNING id`,
    sql`UPDATE ${talks}
      SET deleted_at = ${now}, is_public = 0, sequence = sequence + 1, updated_at = ${now}, change_id = ${changeId}
      WHERE ${itsTalks} AND deleted_at IS NULL AND ${isDeleted}`,
    dropSilentFeeds(sql`SELECT ${conferenceFeed(before.slug)} UNION ${speakerFeedsOf(itsTalks)}`),
    recordChange(conferences, 'conference.deleted', { changeId, now, groupId: before.groupId }),
  ])
  return deleted.length === 1 ? { ok: true } : refused('stale')
}
