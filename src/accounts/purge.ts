import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { IDLE_SECONDS } from './rules.ts'
import { passkeyChallenges, sessions, signIns, teamInvitations } from './tables.ts'

const DAY = 86_400
const KEPT_SECONDS = 30 * DAY

/** Forgets what opens nothing any more: sessions, what was asked for to sign in, invitations a month after they ran out. */
export async function purgeSignIns(deps: Deps): Promise<void> {
  const now = deps.now()
  await deps.db.batch([
    sql`DELETE FROM ${sessions} WHERE expires_at <= ${now} OR revoked_at <= ${now - DAY} OR seen_at <= ${now - IDLE_SECONDS}`,
    sql`DELETE FROM ${signIns} WHERE created_at <= ${now - DAY}`,
    sql`DELETE FROM ${passkeyChallenges} WHERE expires_at <= ${now}`,
    sql`DELETE FROM ${teamInvitations} WHERE expires_at <= ${now - KEPT_SECONDS}`,
  ])
}
