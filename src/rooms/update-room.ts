import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import type { Room } from './rules.ts'
import { rooms } from './tables.ts'

/** Leads who joins elsewhere from now on, or nowhere, on one date or on all whatever was put for single ones; null leads to what the event says again. No calendar changes, nobody is mailed. */
export async function putRoom(
  deps: Deps,
  event: { id: string; groupId: string },
  occurrence: string,
  room: Room | null,
): Promise<void> {
  const now = deps.now()
  const changeId = deps.newId()
  // All dates are also those that had a room of their own: who closes a door means it.
  const here = sql`event_id = ${event.id} AND ${occurrence} IN ('', occurrence)`
  await deps.db.batch([
    sql`DELETE FROM ${rooms} WHERE ${here}`,
    ...(room === null
      ? []
      : [
          sql`INSERT INTO ${rooms} (${columnNames(rooms)})
          SELECT ${values(rooms, { eventId: event.id, occurrence, room: JSON.stringify(room), updatedAt: now, changeId })} `,
        ]),
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      VALUES (${changeId}, 'room.changed', ${event.id}, ${event.groupId}, ${now}, ${JSON.stringify(occurrence ? { occurrence } : {})})`,
  ])
}
