import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { dropSilentFeeds, recordConferenceFeed, recordTalkFeeds, speakersTouchedBy } from '../changes/talk-feeds.ts'
import { assertThat, assignments, columnNames, insertRows, isUnmet, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { newConference } from '../talks/create-conference.ts'
import { type ConferenceRow, speakersNamed, type TalkRow, talkSlugsLike } from '../talks/queries.ts'
import { freeSlug, nameKeyOf, slugOf } from '../talks/rules.ts'
import { conferencePersons, conferences, speakers, talks } from '../talks/tables.ts'
import {
  differsVisibly,
  identityOf,
  inChunks,
  moveTalks,
  replaceParts,
  resolveSpeakers,
  talkColumns,
} from '../talks/write.ts'
import type { ScheduleDraft, TalkDraft } from './schedule.ts'

export type Applied = { ok: true; talks: { created: number; updated: number; unchanged: number } } | Refused

const TRIES = 3

/**
 * Writes a schedule: one batch, so it is there whole or not at all. Talks keep their identity and address over imports by
 * the number that the source gives them; what is equal is not written. Talks that the source has no more stay.
 */
export async function applySchedule(
  deps: Deps,
  slug: string,
  before: ConferenceRow | null,
  groupId: string | null,
  draft: ScheduleDraft,
): Promise<Applied> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryToApply(deps, slug, before, groupId, draft)
    } catch (error) {
      if (!isUnmet(error)) throw error
      // The conference itself was changed: the caller has to look at it again.
      if (tries === TRIES) return refused('stale')
    }
  }
}

type Known = { id: string; slug: string; externalId: string; content: string }

async function tryToApply(
  deps: Deps,
  slug: string,
  before: ConferenceRow | null,
  groupId: string | null,
  draft: ScheduleDraft,
): Promise<Applied> {
  const changeId = deps.newId()
  const conference = conferenceOf(deps, slug, before, groupId, draft, changeId)
  const bases = draft.talks.map((one) => slugBase(slug, one))
  const names = draft.talks.flatMap(({ talk }) => talk.speakers.map(({ name }) => name))
  const [known, takenTalks, knownSpeakers] = await Promise.all([
    before ? readKnown(deps, before.id) : [],
    talkSlugsLike(deps.db, bases),
    speakersNamed(deps.db, names, [...new Set(names.map((name) => slugOf(name) || 'speaker'))]),
  ])
  const people = resolveSpeakers(
    deps,
    names,
    knownSpeakers,
    new Set(knownSpeakers.map((speaker) => speaker.slug)),
    changeId,
  )
  const byExternalId = new Map(known.map((one) => [one.externalId, one]))
  const rows = draft.talks.map((one, at) => {
    const old = byExternalId.get(one.externalId)
    const row = talkRow(
      deps,
      one,
      conference,
      old?.id ?? deps.newId(),
      old?.slug ?? freeSlug(bases[at]!, takenTalks),
      changeId,
    )
    return { draft: one, row, old, isEqual: old?.content === contentOf(one, row) }
  })
  const written = rows.filter(({ isEqual }) => !isEqual)
  const counts = {
    created: rows.filter(({ old }) => !old).length,
    updated: written.filter(({ old }) => old).length,
    unchanged: rows.length - written.length,
  }
  if (before && written.length === 0 && isSameConference(before, conference)) return { ok: true, talks: counts }
  const persons = [
    ...new Map(
      draft.talks.flatMap(({ talk, persons }) =>
        persons.map((id, at) => [id, people.idOf(talk.speakers[at]!.name)] as const),
      ),
    ),
  ]
  const feeds = recordTalkFeeds(sql`talks.change_id = ${changeId}`, conference)
  await deps.db.batch([
    ...(before ? [moveTalks(before, conference)] : []),
    ...writeConference(before, conference),
    ...inChunks(people.made).map((some) => insertRows(speakers, some)),
    ...inChunks(persons.map(([externalId, speakerId]) => ({ conferenceId: conference.id, externalId, speakerId }))).map(
      (some) => insertRows(conferencePersons, some, sql`ON CONFLICT DO UPDATE SET speaker_id = excluded.speaker_id`),
    ),
    ...inChunks(written.map(({ row }) => row)).map((some) => insertRows(talks, some, UPSERT)),
    hideFromStrangers(conference),
    feeds,
    ...replaceParts(
      written.map(({ row, draft: { talk } }) => ({ id: row.id, talk })),
      people.idOf,
    ),
    feeds,
    recordConferenceFeed(conference),
    dropSilentFeeds(speakersTouchedBy(changeId)),
    recordChange(conferences, 'schedule.imported', {
      changeId,
      now: conference.updatedAt,
      groupId: conference.groupId,
      payload: counts,
    }),
  ])
  return { ok: true, talks: counts }
}

function conferenceOf(
  deps: Deps,
  slug: string,
  before: ConferenceRow | null,
  groupId: string | null,
  draft: ScheduleDraft,
  changeId: string,
): ConferenceRow {
  const { title, acronym, starts, ends, timeZone, venue, city, website, rooms } = draft
  const read = { title, acronym, startsOn: starts, endsOn: ends, timeZone, venue, city, sourceUrl: website }
  const made = newConference(deps, { slug, description: '', groupId, ...read }, changeId)
  return {
    ...made,
    ...(before ? { ...before, ...read, updatedAt: deps.now(), changeId } : {}),
    rooms: JSON.stringify(rooms),
  }
}

