/** What nobody outside knows, one for each day and all processes; kept for today and yesterday, then forgotten. */
import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { limitSalts } from './tables.ts'

const DAY = 86_400
type Salts = { day: number; today: string; yesterday: string | null }
const known = new WeakMap<Db, Salts>()

/** The salts of today and, where there was one, of yesterday. */
export async function saltsOf({ db, now, newSecret }: Pick<Deps, 'db' | 'now' | 'newSecret'>): Promise<Salts> {
  const day = Math.floor(now() / DAY)
  const before = known.get(db)
  if (before?.day === day) return before
  const [, , found] = await db.batch([
    sql`INSERT INTO ${limitSalts} (day, salt) VALUES (${day}, ${newSecret()}) ON CONFLICT DO NOTHING`,
    sql`DELETE FROM ${limitSalts} WHERE day < ${day - 1}`,
    sql<{ day: number; salt: string }>`SELECT day, salt FROM ${limitSalts} WHERE day IN (${day - 1}, ${day})`,
  ])
  const saltOf = (of: number) => found!.find((row) => row.day === of)?.salt ?? null
  const salts = { day, today: saltOf(day)!, yesterday: saltOf(day - 1) }
  known.set(db, salts)
  return salts
}
