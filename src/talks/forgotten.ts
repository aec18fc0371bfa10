/** Who asked to be left out of the archive: their names are known again, and can't be read. */
import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { sha256 } from '../digest.ts'
import { nameKeyOf } from './rules.ts'
import { forgottenNames } from './tables.ts'

/** What is kept of a name. */
export const hashOfName = (name: string): Promise<string> => sha256(`name|${nameKeyOf(name)}`)

/** Those of these names that are to be left out. */
export async function forgottenAmong(db: Db, names: string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const all = [...new Set(names)]
  const hashes = await Promise.all(all.map(hashOfName))
  const found = await db.all(
    sql<{ hash: string }>`SELECT ${forgottenNames.hash} AS hash FROM json_each(${JSON.stringify(hashes)})
      JOIN ${forgottenNames} ON ${forgottenNames.hash} = value`,
  )
  const known = new Set(found.map(({ hash }) => hash))
  return new Set(all.filter((_, at) => known.has(hashes[at]!)))
}
