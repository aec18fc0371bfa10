/** Guests as the door sees them: for one date, what they answered for it, else their answer to all dates. */
import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { type RsvpRow, rank } from './queries.ts'
import { rsvps } from './tables.ts'

export type DoorName = { id: string; name: string; emailKey: string; response: RsvpRow['response'] }

/** Who answered, by name only: what is typed is compared with all names, whatever their accents. */
export const readDoorNames = (db: Db, eventId: string, occurrence: string): Promise<DoorName[]> =>
  db.all(
    sql<DoorName>`SELECT id, name, email_key AS "emailKey", response FROM ${rsvps}
      WHERE event_id = ${eventId} AND purged_at IS NULL AND (occurrence = ${occurrence} OR (occurrence = ''
        AND NOT EXISTS (SELECT 1 FROM ${rsvps} AS own WHERE own.event_id = ${eventId} AND own.occurrence = ${occurrence}
          AND own.email_key = rsvps.email_key)))`,
  )

/** The guests whose code this is, or ends so: their addresses in lower case. */
export const readCoded = async (db: Db, eventId: string, code: string): Promise<Set<string>> =>
  new Set(
    (
      await db.all(
        sql<{ emailKey: string }>`SELECT email_key AS "emailKey" FROM ${rsvps}
          WHERE event_id = ${eventId} AND purged_at IS NULL AND substr(id, -${code.length}) = ${code}`,
      )
    ).map(({ emailKey }) => emailKey),
  )

/** These answers, in the order of their ids in the list. */
export async function readByIds(db: Db, ids: string[]): Promise<RsvpRow[]> {
  const found = await db.all(
    sql<RsvpRow>`SELECT ${columns(rsvps)}, ${rank} FROM ${rsvps}
      WHERE ${rsvps.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  )
  return found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** Letters without accents and case, as people type them in a hurry. */
const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const inEnglish = new Intl.Collator('en')

/** The names that match, in alphabetical order: by a part of the name, by a part of the address where an @ is typed, by code. */
export function searchNames(names: DoorName[], typed: string, coded: Set<string>): DoorName[] {
  const wanted = folded(typed.trim())
  const isMatch = ({ name, emailKey, response }: DoorName) => {
    if (wanted === '') return response !== 'declined'
    if (coded.has(emailKey)) return true
    return folded(typed.includes('@') ? emailKey : name).includes(wanted)
  }
  return names.filter(isMatch).sort((a, b) => inEnglish.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
}
