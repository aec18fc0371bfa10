import type { Fault } from '../outcome.ts'

type Issue = {
  code?: string
  path: PropertyKey[]
  message: string
  keys?: string[]
  values?: unknown[]
  expected?: string
  maximum?: number | bigint
  minimum?: number | bigint
}

/** What zod says by itself, as the words that follow the name of a field; what our schemas say is left as it is. */
function wordsOf({ code, message, values = [], expected, maximum, minimum }: Issue): string {
  if (!/^(Too|Invalid) /.test(message)) return message
  const things = / expected (string|array|set|map) /.exec(message)?.[1]
  const counted = things === 'string' ? ' characters' : things ? ' entries' : ''
  if (code === 'too_big') return `must ${counted ? 'have' : 'be'} at most ${maximum}${counted}`
  if (code === 'too_small') return `must ${counted ? 'have' : 'be'} at least ${minimum}${counted}`
  if (code === 'invalid_value') return `must be ${values.length > 1 ? 'one of ' : ''}${values.map(String).join(', ')}`
  if (code === 'invalid_type' && message.endsWith('received undefined')) return 'is missing'
  return code === 'invalid_type' && expected ? `must be of type ${expected}` : message
}

/** zod's issues as our faults: an unknown member is named by its own path. */
export function faults(issues: readonly Issue[]): Fault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.')
    if (issue.code !== 'unrecognized_keys') return [{ path, message: wordsOf(issue) }]
    return (issue.keys ?? []).map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a known member' }))
  })
}
