/** Door links: with one, somebody without an account checks guests in, until a day after the event. */
import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import type { Db } from '../db/db.ts'
import { columnNames, columns, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { occurrenceAt, originalStartOf } from '../events/occurrences.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import type { Refused } from '../outcome.ts'
import { idOfCapability, isCapability, newCapability } from '../tokens/capability.ts'
import { occurrenceOf, whyNotOnDate } from './rules.ts'
import { doorLinks } from './tables.ts'

export type DoorLink = typeof doorLinks.$inferSelect

/** How long after the end guests are still checked in. */
const AFTER_SECONDS = 86_400

/** Makes a door link, for one date of a series or for the whole event. Its token is shown once. */
export async function createDoor(
  deps: Deps,
  row: EventRow,
  input: { name: string; occurrence?: string | undefined },
): Promise<{ ok: true; door: DoorLink; token: string } | Refused> {
  const event = eventOf(row)
  const occurrence = occurrenceOf(event, input.occurrence)
  const wrong = occurrence === '' ? null : whyNotOnDate(event, occurrence, 0)
  if (wrong) return wrong
  const id = deps.newId()
  const token = newCapability(deps, 'door', id)
  const now = deps.now()
  const changeId = deps.newId()
  const hash = await sha256(token)
  const door = { id, eventId: row.id, occurrence, hash, name: input.name, createdAt: now, revokedAt: null, changeId }
  await deps.db.batch([
    sql`INSERT INTO ${doorLinks} (${columnNames(doorLinks)}) SELECT ${values(doorLinks, door)}`,
    recordChange(doorLinks, 'door.created', { changeId, now, groupId: row.groupId, payload: { event: row.id } }),
  ])
  return { ok: true, door, token }
}

/** Takes a door link back; who was checked in stays so. Twice is once; false where there is none. */
export async function revokeDoor(deps: Deps, event: { id: string; groupId: string }, id: string): Promise<boolean> {
  const now = deps.now()
  const changeId = deps.newId()
  const [, , found] = await deps.db.batch([
    sql`UPDATE ${doorLinks} SET revoked_at = ${now}, change_id = ${changeId}
      WHERE id = ${id} AND event_id = ${event.id} AND revoked_at IS NULL`,
    recordChange(doorLinks, 'door.revoked', { changeId, now, groupId: event.groupId, payload: { event: event.id } }),
    sql`SELECT id FROM ${doorLinks} WHERE id = ${id} AND event_id = ${event.id}`,
  ])
  return found.length === 1
}

/** The live door links of an event, the newest last. */
export const readDoors = (db: Db, eventId: string, limit: number, after: string): Promise<DoorLink[]> =>
  db.all(
    sql<DoorLink>`SELECT ${columns(doorLinks)} FROM ${doorLinks}
      WHERE event_id = ${eventId} AND revoked_at IS NULL AND id > ${after} ORDER BY id LIMIT ${limit + 1}` as SQL<DoorLink>,
  )

/** The live door link that a token opens. */
export async function findDoor(db: Db, token: string): Promise<DoorLink | undefined> {
  const id = idOfCapability('door', token)
  if (id === null) return undefined
  const [door] = await db.all(
    sql<DoorLink>`SELECT ${columns(doorLinks)} FROM ${doorLinks} WHERE id = ${id} AND revoked_at IS NULL`,
  )
  return door && (await isCapability(token, door.hash)) ? door : undefined
}

/** When a door link ends, in Unix seconds, by the event as it stands; null for a series without an end. */
export function doorEndsAt({ occurrence }: Pick<DoorLink, 'occurrence'>, row: EventRow): number | null {
  if (occurrence === '') return row.endsAt === null ? null : row.endsAt + AFTER_SECONDS
  const event = eventOf(row)
  const original = originalStartOf(event, occurrence)
  if (original === null || event.recurrenceOverrides[original]?.excluded) return 0
  return occurrenceAt(event, original).endsAt + AFTER_SECONDS
}
