import { sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { columns } from '../db/sql.ts'
import type { Occurrence } from '../events/occurrences.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { type Action, countedOf, type DateRecord, linksOf, type Present } from './rules.ts'
import { actions, minutes, records, uncounted } from './tables.ts'

export type MinutesRow = typeof minutes.$inferSelect
export type RecordRow = typeof records.$inferSelect
export type ActionRow = typeof actions.$inferSelect

const minutesAt = (eventId: string, occurrence: string) =>
  sql<MinutesRow>`SELECT ${columns(minutes)} FROM ${minutes} WHERE event_id = ${eventId} AND occurrence = ${occurrence}`

export const findMinutes = async (db: Db, eventId: string, occurrence: string): Promise<MinutesRow | undefined> =>
  (await db.all(minutesAt(eventId, occurrence)))[0]

const recordAt = (eventId: string, occurrence: string) =>
  sql<RecordRow>`SELECT ${columns(records)} FROM ${records} WHERE event_id = ${eventId} AND occurrence = ${occurrence}`

/** The rows of a date's record, as they are written. */
export async function findRecord(db: Db, eventId: string, occurrence: string) {
  const [[record], [written], own] = await db.batch([
    recordAt(eventId, occurrence),
    minutesAt(eventId, occurrence),
    sql<ActionRow>`SELECT ${columns(actions)} FROM ${actions}
      WHERE event_id = ${eventId} AND occurrence = ${occurrence} ORDER BY created_at, id`,
  ])
  return { record, written, own }
}

/** Names are of one length of time: RECURRENCE-IDs of one event sort as their dates do. */
const OPEN_MAX = 100

/** What was taken on before a date and is not done: it comes up again. */
const openBefore = (eventId: string, occurrence: string) =>
  sql<ActionRow>`SELECT ${columns(actions)} FROM ${actions}
    WHERE event_id = ${eventId} AND occurrence < ${occurrence} AND done_at IS NULL ORDER BY occurrence, created_at, id LIMIT ${OPEN_MAX}`

export const actionOf = ({ id, text, owner, doneAt, occurrence }: ActionRow): Action => ({
  id,
  text,
  owner,
  done: doneAt !== null,
  occurrence,
})

/** The record of a date as everybody may read it, without who asked not to be counted; and its version, '' where nothing was written. */
export async function readRecord(
  db: Db,
  row: EventRow,
  date: Occurrence,
): Promise<{ record: DateRecord; version: string; hasLog: boolean }> {
  const { id } = row
  const [[stored], [written], own, open, hidden, [log]] = await db.batch([
    recordAt(id, date.recurrenceId),
    minutesAt(id, date.recurrenceId),
    sql<ActionRow>`SELECT ${columns(actions)} FROM ${actions}
      WHERE event_id = ${id} AND occurrence = ${date.recurrenceId} ORDER BY created_at, id`,
    openBefore(id, date.recurrenceId),
    sql<{ nick: string }>`SELECT nick FROM ${uncounted} WHERE group_id = ${row.groupId}`,
    sql<{
      found: number
    }>`SELECT 1 AS found FROM logs WHERE event_id = ${id} AND occurrence = ${date.recurrenceId} LIMIT 1`,
  ])
  const nicks = new Set(hidden.map(({ nick }) => nick))
  const attendance = countedOf(parsed<Present>(stored?.attendance), nicks).map(({ name, lines }) => ({ name, lines }))
  const record: DateRecord = {
    agenda: parsed(stored?.agenda),
    carriedOver: open.map(actionOf),
    topics: parsed(stored?.topics),
    decisions: parsed(stored?.decisions),
    actions: own.map(actionOf),
    attendance,
    minutes: written
      ? { text: written.text, url: written.url, isFromLog: written.changeId === stored?.writtenBy }
      : null,
    links: linksOf(eventOf(row), date),
  }
  return {
    record,
    version: `${stored?.changeId ?? ''}${written?.changeId ?? ''}` || row.changeId,
    hasLog: log !== undefined,
  }
}

const parsed = <T>(text: string | undefined): T[] => (text === undefined ? [] : (JSON.parse(text) as T[]))

export const findAction = async (db: Db, id: string): Promise<ActionRow | undefined> =>
  (await db.all(sql<ActionRow>`SELECT ${columns(actions)} FROM ${actions} WHERE id = ${id}`))[0]

/** The open actions of a group, the oldest first. */
export const readOpenActions = (db: Db, groupId: string, limit: number): Promise<(ActionRow & { title: string })[]> =>
  db.all(
    sql<ActionRow & { title: string }>`SELECT ${columns(actions)}, events.title AS title FROM ${actions}
      JOIN events ON events.id = ${actions.eventId}
      WHERE events.group_id = ${groupId} AND events.deleted_at IS NULL AND done_at IS NULL
      ORDER BY ${actions.occurrence}, ${actions.createdAt}, ${actions.id} LIMIT ${limit}`,
  )

export type Kept = {
  eventId: string
  occurrence: string
  agenda: number
  minutes: number
  url: string | null
  attended: string
  logs: number
}

/** What there is of the dates of these events. */
export const readKept = (db: Db, eventIds: string[]): Promise<Kept[]> =>
  db.all(
    sql<Kept>`SELECT records.event_id AS "eventId", records.occurrence AS occurrence, json_array_length(agenda) AS agenda,
        minutes.event_id IS NOT NULL OR json_array_length(topics) > 0 AS minutes, minutes.url AS url, attendance AS attended,
        EXISTS (SELECT 1 FROM logs WHERE logs.event_id = records.event_id AND logs.occurrence = records.occurrence) AS logs
      FROM ${records} LEFT JOIN ${minutes} ON minutes.event_id = records.event_id AND minutes.occurrence = records.occurrence
      WHERE records.event_id IN (SELECT value FROM json_each(${JSON.stringify(eventIds)}))`,
  )

/** The latest log of a date, as it came. */
export const findLog = async (db: Db, eventId: string, occurrence: string) =>
  (
    await db.all(
      sql<{
        text: string
        name: string
      }>`SELECT text, name FROM logs WHERE event_id = ${eventId} AND occurrence = ${occurrence}
        ORDER BY length(text) DESC, key LIMIT 1`,
    )
  )[0]

export const readUncounted = (db: Db, groupId: string): Promise<{ nick: string }[]> =>
  db.all(sql<{ nick: string }>`SELECT nick FROM ${uncounted} WHERE group_id = ${groupId} ORDER BY nick`)
