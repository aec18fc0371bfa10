/** The one way in which the record of a date is written, by people and by programs: with the event's links, all or nothing. */
import { type SQL, sql } from 'drizzle-orm'
import { recordFeeds } from '../changes/feeds.ts'
import { changes } from '../changes/tables.ts'
import { assertThat, columnNames, isUnmet, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { checkedEvent } from '../events/checked.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { events } from '../events/tables.ts'
import { changedRow, replaceEvent } from '../events/update.ts'
import { type Refused, refused } from '../outcome.ts'
import { findRecord, type RecordRow } from './queries.ts'
import { type RecordRel, withLink } from './rules.ts'
import type { RecordPatch } from './schema.ts'
import { actions, minutes, records } from './tables.ts'

/** The date of an event that a record is about. */
export type AtDate = { original: string; recurrenceId: string }

export type RecordChange = Omit<RecordPatch, 'log' | 'recording' | 'slides'> & {
  links?: Partial<Record<RecordRel, { href: string; title?: string } | null>>
  minutes?: { text: string; url: string | null } | undefined
  /** Whether it was read in a log: what people wrote stays. */
  isFromLog?: boolean
  /** What belongs to the same write, after its conditions. */
  also?: SQL[]
}

/**
 * Writes what is given of a date's record. A link that calendars show changes the event: its SEQUENCE and its LAST-MODIFIED
 * move on, and nobody is mailed. Refuses (`stale`) where the event or the record was changed since they were read.
 */
export async function writeRecord(
  deps: Deps,
  row: EventRow,
  { original, recurrenceId }: AtDate,
  change: RecordChange,
  /** The version of the record that the change was made from, where it was made from one (`readRecord`). */
  expected?: string,
): Promise<{ ok: true; row: EventRow } | Refused> {
  const { record, written, own } = await findRecord(deps.db, row.id, recurrenceId)
  const version = `${record?.changeId ?? ''}${written?.changeId ?? ''}` || row.changeId
  if (expected !== undefined && expected !== version) return refused('stale')
  const now = deps.now()
  const changeId = deps.newId()
  const linked = linkedEvent(row, original, change.links ?? {})
  if ('reason' in linked) return linked
  const changed = linked.isChanged ? changedRow(deps, row, linked.event, changeId, true) : null
  const isByPeople = written !== undefined && written.changeId !== record?.writtenBy
  const text = change.isFromLog && isByPeople ? undefined : change.minutes
  const part = (given: unknown, stored: string | undefined) => (given ? JSON.stringify(given) : (stored ?? '[]'))
  const after: Omit<RecordRow, 'key'> = {
    eventId: row.id,
    occurrence: recurrenceId,
    agenda: part(change.agenda, record?.agenda),
    topics: part(change.topics, record?.topics),
    decisions: part(change.decisions, record?.decisions),
    attendance: part(change.attendance, record?.attendance),
    writtenBy: text && change.isFromLog ? changeId : (record?.writtenBy ?? null),
    createdAt: record?.createdAt ?? now,
    updatedAt: now,
    changeId,
  }
  try {
    await deps.db.batch([
      assertThat(isAsRead(row, recurrenceId, record?.changeId, written?.changeId)),
      ...(changed ? [replaceEvent(row, changed), recordFeeds(changed)] : []),
      upsert(after),
      ...(text ? [writeMinutes(row.id, recurrenceId, text, { now, changeId })] : []),
      ...(change.actions ? actionStatements(deps, row.id, recurrenceId, change, own) : []),
      ...(change.also ?? []),
      sql`INSERT INTO ${changes} (id, kind, subject_id, group_id, at, payload)
        VALUES (${changeId}, ${text ? 'minutes.written' : 'record.written'}, ${row.id}, ${row.groupId}, ${now}, ${JSON.stringify({ occurrence: recurrenceId })})`,
    ])
  } catch (error) {
    if (isUnmet(error)) return refused('stale')
    throw error
  }
  return { ok: true, row: changed ?? row }
}

function linkedEvent(row: EventRow, original: string, links: NonNullable<RecordChange['links']>) {
  let event: EventInput = eventOf(row)
  for (const [rel, link] of Object.entries(links)) event = withLink(event, original, rel as RecordRel, link ?? null)
  const checked = checkedEvent(event)
  if (!checked.ok) return checked
  return { event: checked.event, isChanged: JSON.stringify(checked.event) !== row.details }
}

/** Neither the event nor what is written of the date has another version than the one that was read. */
const isAsRead = (row: EventRow, at: string, record: string | undefined, written: string | undefined): SQL => {
  const here = sql`event_id = ${row.id} AND occurrence = ${at}`
  return sql`EXISTS (SELECT 1 FROM ${events} WHERE id = ${row.id} AND change_id = ${row.changeId} AND deleted_at IS NULL)
    AND (SELECT change_id FROM ${records} WHERE ${here}) IS ${record ?? null}
    AND (SELECT change_id FROM ${minutes} WHERE ${here}) IS ${written ?? null}`
}

const upsert = (after: Omit<RecordRow, 'key'>): SQL =>
  sql`INSERT INTO ${records} (${columnNames(records)}) SELECT ${values(records, { ...after, key: sql`NULL` })} WHERE true
    ON CONFLICT (event_id, occurrence) DO UPDATE SET agenda = excluded.agenda, topics = excluded.topics, decisions = excluded.decisions,
      attendance = excluded.attendance, written_by = excluded.written_by, updated_at = excluded.updated_at, change_id = excluded.change_id`

const writeMinutes = (
  eventId: string,
  occurrence: string,
  { text, url }: { text: string; url: string | null },
  { now, changeId }: { now: number; changeId: string },
): SQL =>
  sql`INSERT INTO ${minutes} (${columnNames(minutes)})
    SELECT ${values(minutes, { eventId, occurrence, text, url, createdAt: now, updatedAt: now, changeId })} WHERE true
    ON CONFLICT DO UPDATE SET text = excluded.text, url = excluded.url, updated_at = excluded.updated_at, change_id = excluded.change_id`

/** What was taken on: who was named and what is done stays as it is; a log takes away only what an earlier log said. */
function actionStatements(
  deps: Deps,
  eventId: string,
  occurrence: string,
  { actions: given = [], isFromLog = false }: RecordChange,
  own: { text: string; doneAt: number | null }[],
): SQL[] {
  const now = deps.now()
  const kept = JSON.stringify(given.map(({ text }) => text))
  const which = isFromLog ? sql`from_log = 1 AND done_at IS NULL` : sql`true`
  const before = new Map(own.map((one) => [one.text, one.doneAt]))
  const rows = [...new Map(given.map((one) => [one.text, one])).values()]
  return [
    sql`DELETE FROM ${actions} WHERE event_id = ${eventId} AND occurrence = ${occurrence} AND ${which}
      AND text NOT IN (SELECT value FROM json_each(${kept}))`,
    ...rows.map(({ text, owner, done }) => {
      const id = deps.newId()
      const doneAt = done ? (before.get(text) ?? now) : null
      const row = {
        id,
        eventId,
        occurrence,
        text,
        owner,
        fromLog: Number(isFromLog),
        doneAt,
        createdAt: now,
        changeId: id,
      }
      return sql`INSERT INTO ${actions} (${columnNames(actions)}) SELECT ${values(actions, row)} WHERE true
        ON CONFLICT (event_id, occurrence, text) DO ${isFromLog ? sql`NOTHING` : sql`UPDATE SET owner = excluded.owner, done_at = excluded.done_at, change_id = excluded.change_id`}`
    }),
  ]
}
