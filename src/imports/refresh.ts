import { sql } from 'drizzle-orm'
import { columns } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import type { Home } from '../events/row.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { fetchText } from '../remote/fetch.ts'
import { toIso } from '../time/zone.ts'
import { applyCalendar, type Planned } from './apply-calendar.ts'
import { icalendar } from './icalendar.ts'
import type { CalendarSourceRow } from './subscribe.ts'
import { calendarSources } from './tables.ts'
import { followVanished } from './vanished.ts'

const LEASE_SECONDS = 300
const LATEST_SECONDS = 86_400
const AT_ONCE = 10

export type Refreshed =
  | { ok: true; planned: Planned[]; notes: string[]; cancelled: number; restored: number; isUnchanged: boolean }
  | Refused

type Group = Home & { timeZone: string }

/**
 * Reads a calendar and brings its events into the group: what changed there changes here, edits made here stay, what is
 * gone there is called off. What happened is noted at the calendar; the events stay as they were where it fails.
 *
 * Refuses (`busy`) while another process reads it, and where it cannot be read, with the fault at `url`.
 */
export async function refreshCalendar(deps: Deps, group: Group, { id }: { id: string }): Promise<Refreshed> {
  const now = deps.now()
  const [row] = await deps.db.all(
    sql<CalendarSourceRow>`UPDATE ${calendarSources} SET leased_until = ${now + LEASE_SECONDS}
      WHERE id = ${id} AND coalesce(leased_until, 0) <= ${now} RETURNING ${columns(calendarSources)}`,
  )
  if (!row) return refused('busy')
  const outcome = await readAndApply(deps, group, row).catch((error): Refused => {
    deps.log({ level: 'error', what: 'calendar', calendar: row.id, error: String(error) })
    return invalid({ path: 'url', message: 'could not be brought in' })
  })
  await finish(deps, row, outcome)
  return outcome
}

type Read = { etag: string | null; lastModified: string | null }

/** What subscribing to this address would bring; nothing is written. */
export const previewCalendar = (deps: Deps, group: Group, url: string): Promise<Refreshed> =>
  readAndApply(deps, group, { id: '', url, etag: null, lastModified: null }, true)

type Asked = Pick<CalendarSourceRow, 'id' | 'url' | 'etag' | 'lastModified'>

async function readAndApply(
  deps: Deps,
  group: Group,
  row: Asked,
  dryRun = false,
): Promise<Refreshed & { read?: Read }> {
  const fetched = await fetchText(deps.remoteGet, row.url, row)
  if (!fetched.ok) return fetched
  const unchanged = { ok: true as const, planned: [], notes: [], cancelled: 0, restored: 0, isUnchanged: true }
  if (!fetched.changed) return unchanged
  if (!/^\ufeff?\s*BEGIN:VCALENDAR/i.test(fetched.text)) {
    const what = /^\ufeff?\s*</.test(fetched.text) ? 'a web page' : 'something else'
    return invalid({ path: 'url', message: `gives no calendar, but ${what}` })
  }
  const { sources, faults, notes } = icalendar.read(fetched.text, group.timeZone)
  const prefix = `${row.id}/`
  const named = sources.map((source) => ({ ...source, importKey: `${prefix}${source.importKey}` }))
  // What could not be read is not gone.
  const unread = faults.length > 0 ? await keysOf(deps, group, prefix) : []
  const present = new Set([...named.map(({ importKey }) => importKey), ...unread])
  const { cancelled, restored } = dryRun
    ? { cancelled: 0, restored: 0 }
    : await followVanished(deps, group, prefix, present)
  const from = toIso(deps.now()).slice(0, 10)
  const applied = await applyCalendar(deps, group, icalendar, named, { from, dryRun, partial: true })
  if (!applied.ok) return applied
  const told = [
    ...notes,
    ...applied.notes,
    ...[...faults, ...applied.faults].map(({ path, message }) => `${path}: ${message}`),
  ]
  return {
    ok: true,
    planned: applied.planned,
    notes: told,
    cancelled,
    restored,
    isUnchanged: false,
    read: { etag: fetched.etag, lastModified: fetched.lastModified },
  }
}

const keysOf = async (deps: Deps, group: Home, prefix: string): Promise<string[]> =>
  (
    await deps.db.all(
      sql<{ key: string }>`SELECT import_key AS key FROM import_sources
        WHERE group_id = ${group.id} AND import_key >= ${prefix} AND import_key < ${`${prefix}\uffff`} AND gone_at IS NULL`,
    )
  ).map(({ key }) => key)

/** Notes what became of it, and when it is read next: later after each failure in a row, a day at most. */
async function finish(deps: Deps, row: CalendarSourceRow, outcome: Refreshed & { read?: Read }): Promise<void> {
  const now = deps.now()
  const failures = outcome.ok ? 0 : row.failures + 1
  const wait = Math.min(row.everySeconds * 2 ** Math.min(failures, 10), Math.max(LATEST_SECONDS, row.everySeconds))
  const error = outcome.ok ? null : (outcome.errors?.map(({ message }) => message).join('; ') ?? outcome.reason)
  const isChanged = outcome.ok && !outcome.isUnchanged
  const { etag, lastModified } = (outcome.ok && outcome.read) || row
  await deps.db.all(
    sql`UPDATE ${calendarSources} SET leased_until = NULL, checked_at = ${now}, next_at = ${now + wait}, failures = ${failures},
      error = ${error}, etag = ${etag}, last_modified = ${lastModified}, changed_at = ${isChanged ? now : row.changedAt}
      WHERE id = ${row.id}`,
  )
}

/** Reads the calendars that are due. */
export async function refreshDueCalendars(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = await deps.db.all(
    sql<Group & { sourceId: string }>`SELECT calendar_sources.id AS "sourceId", groups.id AS id, groups.slug AS slug,
        groups.visibility AS visibility, groups.time_zone AS "timeZone"
      FROM ${calendarSources} JOIN groups ON groups.id = calendar_sources.group_id
      WHERE next_at <= ${now} AND coalesce(leased_until, 0) <= ${now} AND groups.deleted_at IS NULL ORDER BY next_at LIMIT ${AT_ONCE}`,
  )
  for (const { sourceId, ...group } of due) await refreshCalendar(deps, group, { id: sourceId })
}
