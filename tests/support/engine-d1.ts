import { env } from 'cloudflare:workers'
import { type D1, type D1Meta, d1Db } from '../../src/db/d1.ts'
import { migrate } from '../../src/db/migrate.ts'

export const engine = 'd1'

const binding = (env as { DB: D1 }).DB
let total = { read: 0, written: 0, statements: 0 }

/** D1 databases can't be made while tests run, so each test gets the one there is, emptied. */
export async function openDatabase() {
  const db = d1Db(binding, (meta: D1Meta) => {
    total = {
      read: total.read + meta.rows_read,
      written: total.written + meta.rows_written,
      statements: total.statements + 1,
    }
  })
  await migrate(db)
  const tables = await db.all<{ name: string }>({
    sql: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%_fts%'
      AND name NOT LIKE '_cf%' AND name <> 'd1_migrations'`,
    params: [],
  })
  await db.batch([
    { sql: 'PRAGMA defer_foreign_keys = true', params: [] },
    ...tables.map(({ name }) => ({ sql: `DELETE FROM "${name}"`, params: [] })),
  ])
  total = { read: 0, written: 0, statements: 0 }
  return {
    db,
    costs() {
      const spent = total
      total = { read: 0, written: 0, statements: 0 }
      return spent
    },
    async close() {},
  }
}
