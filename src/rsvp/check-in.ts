import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { type RsvpRow, rsvpById } from './queries.ts'
import { rsvps } from './tables.ts'

/** Notes that a guest is there; the first time counts. Refuses who said they aren't coming. */
export async function checkIn(
  deps: Deps,
  rsvp: RsvpRow,
  groupId: string,
): Promise<{ ok: true; rsvp: RsvpRow } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const [, , [after]] = await deps.db.batch([
    sql`UPDATE ${rsvps} SET checked_in_at = ${now}, updated_at = ${now}, change_id = ${changeId}
      WHERE id = ${rsvp.id} AND response <> 'declined' AND checked_in_at IS NULL`,
    recordChange(rsvps, 'rsvp.checked-in', { changeId, now, groupId }),
    rsvpById(rsvp.id),
  ])
  return after && after.checkedInAt !== null ? { ok: true, rsvp: after } : refused('not_coming')
}
