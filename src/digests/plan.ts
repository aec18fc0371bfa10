/** Which digests are due. */
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { monthAt, nextMonthAt } from './rules.ts'
import { digestMails, digests } from './tables.ts'

const GROUPS_AT_ONCE = 50

/** Makes the mails of the month for who is due, each once, however often and late it is done. */
export async function planDigests(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<{
      id: string
      timeZone: string
    }>`SELECT DISTINCT groups.id AS id, groups.time_zone AS "timeZone" FROM ${digests}
      JOIN groups ON groups.id = digests.group_id WHERE next_at <= ${now} LIMIT ${GROUPS_AT_ONCE}`,
  )
  for (const { id, timeZone } of due) {
    const which = sql`group_id = ${id} AND next_at <= ${now}`
    await deps.db.batch([
      sql`INSERT INTO ${digestMails} (digest_id, period, state, tries, due_at)
        SELECT id, ${monthAt(now, timeZone)}, 'due', 0, ${now} FROM ${digests} WHERE ${which} ON CONFLICT DO NOTHING`,
      sql`UPDATE ${digests} SET next_at = ${nextMonthAt(now, timeZone)} WHERE ${which}`,
    ])
  }
}
