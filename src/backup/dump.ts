/** All rows as lines of JSON, the same bytes on every engine: tables in one order, rows by their keys, members by name. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { readState, readTables, type StoredTable } from './queries.ts'

const ROWS_AT_ONCE = 500
const ROWS_IN_PAGE = 2000

/** Where the next page begins: the table, the key of the last row of it, how many rows came before. */
export type DumpCursor = { table: string; key: unknown[] | null; rows: number }
export type DumpPage = { lines: string[]; next: DumpCursor | null }

/**
 * A page of the dump; the first begins with a head and the last ends with a tail. Where `seq` differs between the two
 * something was changed meanwhile: read it again.
 */
export async function dumpPage(db: Db, cursor: DumpCursor | null): Promise<DumpPage> {
  const [state, tables] = [await readState(db), await readTables(db)]
  const lines = cursor ? [] : [JSON.stringify({ backup: 'convene', ...state })]
  const before = cursor?.rows ?? 0
  let key = cursor?.key ?? null
  let rows = 0
  const first = cursor ? tables.findIndex(({ name }) => name === cursor.table) : 0
  for (const table of tables.slice(Math.max(0, first))) {
    for (;;) {
      const found = await readRows(db, table, key)
      lines.push(...found.map((row) => JSON.stringify({ table: table.name, row })))
      rows += found.length
      const last = found.at(-1)
      if (!last || found.length < ROWS_AT_ONCE) break
      key = table.key.map((name) => last[name])
      if (rows >= ROWS_IN_PAGE) return { lines, next: { table: table.name, key, rows: before + rows } }
    }
    key = null
  }
  lines.push(JSON.stringify({ end: true, rows: before + rows, seq: state.seq }))
  return { lines, next: null }
}

function readRows(db: Db, { name, columns, key }: StoredTable, after: unknown[] | null) {
  const list = (names: string[]): SQL =>
    sql.join(
      names.map((one) => sql.identifier(one)),
      sql`, `,
    )
  const rest = after
    ? sql`WHERE (${list(key)}) > (${sql.join(
        after.map((value) => sql`${value}`),
        sql`, `,
      )})`
    : sql``
  return db.all(
    sql<
      Record<string, unknown>
    >`SELECT ${list(columns)} FROM ${sql.identifier(name)} ${rest} ORDER BY ${list(key)} LIMIT ${ROWS_AT_ONCE}`,
  )
}
