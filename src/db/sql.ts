import { getTableColumns, type SQL, sql, type Table } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

type Inserted<T extends Table> = T['$inferSelect']

/** All columns of a table, each under the name it has in TypeScript: `"events"."group_id" AS "groupId", …`. */
export function columns<T extends SQLiteTable>(table: T, only?: readonly (keyof Inserted<T>)[]): SQL {
  const all = Object.entries(getTableColumns(table))
  const wanted = only ? all.filter(([name]) => only.includes(name as never)) : all
  return sql.join(
    wanted.map(([name, column]) => sql`${column} AS ${sql.identifier(name)}`),
    sql`, `,
  )
}

/** The columns' own names, bare, as INSERT wants them. */
export function columnNames(table: SQLiteTable): SQL {
  return sql.join(
    Object.values(getTableColumns(table)).map((column) => sql.identifier(column.name)),
    sql`, `,
  )
}

/** The values of one row in the order of `columnNames`: for `INSERT … SELECT ${values(…)} FROM … WHERE …`. */
export function values<T extends SQLiteTable>(table: T, row: { [K in keyof Inserted<T>]: Inserted<T>[K] | SQL }): SQL {
  return sql.join(
    Object.keys(getTableColumns(table)).map((name) => bound(name, row[name as keyof Inserted<T>])),
    sql`, `,
  )
}

/** A value as a parameter. drizzle drops an undefined one silently, which would shift the others. */
function bound(name: string, value: unknown): SQL {
  if (value === undefined) throw new TypeError(`no value for the column ${name}`)
  return sql`${value}`
}

/** `SET` assignments for the given columns. */
export function assignments<T extends SQLiteTable>(
  table: T,
  row: { [K in keyof Inserted<T>]?: Inserted<T>[K] | SQL },
): SQL {
  const known = getTableColumns(table) as Record<string, { name: string }>
  return sql.join(
    Object.entries(row).map(([name, value]) => sql`${sql.identifier(known[name]!.name)} = ${bound(name, value)}`),
    sql`, `,
  )
}

/**
 * `INSERT INTO table (…) SELECT … FROM json_each(?)`: any number of rows with one bound parameter, since D1 takes at most
 * 100 of them. Keep the JSON under 1 MB: a D1 value may not pass 2 MB.
 */
export function insertRows<T extends SQLiteTable>(table: T, rows: Inserted<T>[], conflict: SQL = sql``): SQL {
  const names = Object.keys(getTableColumns(table))
  const list = rows.map((row) => names.map((name) => row[name as keyof Inserted<T>] ?? null))
  const picked = sql.join(
    names.map((_, at) => sql`json_extract(value, ${sql.raw(`'$[${at}]'`)})`),
    sql`, `,
  )
  // `WHERE true` keeps the parser from reading ON CONFLICT as a join.
  return sql`INSERT INTO ${table} (${columnNames(table)}) SELECT ${picked} FROM json_each(${JSON.stringify(list)}) WHERE true ${conflict}`
}

/**
 * A statement that fails where the condition does not hold, and with it the whole batch: for changes of many rows whose
 * first condition no single UPDATE can carry. `isUnmet` tells its error from others.
 */
export const assertThat = (condition: SQL): SQL<never> =>
  sql`SELECT json(CASE WHEN ${condition} THEN 'true' ELSE 'unmet' END)`

/** Whether a batch failed because of `assertThat`, or because somebody took a unique name first: read again and repeat. */
export const isUnmet = (error: unknown): boolean =>
  /malformed JSON|UNIQUE constraint failed/.test(String(error) + String((error as Error)?.cause ?? ''))
