/** Who gets a group's monthly mail: asked for by anybody, confirmed by who reads the address, ended by them at any time. */
import { sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { columnNames, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import type { Digest } from './queries.ts'
import { CONFIRM_SECONDS, nextMonthAt } from './rules.ts'
import { digestLinks, digestMails, digests } from './tables.ts'

const DAY = 86_400
/** Mails to an address that has confirmed nothing, in a day and of all groups: anybody can type any address. */
const ASKED_MAX = 3

/**
 * Notes that somebody asked for the monthly mail of a group. The same statements for every address, so that nobody learns
 * who gets it. Who has confirmed is asked nothing more, and an address is asked at most once an hour and three times a day.
 */
export async function askForDigest(
  deps: Deps,
  groupId: string,
  { email, language, streams }: { email: string; language: string | null; streams: boolean },
): Promise<void> {
  const now = deps.now()
  const id = deps.newId()
  const emailKey = email.toLowerCase()
  const row = {
    id,
    groupId,
    email,
    emailKey,
    language,
    createdAt: now,
    confirmedAt: null,
    nextAt: null,
    changeId: id,
    streams: Number(streams),
  }
  const asked = sql`(SELECT count(*) FROM ${digestMails} JOIN ${digests} AS asker ON asker.id = digest_id
    WHERE asker.email_key = ${emailKey} AND asker.confirmed_at IS NULL AND due_at > ${now - DAY})`
  await deps.db.batch([
    sql`INSERT INTO ${digests} (${columnNames(digests)}) SELECT ${values(digests, row)} WHERE true ON CONFLICT DO NOTHING`,
    sql`INSERT INTO ${digestMails} (digest_id, period, state, tries, due_at)
      SELECT id, ${`asked ${Math.floor(now / 3600)}`}, 'due', 0, ${now} FROM ${digests}
      WHERE group_id = ${groupId} AND email_key = ${emailKey} AND confirmed_at IS NULL AND ${asked} < ${ASKED_MAX}
      ON CONFLICT DO NOTHING`,
    recordChange(digests, 'digest.asked', { changeId: id, now, groupId }),
  ])
}

/** The address says itself that it is meant. Saying so twice is saying so once. */
export async function confirmDigest(deps: Deps, { id, groupId, timeZone }: Digest): Promise<void> {
  const now = deps.now()
  const changeId = deps.newId()
  await deps.db.batch([
    sql`UPDATE ${digests} SET confirmed_at = ${now}, next_at = ${nextMonthAt(now, timeZone)}, change_id = ${changeId}
      WHERE id = ${id} AND confirmed_at IS NULL`,
    recordChange(digests, 'digest.confirmed', { changeId, now, groupId }),
  ])
}

/** Ends it and forgets the address. */
export async function endDigest(deps: Deps, { id, groupId }: Digest): Promise<void> {
  const now = deps.now()
  const changeId = deps.newId()
  await deps.db.batch([
    sql`UPDATE ${digests} SET change_id = ${changeId} WHERE id = ${id}`,
    recordChange(digests, 'digest.ended', { changeId, now, groupId }),
    ...forget(sql`id = ${id}`),
  ])
}

const forget = (which: ReturnType<typeof sql>) => [
  sql<never>`DELETE FROM ${digestMails} WHERE digest_id IN (SELECT id FROM ${digests} WHERE ${which})`,
  sql<never>`DELETE FROM ${digestLinks} WHERE digest_id IN (SELECT id FROM ${digests} WHERE ${which})`,
  sql<never>`DELETE FROM ${digests} WHERE ${which}`,
]

/** Forgets addresses of which nobody said in a week that they are meant. */
export async function purgeDigests(deps: Deps): Promise<void> {
  const now = deps.now()
  await deps.db.batch(forget(sql`confirmed_at IS NULL AND created_at < ${now - CONFIRM_SECONDS}`))
}
