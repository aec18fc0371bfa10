import { sql } from 'drizzle-orm'
import { accounts, grants, teamInvitations } from '../accounts/tables.ts'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import type { Role } from '../tokens/access.ts'

export type TeamMember = { accountId: string; name: string; email: string | null; role: Role; createdAt: number }
export type InvitationRow = typeof teamInvitations.$inferSelect

/** Who has a role in a group, owners first. */
export const readTeam = (db: Db, groupId: string): Promise<TeamMember[]> =>
  db.all(
    sql<TeamMember>`SELECT ${accounts.id} AS "accountId", ${accounts.name} AS name, ${accounts.email} AS email,
        ${grants.role} AS role, ${grants.createdAt} AS "createdAt"
      FROM ${grants} JOIN ${accounts} ON ${accounts.id} = ${grants.accountId}
      WHERE ${grants.groupId} = ${groupId}
      ORDER BY instr('owner organizer helper member', ${grants.role}), ${accounts.name}, ${accounts.id} LIMIT 1000`,
  )

/** The role of one account in a group. */
export const findRole = async (db: Db, groupId: string, accountId: string): Promise<Role | undefined> =>
  (
    await db.all(
      sql<{ role: Role }>`SELECT role AS role FROM ${grants} WHERE group_id = ${groupId} AND account_id = ${accountId}`,
    )
  )[0]?.role

/** The invitations of a group that can still be accepted, the newest first. */
export const readTeamInvitations = (db: Db, groupId: string, now: number): Promise<InvitationRow[]> =>
  db.all(
    sql<InvitationRow>`SELECT ${columns(teamInvitations)} FROM ${teamInvitations}
      WHERE group_id = ${groupId} AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ${now}
      ORDER BY id DESC LIMIT 200`,
  )

export type OpenInvitation = { id: string; email: string; role: Role; slug: string; name: string }

/** The open invitation whose link has this hash, with its group. */
export const findOpenInvitation = async (
  db: Db,
  id: string,
  hash: string,
  now: number,
): Promise<OpenInvitation | undefined> =>
  (
    await db.all(
      sql<OpenInvitation>`SELECT team_invitations.id AS id, email AS email, role AS role, groups.slug AS slug, groups.name AS name
        FROM ${teamInvitations} JOIN groups ON groups.id = team_invitations.group_id AND groups.deleted_at IS NULL
        WHERE team_invitations.id = ${id} AND ${hash} IN (hash, mail_hash)
          AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ${now}`,
    )
  )[0]
