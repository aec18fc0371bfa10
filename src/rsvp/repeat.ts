/** What to say where an answer was not stored. */
import { type SQL, sql } from 'drizzle-orm'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import type { RsvpRow } from './queries.ts'
import type { Terms } from './store.ts'
import { invitations, optionCounters, rsvps } from './tables.ts'

/** A link on request goes to an address once in this time: repeated clicks and retries are one mail. */
const TOLD_SECONDS = 15 * 60

export type Existing = { id: string; manageHash: string }

type Facts = {
  existingId: string | null
  manageHash: string | null
  version: string | null
  invited: number
  full: string | null
}

/**
 * Why an answer was not stored. Where the address has answered already, its owner is to be sent the link, which is
 * journalled here; the asker learns nothing.
 */
export async function whyNotStored(
  deps: Deps,
  rsvp: Omit<RsvpRow, 'rank'>,
  groupId: string,
  terms: Terms,
): Promise<Existing | Refused> {
  const theSame = sql`event_id = ${rsvp.eventId} AND occurrence = ${rsvp.occurrence} AND email_key = ${rsvp.emailKey}`
  const isFull = sql`(SELECT limited.key FROM json_each(${JSON.stringify(terms.options)}) AS limited
    LEFT JOIN ${optionCounters} AS chosen ON chosen.event_id = ${rsvp.eventId} AND chosen.occurrence = ${rsvp.occurrence} AND chosen.option = limited.key
    WHERE coalesce(chosen.taken, 0) >= limited.value LIMIT 1)`
  const [, , [facts]] = await deps.db.batch([
    sql`UPDATE ${rsvps} SET told_at = ${rsvp.createdAt}, change_id = ${rsvp.changeId}
      WHERE ${theSame} AND max(created_at, coalesce(told_at, 0)) <= ${rsvp.createdAt - TOLD_SECONDS}`,
    recordRequest(rsvp, groupId),
    sql<Facts>`SELECT
      (SELECT id FROM ${rsvps} WHERE ${theSame}) AS "existingId",
      (SELECT manage_hash FROM ${rsvps} WHERE ${theSame}) AS "manageHash",
      (SELECT change_id FROM events WHERE id = ${rsvp.eventId}) AS version,
      EXISTS (SELECT 1 FROM ${invitations} WHERE id = ${rsvp.invitationId} AND event_id = ${rsvp.eventId}
        AND revoked_at IS NULL AND (uses_max IS NULL OR used < uses_max)) AS invited,
      ${isFull} AS "full"`,
  ])
  const { existingId, manageHash, version, invited, full } = facts!
  if (existingId !== null) return { id: existingId, manageHash: manageHash! }
  if (version !== terms.version) return refused('stale')
  if (rsvp.invitationId !== null && !invited) return refused('not_invited')
  if (full !== null && rsvp.response === 'accepted') return optionFull(full)
  return refused('event_full')
}

/** An option that has no place left, at its question. */
export function optionFull(option: string): Refused {
  const at = option.indexOf('=')
  return invalid({ path: `answers.${option.slice(0, at)}`, message: `has no place left for ${option.slice(at + 1)}` })
}

const recordRequest = (rsvp: Pick<RsvpRow, 'changeId' | 'createdAt'>, groupId: string): SQL<never> =>
  sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
    SELECT ${rsvp.changeId}, 'rsvp.link-requested', id, ${groupId}, ${rsvp.createdAt}, json_object('event', event_id)
    FROM ${rsvps} WHERE change_id = ${rsvp.changeId}`
