import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import type { RsvpRow } from './queries.ts'
import { guestAddresses } from './tables.ts'

/** Notes that a guest did something that only who reads their mails can do: mails to them are wanted from then on. */
export async function proveAddress(deps: Deps, { eventId, emailKey }: Pick<RsvpRow, 'eventId' | 'emailKey'>) {
  await deps.db.all(
    sql`INSERT INTO ${guestAddresses} (event_id, email_key, proven_at) VALUES (${eventId}, ${emailKey}, ${deps.now()})
      ON CONFLICT (event_id, email_key) DO UPDATE SET proven_at = excluded.proven_at WHERE proven_at IS NULL`,
  )
}
