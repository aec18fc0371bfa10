import type { Client, InArgs } from '@libsql/client'
import { type Compiled, createDb, type Db } from './db.ts'

/** A database over libSQL: an embedded file, sqld or Turso. Works with the Node client and with the web client. */
export function libsqlDb(client: Client): Db {
  const statement = ({ sql, params }: Compiled) => ({ sql, args: params as InArgs })
  return createDb({
    batch: async (statements) => (await client.batch(statements.map(statement), 'write')).map((result) => result.rows),
    all: async (one) => (await client.execute(statement(one))).rows,
  })
}
