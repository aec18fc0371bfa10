/** Works out what an import changes, without writing anything: what a dry run shows is what an import does. */
import type { Deps } from '../deps.ts'
import { type ConferenceRow, type FullTalk, readTalksById, type TalkRow, talkSlugsLike } from '../talks/queries.ts'
import { freeSlug, slugOf } from '../talks/rules.ts'
import type { TalkInput } from '../talks/schema.ts'
import { talkOf } from '../talks/update.ts'
import { identityOf, talkColumns } from '../talks/write.ts'
import type { KnownSchedule, KnownSource, KnownTalk } from './known-talks.ts'
import { matchTalks } from './match.ts'
import { mergeTalk } from './merge.ts'
import type { ScheduleDraft, ScheduleFormat, TalkDraft } from './schedule.ts'
import { type Change, changeBetween } from './schedule-changes.ts'

/** A talk to write, with the version it was read in; null for one that is new. */
export type Written = { row: TalkRow; talk: TalkInput; before: FullTalk | null }
export type SchedulePlan = {
  written: Written[]
  /** What the format says now, of all talks of which it says something else than before. */
  said: { externalId: string; talkId: string; source: string; isMaker: number }[]
  /** Numbers by which the format does not call these talks any more. */
  renamed: string[]
  /** Talks that are gone from the source. */
  gone: { externalId: string; talkId: string }[]
  changes: Change[]
  counts: { created: number; updated: number; unchanged: number }
  notes: string[]
}

export type Importing = {
  draft: ScheduleDraft
  format: ScheduleFormat
  conference: ConferenceRow
  known: KnownSchedule
  /** Whether all of the source could be read: only then what is missing in it is gone. */
  isComplete: boolean
}

