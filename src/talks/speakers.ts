/** The persons of the archive: who they are, what else they are called, and where who was somebody else is now. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import type { Access } from '../tokens/access.ts'
import { visible } from './queries.ts'
import { nameKeyOf } from './rules.ts'
import { conferencePersons, speakerAliases, speakerRedirects, speakers, talkSpeakers, talks } from './tables.ts'
import type { KnownSpeaker } from './write.ts'

/** A person; JSON in `aliases`. */
export type SpeakerRow = typeof speakers.$inferSelect & { aliases: string }

/** What a conference's imported schedule calls its speakers, by slug. */
export async function readPersonIds(db: Db, conferenceId: string): Promise<Map<string, string>> {
  const found = await db.all(
    sql<{ slug: string; externalId: string }>`SELECT slug, min(external_id) AS "externalId" FROM ${conferencePersons}
      JOIN ${speakers} ON ${speakers.id} = ${conferencePersons.speakerId}
      WHERE ${conferencePersons.conferenceId} = ${conferenceId} GROUP BY slug`,
  )
  return new Map(found.map(({ slug, externalId }) => [slug, externalId]))
}

/** The other names of a speaker, in order. */
const aliases = sql`(SELECT json_group_array(name) FROM (SELECT name FROM ${speakerAliases}
  WHERE ${speakerAliases.speakerId} = ${speakers.id} ORDER BY ${speakerAliases.nameKey})) AS aliases`

/** Speakers by name, from after the cursor. */
export const readSpeakers = (db: Db, limit: number, after?: { nameKey: string }): Promise<SpeakerRow[]> =>
  db.all(
    sql<SpeakerRow>`SELECT ${columns(speakers)}, ${aliases} FROM ${speakers}
      WHERE name_key > ${after?.nameKey ?? ''} AND EXISTS (SELECT 1 FROM ${talkSpeakers} JOIN ${talks} ON ${talks.id} = ${talkSpeakers.talkId}
        WHERE ${talkSpeakers.speakerId} = ${speakers.id} AND ${talks.isPublic} = 1)
      ORDER BY name_key LIMIT ${limit + 1}`,
  )

/** Whether the bearer may know of a speaker: whose talks are all private or deleted is nobody to strangers. */
const speaksFor = (access: Access): SQL =>
  access.kind === 'everything'
    ? sql`true`
    : sql`EXISTS (SELECT 1 FROM ${talkSpeakers} JOIN ${talks} ON ${talks.id} = ${talkSpeakers.talkId}
        WHERE ${talkSpeakers.speakerId} = ${speakers.id} AND ${visible(access)})`

export const findSpeaker = async (db: Db, slug: string, access: Access): Promise<SpeakerRow | undefined> =>
  (
    await db.all(
      sql<SpeakerRow>`SELECT ${columns(speakers)}, ${aliases} FROM ${speakers} WHERE ${speakers.slug} = ${slug} AND ${speaksFor(access)}`,
    )
  )[0]

/** Who has an address that was another person's before the two were found to be one; null where it leads nowhere. */
export const movedSpeaker = async (db: Db, slug: string, access: Access): Promise<string | null> =>
  (
    await db.all(
      sql<{
        slug: string
      }>`SELECT ${speakers.slug} AS slug FROM ${speakerRedirects} JOIN ${speakers} ON ${speakers.id} = ${speakerRedirects.speakerId}
        WHERE ${speakerRedirects.slug} = ${slug} AND ${speaksFor(access)}`,
    )
  )[0]?.slug ?? null

/** The names of the speakers with these slugs, of whom the bearer may know. */
export async function speakerNames(db: Db, slugs: string[], access: Access): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map()
  const found = await db.all(
    sql<{ slug: string; name: string }>`SELECT slug, name FROM ${speakers}
      WHERE ${speakers.slug} IN (SELECT value FROM json_each(${JSON.stringify(slugs)})) AND ${speaksFor(access)}`,
  )
  return new Map(found.map(({ slug, name }) => [slug, name]))
}

/** The speakers who have one of these names, and whoever has a slug that such a name would get. */
export const speakersNamed = (db: Db, names: string[], slugs: string[]): Promise<KnownSpeaker[]> =>
  db.all(
    sql<KnownSpeaker>`SELECT id, slug, name_key AS "nameKey", EXISTS (SELECT 1 FROM ${speakerAliases} WHERE ${speakerAliases.speakerId} = ${speakers.id}) AS "hasOthers" FROM ${speakers}
      WHERE name_key IN (SELECT value FROM json_each(${JSON.stringify(names.map(nameKeyOf))}))
      UNION SELECT ${speakers.id}, ${speakers.slug}, ${speakerAliases.nameKey}, 1 FROM json_each(${JSON.stringify(names.map(nameKeyOf))})
        JOIN ${speakerAliases} ON ${speakerAliases.nameKey} = value JOIN ${speakers} ON ${speakers.id} = ${speakerAliases.speakerId}
      UNION SELECT ${speakers.id}, ${speakerRedirects.slug}, '', 0 FROM json_each(${JSON.stringify(slugs)})
        JOIN ${speakerRedirects} ON ${speakerRedirects.slug} = value OR (${speakerRedirects.slug} > value || '-' AND ${speakerRedirects.slug} < value || '.')
        JOIN ${speakers} ON ${speakers.id} = ${speakerRedirects.speakerId}
      UNION SELECT ${speakers.id}, slug, name_key, 0 FROM json_each(${JSON.stringify(slugs)}) JOIN ${speakers}
        ON slug = value OR (slug > value || '-' AND slug < value || '.')`,
  )
