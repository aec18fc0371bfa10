import type { Deps } from '../deps.ts'
import { newConference } from '../talks/create-conference.ts'
import type { ConferenceRow } from '../talks/queries.ts'
import { mergeMembers } from './merge.ts'
import type { ScheduleDraft } from './schedule.ts'

const MEMBERS = ['title', 'acronym', 'startsOn', 'endsOn', 'timeZone', 'venue', 'city', 'sourceUrl'] as const
export type Head = Pick<ConferenceRow, (typeof MEMBERS)[number]>

const headOf = ({ title, acronym, starts, ends, timeZone, venue, city, website }: ScheduleDraft): Head => ({
  title,
  acronym,
  startsOn: starts,
  endsOn: ends,
  timeZone,
  venue,
  city,
  sourceUrl: website,
})

/**
 * The conference as it will be, and what its source says of it, to be kept. What the source says no word of stays as it is;
 * what was edited here too. A whole schedule that is read first has the word about dates and zone.
 */
export function planConference(
  deps: Deps,
  slug: string,
  before: ConferenceRow | null,
  groupId: string | null,
  draft: ScheduleDraft,
  { isWhole, saidBefore, changeId }: { isWhole: boolean; saidBefore: string | null; changeId: string },
): { conference: ConferenceRow; head: string; kept: string[] } {
  const said = headOf(draft)
  const head = JSON.stringify(said)
  if (before === null) {
    const made = newConference(
      deps,
      { slug, description: '', groupId, ...said, title: said.title || draft.acronym || slug },
      changeId,
    )
    return { conference: { ...made, rooms: JSON.stringify(draft.rooms) }, head, kept: [] }
  }
  const current = Object.fromEntries(MEMBERS.map((name) => [name, before[name]])) as Head
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== '')) as Head
  const base = saidBefore === null ? (isWhole ? current : null) : (JSON.parse(saidBefore) as Head)
  const { merged, kept } = mergeMembers(current, base, saidBefore === null ? told : keepTitle(said, current))
  const rooms = isWhole ? draft.rooms : [...new Set([...(JSON.parse(before.rooms) as string[]), ...draft.rooms])]
  const conference = { ...before, ...datesInOrder(merged, current), rooms: JSON.stringify(rooms) }
  return { conference: { ...conference, updatedAt: deps.now(), changeId }, head, kept }
}

/** A conference has a title, whatever its source says. */
const keepTitle = (said: Head, { title }: Head): Head => ({ ...said, title: said.title || title })

/** Dates of which one was edited here and one changed there may not fit: then both stay. */
const datesInOrder = (merged: Head, current: Head): Head =>
  merged.startsOn && merged.endsOn && merged.endsOn < merged.startsOn
    ? { ...merged, startsOn: current.startsOn, endsOn: current.endsOn }
    : merged

/** Whether an import changes nothing of a conference. */
export const isSameConference = (before: ConferenceRow, after: ConferenceRow): boolean =>
  [...MEMBERS, 'rooms' as const].every((name) => before[name] === after[name])
