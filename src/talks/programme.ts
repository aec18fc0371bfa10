/** The talks of a conference for its page: without the long texts, which nobody reads there. */
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { endOf } from '../time/duration.ts'
import { toInstant, toLocal } from '../time/zone.ts'
import { speakers, talkSpeakers, talks } from './tables.ts'

type Row = {
  slug: string
  title: string
  track: string | null
  room: string | null
  type: string | null
  language: string | null
  status: string
  startsLocal: string | null
  timeZone: string | null
  duration: string | null
  resourceTypes: string
  speakers: string
}

export type ProgrammeTalk = Omit<Row, 'startsLocal' | 'timeZone' | 'duration'> & {
  /** The date at which it began, by the conference's clocks; empty where nobody knows. */
  day: string
  from: number
  to: number
}

/** More than the largest conference has. */
const TALKS_MAX = 5000

/** The public talks of a conference, in the order in which they were given; those without a time last. */
export async function readPublicProgramme(
  db: Db,
  conference: { id: string; timeZone: string },
): Promise<ProgrammeTalk[]> {
  const rows = await db.all(
    sql`SELECT ${talks.slug} AS slug, ${talks.title} AS title, ${talks.track} AS track, ${talks.room} AS room,
        ${talks.type} AS type, ${talks.language} AS language, ${talks.status} AS status, ${talks.startsLocal} AS "startsLocal",
        ${talks.timeZone} AS "timeZone", ${talks.duration} AS duration, ${talks.resourceTypes} AS "resourceTypes",
        (SELECT json_group_array(json_object('slug', slug, 'name', name)) FROM (
          SELECT ${speakers.slug}, ${speakers.name} FROM ${talkSpeakers} JOIN ${speakers} ON ${speakers.id} = ${talkSpeakers.speakerId}
          WHERE ${talkSpeakers.talkId} = ${talks.id} ORDER BY ${talkSpeakers.place})) AS speakers
      FROM ${talks} WHERE ${talks.conferenceId} = ${conference.id} AND ${talks.isPublic} = 1
      ORDER BY ${talks.startsLocal} IS NULL, ${talks.startsAt}, ${talks.key} LIMIT ${TALKS_MAX}` as SQL<Row>,
  )
  return rows.map(({ startsLocal, timeZone, duration, ...row }) => {
    if (startsLocal === null) return { ...row, day: '', from: 0, to: 0 }
    const zone = timeZone ?? conference.timeZone
    const from = toInstant(startsLocal, zone)
    const to = duration ? endOf(startsLocal, zone, duration) : from
    return { ...row, day: toLocal(from, conference.timeZone).slice(0, 10), from, to }
  })
}
