import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import type { Limit } from './rules.ts'
import { saltsOf } from './salt.ts'
import { limits } from './tables.ts'

/**
 * Takes one of what somebody has left, in one statement, so that however many ask at once none gets more (PITFALLS L16).
 *
 * @returns null where there was one; else after how many seconds there is
 */
export async function take(deps: Deps, { name, burst, perMinute }: Limit, subject: string): Promise<number | null> {
  const now = deps.now()
  const rate = perMinute / 60
  const key = await sha256(`${(await saltsOf(deps)).today} ${name} ${subject}`)
  // A clock that steps back gives nothing.
  const left = sql`min(${burst}, ${limits.tokens} + max(0, ${now} - ${limits.at}) * ${rate})`
  const taken = await deps.db.all(
    sql`INSERT INTO ${limits} (key, tokens, at, full_at) VALUES (${key}, ${burst - 1}, ${now}, ${now + Math.ceil(1 / rate)})
      ON CONFLICT (key) DO UPDATE SET tokens = ${left} - 1, at = max(${limits.at}, ${now}),
        full_at = max(${limits.at}, ${now}) + cast((${burst} - ${left} + 1) / ${rate} AS INTEGER) + 1
      WHERE ${left} >= 1 RETURNING tokens`,
  )
  if (taken.length > 0) return null
  const [row] = await deps.db.all(sql<{ left: number }>`SELECT ${left} AS left FROM ${limits} WHERE key = ${key}`)
  return Math.max(1, Math.ceil((1 - (row?.left ?? 0)) / rate - 1e-6))
}

/** Forgets what is full again. */
export const forgetLimits = ({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<unknown> =>
  db.all(sql`DELETE FROM ${limits} WHERE full_at <= ${now()}`)
