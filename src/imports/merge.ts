/** What a source changed since it was last read, put into what stands here: an edit made here stays. */
import { nameKeyOf } from '../talks/rules.ts'
import type { TalkInput } from '../talks/schema.ts'

type Members = Record<string, unknown>

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0)

/**
 * Merges members one by one. `base` is what the source said last; where it never spoke of this (null), it only fills in what
 * is empty here. A list given by `keys` is merged entry by entry, each known by its key.
 *
 * @returns the members, and the names of those that were changed there and here, which stay as they are here
 */
export function mergeMembers<T extends Members>(
  current: T,
  base: T | null,
  next: T,
  keys: Partial<Record<keyof T, (entry: never) => string>> = {},
): { merged: T; kept: string[] } {
  const merged: Members = { ...current }
  const kept: string[] = []
  for (const name of Object.keys(next)) {
    const [here, before, there] = [current[name], base?.[name], next[name]]
    if (isSame(here, there) || (base !== null && isSame(before, there))) continue
    const keyOf = keys[name]
    if (base !== null && isSame(here, before)) merged[name] = there
    else if (keyOf) merged[name] = mergeLists(here as never[], (before ?? []) as never[], there as never[], keyOf)
    else if (base === null && isEmpty(here)) merged[name] = there
    else if (base !== null) kept.push(name)
  }
  return { merged: merged as T, kept }
}

/** Entries that came there come here, entries that went there go here unless they were edited; the order here stays. */
function mergeLists<E>(here: E[], before: E[], there: E[], keyOf: (entry: E) => string): E[] {
  const [old, next] = [before, there].map((list) => new Map(list.map((entry) => [keyOf(entry), entry])))
  const kept = here.flatMap((entry) => {
    const key = keyOf(entry)
    if (!old!.has(key) || !isSame(old!.get(key), entry)) return [entry]
    const now = next!.get(key)
    return now === undefined ? [] : [now]
  })
  const present = new Set(here.map(keyOf))
  const come = there.filter((entry) => !present.has(keyOf(entry)) && !old!.has(keyOf(entry)))
  return [...kept, ...come]
}

const KEYS = {
  speakers: ({ name }: { name: string }) => nameKeyOf(name),
  resources: ({ url }: { url: string }) => url,
  keywords: (word: string) => word,
}

/** The same for a talk; a time that comes from the source comes with its zone. */
export function mergeTalk(current: TalkInput, base: TalkInput | null, next: TalkInput) {
  const { merged, kept } = mergeMembers(current, base, next, KEYS)
  const isTheirs = merged.start !== current.start || base?.timeZone === current.timeZone
  const talk: TalkInput = { ...merged, timeZone: isTheirs ? next.timeZone : current.timeZone }
  return { talk, kept: kept.filter((name) => name !== 'timeZone') }
}