const isSameConference = (before: ConferenceRow, after: ConferenceRow): boolean =>
  JSON.stringify({ ...before, updatedAt: 0, changeId: '', groupSlug: '' }) ===
  JSON.stringify({ ...before, ...after, updatedAt: 0, changeId: '', groupSlug: '' })

function writeConference(before: ConferenceRow | null, conference: ConferenceRow): SQL[] {
  if (before === null)
    return [sql`INSERT INTO ${conferences} (${columnNames(conferences)}) SELECT ${values(conferences, conference)}`]
  const {
    id,
    slug: _,
    createdAt: __,
    ...changed
  } = Object.fromEntries(
    Object.keys(conferences)
      .filter((name) => name in conference)
      .map((name) => [name, conference[name as keyof ConferenceRow]]),
  ) as ConferenceRow
  return [
    sql`UPDATE ${conferences} SET ${assignments(conferences, changed)} WHERE id = ${id} AND change_id = ${before.changeId}`,
    assertThat(sql`EXISTS (SELECT 1 FROM ${conferences} WHERE id = ${id} AND change_id = ${conference.changeId})`),
  ]
}

/** New talks of a private group's conference are as private as the group. */
const hideFromStrangers = ({ groupId, changeId }: ConferenceRow): SQL =>
  sql`UPDATE ${talks} SET is_public = 0 WHERE change_id = ${changeId}
    AND EXISTS (SELECT 1 FROM groups WHERE id = ${groupId} AND (visibility <> 'public' OR deleted_at IS NOT NULL))`

/** Grows once in a change, however many of its statements show subscribers something else. */
const SEQUENCE = sql`sequence = ${talks.sequence} + (${talks.changeId} <> excluded.change_id AND ${differsVisibly(
  (name) => sql`excluded.${sql.identifier(talks[name].name)}`,
)})`

/** A talk keeps its number, id, address, birthday and UID. */
const UPSERT = sql`ON CONFLICT (conference_id, external_id) WHERE external_id IS NOT NULL DO UPDATE SET ${SEQUENCE}, ${sql.raw(
  [
    'guid',
    'title',
    'subtitle',
    'abstract',
    'description',
    'track',
    'room',
    'type',
    'language',
    'starts_local',
    'time_zone',
    'duration',
    'starts_at',
    'year',
    'source_url',
    'keywords',
    'speaker_names',
    'keyword_names',
    'resource_types',
    'ics_renderer',
    'updated_at',
    'change_id',
  ]
    .map((name) => `${name} = excluded.${name}`)
    .join(', '),
)}`

function slugBase(conference: string, { slug, talk, externalId }: TalkDraft): string {
  const own = slugOf(slug ?? '') || slugOf(talk.title) || `talk-${slugOf(externalId)}`
  return own.startsWith(`${conference}-`) ? own : slugOf(`${conference}-${own}`)
}

function talkRow(
  deps: Deps,
  draft: TalkDraft,
  conference: ConferenceRow,
  id: string,
  slug: string,
  changeId: string,
): TalkRow {
  const now = deps.now()
  return {
    key: null as never,
    id,
    ...identityOf(deps, id),
    slug,
    conferenceId: conference.id,
    groupId: conference.groupId,
    externalId: draft.externalId,
    guid: draft.guid,
    ...talkColumns(draft.talk, conference),
    isPublic: 1,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    changeId,
  }
}

/** Everything of a talk that an import writes, as text to compare. */
const contentOf = (draft: TalkDraft, row: TalkRow): string =>
  JSON.stringify([
    row.guid,
    row.title,
    row.subtitle,
    row.abstract,
    row.description,
    row.track,
    row.room,
    row.type,
    row.language,
    row.startsLocal,
    row.timeZone,
    row.duration,
    row.sourceUrl,
    [...new Set(draft.talk.speakers.map(({ name }) => nameKeyOf(name)))],
    draft.talk.resources.map(({ type, url, title, mimeType }) => [type, url, title ?? '', mimeType ?? null]),
  ])

/** The talks that earlier imports wrote, with the same text of what they hold. */
async function readKnown(deps: Deps, conferenceId: string): Promise<Known[]> {
  const known = await deps.db.all(
    sql<Known>`SELECT id, slug, external_id AS "externalId", json_array(
        guid, title, subtitle, abstract, description, track, room, type, language, starts_local, time_zone, duration, source_url,
        (SELECT json_group_array(name_key) FROM (SELECT speakers.name_key FROM talk_speakers JOIN speakers ON speakers.id = talk_speakers.speaker_id
          WHERE talk_speakers.talk_id = talks.id ORDER BY talk_speakers.place)),
        (SELECT json_group_array(json_array(type, url, title, mime_type)) FROM (SELECT * FROM resources WHERE talk_id = talks.id ORDER BY place))
      ) AS "content"
      FROM ${talks} WHERE conference_id = ${conferenceId} AND external_id IS NOT NULL`,
  )
  // SQLite escapes some characters that JSON.stringify leaves: both sides are written by the same one.
  return known.map((one) => ({ ...one, content: JSON.stringify(JSON.parse(one.content)) }))
}
