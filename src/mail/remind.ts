import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { isSeries } from '../events/occurrences.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { events } from '../events/tables.ts'
import { minutes } from '../minutes/tables.ts'
import { materialOf } from './material.ts'
import { planAfterwards, planReminders, type Reminder } from './reminders.ts'

const AT_ONCE = 50

type Due = EventRow & { lookAt: number }

/**
 * Journals what guests are to be reminded of and what there is of dates that are over, each date once, however many do it at once and whenever it was done last. Reads
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
  const ahead = row.deletedAt === null ? planReminders(event, row.endsAt, now) : { due: [], next: null }
  const after = row.deletedAt === null ? await readAfterwards(deps, row, now) : { due: [], next: null }
  const looks = [ahead.next, after.next].filter((at) => at !== null)
  const next = looks.length > 0 ? Math.min(...looks) : null
  const changeId = deps.newId()
  const list = JSON.stringify(
    [...ahead.due, ...after.due].map(({ recurrenceId, ...one }) => ({
      ...one,
      occurrence: isSeries(event) ? recurrenceId : '',
    })),
  )
  const asRead = sql`EXISTS (SELECT 1 FROM ${events} WHERE id = ${row.id} AND change_id = ${row.changeId})`
  const looked = sql`event_id = ${row.id} AND at = ${row.lookAt} AND ${asRead}`
  await deps.db.batch([
    sql`INSERT INTO reminders (event_id, occurrence, starts_at, before, change_id)
      SELECT ${row.id}, value ->> '$.occurrence', value ->> '$.startsAt', value ->> '$.before', ${changeId}
      FROM json_each(${list}) WHERE ${asRead} ON CONFLICT DO NOTHING`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, CASE before WHEN ${OVER} THEN 'event.over' ELSE 'event.reminder' END, event_id, ${row.groupId}, ${now},
        json_object('occurrence', occurrence, 'startsAt', starts_at, 'before', before)
      FROM reminders WHERE event_id = ${row.id} AND change_id = ${changeId}`,
    next === null
      ? sql`DELETE FROM reminders_due WHERE ${looked}`
      : sql`UPDATE reminders_due SET at = ${next} WHERE ${looked}`,
  ])
}

/** In place of how long before: guests are told of each date once that it is over. */
const OVER = 'over'

/** The dates that are over and have something to tell of. */
async function readAfterwards(deps: Deps, row: Due, now: number): Promise<{ due: Reminder[]; next: number | null }> {
  const event = eventOf(row)
  if (!event.rsvp?.enabled || event.rsvp.afterwards === false) return { due: [], next: null }
  const [told, written] = await deps.db.batch([
    sql<{
      startsAt: number
    }>`SELECT starts_at AS "startsAt" FROM reminders WHERE event_id = ${row.id} AND before = ${OVER}`,
    sql<{ occurrence: string }>`SELECT occurrence AS occurrence FROM ${minutes} WHERE event_id = ${row.id}`,
  ])
  const { dates, next } = planAfterwards(event, new Set(told.map(({ startsAt }) => startsAt)), now)
  const hasMinutes = new Set(written.map(({ occurrence }) => occurrence))
  const due = dates.filter(
    (date) => materialOf(deps, { ...event, id: row.id }, date, hasMinutes.has(date.recurrenceId)).length > 0,
  )
  return { due: due.map(({ startsAt, recurrenceId }) => ({ startsAt, recurrenceId, before: OVER })), next }
}
