/**
 * The versions of the feeds: a poll reads one row and nothing else.
 *
 * A feed exists where its row does: private groups have none, so that their addresses answer 404 like unknown ones.
 */
import { type SQL, sql } from 'drizzle-orm'

export const ALL_FEED = 'all'
export const groupFeed = (slug: string) => `g/${slug}`
export const eventFeed = (id: string) => `e/${id}`

type Changed = { id: string; changeId: string; updatedAt: number }

/** New versions for the feeds that show this event, where the event carries this change. */
export function recordFeeds(event: Changed, group: { slug: string; visibility: 'public' | 'private' }): SQL<never> {
  const feeds = group.visibility === 'public' ? [ALL_FEED, groupFeed(group.slug), eventFeed(event.id)] : []
  return sql`INSERT INTO feed_versions (feed, version, updated_at)
    SELECT value, ${event.changeId}, ${event.updatedAt} FROM json_each(${JSON.stringify(feeds)})
    WHERE EXISTS (SELECT 1 FROM events WHERE id = ${event.id} AND change_id = ${event.changeId})
    ON CONFLICT DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at`
}
