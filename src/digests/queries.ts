import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { sha256 } from '../digest.ts'
import { type Dated, readDates } from '../events/upcoming.ts'
import { minutes } from '../minutes/tables.ts'
import { talks } from '../talks/tables.ts'
import { anonymous } from '../tokens/access.ts'
import { idOfCapability } from '../tokens/capability.ts'
import { digestLinks, digests } from './tables.ts'

export type Digest = typeof digests.$inferSelect & { slug: string; group: string; timeZone: string; isOpen: number }

const DIGEST = sql`SELECT ${columns(digests)}, groups.slug AS slug, groups.name AS "group", groups.time_zone AS "timeZone",
    groups.deleted_at IS NULL AND groups.visibility = 'public' AS "isOpen"
  FROM ${digests} JOIN groups ON groups.id = digests.group_id`

export const findDigest = async (db: Db, id: string): Promise<Digest | undefined> =>
  (await db.all(sql<Digest>`${DIGEST} WHERE digests.id = ${id}`))[0]

/** The one whose mail had this link. */
export async function digestOfToken(db: Db, token: string): Promise<Digest | undefined> {
  const id = idOfCapability('digest', token)
  if (id === null) return undefined
  const hash = await sha256(token)
  const [found] = await db.all(
    sql<Digest>`${DIGEST} JOIN ${digestLinks} ON digest_id = digests.id AND hash = ${hash} WHERE digests.id = ${id}`,
  )
  return found
}

const DAY = 86_400
const DATES_MAX = 30
const TALKS_MAX = 20

export type Month = {
  coming: Dated[]
  done: (Dated & { hasMinutes: boolean })[]
  talks: { slug: string; title: string }[]
}

/** What a group plans for the next five weeks, and what was in the last five: the dates with minutes, and the new talks. */
export async function readMonth(db: Db, groupId: string, now: number): Promise<Month> {
  const month = 35 * DAY
  const [coming, past, [written, added]] = await Promise.all([
    readDates(db, anonymous, { groupId, from: now, to: now + month }, DATES_MAX),
    readDates(db, anonymous, { groupId, from: now - month, to: now }, DATES_MAX, 'last'),
    db.batch([
      sql<{
        eventId: string
        occurrence: string
      }>`SELECT event_id AS "eventId", occurrence AS occurrence FROM ${minutes}
        WHERE event_id IN (SELECT id FROM events WHERE group_id = ${groupId})`,
      sql<{ slug: string; title: string }>`SELECT slug AS slug, title AS title FROM ${talks}
        WHERE group_id = ${groupId} AND is_public = 1 AND created_at > ${now - month} ORDER BY starts_at DESC LIMIT ${TALKS_MAX}`,
    ]),
  ])
  const known = new Set(written.map(({ eventId, occurrence }) => `${eventId} ${occurrence}`))
  const done = past
    .filter(({ occurrence }) => occurrence.endsAt <= now && occurrence.status !== 'cancelled')
    .map((one) => ({ ...one, hasMinutes: known.has(`${one.event.id} ${one.occurrence.recurrenceId}`) }))
  return { coming, done: done.reverse(), talks: added }
}
