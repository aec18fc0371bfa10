/** The feeds there are, by their address. */
import { type SQL, sql } from 'drizzle-orm'
import { ALL_FEED, chosenFeed, eventFeed, groupFeed } from '../changes/feeds.ts'
import { events } from '../events/tables.ts'
import { groups } from '../groups/tables.ts'
import { subscriptions } from '../subscriptions/tables.ts'
import { eventsWhere } from './events.ts'
import type { Cancelled, FeedScope } from './feed.ts'

/** What a subscriber asks for beyond the address. Unknown words are left aside: a feed never fails over its query. */
export type FeedQuery = { [name in 'kind' | 'tag' | 'cancelled' | 'alarm']?: string | undefined }

const named = (name: string): SQL<{ name: string }> => sql<{ name: string }>`SELECT ${name} AS name`

/** `15m`, `2h`, `1d`: at most four weeks. */
function alarmOf(text: string | undefined): string | undefined {
  const [, count, unit] = /^(\d{1,3})([mhd])$/.exec(text ?? '') ?? []
  if (count === undefined || (unit === 'd' && Number(count) > 28)) return undefined
  return unit === 'd' ? `P${Number(count)}D` : `PT${Number(count)}${unit!.toUpperCase()}`
}

const cancelledOf = (word: string | undefined): Cancelled => (word === 'mark' || word === 'hide' ? word : 'dates')

const shownBy = ({ cancelled, alarm }: FeedQuery) => ({ cancelled: cancelledOf(cancelled), alarm: alarmOf(alarm) })

function narrowed({ kind, tag, cancelled }: FeedQuery): SQL {
  const conditions = [sql`${events.deletedAt} IS NULL`]
  if (kind) conditions.push(sql`${events.kind} IN (SELECT value FROM json_each(${JSON.stringify(kind.split(','))}))`)
  if (tag) {
    const tags = JSON.stringify(tag.split(','))
    conditions.push(
      sql`EXISTS (SELECT 1 FROM json_each(${events.keywords}) WHERE value IN (SELECT value FROM json_each(${tags})))`,
    )
  }
  if (cancelled === 'hide') conditions.push(sql`${events.status} <> 'cancelled'`)
  return sql.join(conditions, sql` AND `)
}

/** Everything public. */
export const everything = (query: FeedQuery): FeedScope => ({
  feed: ALL_FEED,
  page: '/',
  name: named('Convene'),
  sources: [
    eventsWhere(sql`${narrowed(query)} AND ${events.groupId} IN
    (SELECT id FROM ${groups} WHERE ${groups.visibility} = 'public' AND ${groups.deletedAt} IS NULL)`),
  ],
  ...shownBy(query),
})

/** The calendar of a group. */
export const ofGroup = (slug: string, query: FeedQuery): FeedScope => ({
  feed: groupFeed(slug),
  page: `/g/${slug}`,
  name: sql<{ name: string }>`SELECT ${groups.name} AS name FROM ${groups} WHERE ${groups.slug} = ${slug}`,
  sources: [
    eventsWhere(sql`${narrowed(query)} AND ${events.groupId} =
    (SELECT id FROM ${groups} WHERE ${groups.slug} = ${slug} AND ${groups.visibility} = 'public')`),
  ],
  ...shownBy(query),
})

/** One event or series. */
export const ofEvent = (id: string, query: FeedQuery): FeedScope => ({
  feed: eventFeed(id),
  page: `/e/${id}`,
  name: sql<{ name: string }>`SELECT ${events.title} AS name FROM ${events} WHERE ${events.id} = ${id}`,
  sources: [eventsWhere(sql`${narrowed(query)} AND ${events.id} = ${id}`)],
  ...shownBy(query),
})

/** What somebody chose: groups and series together, narrowed by kinds and tags; of public groups alone. */
export function ofChoice(id: string, query: FeedQuery): FeedScope {
  const chosen = (list: string) =>
    sql`(SELECT value FROM ${subscriptions}, json_each(${subscriptions.choice}, ${`$.${list}`}) WHERE ${subscriptions.id} = ${id})`
  const any = (list: string) => sql`EXISTS ${chosen(list)}`
  return {
    feed: chosenFeed(id),
    page: '/subscribe',
    name: named('Convene: my choice'),
    sources: [
      eventsWhere(sql`${narrowed(query)}
      AND ${events.groupId} IN (SELECT id FROM ${groups} WHERE ${groups.visibility} = 'public' AND ${groups.deletedAt} IS NULL)
      AND (${events.id} IN ${chosen('events')}
        OR ${events.groupId} IN (SELECT id FROM ${groups} WHERE slug IN ${chosen('groups')})
        OR NOT (${any('events')} OR ${any('groups')}))
      AND (${events.kind} IN ${chosen('kinds')} OR NOT ${any('kinds')})
      AND (NOT ${any('tags')} OR EXISTS (SELECT 1 FROM json_each(${events.keywords}) WHERE value IN ${chosen('tags')}))`),
    ],
    ...shownBy(query),
  }
}
