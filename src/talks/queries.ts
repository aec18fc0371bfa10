import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { groups } from '../groups/tables.ts'
import { type Access, knownGroups } from '../tokens/access.ts'
import { matchOf } from './rules.ts'
import { conferences, resources, speakerRedirects, speakers, talkSpeakers, talks } from './tables.ts'

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
  snippet: string | null
  rank: number | null
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

export type TalkFilter = {
  conference?: string
  speaker?: string
  tag?: string
  track?: string
  language?: string
  year?: number
  group?: string
  has?: readonly string[]
}

function matches(filter: TalkFilter): SQL[] {
  const { conference, speaker, tag, track, language, year, group, has = [] } = filter
  const conditions: SQL[] = []
  if (conference !== undefined)
    conditions.push(sql`${talks.conferenceId} = (SELECT id FROM ${conferences} WHERE slug = ${conference})`)
  if (group !== undefined) conditions.push(sql`${talks.groupId} = (SELECT id FROM ${groups} WHERE slug = ${group})`)
  if (speaker !== undefined) {
    conditions.push(sql`${talks.id} IN (SELECT talk_id FROM ${talkSpeakers}
      WHERE speaker_id = coalesce((SELECT id FROM ${speakers} WHERE slug = ${speaker}),
        (SELECT speaker_id FROM ${speakerRedirects} WHERE slug = ${speaker})))`)
  }
  if (tag !== undefined) conditions.push(sql`EXISTS (SELECT 1 FROM json_each(${talks.keywords}) WHERE value = ${tag})`)
  if (track !== undefined) conditions.push(sql`${talks.track} = ${track}`)
  if (language !== undefined) conditions.push(sql`${talks.language} = ${language}`)
  if (year !== undefined) conditions.push(sql`${talks.year} = ${year}`)
  for (const type of has) conditions.push(sql`instr(${talks.resourceTypes}, ${` ${type} `}) > 0`)
  return conditions
}

/** Whether the bearer may see a talk. */
export const visible = (access: Access): SQL =>
  access.kind === 'anonymous'
    ? sql`${talks.isPublic} = 1`
    : sql`${talks.deletedAt} IS NULL AND ${mayKnow(access, sql`${talks.groupId}`)}`

const all = (conditions: SQL[]) => sql.join(conditions, sql` AND `)

const shown = sql`${columns(talks)},
  (SELECT slug FROM ${conferences} WHERE ${conferences.id} = ${talks.conferenceId}) AS "conferenceSlug",
  (SELECT title FROM ${conferences} WHERE ${conferences.id} = ${talks.conferenceId}) AS "conferenceTitle",
  ${groupSlug(sql`${talks.groupId}`)},
  (SELECT json_group_array(json_object('slug', slug, 'name', name)) FROM (
    SELECT ${speakers.slug}, ${speakers.name} FROM ${talkSpeakers} JOIN ${speakers} ON ${speakers.id} = ${talkSpeakers.speakerId}
    WHERE ${talkSpeakers.talkId} = ${talks.id} ORDER BY ${talkSpeakers.place})) AS speakers,
  (SELECT json_group_array(json_object('type', type, 'url', url, 'title', title, 'mimeType', mime_type, 'language', language,
      'licence', licence, 'size', size, 'quality', quality)) FROM (
    SELECT * FROM ${resources} WHERE ${resources.talkId} = ${talks.id} ORDER BY place)) AS resources`

/** The talk with this slug, a deleted one too where the bearer may know of it. */
export const findTalk = async (db: Db, slug: string, access: Access): Promise<FullTalk | undefined> =>
  (
    await db.all(
      sql<FullTalk>`SELECT ${shown}, NULL AS snippet, NULL AS rank FROM ${talks}
        WHERE ${talks.slug} = ${slug} AND ${mayKnow(access, sql`${talks.groupId}`)}`,
    )
  )[0]

