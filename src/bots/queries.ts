import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { groups } from '../groups/tables.ts'
import { logs } from '../minutes/tables.ts'
import { bots } from './tables.ts'

export type BotRow = typeof bots.$inferSelect
export type LogRow = typeof logs.$inferSelect
/** A bot and what is needed of its group. */
export type BotOfGroup = BotRow & { slug: string; timeZone: string }

export const BOTS_MAX = 20

/** A bot that is there, of a group that is. */
export const findBot = async (db: Db, id: string): Promise<BotOfGroup | undefined> =>
  (
    await db.all(
      sql<BotOfGroup>`SELECT ${columns(bots)}, ${groups.slug} AS slug, ${groups.timeZone} AS "timeZone" FROM ${bots}
        JOIN ${groups} ON ${groups.id} = ${bots.groupId}
        WHERE ${bots.id} = ${id} AND ${bots.deletedAt} IS NULL AND ${groups.deletedAt} IS NULL`,
    )
  )[0]

export const readBots = (db: Db, groupId: string): Promise<BotRow[]> =>
  db.all(
    sql<BotRow>`SELECT ${columns(bots)} FROM ${bots} WHERE group_id = ${groupId} AND deleted_at IS NULL ORDER BY id`,
  )

/** The same log, wherever it was put. */
export const findLogByHash = async (db: Db, groupId: string, hash: string) =>
  (
    await db.all(
      sql<{ eventId: string; occurrence: string }>`SELECT event_id AS "eventId", occurrence FROM ${logs}
        WHERE group_id = ${groupId} AND hash = ${hash}`,
    )
  )[0]

export type KnownLog = Pick<LogRow, 'name' | 'url' | 'meeting'>

export const readLogsOf = (db: Db, eventId: string, occurrence: string): Promise<KnownLog[]> =>
  db.all(
    sql<KnownLog>`SELECT name, url, meeting FROM ${logs} WHERE event_id = ${eventId} AND occurrence = ${occurrence} ORDER BY key`,
  )
