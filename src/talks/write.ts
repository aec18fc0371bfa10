/** Talks with their speakers and resources as rows, for one talk or for a whole schedule. */
import { type SQL, sql } from 'drizzle-orm'
import { assignments, insertRows } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { rendererOf } from '../events/vevent.ts'
import { toInstant } from '../time/zone.ts'
import type { ConferenceRow, TalkRow } from './queries.ts'
import { freeSlug, nameKeyOf, slugOf } from './rules.ts'
import type { TalkInput } from './schema.ts'
import { conferences, resources, speakerAliases, speakers, talkSpeakers, talks } from './tables.ts'

/** One JSON parameter stays well below what D1 takes as one value. */
const CHUNK_CHARACTERS = 400_000

/** The row of a talk, but for what gives it its identity. */
export function talkColumns(talk: TalkInput, conference: ConferenceRow | null) {
  const timeZone = talk.timeZone ?? conference?.timeZone ?? 'UTC'
  const day = talk.start ?? (conference?.startsOn ? `${conference.startsOn}T00:00:00` : null)
  return {
    title: talk.title,
    subtitle: talk.subtitle ?? '',
    abstract: talk.abstract,
    description: talk.description,
    track: talk.track,
    room: talk.room,
    type: talk.type,
    language: talk.language,
    status: talk.status,
    doNotRecord: Number(talk.doNotRecord),
    licence: talk.licence,
    startsLocal: talk.start,
    timeZone,
    duration: talk.duration,
    startsAt: day === null ? 0 : toInstant(day, timeZone),
    year: day === null ? null : Number(day.slice(0, 4)),
    sourceUrl: talk.website,
    keywords: JSON.stringify(talk.keywords),
    speakerNames: talk.speakers.map(({ name }) => name).join(', '),
    keywordNames: talk.keywords.join(', '),
    resourceTypes: ` ${[...new Set(talk.resources.map(({ type }) => type))].join(' ')} `,
  } satisfies Partial<TalkRow>
}

export const uidOf = ({ baseUrl }: Deps, id: string): string => `${id}@${new URL(baseUrl).hostname}`

/** What a new talk is in calendars, and what the database makes of it. */
export const identityOf = (deps: Deps, id: string) => ({
  sequence: 0,
  uid: uidOf(deps, id),
  icsRenderer: rendererOf(deps.baseUrl),
  captioned: '[]',
  card: null,
  filters: '',
})

/** What a subscriber sees at a glance: SEQUENCE grows when one of these changes. */
const VISIBLE = ['title', 'startsLocal', 'timeZone', 'duration', 'room', 'status'] as const

/** Whether a row of `talks` shows something else than it will; `after` says what comes into a column. */
export const differsVisibly = (after: (name: (typeof VISIBLE)[number]) => unknown): SQL =>
  sql`(${sql.join(
    VISIBLE.map((name) => sql`${talks[name]} IS NOT ${after(name)}`),
    sql` OR `,
  )})`

/**
 * Raises the talks of a conference that is about to get another place, which subscribers see. It stands before the UPDATE
 * of the conference, in the same batch.
 */
export const moveTalks = (before: ConferenceRow, after: ConferenceRow): SQL<never> =>
  sql`UPDATE ${talks} SET sequence = sequence + 1, ${assignments(talks, { updatedAt: after.updatedAt, changeId: after.changeId })}
    WHERE conference_id = ${before.id} AND deleted_at IS NULL AND EXISTS (SELECT 1 FROM ${conferences}
      WHERE ${conferences.id} = ${before.id} AND ${conferences.changeId} = ${before.changeId} AND ${conferences.deletedAt} IS NULL
        AND (venue IS NOT ${after.venue} OR city IS NOT ${after.city}))`

/** A name or an address of a person; `hasOthers` where they have other names too. */
export type KnownSpeaker = { id: string; slug: string; nameKey: string; hasOthers: number }

