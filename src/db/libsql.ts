import type { Client, InArgs } from '@libsql/client'
import { whenFree } from './busy.ts'
import { type Compiled, createDb, type Db } from './db.ts'

/** For a client's `concurrency` on a server: calls in flight. */
export const REMOTE_CONCURRENCY = 4

const READS = /^\s*SELECT\b/i

/**
 * A database over sqld or Turso. Works with the Node client and with the web client.
 *
 * There is one writer, and sqld (0.24) lets about ten calls that wait for it starve one another. So a process asks for it
 * once at a time: several processes over one server stay few (tests/node/processes.test.ts).
 */
export function libsqlDb(client: Client): Db {
  const statement = ({ sql, params }: Compiled) => ({ sql, args: params as InArgs })
  const write = oneByOne()
  const execute = (one: Compiled) => whenFree(() => client.execute(statement(one)))
  return createDb({
    batch: async (statements) =>
      (await write(() => whenFree(() => client.batch(statements.map(statement), 'write')))).map(
        (result) => result.rows,
      ),
    all: async (one) => (await (READS.test(one.sql) ? execute(one) : write(() => execute(one)))).rows,
  })
}

/** Runs calls one after another, in their order. */
function oneByOne(): <T>(call: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (call) => {
    const next = last.then(call, call)
    last = next
    return next
  }
}
