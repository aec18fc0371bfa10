/** Streams announce themselves: an hour before, and when they begin. */
import { sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import { isSeries } from '../events/occurrences.ts'
import { eventOf } from '../events/row.ts'
import { type Dated, readDates } from '../events/upcoming.ts'
import { streamPeriod } from './rules.ts'
import { digestMails, digests } from './tables.ts'

const SOON_SECONDS = 3600
/** A beginning that is first seen later than this is no news: nothing ran. */
const LATE_SECONDS = 900
const AT_ONCE = 200

/**
 * Journals each stream that is soon or live, once, and makes the mails for who follows its group and wants them, in the same
 * batch. A stream that moved is another one.
 */
export async function announceStreams(deps: Deps): Promise<void> {
  const now = deps.now()
  const window = { kinds: ['stream'], from: now - LATE_SECONDS, to: now + SOON_SECONDS }
  const dates = await readDates(deps.db, { kind: 'everything' }, window, AT_ONCE)
  for (const one of dates) {
    const { startsAt, status } = one.occurrence
    if (status === 'cancelled' || startsAt < now - LATE_SECONDS) continue
    await announce(deps, one, startsAt > now ? 'soon' : 'live')
  }
}

async function announce(deps: Deps, { event, occurrence }: Dated, what: 'soon' | 'live'): Promise<void> {
  const now = deps.now()
  const changeId = deps.newId()
  const key = isSeries(eventOf(event)) ? occurrence.recurrenceId : ''
  const isTold = sql`EXISTS (SELECT 1 FROM reminders WHERE event_id = ${event.id} AND change_id = ${changeId})`
  await deps.db.batch([
    sql`INSERT INTO reminders (event_id, occurrence, starts_at, before, change_id)
      SELECT ${event.id}, ${key}, ${occurrence.startsAt}, ${what}, ${changeId}
      WHERE EXISTS (SELECT 1 FROM events WHERE id = ${event.id} AND change_id = ${event.changeId}) ON CONFLICT DO NOTHING`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, ${`stream.${what}`}, ${event.id}, ${event.groupId}, ${now}, ${JSON.stringify(key ? { occurrence: key } : {})}
      WHERE ${isTold}`,
    ...(what === 'soon'
      ? [
          sql<never>`INSERT INTO ${digestMails} (digest_id, period, state, tries, due_at)
            SELECT id, ${streamPeriod(event.id, occurrence.recurrenceId)}, 'due', 0, ${now} FROM ${digests}
            WHERE group_id = ${event.groupId} AND streams = 1 AND confirmed_at IS NOT NULL AND ${isTold} ON CONFLICT DO NOTHING`,
        ]
      : []),
  ])
}
