import { fillPlaceholders, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import type { Compiled } from './db.ts'

const dialect = new SQLiteAsyncDialect()

type Value = string | number | null
type Named<Name extends string> = { readonly [N in Name]: Placeholder }

/**
 * A statement whose text is made once, for the hot paths: making it takes as long as running it (PERFORMANCE, "An unchanged
 * poll"). `write` gets a placeholder for each name; what is returned takes their values.
 */
export function prepared<T, const Name extends string>(
  names: readonly Name[],
  write: (named: Named<Name>) => SQL<T>,
): (values: Record<Name, Value>) => Compiled<T> {
  const named = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as unknown as Named<Name>
  const { sql: text, params } = dialect.sqlToQuery(write(named))
  return (values) => ({ sql: text, params: fillPlaceholders(params, values) })
}
