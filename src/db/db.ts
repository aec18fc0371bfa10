import type { SQL } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'

/** A statement as text and its parameters, as the drivers take it; hot paths keep the text and change the parameters. */
export type Compiled<T = unknown> = { sql: string; params: unknown[]; row?: T }
export type Statement<T = unknown> = SQL<T> | Compiled<T>
type RowsOf<S> = S extends SQL<infer T> ? T[] : S extends Compiled<infer T> ? T[] : never

/**
 * The port to the database.
 *
 * There is no interactive transaction: D1 has none, and libSQL's collapse under concurrency (PITFALLS L6). A change of
 * state is one `batch` whose conditions stand in its SQL.
 */
export type Db = {
  /**
   * Runs the statements in order, all or none, in one round trip.
   *
   * @returns the rows of each statement, objects keyed by column alias: alias every computed or joined column
   * @throws whatever the engine throws (a violated constraint included); nothing is written then
   */
  batch<const S extends readonly Statement[]>(statements: S): Promise<{ -readonly [K in keyof S]: RowsOf<S[K]> }>
  /** The rows of one statement. */
  all<T>(statement: Statement<T>): Promise<T[]>
  /**
   * Another value after each write, whoever made it, without a query; null where only a query can tell. What was read
   * under a value holds as long as the value does.
   */
  stamp(): string | null
}

/** What a driver gives: D1 and libSQL differ in nothing else. */
export type Driver = {
  batch(statements: Compiled[]): Promise<unknown[][]>
  all(statement: Compiled): Promise<unknown[]>
  stamp?(): string | null
}

const dialect = new SQLiteAsyncDialect()

const isCompiled = (statement: Statement): statement is Compiled => 'params' in statement

/** The text and the parameters of a statement; booleans become 1 and 0, an undefined parameter is a bug and throws. */
export function compile<T>(statement: Statement<T>): Compiled<T> {
  if (isCompiled(statement)) return statement
  const { sql, params } = dialect.sqlToQuery(statement)
  return { sql, params: params.map(toParameter) }
}

function toParameter(value: unknown): unknown {
  if (value === undefined) throw new TypeError('a statement has an undefined parameter')
  return typeof value === 'boolean' ? Number(value) : value
}

export function createDb(driver: Driver): Db {
  return {
    async batch(statements) {
      return (await driver.batch(statements.map(compile))) as never
    },
    async all<T>(statement: Statement<T>) {
      return (await driver.all(compile(statement))) as T[]
    },
    stamp: () => driver.stamp?.() ?? null,
  }
}
