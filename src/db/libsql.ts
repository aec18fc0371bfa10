import type { Client, InArgs } from '@libsql/client'
import { whenFree } from './busy.ts'
import { type Compiled, createDb, type Db } from './db.ts'

/**
 * For a client's `concurrency` on a server: calls in flight. There is one writer, and sqld (0.24) lets twenty that wait
 * for it starve or hang one another; four are as fast and do neither (tests/node/sqld.test.ts).
 */
export const REMOTE_CONCURRENCY = 4

/** A database over sqld or Turso. Works with the Node client and with the web client. */
export function libsqlDb(client: Client): Db {
  const statement = ({ sql, params }: Compiled) => ({ sql, args: params as InArgs })
  return createDb({
    batch: async (statements) =>
      (await whenFree(() => client.batch(statements.map(statement), 'write'))).map((result) => result.rows),
    all: async (one) => (await whenFree(() => client.execute(statement(one)))).rows,
  })
}
