import { type SQL, sql } from 'drizzle-orm'
import { recordFeeds } from '../changes/feeds.ts'
import type { ChangeKind } from '../changes/kinds.ts'
import { recordChange } from '../changes/record.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { moveAnswers, movedDates } from './moved-answers.ts'
import { isSeries } from './occurrences.ts'
import { promoteWaiting } from './promote.ts'
import { type EventRow, eventOf, type Home, rowOf } from './row.ts'
import { differsVisibly } from './rules.ts'
import type { EventInput } from './schema.ts'
import { events } from './tables.ts'

/** The row after a change: SEQUENCE grows where subscribers see a difference, LAST-MODIFIED with each change. */
export function changedRow(
  deps: Deps,
  before: EventRow,
  after: EventInput,
  changeId: string,
  isVisible = differsVisibly(eventOf(before), after),
): EventRow {
  const now = deps.now()
  const sequence = before.sequence + Number(isVisible)
  const cancelledAt = after.status === 'cancelled' ? (before.cancelledAt ?? now) : null
  const { id, uid, groupId, createdAt, deletedAt, importKey } = before
  return rowOf(
    after,
    { id, uid, groupId, sequence, createdAt, updatedAt: now, cancelledAt, deletedAt, changeId, importKey },
    deps,
  )
}

/** Writes a changed row where nobody has changed it since it was read. */
export const replaceEvent = (before: EventRow, after: EventRow): SQL<{ id: string }> =>
  sql<{ id: string }>`UPDATE ${events} SET ${assignments(events, after)}
    WHERE id = ${before.id} AND change_id = ${before.changeId} AND deleted_at IS NULL RETURNING id`

/**
 * Brings an event into a new state; the same state again changes nothing, not even its version. A raised capacity gives
 * its places to those in line in the same write.
 *
 * @param occurrence the one date that it is about, where it is about one
 * Refuses (`stale`) where somebody else changed it since it was read.
 */
export async function updateEvent(
  deps: Deps,
  group: Home,
  before: EventRow,
  after: EventInput,
  kind: ChangeKind = 'event.updated',
  occurrence?: string,
): Promise<{ ok: true; row: EventRow } | Refused> {
  if (JSON.stringify(after) === before.details) return { ok: true, row: before }
  const changeId = deps.newId()
  const row = changedRow(deps, before, after, changeId)
  const [written] = await deps.db.batch([
    replaceEvent(before, row),
    recordFeeds(row),
    recordChange(events, kind, {
      changeId,
      now: row.updatedAt,
      groupId: group.id,
      payload: {
        sequence: row.sequence,
        ...(row.sequence > before.sequence ? { visible: true } : {}),
        ...(occurrence ? { occurrence } : {}),
        ...(row.startsAt === before.startsAt ? {} : { movedFrom: before.startsAt }),
      },
    }),
    ...moveAnswers(row.id, row.id, changeId, movedDates(eventOf(before), after, row.updatedAt)),
    ...promoteWaiting({
      event: { ...row, isSeries: isSeries(after) || isSeries(eventOf(before)) },
      changeId: deps.newId(),
      now: row.updatedAt,
      cause: 'capacity-changed',
    }),
  ])
  return written!.length === 1 ? { ok: true, row } : refused('stale')
}
