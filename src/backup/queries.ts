/** What the tables are, as the database itself tells it: a migration adds a table, and it is in the backup. */
import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'

/** A table whose rows stand for nothing else: no index of a search, no bookkeeping of an engine. */
export type StoredTable = { name: string; columns: string[]; key: string[] }
export type StoredTrigger = { name: string; text: string }

/** Bearer tokens come last: with them the token that restores is gone. */
const LAST = 'tokens'
const BOOKKEEPING = /^(sqlite_|_cf_|d1_migrations$|restores$|_litestream|libsql_)/

/** Every table with rows of its own, those that others refer to first. */
export async function readTables(db: Db): Promise<StoredTable[]> {
  const [master, info, references] = await db.batch([
    sql<{ name: string; text: string }>`SELECT name, sql AS text FROM sqlite_master WHERE type = 'table' ORDER BY name`,
    // Generated columns are not among them.
    sql<{ of: string; name: string; key: number }>`SELECT m.name AS "of", c.name AS name, c.pk AS "key"
      FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.name, c.cid`,
    sql<{ of: string; to: string }>`SELECT m.name AS "of", f."table" AS "to"
      FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table' AND m.name NOT LIKE '\\_cf%' ESCAPE '\\' AND m.sql NOT LIKE 'CREATE VIRTUAL%'`,
  ])
  const virtual = master.filter(({ text }) => /^CREATE VIRTUAL/i.test(text ?? '')).map(({ name }) => name)
  const isStored = (name: string) =>
    !BOOKKEEPING.test(name) && !virtual.some((one) => name === one || name.startsWith(`${one}_`))
  const tables = master
    .filter(({ name }) => isStored(name))
    .map(({ name }): StoredTable => {
      const own = info.filter(({ of }) => of === name)
      const key = own.filter((column) => column.key > 0).sort((a, b) => a.key - b.key)
      return { name, columns: own.map(({ name }) => name).sort(), key: key.map(({ name }) => name) }
    })
  return inOrder(tables, references)
}

function inOrder(tables: StoredTable[], references: { of: string; to: string }[]): StoredTable[] {
  const sorted: StoredTable[] = []
  const visit = (table: StoredTable) => {
    if (sorted.includes(table)) return
    for (const { of, to } of references) {
      const other = tables.find(({ name }) => name === to)
      if (of === table.name && other && other !== table) visit(other)
    }
    sorted.push(table)
  }
  for (const table of tables) if (table.name !== LAST) visit(table)
  for (const table of tables) visit(table)
  return sorted
}

/** The triggers that write to stored tables: what they made is in the backup already. */
export async function readTriggers(db: Db, tables: StoredTable[]): Promise<StoredTrigger[]> {
  const all = await db.all(
    sql<StoredTrigger>`SELECT name, sql AS text FROM sqlite_master WHERE type = 'trigger' ORDER BY name`,
  )
  const names = new Set(tables.map(({ name }) => name))
  return all.filter(({ text }) => {
    const body = text.slice(text.search(/\bBEGIN\b/i))
    const written = body.matchAll(
      /\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+"?(\w+)/gi,
    )
    return [...written].some(([, name]) => names.has(name!))
  })
}

/** The newest migration, and the number of the last change in the journal. */
export async function readState(db: Db): Promise<{ schema: string; seq: number }> {
  const [row] = await db.all(
    sql<{
      schema: string
      seq: number
    }>`SELECT (SELECT max(name) FROM d1_migrations) AS schema, (SELECT coalesce(max(seq), 0) FROM changes) AS seq`,
  )
  return row!
}
