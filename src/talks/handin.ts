/** Links with which a speaker hands in slides of a talk without an account, and takes back what came by them. */
import { type SQL, sql } from 'drizzle-orm'
import { recordChange } from '../changes/record.ts'
import { recordTalkFeeds } from '../changes/talk-feeds.ts'
import type { Db } from '../db/db.ts'
import { columns, insertRows } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { sha256 } from '../digest.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { faultOfUrl } from '../remote/address.ts'
import { idOfCapability, isCapability, newCapability } from '../tokens/capability.ts'
import type { HandedIn } from './schema.ts'
import { handInLinks, resources, talks } from './tables.ts'

export type HandInLink = typeof handInLinks.$inferSelect
type Talk = { id: string; groupId: string | null }

/** Long enough for the mail that nobody answers at once. */
const OPEN_SECONDS = 90 * 86_400
/** A link that got into wrong hands fills no page. */
const GIVEN_MAX = 20

/** Makes a link for each of these talks. Their tokens are shown once. */
export async function createHandIns(
  deps: Deps,
  wanted: { talk: Talk; name: string }[],
): Promise<{ link: HandInLink; token: string }[]> {
  const now = deps.now()
  const made = await Promise.all(
    wanted.map(async ({ talk, name }) => {
      const id = deps.newId()
      const token = newCapability(deps, 'handin', id)
      const link: HandInLink = {
        id,
        talkId: talk.id,
        hash: await sha256(token),
        name,
        given: '[]',
        createdAt: now,
        endsAt: now + OPEN_SECONDS,
        revokedAt: null,
        changeId: deps.newId(),
      }
      return { link, token, groupId: talk.groupId }
    }),
  )
  await deps.db.batch([
    insertRows(
      handInLinks,
      made.map(({ link }) => link),
    ) as SQL<never>,
    ...made.map(({ link, groupId }) =>
      recordChange(handInLinks, 'hand-in.created', {
        changeId: link.changeId,
        now,
        groupId,
        payload: { talk: link.talkId },
      }),
    ),
  ])
  return made
}

/** Takes a link back; what came by it stays. Twice is once; false where there is none. */
export async function revokeHandIn(deps: Deps, talk: Talk, id: string): Promise<boolean> {
  const now = deps.now()
  const changeId = deps.newId()
  const [, , found] = await deps.db.batch([
    sql`UPDATE ${handInLinks} SET revoked_at = ${now}, change_id = ${changeId}
      WHERE id = ${id} AND talk_id = ${talk.id} AND revoked_at IS NULL`,
    recordChange(handInLinks, 'hand-in.revoked', {
      changeId,
      now,
      groupId: talk.groupId,
      payload: { talk: talk.id },
    }),
    sql`SELECT id FROM ${handInLinks} WHERE id = ${id} AND talk_id = ${talk.id}`,
  ])
  return found.length === 1
}

/** The links of a talk that are open, from after the cursor. */
export const readHandIns = (deps: Deps, talkId: string, limit: number, after: string): Promise<HandInLink[]> =>
  deps.db.all(
    sql<HandInLink>`SELECT ${columns(handInLinks)} FROM ${handInLinks}
      WHERE talk_id = ${talkId} AND revoked_at IS NULL AND ends_at > ${deps.now()} AND id > ${after}
      ORDER BY id LIMIT ${limit + 1}`,
  )

/** The open link of a token, and the slug of its talk. */
export async function findHandIn(
  db: Db,
  token: string,
  now: number,
): Promise<(HandInLink & { slug: string }) | undefined> {
  const id = idOfCapability('handin', token)
  if (id === null) return undefined
  const [link] = await db.all(
    sql<HandInLink & { slug: string }>`SELECT ${columns(handInLinks)}, ${talks.slug} AS slug
      FROM ${handInLinks} JOIN ${talks} ON ${talks.id} = ${handInLinks.talkId} AND ${talks.deletedAt} IS NULL
      WHERE ${handInLinks.id} = ${id} AND revoked_at IS NULL AND ends_at > ${now}`,
  )
  return link && (await isCapability(token, link.hash)) ? link : undefined
}

/** The types of a talk's resources, as its row repeats them. */
const typesNow = sql`(SELECT ' ' || coalesce(group_concat(type, ' '), '') || ' ' FROM (
  SELECT type FROM ${resources} WHERE talk_id = talks.id GROUP BY type ORDER BY min(place)))`

