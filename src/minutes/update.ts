import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import type { EventRow } from '../events/row.ts'
import { type Refused, refused } from '../outcome.ts'
import type { MinutesRow } from './queries.ts'
import type { MinutesInput } from './schema.ts'
import { minutes } from './tables.ts'

/** Writes the minutes of a date. Refuses (`stale`) where they are not the expected version any more. */
export async function updateMinutes(
  deps: Deps,
  event: EventRow,
  occurrence: string,
  input: MinutesInput,
  expected: string | undefined,
): Promise<{ ok: true; row: MinutesRow } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const row = { eventId: event.id, occurrence, ...input, createdAt: now, updatedAt: now, changeId }
  const isExpected =
    expected === undefined
      ? sql`true`
      : sql`EXISTS (SELECT 1 FROM ${minutes} WHERE event_id = ${event.id} AND occurrence = ${occurrence} AND change_id = ${expected})`
  const [written] = await deps.db.batch([
    sql<{
      createdAt: number
    }>`INSERT INTO ${minutes} (${columnNames(minutes)}) SELECT ${values(minutes, row)} WHERE ${isExpected}
      ON CONFLICT DO UPDATE SET text = excluded.text, url = excluded.url, updated_at = excluded.updated_at, change_id = excluded.change_id
      RETURNING created_at AS "createdAt"`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'minutes.written', ${event.id}, ${event.groupId}, ${now}, ${JSON.stringify({ occurrence })}
      FROM ${minutes} WHERE event_id = ${event.id} AND occurrence = ${occurrence} AND change_id = ${changeId}`,
  ])
  const [first] = written!
  return first ? { ok: true, row: { ...row, createdAt: first.createdAt } } : refused('stale')
}
