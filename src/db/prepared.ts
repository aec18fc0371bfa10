import { Placeholder, type SQL, sql } from 'drizzle-orm'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import type { Compiled } from './db.ts'

const dialect = new SQLiteAsyncDialect()

type Value = string | number | null
type Named<Name extends string> = { readonly [N in Name]: Placeholder }

/**
 * A statement whose text is made once, for the hot paths: making it takes as long as running it (PERFORMANCE, "An unchanged
 * poll"). `write` gets a placeholder for each name; what is returned takes their values. However often the text uses a name,
 * its value is bound once.
 */
export function prepared<T, const Name extends string>(
  names: readonly Name[],
  write: (named: Named<Name>) => SQL<T>,
): (values: Record<Name, Value>) => Compiled<T> {
  const named = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as unknown as Named<Name>
  const { sql: text, params } = dialect.sqlToQuery(write(named))
  const used: (Name | { constant: unknown })[] = []
  const numbers = params.map((param) => {
    const name = param instanceof Placeholder ? (param.name as Name) : { constant: param }
    const known = used.indexOf(name as Name)
    return known >= 0 ? known + 1 : used.push(name)
  })
  let at = 0
  const numbered = text.replaceAll('?', () => `?${numbers[at++]}`)
  if (at !== params.length) throw new TypeError('a prepared statement must have no question mark in a text')
  return (values) => ({
    sql: numbered,
    params: used.map((one) => (typeof one === 'string' ? values[one] : one.constant)),
  })
}
