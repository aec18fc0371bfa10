/** Events that a calendar which is subscribed to has no more, and those that it has again. */
import { sql } from 'drizzle-orm'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type EventRow, eventOf, type Home } from '../events/row.ts'
import { events } from '../events/tables.ts'
import { updateEvent } from '../events/update.ts'
import { importSources } from './tables.ts'

/** Said of an event that its calendar has no more; who changes that here has the last word. */
const REASON = 'No longer in the calendar it came from'

type Imported = EventRow & { key: string; goneAt: number | null }

const PAGE = 5000

/** What was imported under keys that begin like this. */
const readImported = (deps: Deps, group: Home, prefix: string): Promise<Imported[]> =>
  deps.db.all(
    sql<Imported>`SELECT ${columns(events)}, ${importSources.importKey} AS key, ${importSources.goneAt} AS "goneAt"
      FROM ${importSources} JOIN ${events} ON ${events.id} = ${importSources.eventId}
      WHERE ${importSources.groupId} = ${group.id} AND ${importSources.importKey} >= ${prefix} AND ${importSources.importKey} < ${`${prefix}\uffff`}
        AND ${importSources.isJoined} = 0 AND ${events.deletedAt} IS NULL LIMIT ${PAGE}`,
  )

/**
 * Calls off what is to come and is not in the calendar any more, and takes back what is in it again. What is over stays.
 *
 * @returns how many were called off and how many taken back
 */
export async function followVanished(
  deps: Deps,
  group: Home,
  prefix: string,
  present: ReadonlySet<string>,
): Promise<{ cancelled: number; restored: number }> {
  const now = deps.now()
  let [cancelled, restored] = [0, 0]
  for (const row of await readImported(deps, group, prefix)) {
    const event = eventOf(row)
    const isThere = present.has(row.key)
    if (isThere && row.goneAt !== null) {
      const { reason, ...rest } = event
      if (event.status === 'cancelled' && reason === REASON) {
        await updateEvent(deps, group, row, { ...rest, status: 'confirmed' })
        restored += 1
      }
      await mark(deps, group, row.key, null)
    }
    if (isThere || row.goneAt !== null || (row.endsAt !== null && row.endsAt <= now)) continue
    if (event.status !== 'cancelled') {
      await updateEvent(deps, group, row, { ...event, status: 'cancelled', reason: REASON }, 'event.cancelled')
      cancelled += 1
    }
    await mark(deps, group, row.key, now)
  }
  return { cancelled, restored }
}

const mark = (deps: Deps, group: Home, key: string, goneAt: number | null) =>
  deps.db.all(sql`UPDATE ${importSources} SET gone_at = ${goneAt} WHERE group_id = ${group.id} AND import_key = ${key}`)