/** Talks, the newest first, from after the cursor; one more than `limit` where there are more. */
export const readTalks = (
  db: Db,
  access: Access,
  filter: TalkFilter,
  limit: number,
  after?: { startsAt: number; key: number },
): Promise<FullTalk[]> => {
  const from = after ? [sql`(${talks.startsAt}, ${talks.key}) < (${after.startsAt}, ${after.key})`] : []
  return db.all(
    sql<FullTalk>`SELECT ${shown}, NULL AS snippet, NULL AS rank FROM ${talks}
      WHERE ${all([visible(access), ...matches(filter), ...from])}
      ORDER BY ${talks.startsAt} DESC, ${talks.key} DESC LIMIT ${limit + 1}`,
  )
}

/** All talks of a conference, in the order they are given: those that have a time, or with `untimed` the others too. */
export const readProgramme = (db: Db, access: Access, conferenceId: string, untimed = false): Promise<FullTalk[]> =>
  db.all(
    sql<FullTalk>`SELECT ${shown}, NULL AS snippet, NULL AS rank FROM ${talks}
      WHERE ${talks.conferenceId} = ${conferenceId} AND (${untimed} OR ${talks.startsLocal} IS NOT NULL) AND ${visible(access)}
      ORDER BY ${talks.startsAt}, ${talks.key}`,
  )

/** These talks, deleted ones too, whoever asks: for changes of many. */
export const readTalksById = (db: Db, ids: string[]): Promise<FullTalk[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.all(
        sql<FullTalk>`SELECT ${shown}, NULL AS snippet, NULL AS rank FROM ${talks}
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
  sql<ArchivedTalk>`SELECT ${shown}, NULL AS snippet, NULL AS rank, home.venue AS venue, home.city AS city FROM ${talks}
    LEFT JOIN ${conferences} AS home ON home.id = ${talks.conferenceId}
      AND (home.group_id IS NULL OR EXISTS (SELECT 1 FROM ${groups} WHERE ${groups.id} = home.group_id AND ${groups.visibility} = 'public'))
    WHERE ${talks.isPublic} = 1 AND ${where} ORDER BY ${TIMED_ORDERS[order]} LIMIT ${limit}`

/** Around the hits of a snippet: characters that no stored text can hold. */
export const HIT_START = '\u0002'
export const HIT_END = '\u0003'

/** How much a hit weighs in title, speakers, keywords, subtitle, abstract, description. */
const WEIGHTS = 'bm25(10.0, 6.0, 5.0, 4.0, 2.0, 1.0)'

/**
 * Public talks in which the words stand, the best first, from after the cursor. FTS5 sorts and stops at the limit before
 * anything is joined, so what is read does not grow with the number of hits.
 */
export async function searchTalks(
  db: Db,
  typed: string,
  filter: TalkFilter,
  limit: number,
  after?: { rank: number; key: number },
): Promise<FullTalk[]> {
  const match = matchOf(typed)
  if (match === null) return []
  const conditions = matches(filter)
  const join = conditions.length > 0 ? sql`JOIN ${talks} ON ${talks.key} = talks_fts.rowid` : sql``
  const from = after ? [sql`(talks_fts.rank, talks_fts.rowid) > (${after.rank}, ${after.key})`] : []
  return db.all(
    sql<FullTalk>`SELECT ${shown}, hit.snippet AS snippet, hit.rank AS rank FROM (
        SELECT talks_fts.rowid AS key, talks_fts.rank AS rank, snippet(talks_fts, -1, ${HIT_START}, ${HIT_END}, '…', 24) AS snippet
        FROM talks_fts ${join}
        WHERE ${all([sql`talks_fts MATCH ${match}`, sql`talks_fts.rank MATCH ${WEIGHTS}`, ...conditions, ...from])}
        ORDER BY talks_fts.rank LIMIT ${limit + 1}) AS hit
      JOIN ${talks} ON ${talks.key} = hit.key ORDER BY hit.rank, hit.key`,
  )
}

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
