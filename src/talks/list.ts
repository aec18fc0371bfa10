/** Lists of talks: what they are narrowed by, how they are sorted, page by page. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { groups } from '../groups/tables.ts'
import type { Access } from '../tokens/access.ts'
import { type FullTalk, shown, visible } from './queries.ts'
import { conferences, speakerRedirects, speakers, talkSpeakers, talks } from './tables.ts'
import { filterMatch, matchesOf, type Words } from './words.ts'

export type TalkFilter = {
  conference?: string
  speaker?: string
  tag?: string
  track?: string
  room?: string
  language?: string
  year?: number
  group?: string
  type?: string
  has?: readonly string[]
}

/** The letter by which a filter's words begin in the index. */
export const FILTER_LETTERS = {
  conference: 'c',
  group: 'g',
  year: 'y',
  language: 'l',
  track: 't',
  room: 'r',
  type: 'k',
  tag: 'w',
  has: 'h',
} as const

const hex = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const wordOf = (name: keyof typeof FILTER_LETTERS, value: unknown): string =>
  `zz${FILTER_LETTERS[name]}${hex(String(value))}`

/** What the index finds the talks of a filter by; a speaker is not in it. */
export function filterWords(filter: TalkFilter): string[] {
  const names = Object.keys(FILTER_LETTERS) as (keyof typeof FILTER_LETTERS)[]
  return names.flatMap((name) => {
    const value = filter[name]
    if (value === undefined) return []
    return Array.isArray(value) ? value.map((one) => wordOf(name, one)) : [wordOf(name, value)]
  })
}

/** The talks of a speaker, as a condition on the number of a talk. */
export const spokenBy = (key: SQL, speaker: string | SQL): SQL =>
  sql`${key} IN (SELECT ${talks.key} FROM ${talkSpeakers} JOIN ${talks} ON ${talks.id} = ${talkSpeakers.talkId}
    WHERE ${talkSpeakers.speakerId} = coalesce((SELECT id FROM ${speakers} WHERE slug = ${speaker}),
      (SELECT speaker_id FROM ${speakerRedirects} WHERE slug = ${speaker})))`

/** Narrow enough that the index finds them faster than a look at each talk. */
const NARROW = ['tag', 'track', 'room', 'type'] as const

function matches(filter: TalkFilter, access: Access): SQL[] {
  const { conference, speaker, tag, track, room, language, year, group, type, has = [] } = filter
  const conditions: SQL[] = []
  if (conference !== undefined)
    conditions.push(sql`${talks.conferenceId} = (SELECT id FROM ${conferences} WHERE slug = ${conference})`)
  if (group !== undefined) conditions.push(sql`${talks.groupId} = (SELECT id FROM ${groups} WHERE slug = ${group})`)
  if (speaker !== undefined) conditions.push(spokenBy(sql`${talks.key}`, speaker))
  if (language !== undefined) conditions.push(sql`${talks.language} = ${language}`)
  if (year !== undefined) conditions.push(sql`${talks.year} = ${year}`)
  for (const one of has) {
    const captioned = one === 'captions' ? sql` OR ${talks.captioned} <> '[]'` : sql``
    conditions.push(sql`(instr(${talks.resourceTypes}, ${` ${one} `}) > 0${captioned})`)
  }
  // The index knows of public talks only.
  const narrow =
    access.kind === 'anonymous' && conference === undefined && NARROW.some((name) => filter[name] !== undefined)
  if (narrow)
    conditions.push(
      sql`${talks.key} IN (SELECT rowid FROM archive_fts WHERE archive_fts MATCH ${filterMatch(filterWords(filter))})`,
    )
  else {
    if (tag !== undefined)
      conditions.push(sql`EXISTS (SELECT 1 FROM json_each(${talks.keywords}) WHERE value = ${tag})`)
    if (track !== undefined) conditions.push(sql`${talks.track} = ${track}`)
    if (room !== undefined) conditions.push(sql`${talks.room} = ${room}`)
    if (type !== undefined) conditions.push(sql`${talks.type} = ${type}`)
  }
  return conditions
}

const all = (conditions: SQL[]) => sql.join(conditions, sql` AND `)

/** How a list is sorted; each has an index, so that a page reads its own rows and no others. */
export const SORTS = {
  newest: { by: 'startsAt', key: sql`${talks.startsAt}`, isDown: true },
  oldest: { by: 'startsAt', key: sql`${talks.startsAt}`, isDown: false },
  updated: { by: 'updatedAt', key: sql`${talks.updatedAt}`, isDown: true },
  title: { by: 'title', key: sql`${talks.title} COLLATE NOCASE`, isDown: false },
} as const
export type Sort = keyof typeof SORTS
export type After = { value: string | number; key: number }

/** Talks in their order, from after the cursor; one more than `limit` where there are more. With words those that a search finds. */
export function readTalks(
  db: Db,
  access: Access,
  filter: TalkFilter,
  { sort = 'newest', words, limit, after }: { sort?: Sort; words?: Words; limit: number; after?: After | undefined },
): Promise<FullTalk[]> {
  const { key, isDown } = SORTS[sort]
  const conditions = [visible(access), ...matches(filter, access)]
  if (words) {
    const { written, said } = matchesOf(words, [])
    conditions.push(sql`${talks.isPublic} = 1 AND ${talks.key} IN (SELECT rowid FROM archive_fts WHERE archive_fts MATCH ${written}
      UNION ALL SELECT rowid FROM said_fts WHERE said_fts MATCH ${said})`)
  }
  const direction = sql.raw(isDown ? 'DESC' : 'ASC')
  const arm = (
    ...from: SQL[]
  ) => sql`SELECT * FROM (SELECT ${shown} FROM ${talks} WHERE ${all([...conditions, ...from])}
    ORDER BY ${key} ${direction}, ${talks.key} ${direction} LIMIT ${limit + 1})`
  const beyond = sql.raw(isDown ? '<' : '>')
  // A comparison of both at once would walk over all talks of the same value: SQLite takes the first for the index only.
  const arms = after
    ? [
        arm(sql`${key} = ${after.value} AND ${talks.key} ${beyond} ${after.key}`),
        arm(sql`${key} ${beyond} ${after.value}`),
      ]
    : [arm()]
  return db.all(sql<FullTalk>`${sql.join(arms, sql` UNION ALL `)} LIMIT ${limit + 1}`)
}

/** Talks by their numbers, for a dump: one added meanwhile comes last. */
export const readDump = (
  db: Db,
  access: Access,
  filter: TalkFilter,
  limit: number,
  after: number,
): Promise<FullTalk[]> =>
  db.all(
    sql<FullTalk>`SELECT ${shown} FROM ${talks} WHERE ${all([visible(access), ...matches(filter, access)])} AND ${talks.key} > ${after}
      ORDER BY ${talks.key} LIMIT ${limit}`,
  )
