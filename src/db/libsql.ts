import type { Client, InArgs } from '@libsql/client'
import { type Compiled, createDb, type Db } from './db.ts'

/**
 * For a client's `concurrency` on a server: calls in flight. There is one writer, and sqld (0.24) lets twenty that wait
 * for it starve or hang one another; four are as fast and do neither (tests/node/sqld.test.ts).
 */
export const REMOTE_CONCURRENCY = 4

/** How often a batch is sent while others hold the write lock; each waits five seconds or more for it. */
const TRIES = 4

/** A database over libSQL: an embedded file, sqld or Turso. Works with the Node client and with the web client. */
export function libsqlDb(client: Client, stamp?: () => string | null): Db {
  const statement = ({ sql, params }: Compiled) => ({ sql, args: params as InArgs })
  return createDb({
    batch: async (statements) =>
      (await whenFree(() => client.batch(statements.map(statement), 'write'))).map((result) => result.rows),
    all: async (one) => (await whenFree(() => client.execute(statement(one)))).rows,
    ...(stamp ? { stamp } : {}),
  })
}

/** SQLITE_BUSY comes from taking the write lock, before anything is written: the same again is safe. */
async function whenFree<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      if (tries === TRIES || !/SQLITE_BUSY/.test(String(error))) throw error
    }
  }
}
