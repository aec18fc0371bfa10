/** Says who makes the changes of a request, in the batches that make them. */
import { sql } from 'drizzle-orm'
import { type Compiled, compile, type Db, type Statement } from '../db/db.ts'
import { audit, changes } from './tables.ts'

const READS = /^\s*SELECT\b/i
const KNOWN_MAX = 100

/** One for each who acts, so that what is remembered of a database is remembered of this one too. */
const known = new WeakMap<Db, Map<string, Db>>()
/** The database below. */
const bases = new WeakMap<Db, Db>()

/**
 * The database as somebody uses it who is to answer for it: each batch that writes notes them beside the changes that it
 * journals, and triggers keep what stood there before. A batch that fails notes nothing. Who
 * acts already acts as somebody else from here on.
 */
export function actingAs(given: Db, actor: string): Db {
  const db = bases.get(given) ?? given
  const ofDb = known.get(db) ?? new Map<string, Db>()
  known.set(db, ofDb)
  const before = ofDb.get(actor)
  if (before) return before
  const made = acting(db, actor)
  if (ofDb.size >= KNOWN_MAX) ofDb.clear()
  ofDb.set(actor, made)
  bases.set(made, db)
  return made
}

const acting = (db: Db, actor: string): Db => ({
  all: (statement) => db.all(statement),
  stamp: () => db.stamp(),
  async batch(statements) {
    const own: Compiled[] = (statements as readonly Statement[]).map(compile)
    if (own.every((one) => READS.test(one.sql))) return db.batch(own) as never
    const rows = await db.batch([
      sql`INSERT INTO acting (id, actor, seq) SELECT 1, ${actor}, coalesce(max(seq), 0) FROM ${changes} WHERE true
        ON CONFLICT DO UPDATE SET actor = excluded.actor, seq = excluded.seq`,
      ...own,
      sql`INSERT INTO ${audit} (seq, group_id, actor, at) SELECT seq, group_id, ${actor}, at FROM ${changes}
        WHERE seq > (SELECT seq FROM acting WHERE id = 1)`,
      sql`UPDATE acting SET actor = NULL WHERE id = 1`,
    ])
    return rows.slice(1, -2) as never
  },
})