/** Compares a schedule with what stands here and with what it said before. */
export async function planSchedule(deps: Deps, importing: Importing): Promise<SchedulePlan> {
  const { draft, format, conference, known } = importing
  const own = known.sources.filter((one) => one.format === format.name)
  const ownByNumber = new Map(own.map((one) => [one.externalId, one]))
  const hasNumbers = format.name.startsWith('schedule.') || format.name === 'csv'
  const bySource = new Map(own.map((one) => [one.externalId, one.talkId]))
  const matched = matchTalks(draft.talks, known.talks, bySource, hasNumbers)
  const sourced = new Set(known.sources.map(({ talkId }) => talkId))
  const sources = new Map(draft.talks.map((one) => [one, JSON.stringify({ guid: one.guid, talk: one.talk })]))
  const isEqual = (one: TalkDraft) => {
    const last = ownByNumber.get(one.externalId)
    return last !== undefined && last.source === sources.get(one) && last.goneAt === null && matched.has(one)
  }
  const toRead = draft.talks.filter((one) => !isEqual(one)).flatMap((one) => matched.get(one)?.id ?? [])
  const fresh = draft.talks.filter((one) => !matched.has(one))
  const [rows, taken] = await Promise.all([
    readTalksById(deps.db, toRead),
    talkSlugsLike(
      deps.db,
      fresh.map((one) => slugBase(conference.slug, one)),
    ),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const takenNumbers = new Set(known.talks.map(({ externalId }) => externalId))
  const plan: SchedulePlan = {
    written: [],
    said: [],
    renamed: [],
    gone: [],
    changes: [],
    counts: { created: 0, updated: 0, unchanged: 0 },
    notes: [],
  }
  for (const one of draft.talks) {
    const source = sources.get(one)!
    const match = matched.get(one)
    if (isEqual(one)) plan.counts.unchanged += 1
    else if (match) {
      const last = ownByNumber.get(one.externalId)
      const isMaker = last?.isMaker ?? Number(!sourced.has(match.id) && match.externalId === one.externalId)
      plan.said.push({ externalId: one.externalId, talkId: match.id, source, isMaker })
      planMatched(deps, plan, importing, one, match, byId.get(match.id), last, sourced.has(match.id))
    } else {
      const number = freeNumber(hasNumbers ? one.externalId : `${format.name}:${one.externalId}`, takenNumbers, format)
      const slug = freeSlug(slugBase(conference.slug, one), taken)
      const row = newRow(deps, one, conference, slug, number)
      plan.written.push({ row, talk: one.talk, before: null })
      plan.said.push({ externalId: one.externalId, talkId: row.id, source, isMaker: 1 })
      plan.changes.push(changeBetween(row.id, slug, null, one.talk))
      plan.counts.created += 1
    }
  }
  findGone(plan, importing, own, matched)
  return plan
}

function planMatched(
  deps: Deps,
  plan: SchedulePlan,
  { conference }: Importing,
  one: TalkDraft,
  match: KnownTalk,
  row: FullTalk | undefined,
  last: KnownSource | undefined,
  isSourced: boolean,
): void {
  plan.counts.unchanged += 1
  if (!row || match.deletedAt !== null) {
    plan.notes.push(`“${match.title}” was deleted here, and stays so`)
    return
  }
  const current = talkOf(row)
  // Talks of imports from before sources were kept: nobody knows what was edited, the source has the word.
  const isOld = !isSourced && row.externalId === one.externalId
  const base = last?.source ? (JSON.parse(last.source) as { talk: TalkInput }).talk : isOld ? current : null
  const { talk: merged, kept } = mergeTalk(current, base, one.talk)
  if (kept.length > 0)
    plan.notes.push(`“${match.title}”: kept as it was edited here, though its source changed too: ${kept.join(', ')}`)
  const isBack = (last?.goneAt ?? null) !== null
  // It was called off because it was gone from there.
  const talk = isBack ? { ...merged, status: one.talk.status } : merged
  const guid = row.guid ?? one.guid
  if (!isBack && guid === row.guid && JSON.stringify(talk) === JSON.stringify(current)) return
  plan.written.push({
    row: { ...row, guid, icsRenderer: identityOf(deps, row.id).icsRenderer, ...talkColumns(talk, conference) },
    talk,
    before: row,
  })
  plan.changes.push(changeBetween(row.id, row.slug, current, talk, isBack))
  plan.counts.unchanged -= 1
  plan.counts.updated += 1
}

/** Talks that came by this format and are not in it any more are called off, where all of it could be read. */
function findGone(
  plan: SchedulePlan,
  { draft, format, known, isComplete }: Importing,
  own: KnownSource[],
  matched: Map<TalkDraft, KnownTalk>,
): void {
  const present = new Set(draft.talks.map(({ externalId }) => externalId))
  const placed = new Set([...matched.values()].map(({ id }) => id))
  const missing = own.filter(({ externalId }) => !present.has(externalId))
  plan.renamed.push(...missing.filter(({ talkId }) => placed.has(talkId)).map(({ externalId }) => externalId))
  const gone = missing.filter(({ talkId, goneAt, isMaker }) => !placed.has(talkId) && goneAt === null && isMaker === 1)
  if (!format.isWhole || gone.length === 0) return
  if (!isComplete || draft.talks.length === 0) {
    plan.notes.push(`${gone.length} talks are not in it; they were not called off, since not all of it could be read`)
    return
  }
  const byId = new Map(known.talks.map((one) => [one.id, one]))
  for (const { externalId, talkId } of gone) {
    const talk = byId.get(talkId)
    if (!talk || talk.deletedAt !== null) continue
    plan.gone.push({ externalId, talkId })
    plan.changes.push({ kind: 'cancelled', id: talkId, talk: talk.slug, title: talk.title })
  }
}

/** A number that no other talk of the conference has: the source's, else one that names the format. */
function freeNumber(wanted: string, taken: Set<string | null>, format: ScheduleFormat): string | null {
  const free = [wanted, `${format.name}:${wanted}`].find((one) => !taken.has(one)) ?? null
  taken.add(free)
  return free
}

function slugBase(conference: string, { slug, talk, externalId }: TalkDraft): string {
  const own = slugOf(slug ?? '') || slugOf(talk.title) || `talk-${slugOf(externalId)}`
  return own.startsWith(`${conference}-`) ? own : slugOf(`${conference}-${own}`)
}

function newRow(
  deps: Deps,
  draft: TalkDraft,
  conference: ConferenceRow,
  slug: string,
  externalId: string | null,
): TalkRow {
  const id = deps.newId()
  return {
    key: null as never,
    id,
    ...identityOf(deps, id),
    slug,
    conferenceId: conference.id,
    groupId: conference.groupId,
    externalId,
    guid: draft.guid,
    ...talkColumns(draft.talk, conference),
    isPublic: 1,
    createdAt: deps.now(),
    updatedAt: deps.now(),
    deletedAt: null,
    changeId: conference.changeId,
  }
}
