import type { Db } from '../../src/db/db.ts'

/** The control of the race tests: counts the seats first and gives one afterwards. Resolves with how many it gave. */
export async function naiveRace(db: Db, guests: number, seats: number): Promise<number> {
  await db.all({ sql: 'CREATE TABLE IF NOT EXISTS naive_rsvps (guest INTEGER PRIMARY KEY)', params: [] })
  await db.all({ sql: 'DELETE FROM naive_rsvps', params: [] })
  const taken = async () =>
    (await db.all<{ taken: number }>({ sql: 'SELECT count(*) AS taken FROM naive_rsvps', params: [] }))[0]!.taken
  await Promise.all(
    Array.from({ length: guests }, async (_, guest) => {
      if ((await taken()) < seats) await db.all({ sql: 'INSERT INTO naive_rsvps (guest) VALUES (?)', params: [guest] })
    }),
  )
  return taken()
}
