import type { Fault } from '../outcome.ts'

type Issue = { code?: string; path: PropertyKey[]; message: string; keys?: string[] }

/** zod's issues as our faults: an unknown member is named by its own path. */
export function faults(issues: readonly Issue[]): Fault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.')
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
    return (issue.keys ?? []).map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a known member' }))
  })
}
