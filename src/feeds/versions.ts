/** The version of a feed, by one row at most: none where the database says that nobody has written since it was read. */
import type { Compiled, Db } from '../db/db.ts'

export type Version = { version: string; updatedAt: number }

const versionOf = (feed: string): Compiled<Version> => ({
  sql: 'SELECT version, updated_at AS updatedAt FROM feed_versions WHERE feed = ?',
  params: [feed],
})

const KEPT_MAX = 10_000

type Known = { stamp: string; versions: Map<string, Version | undefined> }
const known = new WeakMap<Db, Known>()

/** The version of a feed; undefined where there is no such feed. */
export async function readVersion(db: Db, feed: string): Promise<Version | undefined> {
  // Before the query: what is written in between belongs to the next stamp.
  const stamp = db.stamp()
  const kept = known.get(db)
  if (stamp !== null && kept?.stamp === stamp && kept.versions.has(feed)) return kept.versions.get(feed)
  const [version] = await db.all(versionOf(feed))
  if (stamp !== null) {
    if (kept?.stamp === stamp && kept.versions.size < KEPT_MAX) kept.versions.set(feed, version)
    else known.set(db, { stamp, versions: new Map([[feed, version]]) })
  }
  return version
}
