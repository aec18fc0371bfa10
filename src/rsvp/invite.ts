/** Invitations: links that let people answer an event which is not open to everybody. */
import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import type { Db } from '../db/db.ts'
import { columnNames, columns, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { idOfCapability, isCapability, newCapability } from '../tokens/capability.ts'
import { invitations } from './tables.ts'

export type InvitationRow = typeof invitations.$inferSelect

/** Makes an invitation that so many answers can use, or any number. Its token is shown once. */
export async function createInvitation(
  deps: Deps,
  event: { id: string; groupId: string },
  input: { name: string; usesMax: number | null },
): Promise<{ invitation: InvitationRow; token: string }> {
  const id = deps.newId()
  const token = newCapability(deps, 'invite', id)
  const now = deps.now()
  const invitation: InvitationRow = {
    id,
    eventId: event.id,
    hash: await sha256(token),
    ...input,
    used: 0,
    createdAt: now,
    revokedAt: null,
    changeId: deps.newId(),
  }
  await deps.db.batch([
    sql`INSERT INTO ${invitations} (${columnNames(invitations)}) SELECT ${values(invitations, invitation)}`,
    recordChange(invitations, 'invitation.created', { changeId: invitation.changeId, now, groupId: event.groupId }),
  ])
  return { invitation, token }
}

/** Takes an invitation back; answers that used it stay. Twice is once; false where there is none. */
export async function revokeInvitation(
  deps: Deps,
  event: { id: string; groupId: string },
  id: string,
): Promise<boolean> {
  const now = deps.now()
  const changeId = deps.newId()
  const [, , found] = await deps.db.batch([
    sql`UPDATE ${invitations} SET revoked_at = ${now}, change_id = ${changeId}
      WHERE id = ${id} AND event_id = ${event.id} AND revoked_at IS NULL`,
    recordChange(invitations, 'invitation.revoked', { changeId, now, groupId: event.groupId }),
    sql`SELECT id FROM ${invitations} WHERE id = ${id} AND event_id = ${event.id}`,
  ])
  return found.length === 1
}

/** The live invitations of an event, the newest last. */
export const readInvitations = (db: Db, eventId: string, limit: number, after: string): Promise<InvitationRow[]> =>
  db.all(
    sql<InvitationRow>`SELECT ${columns(invitations)} FROM ${invitations}
      WHERE event_id = ${eventId} AND revoked_at IS NULL AND id > ${after} ORDER BY id LIMIT ${limit + 1}` as SQL<InvitationRow>,
  )

/** The invitation to this event that a token opens; null where it opens none. */
export async function invitationOf(db: Db, eventId: string, token: string): Promise<string | null> {
  const id = idOfCapability('invite', token)
  if (id === null) return null
  const [found] = await db.all(
    sql<InvitationRow>`SELECT ${columns(invitations)} FROM ${invitations}
      WHERE id = ${id} AND event_id = ${eventId} AND revoked_at IS NULL`,
  )
  return found && (await isCapability(token, found.hash)) ? id : null
}
