/** The feeds there are, by their address. */
import { type SQL, sql } from 'drizzle-orm'
import {
  ALL_FEED,
  chosenFeed,
  conferenceFeed,
  eventFeed,
  groupFeed,
  speakerFeed,
  TALKS_FEED,
} from '../changes/feeds.ts'
import { events } from '../events/tables.ts'
import { groups } from '../groups/tables.ts'
import { isStarred } from '../personal/queries.ts'
import { subscriptions } from '../subscriptions/tables.ts'
import { conferences, speakerRedirects, speakers, talkSpeakers, talks } from '../talks/tables.ts'
import { answersIn } from './answers.ts'
import { eventsWhere } from './events.ts'
import type { Cancelled, FeedScope } from './feed.ts'
import { reportsWhere } from './reports.ts'
import { newsOfTalks, talksWhere } from './talks.ts'

/** What a subscriber asks for beyond the address. Unknown words are left aside: a feed never fails over its query. */
export type FeedQuery = {
  [name in 'kind' | 'tag' | 'room' | 'track' | 'has' | 'language' | 'cancelled' | 'alarm']?: string | undefined
}

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

/** Kind and tag narrow events; room, track, language and what they have narrow talks. */
function narrowedTalks({ room, track, has, language }: FeedQuery): SQL {
  const conditions = [sql`true`]
  if (room) conditions.push(sql`${talks.room} IN ${listed(room)}`)
  if (track) conditions.push(sql`${talks.track} IN ${listed(track)}`)
  if (language) conditions.push(sql`${talks.language} IN ${listed(language)}`)
  for (const type of has?.split(',').filter(Boolean) ?? [])
    conditions.push(sql`instr(${talks.resourceTypes}, ${` ${type} `}) > 0`)
  return sql.join(conditions, sql` AND `)
}

/** The names of a list with commas between them, and the whole as one name: some rooms have a comma in theirs. */
const listed = (text: string) => sql`(SELECT value FROM json_each(${JSON.stringify([text, ...text.split(',')])}))`

