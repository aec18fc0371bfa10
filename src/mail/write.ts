import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { rsvps } from '../rsvp/tables.ts'
import { messages } from './tables.ts'

export type Message = {
  subject: string
  text: string
  to: {
    place?: string | undefined
    response?: string | undefined
    attendance?: string | undefined
    occurrence?: string | undefined
  }
}

/**
 * Writes to guests of an event: who is meant is settled in the same write. Who has not confirmed an answer is told nothing,
 * and who has declined only where they are asked for.
 *
 * @returns its id and to how many it goes
 */
export async function writeMessage(
  deps: Deps,
  event: { id: string; groupId: string },
  { subject, text, to }: Message,
): Promise<{ id: string; recipients: number }> {
  const id = deps.newId()
  const changeId = deps.newId()
  const now = deps.now()
  const conditions = [
    sql`event_id = ${event.id} AND email <> '' AND source <> 'standing'`,
    to.place === 'pending'
      ? sql`place = 'pending' AND confirmed_at IS NOT NULL`
      : sql`(place IS NULL OR place <> 'pending')`,
    to.place ? sql`place = ${to.place}` : sql`true`,
    to.response ? sql`response = ${to.response}` : sql`response <> 'declined'`,
    to.attendance ? sql`attendance = ${to.attendance}` : sql`true`,
    to.occurrence === undefined ? sql`true` : sql`occurrence IN ('', ${to.occurrence})`,
  ]
  const message = { id, eventId: event.id, subject, text, createdAt: now, changeId }
  const [, told] = await deps.db.batch([
    sql`INSERT INTO ${messages} (${columnNames(messages)}) SELECT ${values(messages, message)}`,
    sql<{ id: string }>`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'rsvp.message', min(id), ${event.groupId}, ${now}, ${JSON.stringify({ event: event.id, message: id })}
      FROM ${rsvps} WHERE ${sql.join(conditions, sql` AND `)} GROUP BY email_key RETURNING subject_id AS id`,
  ])
  return { id, recipients: told.length }
}
