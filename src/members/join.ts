import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import type { MemberRow } from './queries.ts'
import { members } from './tables.ts'

export type Join = Pick<MemberRow, 'name' | 'nick' | 'role' | 'url' | 'affiliation' | 'hidden' | 'joinedOn' | 'leftOn'>

/** Notes a new member of a group. Two people may have one name. */
export async function joinGroup(deps: Deps, groupId: string, input: Join): Promise<MemberRow> {
  const now = deps.now()
  const changeId = deps.newId()
  const member: MemberRow = { ...input, id: deps.newId(), groupId, createdAt: now, updatedAt: now, changeId }
  await deps.db.batch([
    sql`INSERT INTO ${members} (${columnNames(members)}) SELECT ${values(members, member)}`,
    recordChange(members, 'member.joined', { changeId, now, groupId }),
  ])
  return member
}
