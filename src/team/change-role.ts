/** What an account is in a group, changed or taken away. A group that has an owner keeps one, whoever asks and however many at once. */
import { type SQL, sql } from 'drizzle-orm'
import { grants } from '../accounts/tables.ts'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import type { Role } from '../tokens/access.ts'

type Member = { groupId: string; accountId: string }

/** Holds unless this is the only owner: in the statement itself, since two owners may leave at the same moment. */
const othersOwn = ({ groupId, accountId }: Member): SQL =>
  sql`EXISTS (SELECT 1 FROM ${grants} AS other WHERE other.group_id = ${groupId} AND other.account_id <> ${accountId}
    AND other.role = 'owner')`

const isOf = ({ groupId, accountId }: Member): SQL => sql`group_id = ${groupId} AND account_id = ${accountId}`

/** Refuses `not_found` where the account has no role there, `last_owner` where nobody else would own the group. */
export async function changeRole(deps: Deps, member: Member, role: Role): Promise<{ ok: true } | Refused> {
  const changeId = deps.newId()
  const [known, changed] = await deps.db.batch([
    sql`SELECT role AS role FROM ${grants} WHERE ${isOf(member)}`,
    sql`UPDATE ${grants} SET role = ${role}, change_id = ${changeId}
      WHERE ${isOf(member)} AND (role <> 'owner' OR ${role} = 'owner' OR ${othersOwn(member)}) RETURNING role`,
    record(
      deps,
      'team.changed',
      member,
      changeId,
      sql`EXISTS (SELECT 1 FROM ${grants} WHERE change_id = ${changeId} AND ${isOf(member)})`,
      {
        role,
      },
    ),
  ])
  return known.length === 0 ? refused('not_found') : changed.length === 1 ? { ok: true } : refused('last_owner')
}

/** Takes somebody, or oneself, out of a team; refuses like `changeRole`. */
export async function leaveTeam(deps: Deps, member: Member): Promise<{ ok: true } | Refused> {
  const changeId = deps.newId()
  const isLast = sql`(role = 'owner' AND NOT ${othersOwn(member)})`
  const [known, , gone] = await deps.db.batch([
    sql`SELECT role AS role FROM ${grants} WHERE ${isOf(member)}`,
    record(
      deps,
      'team.left',
      member,
      changeId,
      sql`EXISTS (SELECT 1 FROM ${grants} WHERE ${isOf(member)} AND NOT ${isLast})`,
      {},
    ),
    sql`DELETE FROM ${grants} WHERE ${isOf(member)} AND NOT ${isLast} RETURNING role`,
  ])
  return known.length === 0 ? refused('not_found') : gone.length === 1 ? { ok: true } : refused('last_owner')
}

const record = (
  deps: Deps,
  kind: 'team.changed' | 'team.left',
  { groupId, accountId }: Member,
  changeId: string,
  where: SQL,
  payload: object,
): SQL<never> =>
  sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
    SELECT ${changeId}, ${kind}, ${accountId}, ${groupId}, ${deps.now()}, ${JSON.stringify(payload)} WHERE ${where}`
