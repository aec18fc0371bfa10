/**
 * A database over a libSQL file, by the driver that `@libsql/client` has inside: it keeps prepared statements, which the
 * client makes anew for each call (an answer to an event takes a third of the time).
 */
import Database from 'libsql'
import { whenFree } from './busy.ts'
import { type Compiled, createDb, type Db } from './db.ts'

type Kept = { statement: Database.Statement<unknown[]>; columns: string[] }
type Waiting = { one: Compiled; done(rows: unknown[]): void; failed(error: unknown): void }
type Settled = { rows: unknown[] } | { error: unknown }

const WRITES = /^\s*(INSERT|UPDATE|DELETE|WITH)\b/i

/** Texts that are written anew for each call go again; the hot ones stay. */
const KEPT_MAX = 500

export type FileDb = { db: Db; close(): void }

/**
 * Opens a file, which is made if need be.
 *
 * @param timeout milliseconds that a write waits for another process that writes to the file (PITFALLS L8)
 */
export function openFile(path: string, timeout: number, stamp: () => string | null): FileDb {
  const database = new Database(path, { timeout } as Database.Options)
  const kept = new Map<string, Kept>()

  function prepare(text: string): Kept {
    const known = kept.get(text)
    if (known) return known
    const statement = database.prepare(text)
    const columns = statement.columns().map(({ name }) => name)
    const made = { statement: columns.length > 0 ? statement.raw(true) : statement, columns }
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!)
    kept.set(text, made)
    return made
  }

  function run({ sql, params }: Compiled): unknown[] {
    const { statement, columns } = prepare(sql)
    if (columns.length === 0) {
      statement.run(params)
      return []
    }
    return (statement.all(params) as unknown[][]).map((row) =>
      Object.fromEntries(columns.map((name, at) => [name, row[at]])),
    )
  }

  let waiting: Waiting[] = []

  /** A write waits for those that come in the same turn, and goes with them. */
  function write(one: Compiled): Promise<unknown[]> {
    return new Promise((done, failed) => {
      if (waiting.push({ one, done, failed }) === 1) setImmediate(flush)
    })
  }

  /**
   * Writes of one turn become one transaction, which costs as much as one of them alone: one that fails undoes itself only,
   * and each is answered when all are written.
   */
  function flush(): void {
    const group = waiting
    waiting = []
    if (group.length === 0) return
    try {
      const settled = group.length === 1 ? [{ rows: run(group[0]!.one) }] : together(group)
      for (const [at, { done, failed }] of group.entries()) {
        const outcome = settled[at]!
        if ('rows' in outcome) done(outcome.rows)
        else failed(outcome.error)
      }
    } catch (error) {
      for (const { failed } of group) failed(error)
    }
  }

  function together(group: Waiting[]): Settled[] {
    database.exec('BEGIN IMMEDIATE')
    try {
      const settled = group.map(({ one }): Settled => {
        try {
          return { rows: run(one) }
        } catch (error) {
          // A full disk ends the whole transaction.
          if (!database.inTransaction) throw error
          return { error }
        }
      })
      database.exec('COMMIT')
      return settled
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  /** The driver works in this thread, so nothing comes between. */
  function batch(statements: Compiled[]): unknown[][] {
    database.exec('BEGIN IMMEDIATE')
    try {
      const results = statements.map(run)
      database.exec('COMMIT')
      return results
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  // Readers go on while one writes; the mode stays with the file.
  database.exec('PRAGMA journal_mode = WAL')
  // A checkpoint writes each page once, however often it was changed: one in 32 MB instead of in 4 is an eighth faster.
  database.exec('PRAGMA wal_autocheckpoint = 8000')
  database.exec(`PRAGMA mmap_size = ${MMAP_BYTES}`)
  return {
    db: createDb({
      batch: (statements) => whenFree(async () => batch(statements)),
      all: (one) => whenFree(async () => (WRITES.test(one.sql) ? write(one) : run(one))),
      stamp,
    }),
    close: () => {
      flush()
      database.close()
    },
  }
}

/** More than the largest community has, so that a feed is read from memory instead of by a call for each page. */
const MMAP_BYTES = 256 * 1024 * 1024
