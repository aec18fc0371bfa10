import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { isSeries } from '../events/occurrences.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { events } from '../events/tables.ts'
import { planReminders } from './reminders.ts'

const AT_ONCE = 50

type Due = EventRow & { lookAt: number }

/**
 * Journals what guests are to be reminded of, each date once, however many do it at once and whenever it was done last. Reads
 * the events of which something may be due, and no others.
 */
export async function remindGuests(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<Due>`SELECT ${columns(events)}, reminders_due.at AS "lookAt" FROM reminders_due
      JOIN ${events} ON ${events.id} = reminders_due.event_id WHERE reminders_due.at <= ${now} ORDER BY reminders_due.at LIMIT ${AT_ONCE}`,
  )
  for (const row of due) await remindOf(deps, row, now)
}

async function remindOf(deps: Deps, row: Due, now: number): Promise<void> {
  const event = eventOf(row)
  const { due, next } = row.deletedAt === null ? planReminders(event, row.endsAt, now) : { due: [], next: null }
  const changeId = deps.newId()
  const list = JSON.stringify(
    due.map(({ recurrenceId, ...one }) => ({ ...one, occurrence: isSeries(event) ? recurrenceId : '' })),
  )
  const asRead = sql`EXISTS (SELECT 1 FROM ${events} WHERE id = ${row.id} AND change_id = ${row.changeId})`
  const looked = sql`event_id = ${row.id} AND at = ${row.lookAt} AND ${asRead}`
  await deps.db.batch([
    sql`INSERT INTO reminders (event_id, occurrence, starts_at, before, change_id)
      SELECT ${row.id}, value ->> '$.occurrence', value ->> '$.startsAt', value ->> '$.before', ${changeId}
      FROM json_each(${list}) WHERE ${asRead} ON CONFLICT DO NOTHING`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'event.reminder', event_id, ${row.groupId}, ${now},
        json_object('occurrence', occurrence, 'startsAt', starts_at, 'before', before)
      FROM reminders WHERE event_id = ${row.id} AND change_id = ${changeId}`,
    next === null
      ? sql`DELETE FROM reminders_due WHERE ${looked}`
      : sql`UPDATE reminders_due SET at = ${next} WHERE ${looked}`,
  ])
}
