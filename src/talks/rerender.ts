import { sql } from 'drizzle-orm'
import { newerVersion, TALKS_FEED } from '../changes/feeds.ts'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { rendererOf } from '../events/vevent.ts'
import { toInstant } from '../time/zone.ts'
import type { TalkRow } from './queries.ts'
import { talks } from './tables.ts'
import { uidOf } from './write.ts'

const AT_ONCE = 500

type Stale = Pick<TalkRow, 'id' | 'uid' | 'changeId' | 'startsLocal' | 'timeZone' | 'startsAt'>

/**
 * Works out again when the talks are that were written with other zone data, and gives their feeds new versions where they
 * were rendered otherwise. SEQUENCE grows where the instant moved: the text says the same wall clock, but another moment.
 *
 * @returns whether there may be more: call it again
 */
export async function rerenderTalks(deps: Deps): Promise<boolean> {
  const renderer = rendererOf(deps.baseUrl)
  const stale = await deps.db.all(
    sql<Stale>`SELECT ${columns(talks, ['id', 'uid', 'changeId', 'startsLocal', 'timeZone', 'startsAt'])} FROM ${talks}
      WHERE ${talks.icsRenderer} < ${renderer} OR ${talks.icsRenderer} > ${renderer} LIMIT ${AT_ONCE}`,
  )
  if (stale.length === 0) return false
  const now = deps.now()
  const version = deps.newId()
  const states = stale.map(({ id, uid, changeId, startsLocal, timeZone, startsAt }) => ({
    id,
    changeId,
    uid: uid || uidOf(deps, id),
    startsAt: startsLocal === null ? startsAt : toInstant(startsLocal, timeZone ?? 'UTC'),
  }))
  const moves = sql`talks.starts_at <> json_extract(new.value, '$.startsAt')`
  await deps.db.batch([
    // Only where nobody has written the talk since: that writer knew its instant already.
    sql`UPDATE ${talks} SET starts_at = json_extract(new.value, '$.startsAt'), sequence = talks.sequence + (${moves}),
        updated_at = CASE WHEN ${moves} THEN ${now} ELSE talks.updated_at END,
        change_id = CASE WHEN ${moves} THEN ${version} ELSE talks.change_id END,
        uid = json_extract(new.value, '$.uid'), ics_renderer = ${renderer}
      FROM json_each(${JSON.stringify(states)}) AS new
      WHERE talks.id = json_extract(new.value, '$.id') AND talks.change_id = json_extract(new.value, '$.changeId')`,
    newerVersion(sql`(feed = ${TALKS_FEED} OR substr(feed, 1, 2) IN ('c/', 's/', 'f/'))`, version, now),
  ])
  return stale.length === AT_ONCE
}