/** What follows a change of the resources that a link made, where its guard let it. */
function afterwards(
  deps: Deps,
  link: HandInLink,
  changeId: string,
  kind: 'talk.handed-in' | 'talk.taken-back',
  url: string,
) {
  const now = deps.now()
  return [
    sql`UPDATE ${talks} SET resource_types = ${typesNow}, updated_at = ${now}, change_id = ${changeId}
      WHERE id = ${link.talkId} AND ${isOurs(changeId)}`,
    recordTalkFeeds(sql`talks.id = ${link.talkId} AND talks.change_id = ${changeId}`, { changeId, updatedAt: now }),
    sql`INSERT INTO changes (id, kind, subject_id, group_id, at, payload)
      SELECT ${changeId}, ${kind}, id, group_id, ${now}, ${JSON.stringify({ url, handIn: link.id })} FROM ${talks}
      WHERE id = ${link.talkId} AND change_id = ${changeId}`,
    sql<HandInLink>`SELECT ${columns(handInLinks)} FROM ${handInLinks} WHERE id = ${link.id}`,
  ] as const
}

const isOurs = (changeId: string) => sql`EXISTS (SELECT 1 FROM ${handInLinks} WHERE change_id = ${changeId})`
const isOpen = (link: HandInLink, now: number) => sql`id = ${link.id} AND revoked_at IS NULL AND ends_at > ${now}
  AND EXISTS (SELECT 1 FROM ${talks} WHERE ${talks.id} = ${link.talkId} AND ${talks.deletedAt} IS NULL)`

/**
 * Puts an address among the resources of the link's talk; one that is there already stays as it is. Refuses an address in a
 * private network, and the twenty-first (`invalid`); a link that is not open any more (`not_found`).
 */
export async function handIn(deps: Deps, link: HandInLink, resource: HandedIn): Promise<{ ok: true } | Refused> {
  const wrong = faultOfUrl(resource.url)
  if (wrong) return invalid({ path: 'url', message: wrong })
  const changeId = deps.newId()
  const now = deps.now()
  const isThere = sql`EXISTS (SELECT 1 FROM ${resources} WHERE talk_id = ${link.talkId} AND url = ${resource.url})`
  const [, , , , , [after], [known]] = await deps.db.batch([
    sql`UPDATE ${handInLinks} SET given = json_insert(given, '$[#]', ${resource.url}), change_id = ${changeId}
      WHERE ${isOpen(link, now)} AND json_array_length(given) < ${GIVEN_MAX} AND NOT ${isThere}`,
    sql`INSERT INTO ${resources} (talk_id, place, type, url, title, mime_type, language)
      SELECT ${link.talkId}, coalesce(max(place) + 1, 0), ${resource.type}, ${resource.url}, ${resource.title ?? ''}, NULL, NULL
      FROM ${resources} WHERE talk_id = ${link.talkId} HAVING ${isOurs(changeId)}`,
    ...afterwards(deps, link, changeId, 'talk.handed-in', resource.url),
    sql<{ isThere: number }>`SELECT ${isThere} AS "isThere"`,
  ])
  if (known?.isThere) return { ok: true }
  if (!after || after.revokedAt !== null || after.endsAt <= now) return refused('not_found')
  if ((JSON.parse(after.given) as string[]).length >= GIVEN_MAX)
    return invalid({ path: 'url', message: `is one too many: ${GIVEN_MAX} can be handed in by one link` })
  return refused('gone')
}

/** Takes back an address that came by this link; another is left alone. Refuses a link that is not open (`not_found`). */
export async function takeBack(deps: Deps, link: HandInLink, url: string): Promise<{ ok: true } | Refused> {
  const changeId = deps.newId()
  const now = deps.now()
  const [, , , , , [after]] = await deps.db.batch([
    sql`UPDATE ${handInLinks} SET change_id = ${changeId},
        given = (SELECT json_group_array(value) FROM json_each(given) WHERE value <> ${url})
      WHERE ${isOpen(link, now)} AND EXISTS (SELECT 1 FROM json_each(given) WHERE value = ${url})`,
    sql`DELETE FROM ${resources} WHERE talk_id = ${link.talkId} AND url = ${url} AND ${isOurs(changeId)}`,
    ...afterwards(deps, link, changeId, 'talk.taken-back', url),
  ])
  return !after || after.revokedAt !== null || after.endsAt <= now ? refused('not_found') : { ok: true }
}