/** The speakers of these names: those there are, and new ones for the rest. */
export function resolveSpeakers(
  deps: Deps,
  names: string[],
  known: KnownSpeaker[],
  takenSlugs: Set<string>,
  changeId: string,
) {
  const now = deps.now()
  const byKey = new Map(known.map(({ id, nameKey }) => [nameKey, id]))
  const made: (typeof speakers.$inferSelect)[] = []
  for (const name of names) {
    const nameKey = nameKeyOf(name)
    if (byKey.has(nameKey)) continue
    const slug = freeSlug(slugOf(name) || 'speaker', takenSlugs)
    const speaker = {
      id: deps.newId(),
      slug,
      nameKey,
      name,
      biography: '',
      url: null,
      createdAt: now,
      updatedAt: now,
      changeId,
    }
    made.push(speaker)
    byKey.set(nameKey, speaker.id)
  }
  const several = new Set(known.flatMap(({ nameKey, hasOthers }) => (hasOthers ? [nameKey] : [])))
  return {
    made,
    idOf: (name: string) => byKey.get(nameKeyOf(name))!,
    hasOthers: (name: string) => several.has(nameKeyOf(name)),
  }
}

/** All names of the persons of these talks, for the search. */
export const namesOfSpeakers = (which: SQL): SQL<never> =>
  sql`UPDATE ${talks} SET speaker_names = coalesce((SELECT group_concat(name, ', ') FROM (
      SELECT ${speakers.name} || coalesce((SELECT group_concat(', ' || ${speakerAliases.name}, '') FROM ${speakerAliases}
        WHERE ${speakerAliases.speakerId} = ${speakers.id}), '') AS name FROM ${talkSpeakers} JOIN ${speakers} ON ${speakers.id} = ${talkSpeakers.speakerId}
      WHERE ${talkSpeakers.talkId} = ${talks.id} ORDER BY ${talkSpeakers.place})), '')
    WHERE ${which}`

type People = Pick<ReturnType<typeof resolveSpeakers>, 'idOf' | 'hasOthers'>

/** Statements that give these talks exactly these speakers and resources. */
export function replaceParts(parts: { id: string; talk: TalkInput }[], { idOf, hasOthers }: People): SQL<never>[] {
  const persons = parts.flatMap(({ id, talk }) => {
    const ids = new Set(talk.speakers.map(({ name }) => idOf(name)))
    return [...ids].map((speakerId, place) => ({ talkId: id, speakerId, place }))
  })
  const files = parts.flatMap(({ id, talk }) =>
    talk.resources.map(({ type, url, title, mimeType, language, licence, size, quality }, place) => ({
      talkId: id,
      place,
      type,
      url,
      title: title ?? '',
      mimeType: mimeType ?? null,
      language: language ?? null,
      licence: licence ?? null,
      size: size ?? null,
      quality: quality ?? null,
    })),
  )
  const ids = JSON.stringify(parts.map(({ id }) => id))
  const called = parts.flatMap(({ id, talk }) => (talk.speakers.some(({ name }) => hasOthers(name)) ? [id] : []))
  return [
    sql`DELETE FROM ${talkSpeakers} WHERE talk_id IN (SELECT value FROM json_each(${ids}))`,
    sql`DELETE FROM ${resources} WHERE talk_id IN (SELECT value FROM json_each(${ids}))`,
    ...inChunks(persons).map((rows) => insertRows(talkSpeakers, rows)),
    ...inChunks(files).map((rows) => insertRows(resources, rows)),
    ...(called.length > 0
      ? [namesOfSpeakers(sql`id IN (SELECT value FROM json_each(${JSON.stringify(called)}))`)]
      : []),
  ] as SQL<never>[]
}

/** Rows in pieces that fit into one parameter each. */
export function inChunks<T>(rows: T[]): T[][] {
  const chunks: T[][] = []
  let size = Infinity
  for (const row of rows) {
    const length = JSON.stringify(row).length
    if (size + length > CHUNK_CHARACTERS) {
      chunks.push([])
      size = 0
    }
    chunks.at(-1)!.push(row)
    size += length
  }
  return chunks
}
