import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused } from '../outcome.ts'
import { faultOfUrl } from '../remote/address.ts'
import { BOTS_MAX, type BotRow } from './queries.ts'
import { bots } from './tables.ts'

/** Lets a bot hand in the logs of a group, or has them fetched. Refuses an address off the public network, and the 21st. */
export async function createBot(
  deps: Deps,
  groupId: string,
  { name, url, teams }: { name: string; url: string | null; teams: string[] },
): Promise<{ ok: true; bot: BotRow } | Refused> {
  const fault = url === null ? null : faultOfUrl(url)
  if (fault) return invalid({ path: 'url', message: fault })
  const now = deps.now()
  const changeId = deps.newId()
  const bot: BotRow = {
    id: deps.newId(),
    groupId,
    name,
    url,
    teams: JSON.stringify(teams),
    secret: secretOf(deps.newSecret()),
    nextAt: url === null ? null : now,
    leasedUntil: null,
    checkedAt: null,
    failures: 0,
    error: null,
    createdAt: now,
    deletedAt: null,
    changeId,
  }
  const [made] = await deps.db.batch([
    sql<{ id: string }>`INSERT INTO ${bots} (${columnNames(bots)}) SELECT ${values(bots, bot)}
      WHERE (SELECT count(*) FROM ${bots} WHERE group_id = ${groupId} AND deleted_at IS NULL) < ${BOTS_MAX} RETURNING id`,
    recordChange(bots, 'bot.created', { changeId, now, groupId }),
  ])
  return made.length === 1
    ? { ok: true, bot }
    : invalid({ path: '', message: `would be the ${BOTS_MAX + 1}st of the group` })
}

/** In the form of Standard Webhooks. */
const secretOf = (chance: string): string => `whsec_${btoa(atob(chance.replace(/-/g, '+').replace(/_/g, '/')))}`
