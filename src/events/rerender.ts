import { sql } from 'drizzle-orm'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type EventRow, eventOf } from './row.ts'
import { events } from './tables.ts'
import { renderEvent, rendererOf } from './vevent.ts'

const AT_ONCE = 100

/**
 * Renders the events anew whose text an older renderer wrote, or one for another BASE_URL; the feeds get new versions.
 *
 * @returns whether there may be more: call it again
 */
export async function rerenderSome(deps: Deps): Promise<boolean> {
  const renderer = rendererOf(deps.baseUrl)
  const stale = await deps.db.all(
    sql<EventRow>`SELECT ${columns(events)} FROM ${events}
      WHERE ${events.icsRenderer} < ${renderer} OR ${events.icsRenderer} > ${renderer} LIMIT ${AT_ONCE}`,
  )
  if (stale.length === 0) return false
  const texts = stale.map((row) => {
    const { ics, icsMarked } = row.ics === '' ? row : renderEvent({ ...row, event: eventOf(row) }, deps.baseUrl)
    return { id: row.id, changeId: row.changeId, ics, icsMarked }
  })
  const version = deps.newId()
  await deps.db.batch([
    // Only where nobody has written the event since: that writer rendered it already.
    sql`UPDATE ${events} SET ics = json_extract(new.value, '$.ics'), ics_marked = json_extract(new.value, '$.icsMarked'), ics_renderer = ${renderer}
      FROM json_each(${JSON.stringify(texts)}) AS new
      WHERE events.id = json_extract(new.value, '$.id') AND events.change_id = json_extract(new.value, '$.changeId')`,
    sql`UPDATE feed_versions SET version = ${version}, updated_at = ${deps.now()}`,
  ])
  return stale.length === AT_ONCE
}
