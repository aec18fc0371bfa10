/**
 * The versions of the feeds of talks: a conference has one where strangers may know of it, a speaker while there is a public
 * talk of theirs.
 *
 * The speakers of a talk are written apart from it, so a change records its feeds before they are replaced and after: who
 * spoke before and who speaks now both see it.
 */
import { type SQL, sql } from 'drizzle-orm'
import { isNewer, TALKS_FEED, withChosen } from './feeds.ts'

type Changed = { changeId: string; updatedAt: number }

/** Whether strangers may know of a conference. */
const isShown = sql`conferences.deleted_at IS NULL AND (conferences.group_id IS NULL OR EXISTS (SELECT 1 FROM groups
  WHERE groups.id = conferences.group_id AND groups.visibility = 'public' AND groups.deleted_at IS NULL))`

const speaksInOne = sql`talks JOIN talk_speakers ON talk_speakers.talk_id = talks.id
  JOIN speakers ON speakers.id = talk_speakers.speaker_id`

/** The feeds of who speaks in the talks of a condition. */
export const speakerFeedsOf = (which: SQL): SQL =>
  sql`SELECT 's/' || speakers.slug AS part FROM ${speaksInOne} WHERE ${which}`

/** The feeds that show the talks of a condition: their conference's, their speakers' and that of all talks. */
const feedsOf = (which: SQL) =>
  sql`SELECT 'c/' || conferences.slug AS part FROM talks JOIN conferences ON conferences.id = talks.conference_id
      WHERE ${which} AND ${isShown}
    UNION ${speakerFeedsOf(which)}
    UNION SELECT ${TALKS_FEED} FROM talks WHERE ${which}`

/** New versions for the feeds of the public talks of a condition. */
export const recordTalkFeeds = (which: SQL, { changeId, updatedAt }: Changed): SQL<never> =>
  sql`INSERT INTO feed_versions (feed, version, updated_at)
    ${withChosen(feedsOf(sql`${which} AND talks.is_public = 1`), changeId, updatedAt)} ${isNewer}`

/** A new version for the feed of a conference that carries this change: it is new, or has another name. */
export const recordConferenceFeed = ({ id, changeId, updatedAt }: Changed & { id: string }): SQL<never> =>
  sql`INSERT INTO feed_versions (feed, version, updated_at)
    SELECT 'c/' || slug, ${changeId}, ${updatedAt} FROM conferences
    WHERE id = ${id} AND change_id = ${changeId} AND ${isShown} ${isNewer}`

/** Takes those of these feeds away that strangers see nothing of any more: of speakers without a talk, of hidden conferences. */
export const dropSilentFeeds = (feeds: SQL): SQL<never> =>
  sql`DELETE FROM feed_versions WHERE feed IN (${feeds}) AND feed <> ${TALKS_FEED}
    AND NOT EXISTS (SELECT 1 FROM conferences
      WHERE conferences.slug = substr(feed_versions.feed, 3) AND feed_versions.feed LIKE 'c/%' AND ${isShown})
    AND NOT EXISTS (SELECT 1 FROM ${speaksInOne}
      WHERE speakers.slug = substr(feed_versions.feed, 3) AND feed_versions.feed LIKE 's/%' AND talks.is_public = 1)`

/** The feeds of speakers that carry a change: for `dropSilentFeeds` where nobody knows who spoke before. */
export const speakersTouchedBy = (changeId: string): SQL =>
  sql`SELECT feed FROM feed_versions WHERE feed >= 's/' AND feed < 's0' AND version = ${changeId}`

/**
 * Brings the feeds of a group's conferences and talks into being or takes them away, after its visibility changed or it was
 * deleted. Who subscribes to a speaker sees talks withdrawn or restored, so their SEQUENCE grows.
 */
export function recordTalkVisibility({ id, changeId, updatedAt }: Changed & { id: string }): SQL<never>[] {
  const isChanged = sql`EXISTS (SELECT 1 FROM groups WHERE groups.id = ${id} AND groups.change_id = ${changeId})`
  const concerned = sql`(talks.group_id = ${id} OR talks.conference_id IN (SELECT id FROM conferences WHERE group_id = ${id}))
    AND talks.deleted_at IS NULL AND ${isChanged}`
  const feeds = sql`SELECT 'c/' || slug AS part FROM conferences WHERE group_id = ${id} AND deleted_at IS NULL AND ${isChanged}
    UNION SELECT part FROM (${feedsOf(concerned)})`
  return [
    sql`UPDATE talks SET sequence = sequence + 1, updated_at = ${updatedAt}, change_id = ${changeId} WHERE ${concerned}`,
    sql`INSERT INTO feed_versions (feed, version, updated_at) ${withChosen(feeds, changeId, updatedAt)} ${isNewer}`,
    dropSilentFeeds(feeds),
  ] as SQL<never>[]
}
