import type { Compiled, Db } from './db.ts'
import { migrations } from './migrations.ts'

/** The table that wrangler keeps too, so that both tools agree on what was applied. */
const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`
const raw = <T>(sql: string, ...params: unknown[]): Compiled<T> => ({ sql, params })

/** Whether the newest migration has been applied; reads one row. */
async function isCurrent(db: Db): Promise<boolean> {
  const newest = migrations.at(-1)!.name
  try {
    return (await db.all(raw('SELECT name FROM d1_migrations WHERE name = ?', newest))).length === 1
  } catch (error) {
    if (String(error).includes('no such table')) return false
    throw error
  }
}

/**
 * Brings the schema up to date: each migration is one batch that also records its name, so it happens whole or not at all.
 * Two processes may run this at once: the second one's batch fails on the name, and it goes on with what is left.
 */
export async function migrate(db: Db): Promise<void> {
  if (await isCurrent(db)) return
  await db.all(raw(BOOKKEEPING))
  for (const { name, sql } of migrations) {
    const known = raw('SELECT name FROM d1_migrations WHERE name = ?', name)
    if ((await db.all(known)).length === 1) continue
    const statements = sql.split('--> statement-breakpoint').map((text) => text.trim())
    try {
      await db.batch([
        raw('INSERT INTO d1_migrations (name) VALUES (?)', name),
        ...statements.filter((text) => text !== '').map((text) => raw(text)),
      ])
    } catch (error) {
      if ((await db.all(known)).length === 0) throw error
    }
  }
}

/** Why the database can't serve yet, in words; null where it can. Reads two rows. */
export async function whyNotReady(db: Db): Promise<string | null> {
  if (!(await isCurrent(db))) return 'the schema is not that of this version'
  const restores = await db.all(raw('SELECT 1 AS found FROM restores LIMIT 1'))
  return restores.length > 0 ? 'a backup is being brought in' : null
}
