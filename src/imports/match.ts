/** Which talk here a talk of a source is. */
import { nameKeyOf } from '../talks/rules.ts'
import type { TalkDraft } from './schedule.ts'

/** A talk here: `numbers` and `guids` are what our own schedules call it, and what its first source did. */
export type Known = { id: string; title: string; numbers: string[]; guids: string[] }

/**
 * Finds for each talk of a source the talk here that it is, if any: by what the format called it before (`bySource`), by
 * guid, by number, and last by a title that only one has on both sides. No talk here is two of the source.
 */
export function matchTalks<K extends Known>(
  drafts: readonly TalkDraft[],
  known: readonly K[],
  bySource: ReadonlyMap<string, string>,
  hasNumbers: boolean,
): Map<TalkDraft, K> {
  const found = new Map<TalkDraft, K>()
  const byId = new Map(known.map((one) => [one.id, one]))
  const taken = new Set<string>()
  const take = (draft: TalkDraft, one: K | undefined) => {
    if (!one || found.has(draft) || taken.has(one.id)) return
    found.set(draft, one)
    taken.add(one.id)
  }
  for (const draft of drafts) take(draft, byId.get(bySource.get(draft.externalId) ?? ''))
  const byGuid = new Map(known.flatMap((one) => one.guids.map((guid) => [guid.toLowerCase(), one])))
  for (const draft of drafts) take(draft, byGuid.get(draft.guid?.toLowerCase() ?? ''))
  // What the format knows by another name is another talk.
  for (const id of bySource.values()) taken.add(id)
  if (hasNumbers) {
    const byNumber = new Map(known.flatMap((one) => one.numbers.map((number) => [number, one])))
    for (const draft of drafts) take(draft, byNumber.get(draft.externalId))
  }
  const rest = uniqueBy(
    known.filter(({ id }) => !taken.has(id)),
    ({ title }) => nameKeyOf(title),
  )
  const open = uniqueBy(
    drafts.filter((draft) => !found.has(draft)),
    ({ talk }) => nameKeyOf(talk.title),
  )
  for (const [title, draft] of open) take(draft, rest.get(title))
  return found
}

/** Those whose key no other has. */
function uniqueBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T> {
  const unique = new Map<string, T>()
  const repeated = new Set<string>()
  for (const one of list) {
    const key = keyOf(one)
    if (unique.has(key)) repeated.add(key)
    unique.set(key, one)
  }
  for (const key of repeated) unique.delete(key)
  return unique
}
