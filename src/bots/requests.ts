import type { AppContext } from '../http/app-env.ts'
import { invalid, type Refused } from '../outcome.ts'
import { takeLog } from './apply-log.ts'
import { decodeLog } from './decode.ts'
import type { LogInput } from './schema.ts'

/** Takes in a log as it was sent. */
export async function takeGiven(c: AppContext, group: { id: string }, teams: string[], input: LogInput) {
  const { base64, text, ...file } = input
  const given = text ?? decoded(base64!)
  if (given === null) return invalid({ path: 'base64', message: 'must be base64' })
  const taken = await takeLog(c.env, group, teams, { ...file, text: given })
  if (!taken.ok) return taken satisfies Refused
  const { status, event, recurrenceId } = taken
  return { status, event, recurrenceId, url: `${c.env.baseUrl}/e/${event}/${recurrenceId}` }
}

function decoded(base64: string): string | null {
  try {
    return decodeLog(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)))
  } catch {
    return null
  }
}
