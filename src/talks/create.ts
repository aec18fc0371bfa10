import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { recordTalkFeeds } from '../changes/talk-feeds.ts'
import { columnNames, insertRows, isUnmet, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { type ConferenceRow, type TalkRow, talkSlugsLike } from './queries.ts'
import { freeSlug, slugOf } from './rules.ts'
import type { TalkInput } from './schema.ts'
import { speakersNamed } from './speakers.ts'
import { speakers, talks } from './tables.ts'
import { identityOf, replaceParts, resolveSpeakers, talkColumns } from './write.ts'

export type CreateTalk = {
  talk: TalkInput
  slug: string | undefined
  conference: ConferenceRow | null
  group: { id: string; isPublic: boolean } | null
}

const TRIES = 3

/**
 * Puts a talk into the archive, with its speakers, who are the ones of the same name where there are any. Refuses a given
 * slug that another talk has; a slug of its own making is free.
 */
export async function createTalk(deps: Deps, input: CreateTalk): Promise<{ ok: true; slug: string } | Refused> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryToCreate(deps, input)
    } catch (error) {
      // Somebody took the slug of the talk or of a speaker between reading and writing.
      if (!isUnmet(error)) throw error
      if (tries === TRIES) return refused('busy')
    }
  }
}

/** The address of a talk where nobody gives one. */
export const talkSlugBase = (conference: ConferenceRow | null, title: string): string => {
  const own = slugOf(title) || 'talk'
  return conference && !own.startsWith(conference.slug) ? slugOf(`${conference.slug}-${own}`) : own
}

async function tryToCreate(
  deps: Deps,
  { talk, slug: wanted, conference, group }: CreateTalk,
): Promise<{ ok: true; slug: string } | Refused> {
  const base = wanted ?? talkSlugBase(conference, talk.title)
  const names = talk.speakers.map(({ name }) => name)
  const [known, taken] = await Promise.all([
    speakersNamed(
      deps.db,
      names,
      names.map((name) => slugOf(name) || 'speaker'),
    ),
    talkSlugsLike(deps.db, [base]),
  ])
  if (wanted !== undefined && taken.has(wanted)) return refused('slug_taken')
  const changeId = deps.newId()
  const now = deps.now()
  const slug = freeSlug(base, taken)
  const id = deps.newId()
  const row: TalkRow = {
    key: null as never,
    id,
    ...identityOf(deps, id),
    slug,
    conferenceId: conference?.id ?? null,
    groupId: group?.id ?? conference?.groupId ?? null,
    externalId: null,
    guid: null,
    ...talkColumns(talk, conference),
    isPublic: Number(group?.isPublic ?? true),
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    changeId,
  }
  const people = resolveSpeakers(deps, names, known, new Set(known.map((speaker) => speaker.slug)), changeId)
  await deps.db.batch([
    insertRows(speakers, people.made),
    sql`INSERT INTO ${talks} (${columnNames(talks)}) SELECT ${values(talks, row)}`,
    ...replaceParts([{ id, talk }], people),
    recordTalkFeeds(sql`talks.id = ${id}`, row),
    recordChange(talks, 'talk.created', { changeId, now, groupId: row.groupId }),
  ])
  return { ok: true, slug }
}
