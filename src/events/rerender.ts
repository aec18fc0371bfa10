import { type SQL, sql } from 'drizzle-orm'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { moveAnswers, renamedDates } from './moved-answers.ts'
import { isSeries } from './occurrences.ts'
import { RENEWED_SECONDS } from './publish.ts'
import { type EventRow, eventOf, rowOf } from './row.ts'
import { events } from './tables.ts'
import { rendererOf } from './vevent.ts'

const AT_ONCE = 100

/**
 * Renders the events anew whose text an older renderer wrote, one with other zone data or one for another BASE_URL, and
 * works out their instants again; the feeds get new versions. Dates that are written out are so for two years at least, where there are not too many.
 *
 * @returns whether there may be more: call it again
 */
export async function rerenderSome(deps: Deps): Promise<boolean> {
  const renderer = rendererOf(deps.baseUrl)
  const stale = await deps.db.all(
    sql<EventRow>`SELECT ${columns(events)} FROM ${events}
      WHERE ${events.icsRenderer} < ${renderer} OR ${events.icsRenderer} > ${renderer}
        OR ${events.icsUntil} < ${deps.now() + RENEWED_SECONDS} LIMIT ${AT_ONCE}`,
  )
  if (stale.length === 0) return false
  const texts = stale.map((row) => {
    const { ics, icsMarked, icsUntil, startsAt, endsAt } = rowOf(eventOf(row), row, deps)
    // What was retired stays out of the feeds.
    const texts = row.ics === '' ? { ics: row.ics, icsMarked: row.icsMarked } : { ics, icsMarked }
    return { id: row.id, changeId: row.changeId, startsAt, endsAt, icsUntil, ...texts }
  })
  const moves = await movesOf(deps, stale)
  const version = deps.newId()
  await deps.db.batch([
    // Only where nobody has written the event since: that writer rendered it already.
    sql`UPDATE ${events} SET ics = json_extract(new.value, '$.ics'), ics_marked = json_extract(new.value, '$.icsMarked'),
        starts_at = json_extract(new.value, '$.startsAt'), ends_at = json_extract(new.value, '$.endsAt'),
        ics_until = json_extract(new.value, '$.icsUntil'), ics_renderer = ${renderer}
      FROM json_each(${JSON.stringify(texts)}) AS new
      WHERE events.id = json_extract(new.value, '$.id') AND events.change_id = json_extract(new.value, '$.changeId')`,
    ...moves,
    sql`UPDATE feed_versions SET version = ${version}, updated_at = ${deps.now()}`,
  ])
  return stale.length === AT_ONCE
}

/** What was answered of single dates follows them to the instants that new zone data gives them. */
async function movesOf(deps: Deps, rows: EventRow[]): Promise<SQL<never>[]> {
  const ids = JSON.stringify(rows.filter((row) => isSeries(eventOf(row))).map(({ id }) => id))
  const named = await deps.db.all(
    sql<{ eventId: string; occurrence: string }>`SELECT event_id AS "eventId", occurrence AS occurrence FROM rsvps
      WHERE occurrence <> '' AND event_id IN (SELECT value FROM json_each(${ids}))
      UNION SELECT event_id, occurrence FROM records WHERE event_id IN (SELECT value FROM json_each(${ids}))`,
  )
  return rows.flatMap((row) => {
    const own = named.filter(({ eventId }) => eventId === row.id).map(({ occurrence }) => occurrence)
    return own.length > 0 ? moveAnswers(row.id, row.id, row.changeId, renamedDates(eventOf(row), own)) : []
  })
}
