/** What stands here of a conference when its schedule is imported again. */
import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import { guidOf, numberOf, uuidOf } from '../talks/numbers.ts'
import type { TalkRow } from '../talks/queries.ts'
import { talks } from '../talks/tables.ts'
import type { Known } from './match.ts'
import { scheduleSources, scheduleVersions, talkSources } from './tables.ts'

const LIGHT = ['id', 'key', 'slug', 'externalId', 'guid', 'title', 'deletedAt'] as const
type Light = Pick<TalkRow, (typeof LIGHT)[number]>
export type KnownTalk = Light & Known

/** What a format last said of a talk; `source` is null for another format than the one that was asked for. */
export type KnownSource = {
  format: string
  externalId: string
  talkId: string
  source: string | null
  isMaker: number
  goneAt: number | null
}

export type KnownSchedule = {
  talks: KnownTalk[]
  sources: KnownSource[]
  head: string | null
  /** How many versions there are. */
  versions: number
}

export const NOTHING_KNOWN: KnownSchedule = { talks: [], sources: [], head: null, versions: 0 }

/** All talks of a conference, deleted ones too, and what this format last said of them. */
export async function readKnown(db: Db, conferenceId: string, format: string): Promise<KnownSchedule> {
  const [rows, sources, heads, versions] = await db.batch([
    sql<Light>`SELECT ${columns(talks, LIGHT)} FROM ${talks} WHERE conference_id = ${conferenceId}`,
    sql<KnownSource>`SELECT format, external_id AS "externalId", talk_id AS "talkId", is_maker AS "isMaker", gone_at AS "goneAt",
        CASE WHEN format = ${format} THEN source END AS source
      FROM ${talkSources} WHERE conference_id = ${conferenceId}`,
    sql<{
      head: string
    }>`SELECT head FROM ${scheduleSources} WHERE conference_id = ${conferenceId} AND format = ${format}`,
    sql<{
      number: number
    }>`SELECT coalesce(max(number), 0) AS number FROM ${scheduleVersions} WHERE conference_id = ${conferenceId}`,
  ])
  return { talks: rows.map(knownTalk), sources, head: heads[0]?.head ?? null, versions: versions[0]!.number }
}

const knownTalk = (row: Light): KnownTalk => ({
  ...row,
  numbers: [...(row.externalId === null ? [] : [row.externalId]), String(numberOf(row))],
  guids: [guidOf(row), uuidOf(row.id), ...(row.guid === null ? [] : [row.guid])],
})
