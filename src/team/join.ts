import { sql } from 'drizzle-orm'
import { grants, teamInvitations } from '../accounts/tables.ts'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { type Refused, refused } from '../outcome.ts'
import { idOfCapability } from '../tokens/capability.ts'

/** Who has more to say stands later. */
const ORDER = 'member helper organizer owner'

/**
 * Accepts an invitation for an account, once. Who has a role already keeps the greater one. Refuses (`not_found`) what is
 * unknown, used, withdrawn or too old, all alike.
 */
export async function joinTeam(deps: Deps, token: string, accountId: string): Promise<{ ok: true } | Refused> {
  const id = idOfCapability('join', token)
  if (id === null) return refused('not_found')
  const hash = await sha256(token)
  const now = deps.now()
  const changeId = deps.newId()
  const taken = sql`FROM ${teamInvitations} WHERE id = ${id} AND change_id = ${changeId}`
  const [accepted] = await deps.db.batch([
    sql<{ id: string }>`UPDATE ${teamInvitations} SET accepted_at = ${now}, change_id = ${changeId}
      WHERE id = ${id} AND ${hash} IN (hash, mail_hash) AND accepted_at IS NULL AND revoked_at IS NULL
        AND expires_at > ${now}
        AND EXISTS (SELECT 1 FROM groups WHERE groups.id = team_invitations.group_id AND groups.deleted_at IS NULL)
      RETURNING id`,
    sql`INSERT INTO ${grants} (group_id, account_id, role, created_at, change_id)
      SELECT group_id, ${accountId}, role, ${now}, ${changeId} ${taken}
      ON CONFLICT DO UPDATE SET role = excluded.role, change_id = excluded.change_id
        WHERE instr(${ORDER}, excluded.role) > instr(${ORDER}, grants.role)`,
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, 'team.joined', ${accountId}, group_id, ${now}, json_object('role', role) ${taken}`,
  ])
  return accepted.length === 1 ? { ok: true } : refused('not_found')
}
