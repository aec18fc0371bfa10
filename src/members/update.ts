import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import type { Join } from './join.ts'
import type { MemberRow } from './queries.ts'
import { members } from './tables.ts'

/** Changes what is given. Refuses (`stale`) where somebody else changed it since it was read. */
export async function updateMember(
  deps: Deps,
  before: MemberRow,
  patch: Partial<Join>,
): Promise<{ ok: true; member: MemberRow } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const member = { ...before, ...patch, updatedAt: now, changeId }
  if (member.leftOn !== null && member.leftOn < member.joinedOn)
    return invalid({ path: 'left', message: 'must not be before joined' })
  const [written] = await deps.db.batch([
    sql<{ id: string }>`UPDATE ${members} SET ${assignments(members, { ...patch, updatedAt: now, changeId })}
      WHERE id = ${before.id} AND group_id = ${before.groupId} AND change_id = ${before.changeId} RETURNING id`,
    recordChange(members, 'member.updated', { changeId, now, groupId: before.groupId }),
  ])
  return written.length === 1 ? { ok: true, member } : refused('stale')
}
