/** Brings a dump into an empty database: begin, rows in any number of parts, finish. One that broke off is begun again. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { assertThat, isUnmet } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { type Fault, invalid, type Refused, refused } from '../outcome.ts'
import { readState, readTables, readTriggers, type StoredTable, type StoredTrigger } from './queries.ts'

export type DumpRow = { table: string; row: Record<string, unknown> }
type Done<T> = ({ ok: true } & T) | Refused

const IS_EMPTY = sql`NOT EXISTS (SELECT 1 FROM groups) AND NOT EXISTS (SELECT 1 FROM conferences)`

/** Takes out the triggers that count, and what an empty database has. Refuses one with groups or conferences, and a dump of another schema. */
export async function beginRestore(deps: Deps, schema: string): Promise<Done<{ id: string }>> {
  const { db } = deps
  const [state, tables, open] = [await readState(db), await readTables(db), await readRestore(db)]
  if (schema !== state.schema) {
    return invalid({
      path: 'schema',
      message: `is ${schema}, and here it is ${state.schema}: restore with the version that made it`,
    })
  }
  const triggers = open?.triggers ?? (await readTriggers(db, tables))
  const id = deps.newId()
  try {
    await db.batch([
      assertThat(
        open
          ? sql`EXISTS (SELECT 1 FROM restores WHERE id = ${open.id})`
          : sql`NOT EXISTS (SELECT 1 FROM restores) AND ${IS_EMPTY}`,
      ),
      ...triggers.map(({ name }) => sql`DROP TRIGGER IF EXISTS ${sql.identifier(name)}`),
      sql`DELETE FROM restores`,
      sql`INSERT INTO restores (id, triggers, started_at) VALUES (${id}, ${JSON.stringify(triggers)}, ${deps.now()})`,
      ...emptied(tables.filter(({ name }) => name !== 'tokens')),
    ])
  } catch (error) {
    if (isUnmet(error)) return refused('not_empty')
    throw error
  }
  return { ok: true, id }
}

/** Writes rows as they were; the same ones twice are there once. All or none of a part. */
export async function restoreRows(db: Db, id: string, rows: DumpRow[]): Promise<Done<{ rows: number }>> {
  const tables = await readTables(db)
  const faults = faultsOf(tables, rows)
  if (faults.length > 0) return invalid(...faults)
  return write(db, id, inserted(tables, rows), rows.length)
}

/**
 * Writes the last rows, tokens among them, counts all, and sets the triggers up again: from then on the database is the one
 * that was dumped. Refuses, and changes nothing, where another number of rows is there.
 */
export async function finishRestore(
  db: Db,
  id: string,
  rows: DumpRow[],
  total: number,
): Promise<Done<{ rows: number }>> {
  const [tables, open] = [await readTables(db), await readRestore(db)]
  const faults = faultsOf(tables, rows)
  if (faults.length > 0) return invalid(...faults)
  if (open?.id !== id) return refused('not_found')
  const counts = sql.join(
    tables.map(({ name }) => sql`(SELECT count(*) FROM ${sql.identifier(name)})`),
    sql` + `,
  )
  const done = await write(
    db,
    id,
    [
      sql`DELETE FROM tokens`,
      ...inserted(tables, rows),
      assertThat(sql`${counts} = ${total}`),
      ...open.triggers.map(({ text }) => sql.raw(text)),
      sql`DELETE FROM restores`,
    ],
    total,
  )
  return done.ok || done.reason !== 'not_found'
    ? done
    : invalid({ path: 'rows', message: `is not the number of rows that came: ${total}` })
}

async function write(db: Db, id: string, statements: SQL[], rows: number): Promise<Done<{ rows: number }>> {
  try {
    await db.batch([assertThat(sql`EXISTS (SELECT 1 FROM restores WHERE id = ${id})`), ...statements])
    return { ok: true, rows }
  } catch (error) {
    if (isUnmet(error)) return refused('not_found')
    const [, why] = /(\w+ constraint failed[^\n]*)/.exec(String(error) + String((error as Error).cause ?? '')) ?? []
    if (why) return invalid({ path: '', message: why })
    throw error
  }
}

async function readRestore(db: Db): Promise<{ id: string; triggers: StoredTrigger[] } | null> {
  const [row] = await db.all(sql<{ id: string; triggers: string }>`SELECT id, triggers FROM restores`)
  return row ? { id: row.id, triggers: JSON.parse(row.triggers) } : null
}

const emptied = (tables: StoredTable[]): SQL[] =>
  tables.toReversed().map(({ name }) => sql`DELETE FROM ${sql.identifier(name)}`)

function faultsOf(tables: StoredTable[], rows: DumpRow[]): Fault[] {
  const known = new Map(tables.map((table) => [table.name, new Set(table.columns)]))
  return rows.flatMap(({ table, row }, at) => {
    const columns = known.get(table)
    if (!columns) return [{ path: `line ${at + 1}`, message: `has no table of ours: ${table}` }]
    const strange = Object.keys(row).find((name) => !columns.has(name))
    return strange === undefined ? [] : [{ path: `line ${at + 1}`, message: `${table} has no ${strange}` }]
  })
}

/** One statement for each table, its rows as one parameter. */
function inserted(tables: StoredTable[], rows: DumpRow[]): SQL[] {
  return tables.flatMap(({ name, columns }) => {
    const own = rows
      .filter(({ table }) => table === name)
      .map(({ row }) => columns.map((column) => row[column] ?? null))
    if (own.length === 0) return []
    const list = (parts: SQL[]) => sql.join(parts, sql`, `)
    const names = list(columns.map((column) => sql`${sql.identifier(column)}`))
    const picked = list(columns.map((_, at) => sql`json_extract(value, ${sql.raw(`'$[${at}]'`)})`))
    return [
      sql`INSERT OR IGNORE INTO ${sql.identifier(name)} (${names}) SELECT ${picked} FROM json_each(${JSON.stringify(own)})`,
    ]
  })
}
