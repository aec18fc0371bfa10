/** Who wants no reminders and messages of a group. Their answers stay, and what they must know is still told. */
import { type SQL, sql } from 'drizzle-orm'
import type { ChangeKind } from '../changes/kinds.ts'
import { changes } from '../changes/tables.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { unsubscribed } from './tables.ts'

type Guest = { rsvpId: string; groupId: string; emailKey: string }

/** What is kept of an address: not the address, so that it can outlive the answers. */
const hashOf = ({ groupId, emailKey }: Omit<Guest, 'rsvpId'>): Promise<string> => sha256(`${groupId} ${emailKey}`)

const isOff = (groupId: string, hash: string): SQL =>
  sql`EXISTS (SELECT 1 FROM ${unsubscribed} WHERE group_id = ${groupId} AND hash = ${hash})`

export async function isUnsubscribed({ db }: Pick<Deps, 'db'>, guest: Omit<Guest, 'rsvpId'>): Promise<boolean> {
  const [row] = await db.all(sql<{ off: number }>`SELECT ${isOff(guest.groupId, await hashOf(guest))} AS off`)
  return row?.off === 1
}

/** Has a guest get no more reminders and messages of a group, or get them again. Doing it twice is doing it once. */
export async function setUnsubscribed(deps: Deps, guest: Guest, wanted: 'off' | 'on'): Promise<void> {
  const { groupId, rsvpId } = guest
  const [now, hash] = [deps.now(), await hashOf(guest)]
  const kind: ChangeKind = `rsvp.mails-${wanted}`
  const isChange = wanted === 'off' ? sql`NOT ${isOff(groupId, hash)}` : isOff(groupId, hash)
  await deps.db.batch([
    sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
      SELECT ${deps.newId()}, ${kind}, ${rsvpId}, ${groupId}, ${now}, '{}' WHERE ${isChange}`,
    wanted === 'off'
      ? sql`INSERT INTO ${unsubscribed} (group_id, hash, at) SELECT ${groupId}, ${hash}, ${now} WHERE true ON CONFLICT DO NOTHING`
      : sql`DELETE FROM ${unsubscribed} WHERE group_id = ${groupId} AND hash = ${hash}`,
  ])
}
