import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { dropSilentFeeds, recordConferenceFeed, recordTalkFeeds, speakersTouchedBy } from '../changes/talk-feeds.ts'
import type { Db } from '../db/db.ts'
import { assertThat, assignments, columnNames, insertRows, isUnmet, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { forgottenAmong } from '../talks/forgotten.ts'
import type { ConferenceRow } from '../talks/queries.ts'
import { slugOf } from '../talks/rules.ts'
import { speakersNamed } from '../talks/speakers.ts'
import { conferencePersons, conferences, speakers, talks } from '../talks/tables.ts'
import { differsVisibly, inChunks, moveTalks, replaceParts, resolveSpeakers } from '../talks/write.ts'
import { NOTHING_KNOWN, readKnown } from './known-talks.ts'
import { isSameConference, planConference } from './plan-conference.ts'
import { planSchedule, type SchedulePlan, type Written } from './plan-schedule.ts'
import { recordVersion } from './record-version.ts'
import type { ScheduleDraft, ScheduleFormat, TalkDraft } from './schedule.ts'
import { scheduleSources, talkSources } from './tables.ts'

export type Applied = { ok: true; plan: SchedulePlan; version: number | null } | Refused

const TRIES = 3

export type Import = {
  slug: string
  before: ConferenceRow | null
  groupId: string | null
  format: ScheduleFormat
  draft: ScheduleDraft
  isComplete: boolean
  dryRun: boolean
}

/**
 * Writes a schedule, or with `dryRun` only says what would change: one batch, so it is there whole or not at all. What its
 * format says as it did last time is left alone; edits made here stay; talks that are gone from it are called off.
 */
export async function applySchedule(deps: Deps, sent: Import): Promise<Applied> {
  const one = { ...sent, draft: await withoutForgotten(deps.db, sent.draft) }
  for (let tries = 1; ; tries++) {
    try {
      return await tryToApply(deps, one)
    } catch (error) {
      if (!isUnmet(error)) throw error
      // The conference itself was changed: the caller has to look at it again.
      if (tries === TRIES) return refused('stale')
    }
  }
}

/** The schedule without who asked to be left out: as if its source had never named them. */
async function withoutForgotten(db: Db, draft: ScheduleDraft): Promise<ScheduleDraft> {
  const forgotten = await forgottenAmong(
    db,
    draft.talks.flatMap(({ talk }) => talk.speakers.map(({ name }) => name)),
  )
  if (forgotten.size === 0) return draft
  const talks = draft.talks.map((one): TalkDraft => {
    const isKept = one.talk.speakers.map(({ name }) => !forgotten.has(name))
    const speakers = one.talk.speakers.filter((_, at) => isKept[at])
    return { ...one, talk: { ...one.talk, speakers }, persons: one.persons.filter((_, at) => isKept[at]) }
  })
  return { ...draft, talks, notes: [...draft.notes, `${forgotten.size} persons were left out, as they asked`] }
}

async function tryToApply(deps: Deps, one: Import): Promise<Applied> {
  const { slug, before, groupId, format, draft, isComplete, dryRun } = one
  const changeId = deps.newId()
  const known = before ? await readKnown(deps.db, before.id, format.name) : NOTHING_KNOWN
  const { isWhole } = format
  const said = { isWhole, saidBefore: known.head, changeId }
  const { conference, head, kept } = planConference(deps, slug, before, groupId, draft, said)
  const plan = await planSchedule(deps, { draft, format, conference, known, isComplete })
  if (kept.length > 0) plan.notes.push(`kept of the conference as it was edited here: ${kept.join(', ')}`)
  const isSame = before !== null && isSameConference(before, conference)
  const isSaid = plan.said.length === 0 && plan.renamed.length === 0 && head === known.head
  const version = plan.changes.length > 0 ? known.versions + 1 : known.versions || null
  if (dryRun || (isSame && isSaid && plan.changes.length === 0)) return { ok: true, plan, version }
  await write(deps, one, plan, conference, head, known.versions)
  return { ok: true, plan, version }
}

async function write(
  deps: Deps,
  { before, draft, format }: Import,
  { written, said, renamed, gone, changes, counts }: SchedulePlan,
  conference: ConferenceRow,
  head: string,
  versions: number,
): Promise<void> {
  const { id: conferenceId, changeId, updatedAt } = conference
  const names = draft.talks.flatMap(({ talk }) => talk.speakers.map(({ name }) => name))
  const all = [...names, ...written.flatMap(({ talk }) => talk.speakers.map(({ name }) => name))]
  const slugs = [...new Set(all.map((name) => slugOf(name) || 'speaker'))]
  const found = await speakersNamed(deps.db, all, slugs)
  const people = resolveSpeakers(deps, all, found, new Set(found.map((speaker) => speaker.slug)), changeId)
  const numbered = draft.talks.flatMap(({ talk, persons }) =>
    persons.map((id, at) => [id, people.idOf(talk.speakers[at]!.name)] as const),
  )
  const persons = [...new Map(numbered)].map(([externalId, speakerId]) => ({ conferenceId, externalId, speakerId }))
  const sources = said.map((one) => ({ conferenceId, format: format.name, ...one, goneAt: null }))
  const feeds = recordTalkFeeds(sql`talks.change_id = ${changeId}`, conference)
  const rows = written.map(({ row }) => ({ ...row, key: null as never, updatedAt, changeId }))
  const wentIds = JSON.stringify(gone.map(({ talkId }) => talkId))
  const wentNumbers = JSON.stringify(gone.map(({ externalId }) => externalId))
  const ownSource = sql`conference_id = ${conferenceId} AND format = ${format.name}`
  await deps.db.batch([
    ...stillAsRead(written),
    ...(before ? [moveTalks(before, conference)] : []),
    ...writeConference(before, conference),
    sql`INSERT INTO ${scheduleSources} (${columnNames(scheduleSources)})
      VALUES (${values(scheduleSources, { conferenceId, format: format.name, head })}) ON CONFLICT DO UPDATE SET head = excluded.head`,
    ...inChunks(people.made).map((some) => insertRows(speakers, some)),
    ...inChunks(persons).map((some) =>
      insertRows(conferencePersons, some, sql`ON CONFLICT DO UPDATE SET speaker_id = excluded.speaker_id`),
    ),
    ...inChunks(rows).map((some) => insertRows(talks, some, UPSERT)),
    sql`UPDATE ${talks} SET status = 'cancelled', sequence = sequence + (change_id <> ${changeId}), updated_at = ${updatedAt}, change_id = ${changeId}
      WHERE id IN (SELECT value FROM json_each(${wentIds}))`,
    sql`DELETE FROM ${talkSources} WHERE ${ownSource} AND external_id IN (SELECT value FROM json_each(${JSON.stringify(renamed)}))`,
    sql`UPDATE ${talkSources} SET gone_at = ${updatedAt} WHERE ${ownSource} AND external_id IN (SELECT value FROM json_each(${wentNumbers}))`,
    ...inChunks(sources).map((some) =>
      insertRows(
        talkSources,
        some,
        sql`ON CONFLICT DO UPDATE SET source = excluded.source, talk_id = excluded.talk_id, gone_at = NULL`,
      ),
    ),
    hideFromStrangers(conference),
    feeds,
    ...replaceParts(
      written.map(({ row, talk }) => ({ id: row.id, talk })),
      people,
    ),
    feeds,
    recordConferenceFeed(conference),
    dropSilentFeeds(speakersTouchedBy(changeId)),
    ...recordVersion(conference, format.name, draft.version, changes, versions),
    recordChange(conferences, 'schedule.imported', {
      changeId,
      now: updatedAt,
      groupId: conference.groupId,
      payload: counts,
    }),
  ])
}

/** Fails where one of the talks that were merged has been changed since it was read. */
function stillAsRead(written: Written[]): SQL[] {
  const read = written.flatMap(({ before }) => (before ? [{ id: before.id, changeId: before.changeId }] : []))
  if (read.length === 0) return []
  const list = JSON.stringify(read)
  return [
    assertThat(sql`NOT EXISTS (SELECT 1 FROM json_each(${list}) AS seen JOIN ${talks}
      ON ${talks.id} = json_extract(seen.value, '$.id') WHERE ${talks.changeId} <> json_extract(seen.value, '$.changeId'))`),
  ]
}

function writeConference(before: ConferenceRow | null, conference: ConferenceRow): SQL[] {
  if (before === null)
    return [sql`INSERT INTO ${conferences} (${columnNames(conferences)}) SELECT ${values(conferences, conference)}`]
  const names = Object.keys(conferences).filter((name) => name in conference)
  const {
    id,
    slug: _,
    createdAt: __,
    ...changed
  } = Object.fromEntries(names.map((name) => [name, conference[name as keyof ConferenceRow]])) as ConferenceRow
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
const UPSERT = sql`ON CONFLICT (id) DO UPDATE SET ${SEQUENCE}, ${sql.raw(
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
    'status',
    'do_not_record',
    'licence',
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
