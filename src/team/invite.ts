import { sql } from 'drizzle-orm'
import { addressKey } from '../accounts/rules.ts'
import { teamInvitations } from '../accounts/tables.ts'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { type Refused, refused } from '../outcome.ts'
import type { Role } from '../tokens/access.ts'
import { newCapability } from '../tokens/capability.ts'
import type { InvitationRow } from './queries.ts'

const KEPT_SECONDS = 7 * 86_400
/** Open ones of a group: each sends a mail to an address that somebody typed. */
const OPEN_MAX = 50

export type Invited = { ok: true; invitation: InvitationRow; token: string }

/**
 * Asks somebody to join a group's team. The link that is returned does the same as the one in the mail; who opens one needs
 * an account. Refuses (`too_many_requests`) a fifty-first that is open.
 */
export async function inviteToTeam(
  deps: Deps,
  groupId: string,
  { email, role }: { email: string; role: Role },
): Promise<Invited | Refused> {
  const now = deps.now()
  const id = deps.newId()
  const token = newCapability(deps, 'join', id)
  const changeId = deps.newId()
  const invitation: InvitationRow = {
    id,
    groupId,
    email: addressKey(email),
    role,
    hash: await sha256(token),
    mailHash: null,
    mail: 'due',
    createdAt: now,
    expiresAt: now + KEPT_SECONDS,
    acceptedAt: null,
    revokedAt: null,
    changeId,
  }
  const [made] = await deps.db.batch([
    sql<{
      id: string
    }>`INSERT INTO ${teamInvitations} (${columnNames(teamInvitations)}) SELECT ${values(teamInvitations, invitation)}
      WHERE (SELECT count(*) FROM ${teamInvitations} WHERE group_id = ${groupId} AND accepted_at IS NULL
        AND revoked_at IS NULL AND expires_at > ${now}) < ${OPEN_MAX} RETURNING id`,
    recordChange(teamInvitations, 'team.invited', { changeId, now, groupId, payload: { role } }),
  ])
  return made.length === 1 ? { ok: true, invitation, token } : refused('too_many_requests')
}

/** Takes an invitation back. Refuses (`not_found`) what is not open, or another group's. */
export async function withdrawInvitation(deps: Deps, groupId: string, id: string): Promise<{ ok: true } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const [withdrawn] = await deps.db.batch([
    sql<{ id: string }>`UPDATE ${teamInvitations} SET revoked_at = ${now}, change_id = ${changeId}
      WHERE id = ${id} AND group_id = ${groupId} AND accepted_at IS NULL AND revoked_at IS NULL RETURNING id`,
    recordChange(teamInvitations, 'team.withdrawn', { changeId, now, groupId }),
  ])
  return withdrawn.length === 1 ? { ok: true } : refused('not_found')
}
