import { createDb, type Db } from './db.ts'

/** The part of Cloudflare's D1 binding that we use. */
export type D1 = {
  prepare(sql: string): D1Statement
  batch(statements: D1Statement[]): Promise<D1Result[]>
}
type D1Statement = { bind(...params: unknown[]): D1Statement; all(): Promise<D1Result> }
type D1Result = { results: unknown[]; meta: D1Meta }
/** What D1 bills: `rows_read` and `rows_written` count index entries too. */
export type D1Meta = { rows_read: number; rows_written: number }

/** A database over Cloudflare D1. `onMeta` is told what each statement cost. */
export function d1Db(binding: D1, onMeta?: (meta: D1Meta) => void): Db {
  const take = (result: D1Result) => {
    onMeta?.(result.meta)
    return result.results
  }
  return createDb({
    batch: async (statements) =>
      (await binding.batch(statements.map(({ sql, params }) => binding.prepare(sql).bind(...params)))).map(take),
    all: async ({ sql, params }) =>
      take(
        await binding
          .prepare(sql)
          .bind(...params)
          .all(),
      ),
  })
}
