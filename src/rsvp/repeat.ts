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
  // Null for whom there is no such event any more.
  const version = sql`(SELECT events.change_id FROM events JOIN groups ON groups.id = events.group_id
    WHERE events.id = ${rsvp.eventId} AND events.deleted_at IS NULL AND groups.deleted_at IS NULL
      AND (groups.visibility = 'public' OR ${terms.insider}))`
  const [, [facts]] = await deps.db.batch([
    recordRequest(deps, rsvp, groupId, sql`${theSame} AND ${version} = ${terms.version}`),
    sql<Facts>`SELECT
      (SELECT id FROM ${rsvps} WHERE ${theSame}) AS "existingId",
      (SELECT manage_hash FROM ${rsvps} WHERE ${theSame}) AS "manageHash",
      ${version} AS version,
      EXISTS (SELECT 1 FROM ${invitations} WHERE id = ${rsvp.invitationId} AND event_id = ${rsvp.eventId}
        AND revoked_at IS NULL AND (uses_max IS NULL OR used < uses_max)) AS invited,
      ${isFull} AS "full"`,
  ])
  const { existingId, manageHash, invited, full } = facts!
  if (facts!.version !== terms.version) return refused('stale')
  if (existingId !== null) return { id: existingId, manageHash: manageHash! }
  if (rsvp.invitationId !== null && !invited) return refused('not_invited')
  if (full !== null && rsvp.response === 'accepted') return optionFull(full)
  return refused('event_full')
}

/** An option that has no place left, at its question. */
export function optionFull(option: string): Refused {
  const at = option.indexOf('=')
  return invalid({ path: `answers.${option.slice(0, at)}`, message: `has no place left for ${option.slice(at + 1)}` })
}

function recordRequest(
  deps: Deps,
  { createdAt: now }: Pick<RsvpRow, 'createdAt'>,
  groupId: string,
  which: SQL,
): SQL<never> {
  return sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
    SELECT ${deps.newId()}, 'rsvp.link-requested', id, ${groupId}, ${now}, json_object('event', event_id)
    FROM ${rsvps} WHERE ${which} AND created_at <= ${now - TOLD_SECONDS} AND NOT EXISTS (SELECT 1 FROM ${changes} AS told
      WHERE told.subject_id = rsvps.id AND told.kind = 'rsvp.link-requested' AND told.kind <> 'rsvp.answered' AND told.at > ${now - TOLD_SECONDS})`
}
