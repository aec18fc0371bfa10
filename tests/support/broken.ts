/** Databases with a guard taken off or a fault put in: what the tests must then see is that the promise breaks. */
import { type Compiled, compile, type Db, type Statement } from '../../src/db/db.ts'

/** The results of batches have the types of their statements; here they are only passed on. */
type Batch = Db['batch']

/** A batch as separate calls, between which others come: without the guard that a batch is. */
export const withoutBatches = (db: Db): Db => ({
  ...db,
  batch: (async (statements: readonly Statement[]) => {
    const results: unknown[][] = []
    for (const one of statements) {
      results.push(await db.all(one))
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    return results
  }) as unknown as Batch,
})

/** Another text for some statements; null leaves one out. */
export function rewritten(db: Db, write: (text: string) => string | null): Db {
  const of = (statement: Statement): Compiled | null => {
    const { sql, params } = compile(statement)
    const text = write(sql)
    return text === null ? null : { sql: text, params }
  }
  const nothing = { sql: 'SELECT 1 WHERE false', params: [] }
  return {
    ...db,
    all: async <T>(statement: Statement<T>) => db.all<T>((of(statement) ?? nothing) as Compiled<T>),
    batch: ((statements: readonly Statement[]) => db.batch(statements.map((one) => of(one) ?? nothing))) as Batch,
  }
}

export class Fault extends Error {}

export type When = 'before' | 'after'
export type Faulty = { db: Db; calls(): number; failAt(call: number | null, when?: When): void }

/** A database whose n-th call from now on fails, before it does anything or after it is committed. */
export function faulty(db: Db): Faulty {
  let calls = 0
  let at: number | null = null
  let when: When = 'before'
  async function run<T>(call: () => Promise<T>): Promise<T> {
    const fails = ++calls === at
    if (fails && when === 'before') throw new Fault(`call ${calls} failed before`)
    const result = await call()
    if (fails) throw new Fault(`call ${calls} failed after`)
    return result
  }
  return {
    db: { ...db, all: (one) => run(() => db.all(one)), batch: (all) => run(() => db.batch(all)) },
    calls: () => calls,
    failAt(call, how = 'before') {
      calls = 0
      at = call
      when = how
    },
  }
}
