/** Takes out of answers what was kept long enough; the counts stay. */
import { type SQL, sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { isSeries } from '../events/occurrences.ts'
import { nextPurge, type Retention, retentionsOf } from '../events/retention.ts'
import { eventOf } from '../events/row.ts'
import { secondsOf } from '../time/duration.ts'
import { toBasic } from '../time/zone.ts'
import { anonymize } from './erase.ts'
import { rsvps } from './tables.ts'

const AT_ONCE = 20

type Due = { id: string; details: string; duration: string; startsAt: number; endsAt: number | null; changeId: string }

/** Looks through the events whose answers are due. */
export async function purgeAnswers(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<Due>`SELECT id, details, duration, starts_at AS "startsAt", ends_at AS "endsAt", change_id AS "changeId"
      FROM events WHERE purge_at <= ${now} ORDER BY purge_at LIMIT ${AT_ONCE}`,
  )
  for (const row of due) {
    const event = eventOf(row)
    const next = nextPurge(event, row, isSeries(event), now)
    await deps.db.batch([
      ...retentionsOf(event).flatMap((retention) =>
        take(retention, over(row, retention.seconds, now), now, deps.newId()),
      ),
      sql`UPDATE events SET purge_at = ${next} WHERE id = ${row.id} AND change_id = ${row.changeId}`,
    ])
  }
}

/** The answers to what ended so many seconds ago: the whole event, or single dates of it. */
function over({ id, duration, endsAt }: Due, seconds: number, now: number): SQL {
  const isAllOver = endsAt !== null && endsAt + seconds <= now
  const dates = sql`occurrence <> '' AND occurrence < ${toBasic(now - seconds - secondsOf(duration))}`
  return sql`event_id = ${id} AND (${isAllOver ? sql`true` : dates}) AND purged_at IS NULL`
}

function take({ question }: Retention, which: SQL, now: number, changeId: string): SQL<never>[] {
  if (question === null) return anonymize(which, now, changeId)
  const path = `$.${JSON.stringify(question)}`
  return [
    sql`UPDATE ${rsvps} SET answers = json_remove(answers, ${path}), options = NULL, updated_at = ${now}
      WHERE ${which} AND json_extract(answers, ${path}) IS NOT NULL`,
  ]
}
