import { sql } from 'drizzle-orm'
import { eventFeed, recordFeeds } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { changes } from '../changes/tables.ts'
import { assertThat, isUnmet } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { checkedEvent } from '../events/checked.ts'
import { type EventRow, eventOf, type Home } from '../events/row.ts'
import { events } from '../events/tables.ts'
import { changedRow, replaceEvent } from '../events/update.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { importSources } from './tables.ts'
import { areTwins, commonTitle, sharedLocalTime } from './twins.ts'

/**
 * Joins twins into one series in the zone that they were meant in: the first keeps its id and UID, the second is deleted. A
 * later import of the same files does not bring it back. Refuses what are no twins, and a zone in which they differ.
 */
export async function joinTwins(
  deps: Deps,
  group: Home,
  first: EventRow,
  second: EventRow,
  timeZone: string,
  title: string | undefined,
): Promise<{ ok: true; row: EventRow } | Refused> {
  const event = eventOf(first)
  const twin = eventOf(second)
  if (!areTwins(event, twin))
    return invalid({
      path: 'events',
      message: 'are no twins: both must be in UTC, an hour apart, with the same rule, title and way to join',
    })
  const time = sharedLocalTime(event, twin, timeZone)
  if (time === null)
    return invalid({
      path: 'timeZone',
      message: `does not fit: in ${timeZone} they are not at one local time of the same day`,
    })
  const start = [event.start, twin.start].sort()[0]!.slice(0, 10)
  const overrides = Object.entries({ ...twin.recurrenceOverrides, ...event.recurrenceOverrides })
  const checked = checkedEvent({
    ...event,
    title: title ?? commonTitle(event.title),
    start: `${start}T${time}`,
    timeZone,
    recurrenceOverrides: Object.fromEntries(
      overrides.map(([date, override]) => [`${date.slice(0, 10)}T${time}`, override]),
    ),
  })
  if (!checked.ok) return checked
  const changeId = deps.newId()
  const now = deps.now()
  const row = changedRow(deps, first, checked.event, changeId)
  try {
    await deps.db.batch([
      replaceEvent(first, row),
      sql`UPDATE ${events} SET deleted_at = ${now}, updated_at = ${now}, change_id = ${changeId}
        WHERE id = ${second.id} AND change_id = ${second.changeId} AND deleted_at IS NULL`,
      assertThat(
        sql`(SELECT count(*) FROM ${events} WHERE id IN (${first.id}, ${second.id}) AND change_id = ${changeId}) = 2`,
      ),
      sql`UPDATE ${importSources} SET event_id = ${first.id}, is_joined = 1 WHERE event_id IN (${first.id}, ${second.id})`,
      recordFeeds({ id: second.id, changeId, updatedAt: now }),
      sql`DELETE FROM feed_versions WHERE feed = ${eventFeed(second.id)}`,
      recordFeeds(row),
      recordChange(
        events,
        'event.updated',
        { changeId, now, groupId: group.id, payload: { joined: second.id } },
        sql`deleted_at IS NULL`,
      ),
      sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload) SELECT ${changeId}, 'event.deleted', ${second.id}, ${group.id}, ${now}, '{}'`,
    ])
    return { ok: true, row }
  } catch (error) {
    if (isUnmet(error)) return refused('stale')
    throw error
  }
}
