import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { groups } from '../groups/tables.ts'
import { type Access, knownGroups } from '../tokens/access.ts'
import { conferences, talks } from './tables.ts'

export type ConferenceRow = typeof conferences.$inferSelect
export type TalkRow = typeof talks.$inferSelect

/** A conference and the slug of its group. */
export type ConferenceOfGroup = ConferenceRow & { groupSlug: string | null }
/** A talk with everything that is shown of it; JSON in `speakers` and `resources`. */
export type FullTalk = TalkRow & {
  conferenceSlug: string | null
  conferenceTitle: string | null
  groupSlug: string | null
  speakers: string
  resources: string
}

/** Whether the bearer may know of something that belongs to the group in this column, or to none. */
export function mayKnow(access: Access, groupId: SQL): SQL {
  if (access.kind === 'everything') return sql`true`
  const own =
    access.kind === 'groups' ? sql` OR ${groupId} IN (SELECT value FROM json_each(${knownGroups(access)}))` : sql``
  return sql`(${groupId} IS NULL OR EXISTS (SELECT 1 FROM groups WHERE groups.id = ${groupId} AND groups.visibility = 'public')${own})`
}

const groupSlug = (groupId: SQL) => sql`(SELECT slug FROM ${groups} WHERE ${groups.id} = ${groupId}) AS "groupSlug"`

/** The conference with this slug, a deleted one too. */
export const findConference = async (db: Db, slug: string, access: Access): Promise<ConferenceOfGroup | undefined> =>
  (
    await db.all(
      sql<ConferenceOfGroup>`SELECT ${columns(conferences)}, ${groupSlug(sql`${conferences.groupId}`)} FROM ${conferences}
        WHERE ${conferences.slug} = ${slug} AND ${mayKnow(access, sql`${conferences.groupId}`)}`,
    )
  )[0]

/** Conferences, the newest first, from after the cursor. */
export const readConferences = (
  db: Db,
  access: Access,
  limit: number,
  after?: { startsOn: string; id: string },
): Promise<ConferenceOfGroup[]> =>
  db.all(
    sql<ConferenceOfGroup>`SELECT ${columns(conferences)}, ${groupSlug(sql`${conferences.groupId}`)} FROM ${conferences}
      WHERE ${conferences.deletedAt} IS NULL AND ${mayKnow(access, sql`${conferences.groupId}`)}
        AND ${after ? sql`(coalesce(starts_on, ''), id) < (${after.startsOn}, ${after.id})` : sql`true`}
      ORDER BY coalesce(starts_on, '') DESC, id DESC LIMIT ${limit + 1}`,
  )

/** Whether the bearer may see a talk. */
export const visible = (access: Access): SQL =>
  access.kind === 'anonymous'
    ? sql`${talks.isPublic} = 1`
    : sql`${talks.deletedAt} IS NULL AND ${mayKnow(access, sql`${talks.groupId}`)}`

const fromCard = (name: string) =>
  sql`json_extract(${talks.card}, ${sql.raw(`'$.${name}'`)}) AS ${sql.identifier(name)}`

/** A talk with everything that is shown of it: one row, since the database keeps the rest in its card. */
export const shown = sql`${columns(talks)}, ${sql.join(
  ['conferenceSlug', 'conferenceTitle', 'groupSlug', 'speakers', 'resources'].map(fromCard),
  sql`, `,
)}`

/** The talk with this slug, a deleted one too where the bearer may know of it. */
export const findTalk = async (db: Db, slug: string, access: Access): Promise<FullTalk | undefined> =>
  (
    await db.all(
      sql<FullTalk>`SELECT ${shown} FROM ${talks}
        WHERE ${talks.slug} = ${slug} AND ${mayKnow(access, sql`${talks.groupId}`)}`,
    )
  )[0]

/** All talks of a conference, in the order they are given: those that have a time, or with `untimed` the others too. */
export const readProgramme = (db: Db, access: Access, conferenceId: string, untimed = false): Promise<FullTalk[]> =>
  db.all(
    sql<FullTalk>`SELECT ${shown} FROM ${talks}
      WHERE ${talks.conferenceId} = ${conferenceId} AND (${untimed} OR ${talks.startsLocal} IS NOT NULL) AND ${visible(access)}
      ORDER BY ${talks.startsAt}, ${talks.key}`,
  )

/** These talks, deleted ones too, whoever asks: for changes of many. */
export const readTalksById = (db: Db, ids: string[]): Promise<FullTalk[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.all(
        sql<FullTalk>`SELECT ${shown} FROM ${talks}
          WHERE ${talks.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
      )

/** A talk with a known start, and where its conference is as far as strangers may know. */
export type TimedTalk = FullTalk & { startsLocal: string; venue: string | null; city: string | null }

const TIMED_ORDERS = {
  date: sql`${talks.startsAt}, ${talks.key}`,
  newest: sql`${talks.updatedAt} DESC, ${talks.key} DESC`,
}

/** The same where nobody may know the start. */
export type ArchivedTalk = Omit<TimedTalk, 'startsLocal'> & { startsLocal: string | null }

/** The public talks that have a time and fit, as a statement. */
export const timedTalks = (where: SQL, order: keyof typeof TIMED_ORDERS, limit: number): SQL<TimedTalk> =>
  archivedTalks(sql`${talks.startsLocal} IS NOT NULL AND ${where}`, order, limit) as SQL<TimedTalk>

/** The public talks that fit, as a statement. */
export const archivedTalks = (where: SQL, order: keyof typeof TIMED_ORDERS, limit: number): SQL<ArchivedTalk> =>
  sql<ArchivedTalk>`SELECT ${shown}, home.venue AS venue, home.city AS city FROM ${talks}
    LEFT JOIN ${conferences} AS home ON home.id = ${talks.conferenceId}
      AND (home.group_id IS NULL OR EXISTS (SELECT 1 FROM ${groups} WHERE ${groups.id} = home.group_id AND ${groups.visibility} = 'public'))
    WHERE ${talks.isPublic} = 1 AND ${where} ORDER BY ${TIMED_ORDERS[order]} LIMIT ${limit}`

/** The titles of the conferences with these slugs, of which the bearer may know. */
export async function conferenceTitles(db: Db, slugs: string[], access: Access): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map()
  const found = await db.all(
    sql<{ slug: string; title: string }>`SELECT slug, title FROM ${conferences}
      WHERE ${conferences.slug} IN (SELECT value FROM json_each(${JSON.stringify(slugs)}))
        AND ${conferences.deletedAt} IS NULL AND ${mayKnow(access, sql`${conferences.groupId}`)}`,
  )
  return new Map(found.map(({ slug, title }) => [slug, title]))
}

/** Slugs of talks that begin like one of these: they are taken. */
export const talkSlugsLike = async (db: Db, bases: string[]): Promise<Set<string>> => {
  const found = await db.all(
    sql<{ slug: string }>`SELECT slug FROM json_each(${JSON.stringify(bases)}) JOIN ${talks}
      ON slug = value OR (slug > value || '-' AND slug < value || '.')`,
  )
  return new Set(found.map(({ slug }) => slug))
}
