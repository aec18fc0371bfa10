import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { retryParked } from '../outbox/claim.ts'
import { mails } from './tables.ts'

/** Sends mails about an event that were given up once more, one or all; resolves with how many. One that was not is left. */
export function retryMails(deps: Deps, eventId: string, id?: string): Promise<number> {
  const [seq, rsvpId] = id?.split('.') ?? []
  const which = id === undefined ? sql`true` : sql`seq = ${Number(seq)} AND rsvp_id = ${rsvpId}`
  return retryParked(deps, mails, sql`event_id = ${eventId} AND ${which}`)
}
