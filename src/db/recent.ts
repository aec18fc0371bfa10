import type { Db } from './db.ts'

/**
 * A database that only a query tells of others' writes (D1, sqld), read at most once a second for what changes seldom: an
 * own write is seen at once, one of another isolate within the second. Polls of feeds come by the thousand, and each client
 * and cache between keeps an answer for minutes anyway.
 *
 * @param seconds Unix time in whole seconds
 */
export function withinASecond(db: Db, seconds: () => number): Db {
  let writes = 0
  return {
    ...db,
    async batch(statements) {
      try {
        return await db.batch(statements)
      } finally {
        writes += 1
      }
    },
    stamp: () => `${writes} ${seconds()}`,
  }
}