/** Whether one of the speakers with these slugs speaks. */
const spokenBy = (slugs: SQL) => sql`${talks.id} IN (SELECT ${talkSpeakers.talkId} FROM ${talkSpeakers}
  JOIN ${speakers} ON ${speakers.id} = ${talkSpeakers.speakerId} WHERE ${speakers.slug} IN ${slugs}
    OR ${speakers.id} IN (SELECT speaker_id FROM ${speakerRedirects} WHERE slug IN ${slugs}))`

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
  name: sql<{
    name: string
    description: string
  }>`SELECT ${groups.name} AS name, ${groups.description} AS description FROM ${groups} WHERE ${groups.slug} = ${slug}`,
  sources: [
    eventsWhere(sql`${narrowed(query)} AND ${events.groupId} =
    (SELECT id FROM ${groups} WHERE ${groups.slug} = ${slug} AND ${groups.visibility} = 'public')`),
    ...(query.kind || query.tag
      ? []
      : [reportsWhere(sql`${groups.slug} = ${slug} AND ${groups.visibility} = 'public'`)]),
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

/** Whose rooms or tracks it is, as the conference calls them: nothing of a query gets into a name. */
function ofParts(slug: string, { room, track }: FeedQuery): SQL {
  const names = (
    [
      ['room', room],
      ['track', track],
    ] as const
  ).flatMap(([name, wanted]) =>
    wanted
      ? [
          sql`SELECT ${talks[name]} AS part FROM ${talks} WHERE ${talks[name]} IN ${listed(wanted)} AND ${talks.isPublic} = 1
      AND ${talks.conferenceId} = (SELECT id FROM ${conferences} WHERE ${conferences.slug} = ${slug})`,
        ]
      : [],
  )
  if (names.length === 0) return sql`''`
  return sql`coalesce((SELECT ': ' || group_concat(part, ', ') FROM (${sql.join(names, sql` UNION `)})), '')`
}

/** The talks of a conference. */
export const ofConference = (slug: string, query: FeedQuery): FeedScope => ({
  feed: conferenceFeed(slug),
  page: `/conferences/${slug}`,
  name: sql<{ name: string }>`SELECT title || ${ofParts(slug, query)} AS name FROM ${conferences} WHERE slug = ${slug}`,
  sources: [
    talksWhere(sql`${narrowedTalks(query)}
      AND ${talks.conferenceId} = (SELECT id FROM ${conferences} WHERE ${conferences.slug} = ${slug})`),
  ],
  ...shownBy(query),
})

/** What is new in the archive. */
export const ofTalks = (query: FeedQuery): FeedScope => ({
  feed: TALKS_FEED,
  page: '/talks',
  name: named('Convene: talks'),
  file: 'talks',
  sources: [newsOfTalks(narrowedTalks(query))],
  ...shownBy(query),
})

/** The recordings of a conference, of a speaker or of the whole archive: the same talks, of which some have one. */
export const recorded = (scope: FeedScope): FeedScope => ({ ...scope, file: 'podcast' })

/** What one person has answered and starred. */
export const ofPerson = (feed: string, query: FeedQuery): FeedScope => ({
  feed,
  page: '/',
  name: named('Convene: mine'),
  isPrivate: true,
  sources: [answersIn(feed), talksWhere(isStarred(feed))],
  ...shownBy(query),
})

/** The talks of a speaker. */
export const ofSpeaker = (slug: string, query: FeedQuery): FeedScope => ({
  feed: speakerFeed(slug),
  page: `/speakers/${slug}`,
  name: sql<{ name: string }>`SELECT name FROM ${speakers} WHERE slug = ${slug}`,
  sources: [talksWhere(sql`${narrowedTalks(query)} AND ${spokenBy(sql`(${slug})`)}`)],
  ...shownBy(query),
})

/**
 * What somebody chose: groups and series together, narrowed by kinds and tags, and the talks of speakers and conferences; of
 * public groups alone. Where nothing is chosen it is every event.
 */
export function ofChoice(id: string, query: FeedQuery): FeedScope {
  const chosen = (list: string) =>
    sql`(SELECT value FROM ${subscriptions}, json_each(${subscriptions.choice}, ${`$.${list}`}) WHERE ${subscriptions.id} = ${id})`
  const any = (...lists: string[]) =>
    sql`(${sql.join(
      lists.map((list) => sql`EXISTS ${chosen(list)}`),
      sql` OR `,
    )})`
  return {
    feed: chosenFeed(id),
    page: '/subscribe',
    name: named('Convene: my choice'),
    sources: [
      eventsWhere(sql`${narrowed(query)}
        AND ${events.groupId} IN (SELECT id FROM ${groups} WHERE ${groups.visibility} = 'public' AND ${groups.deletedAt} IS NULL)
        AND (${events.id} IN ${chosen('events')}
          OR ${events.groupId} IN (SELECT id FROM ${groups} WHERE slug IN ${chosen('groups')})
          OR NOT ${any('events', 'groups', 'speakers', 'conferences')})
        AND (${events.kind} IN ${chosen('kinds')} OR NOT ${any('kinds')})
        AND (NOT ${any('tags')} OR EXISTS (SELECT 1 FROM json_each(${events.keywords}) WHERE value IN ${chosen('tags')}))`),
      talksWhere(sql`${narrowedTalks(query)} AND (${spokenBy(chosen('speakers'))}
        OR ${talks.conferenceId} IN (SELECT id FROM ${conferences} WHERE ${conferences.slug} IN ${chosen('conferences')}
          AND (${conferences.groupId} IS NULL OR EXISTS (SELECT 1 FROM ${groups}
            WHERE ${groups.id} = ${conferences.groupId} AND ${groups.visibility} = 'public'))))`),
    ],
    ...shownBy(query),
  }
}
