/** Who changed what in a group, with what stood there before. */
import { type SQL, sql } from 'drizzle-orm'
import { audit, auditValues, changes } from '../changes/tables.ts'
import type { Db } from '../db/db.ts'
import type { Deps } from '../deps.ts'

export type AuditRow = {
  seq: number
  at: number
  kind: string
  subjectId: string
  payload: string
  actor: string
  /** The name of an account, or of a token. */
  name: string | null
  before: string | null
  after: string | null
}

/** The changes of a group by its organizers, the newest first; one more than `limit` where there are more. */
export const readAudit = (
  db: Db,
  groupId: string,
  limit: number,
  before: number | null,
  subject: string | undefined,
): Promise<AuditRow[]> => {
  const id = sql`substr(${audit.actor}, instr(${audit.actor}, ':') + 1)`
  const name: SQL = sql`CASE WHEN ${audit.actor} LIKE 'account:%' THEN (SELECT name FROM accounts WHERE accounts.id = ${id})
    WHEN ${audit.actor} LIKE 'token:%' THEN (SELECT name FROM tokens WHERE tokens.id = ${id}) END`
  return db.all(
    sql<AuditRow>`SELECT ${audit.seq} AS seq, ${audit.at} AS at, kind AS kind, ${changes.subjectId} AS "subjectId",
        payload AS payload, ${audit.actor} AS actor, ${name} AS name, before AS before, after AS after
      FROM ${audit} JOIN ${changes} ON ${changes.seq} = ${audit.seq}
        LEFT JOIN ${auditValues} ON change_id = ${changes.id} AND ${auditValues.subjectId} = ${changes.subjectId}
      WHERE ${audit.groupId} = ${groupId} AND ${before === null ? sql`true` : sql`${audit.seq} < ${before}`}
        AND ${subject === undefined ? sql`true` : sql`${changes.subjectId} = ${subject}`}
      ORDER BY ${audit.seq} DESC LIMIT ${limit + 1}`,
  )
}

/** What differs between two JSON objects, member by member. */
export function differences(
  before: string | null,
  after: string | null,
): Record<string, { before: unknown; after: unknown }> {
  const [was, is] = [before, after].map((text) => JSON.parse(text ?? '{}') as Record<string, unknown>) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
      .map((name) => [name, { before: was[name] ?? null, after: is[name] ?? null }]),
  )
}

const KEPT_SECONDS = 400 * 86_400

/** Forgets who changed what after a bit more than a year. */
export async function purgeAudit({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const before = now() - KEPT_SECONDS
  await db.batch([sql`DELETE FROM ${audit} WHERE at < ${before}`, sql`DELETE FROM ${auditValues} WHERE at < ${before}`])
}
