/** What the archive still lacks: talks that were given and have no slides or no recording, and links that have died. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { type Access, anonymous } from '../tokens/access.ts'
import { fallbackOf } from './links.ts'
import { mayKnow } from './queries.ts'
import { conferences, handInLinks, links, resources, speakers, talkSpeakers, talks } from './tables.ts'

export const LACKED = ['slides', 'recording', 'dead'] as const
export type Lacked = (typeof LACKED)[number]

/** What was found dead of a talk. */
export type DeadLink = { type: string; url: string; detail: string | null; checkedAt: number | null; fallback: string }

export type GapRow = {
  key: number
  id: string
  slug: string
  title: string
  groupId: string | null
  startsAt: number
  startsLocal: string | null
  conferenceSlug: string | null
  conferenceTitle: string | null
  speakers: { slug: string; name: string }[]
  lacks: ('slides' | 'recording')[]
  dead: DeadLink[]
}

export type GapFilter = {
  conference?: string | undefined
  lacks?: readonly Lacked[] | undefined
  /** Only talks to which no hand-in link is open. */
  isUnasked?: boolean
}

const LACKS: Record<Lacked, SQL> = {
  slides: sql`instr(${talks.resourceTypes}, ' slides ') = 0`,
  recording: sql`instr(${talks.resourceTypes}, ' recording ') = 0 AND ${talks.doNotRecord} = 0`,
  // Not of each talk in turn: dead links are few, and found by their index.
  dead: sql`${talks.id} IN (SELECT ${resources.talkId} FROM ${links} JOIN ${resources} ON ${resources.url} = ${links.url}
    WHERE ${links.status} = 'dead')`,
}

type Raw = Omit<GapRow, 'speakers' | 'lacks' | 'dead'> & {
  speakers: string
  resourceTypes: string
  resources: string
  doNotRecord: number
}

/** Talks that were given and lack one of these, the newest first, from after the cursor. */
export async function readGaps(
  db: Db,
  access: Access,
  { conference, lacks = LACKED, isUnasked = false }: GapFilter,
  now: number,
  limit: number,
  after?: { startsAt: number; key: number },
): Promise<GapRow[]> {
  const or = (lacks.length > 0 ? lacks : LACKED).map((what) => LACKS[what])
  const rows = await db.all(
    sql<Raw>`SELECT ${talks.key} AS key, ${talks.id} AS id, ${talks.slug} AS slug, ${talks.title} AS title,
        ${talks.groupId} AS "groupId", ${talks.startsAt} AS "startsAt", ${talks.startsLocal} AS "startsLocal",
        ${talks.resourceTypes} AS "resourceTypes", ${talks.doNotRecord} AS "doNotRecord",
        (SELECT slug FROM ${conferences} WHERE ${conferences.id} = ${talks.conferenceId}) AS "conferenceSlug",
        (SELECT title FROM ${conferences} WHERE ${conferences.id} = ${talks.conferenceId}) AS "conferenceTitle",
        (SELECT json_group_array(json_object('slug', slug, 'name', name)) FROM (
          SELECT ${speakers.slug}, ${speakers.name} FROM ${talkSpeakers} JOIN ${speakers} ON ${speakers.id} = ${talkSpeakers.speakerId}
          WHERE ${talkSpeakers.talkId} = ${talks.id} ORDER BY ${talkSpeakers.place})) AS speakers,
        (SELECT json_group_array(json_object('type', type, 'url', url, 'status', status, 'detail', detail,
            'checkedAt', checked_at, 'okAt', ok_at)) FROM (
          SELECT ${resources.type}, ${resources.url}, ${links.status}, ${links.detail}, ${links.checkedAt}, ${links.okAt}
          FROM ${resources} LEFT JOIN ${links} ON ${links.url} = ${resources.url}
          WHERE ${resources.talkId} = ${talks.id} ORDER BY ${resources.place})) AS resources
      FROM ${talks}
      WHERE ${access.kind === anonymous.kind ? sql`${talks.isPublic} = 1` : sql`${talks.deletedAt} IS NULL AND ${mayKnow(access, sql`${talks.groupId}`)}`}
        AND ${talks.startsAt} <= ${now} AND ${talks.status} <> 'cancelled' AND (${sql.join(or, sql` OR `)})
        AND ${conference === undefined ? sql`true` : sql`${talks.conferenceId} = (SELECT id FROM ${conferences} WHERE slug = ${conference})`}
        AND ${
          isUnasked
            ? sql`NOT EXISTS (SELECT 1 FROM ${handInLinks} WHERE talk_id = ${talks.id} AND revoked_at IS NULL AND ends_at > ${now})`
            : sql`true`
        }
        AND ${after ? sql`(${talks.startsAt}, ${talks.key}) < (${after.startsAt}, ${after.key})` : sql`true`}
      ORDER BY ${talks.startsAt} DESC, ${talks.key} DESC LIMIT ${limit + 1}`,
  )
  return rows.map(gapOf)
}

/** A resource and what was found when its address was asked for last. */
export type Checked = {
  type: string
  url: string
  status?: string
  detail: string | null
  checkedAt: number | null
  okAt: number | null
}

function gapOf({ speakers: names, resourceTypes, resources: files, doNotRecord, ...row }: Raw): GapRow {
  const all = JSON.parse(files) as Checked[]
  return {
    ...row,
    speakers: JSON.parse(names),
    lacks: (['slides', ...(doNotRecord ? [] : (['recording'] as const))] as const).filter(
      (type) => !resourceTypes.includes(` ${type} `),
    ),
    dead: deadOf(all, row.startsAt),
  }
}

/** Those of a talk's resources that are dead, each with where to look instead. */
export const deadOf = (all: Checked[], givenAt: number): DeadLink[] =>
  all
    .filter(({ status }) => status === 'dead')
    .map(({ type, url, detail, checkedAt, okAt, ...rest }) => ({
      type,
      url,
      detail,
      checkedAt,
      fallback: fallbackOf({ type, url, ...rest }, all, okAt ?? (givenAt > 0 ? givenAt : null)),
    }))

/** The resources of a talk with what is known of their links. */
export const readChecked = (db: Db, talkId: string): Promise<Checked[]> =>
  db.all(
    sql<Checked>`SELECT ${resources.type} AS type, ${resources.url} AS url, coalesce(${links.status}, 'unknown') AS status,
        ${links.detail} AS detail, ${links.checkedAt} AS "checkedAt", ${links.okAt} AS "okAt"
      FROM ${resources} LEFT JOIN ${links} ON ${links.url} = ${resources.url}
      WHERE ${resources.talkId} = ${talkId} ORDER BY ${resources.place}`,
  )

/** Those of one talk that are dead. */
export const readDead = async (db: Db, talk: { id: string; startsAt: number }): Promise<DeadLink[]> =>
  deadOf(await readChecked(db, talk.id), talk.startsAt)
