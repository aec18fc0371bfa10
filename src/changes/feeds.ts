/**
 * The versions of the feeds: a poll reads one row and nothing else.
 *
 * A feed exists where its row does: private groups have none, so that their addresses answer 404 like unknown ones.
 */
import { type SQL, sql } from 'drizzle-orm'

export const ALL_FEED = 'all'
/** All talks of the archive: what is new in it. */
export const TALKS_FEED = 'talks'
export const groupFeed = (slug: string) => `g/${slug}`
export const eventFeed = (id: string) => `e/${id}`
export const chosenFeed = (id: string) => `f/${id}`
export const conferenceFeed = (slug: string) => `c/${slug}`
export const speakerFeed = (slug: string) => `s/${slug}`
/** Named by the hash of its secret: who knows the one can ask for the other. */
export const personalFeed = (hash: string) => `me/${hash}`
export const isPersonal = (feed: string) => feed.startsWith('me/')

type Changed = { id: string; changeId: string; updatedAt: number }

/** The time moves on with each version, so that If-Modified-Since sees two changes in one second. */
export const isNewer = sql`ON CONFLICT DO UPDATE SET version = excluded.version, updated_at =
  CASE feed_versions.version WHEN excluded.version THEN feed_versions.updated_at
    ELSE max(excluded.updated_at, feed_versions.updated_at + 1) END`

/** The feeds of one's own choosing that hold one of these parts change with it. */
export const withChosen = (parts: SQL, changeId: string, updatedAt: number) =>
  sql`SELECT part, ${changeId}, ${updatedAt} FROM (${parts})
    UNION SELECT feed, ${changeId}, ${updatedAt} FROM feed_parts WHERE part IN (SELECT part FROM (${parts}))`

/** New versions for the feeds that show this event, where it carries this change: public ones where its group is. */
export const recordFeeds = ({ id, changeId, updatedAt }: Changed): SQL<never> =>
  sql`INSERT INTO feed_versions (feed, version, updated_at)
    ${withChosen(
      sql`SELECT CASE value WHEN 'g/' THEN 'g/' || slug WHEN 'e/' THEN 'e/' || events.id ELSE value END AS part
        FROM events JOIN groups ON groups.id = events.group_id, json_each('["all","g/","e/"]')
        WHERE events.id = ${id} AND events.change_id = ${changeId} AND groups.visibility = 'public' AND groups.deleted_at IS NULL`,
      changeId,
      updatedAt,
    )}
    UNION SELECT feed, ${changeId}, ${updatedAt} FROM feed_parts WHERE part = ${eventFeed(id)} AND feed >= 'me/' AND feed < 'me0'
      AND EXISTS (SELECT 1 FROM events WHERE id = ${id} AND change_id = ${changeId})
    ${isNewer}`

/** A new version for each of these feeds: what is in them is written in another way. */
export const newerVersion = (which: SQL, version: string, updatedAt: number): SQL<never> =>
  sql`UPDATE feed_versions SET version = ${version}, updated_at = max(${updatedAt}, updated_at + 1) WHERE ${which}`

/** A new version for one feed, on a condition. */
export const recordFeed = (feed: string, changeId: string, updatedAt: number, condition: SQL): SQL<never> =>
  sql`INSERT INTO feed_versions (feed, version, updated_at) SELECT ${feed}, ${changeId}, ${updatedAt} WHERE ${condition} ${isNewer}`

/** A new version for the feed of a group that carries this change and is public: it may have got another name. */
export const recordGroupFeed = ({ id, changeId, updatedAt }: Changed): SQL<never> =>
  sql`INSERT INTO feed_versions (feed, version, updated_at)
    SELECT 'g/' || slug, ${changeId}, ${updatedAt} FROM groups
    WHERE id = ${id} AND change_id = ${changeId} AND visibility = 'public' AND deleted_at IS NULL
    ${isNewer}`

/**
 * Brings the feeds of a group and of its events into being or takes them away, after its visibility changed or it was
 * deleted; what is shown of everything changes with it.
 */
export const recordVisibility = ({ id, changeId, updatedAt }: Changed): SQL<never>[] => [
  sql`DELETE FROM feed_versions WHERE feed IN (
    SELECT 'e/' || events.id FROM groups JOIN events ON events.group_id = groups.id
      WHERE groups.id = ${id} AND groups.change_id = ${changeId}
    UNION ALL SELECT 'g/' || slug FROM groups WHERE id = ${id} AND change_id = ${changeId})
    AND EXISTS (SELECT 1 FROM groups WHERE id = ${id} AND (visibility <> 'public' OR deleted_at IS NOT NULL))`,
  sql`INSERT INTO feed_versions (feed, version, updated_at)
    SELECT 'e/' || events.id, ${changeId}, ${updatedAt} FROM groups JOIN events ON events.group_id = groups.id
      WHERE groups.id = ${id} AND groups.change_id = ${changeId} AND groups.visibility = 'public'
        AND groups.deleted_at IS NULL AND events.deleted_at IS NULL
    UNION ALL SELECT 'all', ${changeId}, ${updatedAt} FROM groups WHERE id = ${id} AND change_id = ${changeId}
    UNION SELECT feed, ${changeId}, ${updatedAt} FROM feed_parts WHERE part IN (
      SELECT 'all' UNION ALL SELECT 'g/' || slug FROM groups WHERE id = ${id}
      UNION ALL SELECT 'e/' || id FROM events WHERE group_id = ${id})
      AND EXISTS (SELECT 1 FROM groups WHERE id = ${id} AND change_id = ${changeId})
    ${isNewer}`,
]
