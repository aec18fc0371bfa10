/** A person: an address that was proven by mail, known by the secret of a calendar. */
import { type SQL, sql } from 'drizzle-orm'
import { personalFeed } from '../changes/feeds.ts'
import type { Db } from '../db/db.ts'
import { sha256 } from '../digest.ts'
import type { EventRow } from '../events/row.ts'
import { events } from '../events/tables.ts'
import { rsvps } from '../rsvp/tables.ts'
import { idOfCapability } from '../tokens/capability.ts'
import { personalFeeds, stars } from './tables.ts'

/** The key of the feed that a secret opens, right or wrong; null where it cannot be one. */
export const feedOfSecret = async (secret: string): Promise<string | null> =>
  idOfCapability('me', secret) === null ? null : personalFeed(await sha256(secret))

export type Person = { feed: string; emailKey: string }

/** Whose calendar a secret opens; undefined where nobody's. */
export async function findPerson(db: Db, secret: string): Promise<Person | undefined> {
  const feed = await feedOfSecret(secret)
  if (feed === null) return undefined
  const [found] = await db.all(
    sql<Person>`SELECT feed AS feed, email_key AS "emailKey" FROM ${personalFeeds} WHERE feed = ${feed}`,
  )
  return found
}

export type AnswerRow = Pick<EventRow, 'id' | 'uid' | 'details' | 'sequence' | 'createdAt' | 'updatedAt'> & {
  occurrence: string
  response: string
  place: string | null
}

const emailOf = (feed: string): SQL => sql`(SELECT email_key FROM ${personalFeeds} WHERE feed = ${feed})`

/** What the person of a feed has answered, what was declined too: a date that is skipped of a series counts. */
export const answersOf = (feed: string): SQL<AnswerRow> =>
  sql<AnswerRow>`SELECT events.id AS id, events.uid AS uid, events.details AS details, events.sequence AS sequence,
      events.created_at AS "createdAt", max(events.updated_at, rsvps.updated_at) AS "updatedAt",
      rsvps.occurrence AS occurrence, rsvps.response AS response, rsvps.place AS place
    FROM ${rsvps} JOIN ${events} ON events.id = rsvps.event_id
    WHERE rsvps.email_key = ${emailOf(feed)} AND rsvps.place IS NOT 'pending' AND events.deleted_at IS NULL
    ORDER BY events.starts_at, events.id, rsvps.occurrence`

/** The talks that the person of a feed has starred, as a condition over `talks`. */
export const isStarred = (feed: string): SQL =>
  sql`talks.id IN (SELECT talk_id FROM ${stars} WHERE email_key = ${emailOf(feed)})`

export type StarredTalk = { slug: string; title: string }

/** The starred talks, the newest star first. */
export const readStars = (db: Db, emailKey: string): Promise<StarredTalk[]> =>
  db.all(
    sql<StarredTalk>`SELECT slug AS slug, title AS title FROM ${stars} JOIN talks ON talks.id = stars.talk_id
      WHERE stars.email_key = ${emailKey} AND talks.deleted_at IS NULL AND talks.is_public = 1 ORDER BY stars.created_at DESC, talks.id`,
  )
