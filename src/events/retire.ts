import { sql } from 'drizzle-orm'
import { ALL_FEED, eventFeed, groupFeed } from '../changes/feeds.ts'
import type { Deps } from '../deps.ts'
import { events } from './tables.ts'

const SHOWN_SECONDS = 30 * 86_400
const AT_ONCE = 100

/** Drops events from the feeds that were called off 30 days ago: subscribers have seen it by then (CHECKLIST 2.6). */
export async function retireCancelled(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = sql`SELECT id FROM ${events}
    WHERE status = 'cancelled' AND ics <> '' AND deleted_at IS NULL AND cancelled_at < ${now - SHOWN_SECONDS} ORDER BY id LIMIT ${AT_ONCE}`
  const shownIn = sql`SELECT ${ALL_FEED} WHERE EXISTS (${due})
    UNION SELECT ${eventFeed('')} || id FROM (${due})
    UNION SELECT ${groupFeed('')} || slug FROM groups WHERE id IN (SELECT group_id FROM ${events} WHERE id IN (${due}))`
  const version = deps.newId()
  await deps.db.batch([
    sql`INSERT INTO feed_versions (feed, version, updated_at)
      SELECT feed, ${version}, ${now} FROM feed_versions
      WHERE feed IN (${shownIn}) OR feed IN (SELECT feed FROM feed_parts WHERE part IN (${shownIn}))
      ON CONFLICT DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at`,
    sql`UPDATE ${events} SET ics = '', ics_marked = NULL WHERE id IN (${due})`,
  ])
}
