import { sql } from 'drizzle-orm'
import { recordGroupFeed } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import type { GroupRow } from './queries.ts'
import { groups } from './tables.ts'

export type CreateGroup = Pick<
  GroupRow,
  'slug' | 'name' | 'description' | 'visibility' | 'timeZone' | 'howToJoin' | 'reportTemplate'
> & {
  links: unknown[]
}

/** Founds a group. Refuses a slug that another has, deleted ones included: their addresses stay theirs. */
export async function createGroup(deps: Deps, input: CreateGroup): Promise<{ ok: true; group: GroupRow } | Refused> {
  const now = deps.now()
  const changeId = deps.newId()
  const group: GroupRow = {
    ...input,
    links: JSON.stringify(input.links),
    id: deps.newId(),
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    changeId,
  }
  const [made] = await deps.db.batch([
    sql<{ id: string }>`INSERT INTO ${groups} (${columnNames(groups)}) SELECT ${values(groups, group)} WHERE true
      ON CONFLICT (slug) DO NOTHING RETURNING id`,
    recordChange(groups, 'group.created', { changeId, now, groupId: group.id }),
    recordGroupFeed(group),
  ])
  return made.length === 1 ? { ok: true, group } : refused('slug_taken')
}
