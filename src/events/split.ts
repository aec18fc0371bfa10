import { sql } from 'drizzle-orm'
import { recordFeeds } from '../changes/feeds.ts'
import { recordChange } from '../changes/record.ts'
import { assertThat, isUnmet } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { invalid, type Refused, refused } from '../outcome.ts'
import { startsBetween } from '../time/recurrence.ts'
import { toBasic, toInstant } from '../time/zone.ts'
import { checkedEvent, patchedEvent } from './checked.ts'
import { newEvent } from './create.ts'
import { copyStanding, moveAnswers, movedDates } from './moved-answers.ts'
import { originalStartOf, recurrenceIdOf } from './occurrences.ts'
import { type EventRow, eventOf, type Home, insertEvent } from './row.ts'
import type { EventInput } from './schema.ts'
import { events } from './tables.ts'
import { changedRow, replaceEvent } from './update.ts'

type Split = { ok: true; row: EventRow; later: EventRow } | Refused

/**
 * "This date and all later ones": ends a series before one of its dates and begins another one there, with what is to be
 * different (CHECKLIST 3.13: five programs read RANGE=THISANDFUTURE in five ways). Answers to the later dates go with them, and answers to every date hold for both.
 *
 * Refuses the first date of a series (change the series), what is no date of it, and a patch that makes no event.
 */
export async function splitSeries(
  deps: Deps,
  group: Home,
  row: EventRow,
  recurrenceId: string,
  patch: Record<string, unknown>,
): Promise<Split> {
  const event = eventOf(row)
  const at = originalStartOf(event, recurrenceId)
  if (at === null || !event.recurrenceRule) return invalid({ path: 'recurrenceId', message: 'is no date of a series' })
  const parts = cut(event, event.recurrenceRule, at)
  if (parts === null) return invalid({ path: 'recurrenceId', message: 'is the first date: change the series itself' })
  const earlier = checkedEvent(parts.earlier)
  const whole = checkedEvent(parts.later)
  if (!whole.ok) return whole
  const later = checkedEvent(withOwnDates(patchedEvent(whole.event, patch) as EventInput, patch))
  if (!earlier.ok) return earlier
  if (!later.ok) return later

  const changeId = deps.newId()
  const laterId = deps.newId()
  const changed = changedRow(deps, row, earlier.event, changeId)
  const made = newEvent(deps, group, later.event, laterId)
  const now = deps.now()
  const dates = startsBetween(seriesOf(whole.event), toInstant(at, zoneOf(event)), now + 2 * 366 * 86_400, 400)
  const renamed = new Map(movedDates(whole.event, later.event, now))
  const moved = dates.map((date): [string, string] => {
    const id = recurrenceIdOf(whole.event, date)
    return [id, renamed.get(id) ?? id]
  })
  try {
    await deps.db.batch([
      replaceEvent(row, changed),
      assertThat(sql`EXISTS (SELECT 1 FROM ${events} WHERE id = ${row.id} AND change_id = ${changeId})`),
      ...insertEvent(made),
      recordFeeds(changed),
      recordChange(events, 'event.updated', {
        changeId,
        now,
        groupId: group.id,
        payload: { later: made.id, visible: true },
      }),
      recordChange(events, 'event.created', {
        changeId: laterId,
        now,
        groupId: group.id,
        payload: { earlier: row.id },
      }),
      copyStanding(row.id, made.id, changeId, now),
      ...moveAnswers(row.id, made.id, changeId, moved),
      // Calendars know the dates that went with it by the UID that they had.
      sql`DELETE FROM guest_calendars WHERE rsvp_id IN (SELECT id FROM rsvps WHERE event_id = ${made.id})`,
    ])
    return { ok: true, row: changed, later: made }
  } catch (error) {
    if (isUnmet(error)) return refused('stale')
    throw error
  }
}

const zoneOf = ({ timeZone }: EventInput) => timeZone ?? 'UTC'
const seriesOf = ({ start, timeZone, recurrenceRule }: EventInput) => ({ start, timeZone, rule: recurrenceRule ?? '' })

/** The two series that one makes; null where nothing lies before the date. */
function cut(event: EventInput, rule: string, at: string): { earlier: EventInput; later: EventInput } | null {
  const zone = zoneOf(event)
  const before = startsBetween({ start: event.start, timeZone: event.timeZone, rule }, 0, toInstant(at, zone), 100_000)
  const last = before.at(-1)
  if (last === undefined) return null
  const until = event.timeZone === null ? last.slice(0, 10).replaceAll('-', '') : toBasic(toInstant(last, zone))
  const open = rule.replace(/;(COUNT|UNTIL)=[^;]*/, '')
  const left = /COUNT=(\d+)/.exec(rule)
  const overrides = Object.entries(event.recurrenceOverrides)
  const only = (keep: (date: string) => boolean) => Object.fromEntries(overrides.filter(([date]) => keep(date)))
  return {
    earlier: { ...event, recurrenceRule: `${open};UNTIL=${until}`, recurrenceOverrides: only((date) => date < at) },
    later: {
      ...event,
      start: at,
      recurrenceRule: left ? `${open};COUNT=${Number(left[1]) - before.length}` : rule,
      recurrenceOverrides: only((date) => date >= at),
    },
  }
}

/** Where the patch moves the dates, what was said of single ones of the old rule has no place any more. */
function withOwnDates(event: EventInput, patch: Record<string, unknown>): EventInput {
  const moves = ['start', 'timeZone', 'recurrenceRule'].some((name) => name in patch)
  return moves && !('recurrenceOverrides' in patch) ? { ...event, recurrenceOverrides: {} } : event
}
