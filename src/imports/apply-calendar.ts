import { type SQL, sql } from 'drizzle-orm'
import { recordFeeds } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { assertThat, columnNames, isUnmet, values } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { checkedEvent } from '../events/checked.ts'
import { newEvent } from '../events/create.ts'
import { type EventRow, eventOf, type Home, insertEvent } from '../events/row.ts'
import type { EventInput } from '../events/schema.ts'
import { events } from '../events/tables.ts'
import { changedRow, replaceEvent } from '../events/update.ts'
import { type Fault, invalid, type Refused, refused } from '../outcome.ts'
import type { CalendarFormat, CalendarSource } from './calendar.ts'
import { type ImportedEvent, readImported, takenUids } from './queries.ts'
import { importSources } from './tables.ts'

/** A UID that stands in a feed as it is: nothing in it needs an escape, and one of its dates fits into 255 octets. */
const isPlainUid = (uid: string): boolean => /^[!-~]{1,230}$/.test(uid) && !/[,;:\\"]/.test(uid)

const withoutUid = ({ uid: _, ...source }: CalendarSource): CalendarSource => source

export type Planned = {
  action: 'created' | 'updated' | 'unchanged'
  row: EventRow
  event: EventInput
  source: CalendarSource
  before: ImportedEvent | undefined
}

/**
 * Brings the events of a source into a group, or with `dryRun` only says what would happen.
 *
 * A second import changes what changed in the source since the last one and nothing else: edits made here stay, and so do
 * ids and UIDs. It is one batch: everything or nothing, or with `partial` everything that is right. Refuses, with the places,
 * what is no event.
 */
export async function applyCalendar(
  deps: Deps,
  group: Home,
  format: CalendarFormat,
  sources: CalendarSource[],
  { from, dryRun, partial }: { from: string; dryRun: boolean; partial: boolean },
): Promise<{ ok: true; planned: Planned[]; notes: string[]; faults: Fault[] } | Refused> {
  const known = new Map(
    (
      await readImported(
        deps.db,
        group.id,
        sources.map(({ importKey }) => importKey),
      )
    ).map((row) => [row.key, row]),
  )
  const foreign = sources.flatMap(({ uid }) => (uid !== undefined && isPlainUid(uid) ? [uid] : []))
  const taken = await takenUids(deps.db, foreign)
  const changeId = deps.newId()
  const faults: Fault[] = []
  const notes: string[] = []
  const planned: Planned[] = []
  for (const source of sources) {
    const before = known.get(source.importKey)
    const mayKeep = source.uid !== undefined && isPlainUid(source.uid) && !taken.has(source.uid)
    const outcome = plan(deps, group, format, mayKeep ? source : withoutUid(source), before, from, changeId)
    if (!outcome.ok)
      faults.push(
        ...outcome.faults.map(({ path, message }) => ({
          path: path ? `${source.place}, ${path}` : source.place,
          message,
        })),
      )
    else {
      planned.push(outcome.planned)
      if (outcome.note) notes.push(`${source.place}: ${outcome.note}`)
    }
  }
  if (faults.length > 0 && !partial) return invalid(...faults)
  const writes = planned.filter(({ action }) => action !== 'unchanged')
  if (dryRun || writes.length === 0) return { ok: true, planned, notes, faults }
  try {
    await deps.db.batch([
      ...writes.flatMap((one) => write(one, group, changeId)),
      recordChange(
        events,
        'event.created',
        { changeId, now: deps.now(), groupId: group.id },
        sql`created_at = updated_at AND sequence = 0`,
      ),
      recordChange(
        events,
        'event.updated',
        { changeId, now: deps.now(), groupId: group.id },
        sql`NOT (created_at = updated_at AND sequence = 0)`,
      ),
    ])
  } catch (error) {
    if (isUnmet(error)) return refused('stale')
    throw error
  }
  return { ok: true, planned, notes, faults }
}

type Plan = { ok: true; planned: Planned; note?: string } | { ok: false; faults: Fault[] }

function plan(
  deps: Deps,
  group: Home,
  format: CalendarFormat,
  source: CalendarSource,
  before: ImportedEvent | undefined,
  from: string,
  changeId: string,
): Plan {
  const make = (said: unknown, day: string) => format.eventOf(said as never, day)
  if (!before) {
    const checked = checkedEvent(make(source.source, from))
    if (!checked.ok) return { ok: false, faults: checked.errors ?? [] }
    const row = newEvent(deps, group, checked.event, changeId, { importKey: source.importKey, uid: source.uid })
    return { ok: true, planned: { action: 'created', row, event: checked.event, source, before } }
  }
  const same: Planned = { action: 'unchanged', row: before, event: eventOf(before), source, before }
  if (JSON.stringify(source.source) === before.source) return { ok: true, planned: same }
  if (before.isJoined)
    return {
      ok: true,
      planned: same,
      note: 'its source changed, but it was joined with its twin here, so the change was left out',
    }
  if (before.deletedAt !== null) return { ok: true, planned: same, note: 'its source changed, but it was deleted here' }
  const current = eventOf(before)
  const day = current.start.slice(0, 10)
  const { merged, kept } = mergeChanges(current, make(JSON.parse(before.source), day), make(source.source, day))
  const checked = checkedEvent(merged)
  if (!checked.ok) return { ok: false, faults: checked.errors ?? [] }
  const isEqual = JSON.stringify(checked.event) === before.details
  const row = isEqual ? before : changedRow(deps, before, checked.event, changeId)
  const note =
    kept.length > 0 ? { note: `kept as it was edited here, though its source changed too: ${kept.join(', ')}` } : {}
  return { ok: true, planned: { action: 'updated', row, event: checked.event, source, before }, ...note }
}

/** What the source changed, put into what stands here; a member that was edited here stays, whoever else changed it. */
function mergeChanges(
  current: EventInput,
  old: Record<string, unknown>,
  next: Record<string, unknown>,
): { merged: Record<string, unknown>; kept: string[] } {
  const merged = new Map<string, unknown>(Object.entries(current))
  const base = checkedEvent(old)
  const isEdited = (name: string) =>
    base.ok && JSON.stringify(base.event[name as keyof EventInput]) !== JSON.stringify(merged.get(name))
  const changed = [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(
    (name) => JSON.stringify(old[name]) !== JSON.stringify(next[name]),
  )
  const kept = changed.filter(isEdited)
  for (const name of changed) {
    if (kept.includes(name)) continue
    if (next[name] === undefined) merged.delete(name)
    else merged.set(name, next[name])
  }
  return { merged: Object.fromEntries(merged), kept }
}

function write({ action, row, source, before }: Planned, group: Home, changeId: string): SQL[] {
  const kept = {
    groupId: group.id,
    importKey: source.importKey,
    eventId: row.id,
    source: JSON.stringify(source.source),
    isJoined: 0,
    goneAt: null,
  }
  const keep = sql`INSERT INTO ${importSources} (${columnNames(importSources)}) SELECT ${values(importSources, kept)} WHERE true
    ON CONFLICT DO UPDATE SET source = excluded.source, gone_at = NULL`
  if (action === 'created' || !before) return [...insertEvent(row), keep]
  if (row.changeId !== changeId) return [keep]
  return [
    replaceEvent(before, row),
    assertThat(sql`EXISTS (SELECT 1 FROM ${events} WHERE id = ${row.id} AND change_id = ${changeId})`),
    recordFeeds(row),
    keep,
  ]
}
