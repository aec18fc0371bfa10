import { sql } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { partsOf } from './create.ts'
import type { Person } from './queries.ts'
import { personalFeeds, stars } from './tables.ts'

/** Puts a public talk into a person's calendar or takes it out; twice is once. Refuses what is no public talk. */
export async function starTalk(
  deps: Deps,
  { emailKey }: Person,
  slug: string,
  isStarred: boolean,
): Promise<{ ok: true } | Refused> {
  const now = deps.now()
  const talk = sql`SELECT id FROM talks WHERE slug = ${slug} AND is_public = 1 AND deleted_at IS NULL`
  const feeds = await deps.db.all(
    sql<{ feed: string }>`SELECT feed AS feed FROM ${personalFeeds} WHERE email_key = ${emailKey}`,
  )
  const [found] = await deps.db.batch([
    sql<{ id: string }>`${talk}`,
    isStarred
      ? sql`INSERT INTO ${stars} (email_key, talk_id, created_at) SELECT ${emailKey}, id, ${now} FROM (${talk}) WHERE true ON CONFLICT DO NOTHING`
      : sql`DELETE FROM ${stars} WHERE email_key = ${emailKey} AND talk_id IN (${talk})`,
    ...feeds.flatMap(({ feed }) => partsOf(feed, emailKey)),
    sql`UPDATE feed_versions SET version = ${deps.newId()}, updated_at = max(${now}, updated_at + 1)
      WHERE feed IN (SELECT feed FROM ${personalFeeds} WHERE email_key = ${emailKey})`,
  ])
  return found.length === 1 ? { ok: true } : refused('not_found')
}
