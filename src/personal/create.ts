import { type SQL, sql } from 'drizzle-orm'
import { personalFeed, recordFeed } from '../changes/feeds.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { rsvps } from '../rsvp/tables.ts'
import { newCapability } from '../tokens/capability.ts'
import { personalFeeds, stars } from './tables.ts'

/** The parts of which a person's feed is made: each event that was answered, and the feeds of starred talks. */
export const partsOf = (feed: string, emailKey: string): SQL<never>[] => [
  sql`INSERT OR IGNORE INTO feed_parts (part, feed)
    SELECT DISTINCT 'e/' || event_id, ${feed} FROM ${rsvps} WHERE email_key = ${emailKey}`,
  sql`INSERT OR IGNORE INTO feed_parts (part, feed)
    SELECT DISTINCT 'c/' || conferences.slug, ${feed} FROM ${stars} JOIN talks ON talks.id = stars.talk_id
      JOIN conferences ON conferences.id = talks.conference_id WHERE stars.email_key = ${emailKey}
    UNION SELECT 's/' || speakers.slug, ${feed} FROM ${stars} JOIN talk_speakers ON talk_speakers.talk_id = stars.talk_id
      JOIN speakers ON speakers.id = talk_speakers.speaker_id WHERE stars.email_key = ${emailKey}`,
]

/** Makes a calendar for who has proven this address; others that the person has stay. Its secret is shown once. */
export async function createPersonalFeed(deps: Deps, emailKey: string): Promise<string> {
  const secret = newCapability(deps, 'me', deps.newId())
  await deps.db.batch(await newFeed(deps, emailKey, secret))
  return secret
}

/** The same, and all earlier ones of the person open nothing any more. */
export async function renewPersonalFeed(deps: Deps, emailKey: string): Promise<string> {
  const secret = newCapability(deps, 'me', deps.newId())
  const theirs = sql`(SELECT feed FROM ${personalFeeds} WHERE email_key = ${emailKey})`
  await deps.db.batch([
    sql`DELETE FROM feed_versions WHERE feed IN ${theirs}`,
    sql`DELETE FROM feed_parts WHERE feed IN ${theirs}`,
    sql`DELETE FROM ${personalFeeds} WHERE email_key = ${emailKey}`,
    ...(await newFeed(deps, emailKey, secret)),
  ])
  return secret
}

async function newFeed(deps: Deps, emailKey: string, secret: string): Promise<SQL<never>[]> {
  const feed = personalFeed(await sha256(secret))
  const now = deps.now()
  return [
    sql`INSERT INTO ${personalFeeds} (feed, email_key, created_at) SELECT ${feed}, ${emailKey}, ${now}`,
    recordFeed(feed, deps.newId(), now, sql`true`),
    ...partsOf(feed, emailKey),
  ]
}
