import { sql } from 'drizzle-orm'
import { assignments } from '../db/sql.ts'
import type { Deps } from '../deps.ts'
import { promoteWaiting } from '../events/promote.ts'
import { type EventRow, eventOf } from '../events/row.ts'
import { lastInLine } from '../events/seats.ts'
import { type Refused, refused } from '../outcome.ts'
import { standingSeats } from './places.ts'
import { type RsvpRow, rsvpById } from './queries.ts'
import { recordRsvps } from './record.ts'
import { scopeOf } from './rules.ts'
import { rsvps } from './tables.ts'

/**
 * Moves a guest by hand: to a seat, whatever the capacity says, or to the end of the line. It is journalled with the
 * reason. A seat that falls free goes to the first in line, which is the guest again where nobody else waits.
 *
 * Refuses who is not coming (`not_coming`), and `stale` where the answer was changed since it was read.
 */
export async function moveRsvp(
  deps: Deps,
  rsvp: RsvpRow,
  row: EventRow,
  { place, reason }: { place: 'seat' | 'waitlist'; reason?: string | undefined },
): Promise<{ ok: true; rsvp: RsvpRow } | Refused> {
  if (rsvp.response !== 'accepted') return refused('not_coming')
  const now = deps.now()
  const changeId = deps.newId()
  const ofDate = rsvp.occurrence === '' ? {} : standingSeats(rsvp)
  const position = place === 'seat' ? sql`NULL` : sql`${lastInLine(rsvp)} + 1`
  const results = await deps.db.batch([
    sql<{
      id: string
    }>`UPDATE ${rsvps} SET place = ${place}, position = ${position}, waits_for = NULL, held_until = NULL,
        ${assignments(rsvps, { reason: reason ?? null, updatedAt: now, changeId, ...ofDate })}
      WHERE id = ${rsvp.id} AND change_id = ${rsvp.changeId} AND place IS NOT ${place} RETURNING id`,
    recordRsvps('rsvp.moved', {
      changeId,
      now,
      event: row,
      payload: { from: rsvp.place, to: place, ...(reason ? { reason } : {}) },
    }),
    ...promoteWaiting({
      event: { ...row, isSeries: scopeOf(eventOf(row), '') === 'series' },
      changeId: deps.newId(),
      now,
      cause: 'moved-by-organizer',
    }),
    rsvpById(rsvp.id),
  ])
  const [after] = results.at(-1) as RsvpRow[]
  return results[0].length === 1 || rsvp.place === place ? { ok: true, rsvp: after! } : refused('stale')
}
