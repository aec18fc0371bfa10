/** The version of a feed, by one row at most: none where the database says that nobody has written since it was read. */
import type { Compiled, Db } from '../db/db.ts'

export type Version = { version: string; updatedAt: number }

const versionOf = (feed: string): Compiled<Version> => ({
  sql: 'SELECT version, updated_at AS updatedAt FROM feed_versions WHERE feed = ?',
  params: [feed],
})

const KEPT_MAX = 10_000

type Known = Map<string, { stamp: string | null; version: Version | undefined }>
const known = new WeakMap<Db, Known>()

/** The version of a feed; undefined where there is no such feed. */
export async function readVersion(db: Db, feed: string): Promise<Version | undefined> {
  // Before the query: what is written in between belongs to the next stamp.
  const stamp = db.stamp()
  const kept = known.get(db) ?? new Map()
  const last = kept.get(feed)
  if (stamp !== null && last?.stamp === stamp) return last.version
  const [version] = await db.all(versionOf(feed))
  if (kept.size >= KEPT_MAX) kept.clear()
  known.set(db, kept.set(feed, { stamp, version }))
  return version
}

/** What the version was when it was read last, for the time that the database does not answer. */
export const lastVersion = (db: Db, feed: string): Version | undefined => known.get(db)?.get(feed)?.version
