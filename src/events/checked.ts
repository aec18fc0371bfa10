import { faults } from '../http/faults.ts'
import { invalid, type Refused } from '../outcome.ts'
import { type EventInput, NewEvent } from './schema.ts'

/** Checks something as a whole event: what a patch made of one, what an importer read. */
export function checkedEvent(candidate: unknown): { ok: true; event: EventInput } | Refused {
  const result = NewEvent.safeParse(candidate)
  return result.success ? { ok: true, event: result.data } : invalid(...faults(result.error.issues as never))
}

/** An event with a merge patch applied, not checked yet: an `end` or a duration replaces the other. */
export function patchedEvent(event: EventInput, patch: Record<string, unknown>): unknown {
  const { duration, ...rest } = event
  return mergePatch('end' in patch ? rest : { ...rest, duration }, patch)
}

/**
 * A JSON Merge Patch (RFC 7396) applied: null takes a member away, objects are merged, everything else replaces.
 * `__proto__` and its kin are no members of ours, so they are never walked into.
 */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const merged = new Map<string, unknown>(isObject(target) ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name), value))
  }
  return Object.fromEntries(merged)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
