/** Short ways to answer, for tests of RSVPs. */
import type { World } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the API answers
type Made = { status: number; body: any }

export const guestsOf = (world: World) => ({
  answer: (event: { id: string }, n: number | string, more: object = {}, token: string | null = null): Promise<Made> =>
    world.api(
      'POST',
      `/events/${event.id}/rsvps`,
      { name: `Guest ${n}`, email: `guest${n}@example.org`, ...more },
      { token },
    ),
  /** As its guest sees it. */
  read: async (made: Made) =>
    (await world.api('GET', `/rsvps/${made.body.id}`, undefined, { token: made.body.manageToken })).body,
  /** As its guest changes it. */
  change: (made: Made, patch: object) =>
    world.api('PATCH', `/rsvps/${made.body.id}`, patch, { token: made.body.manageToken }),
  cancel: (made: Made) => world.api('DELETE', `/rsvps/${made.body.id}`, undefined, { token: made.body.manageToken }),
  counts: async (event: { id: string }) => (await world.api('GET', `/events/${event.id}`)).body.rsvp.counts,
})

/** Checks that the counters are what the answers say. */
export async function countersMatch(world: World): Promise<void> {
  const wrong = await world.db.all({
    sql: `WITH said AS (
        SELECT event_id, occurrence, attendance, sum(CASE place WHEN 'seat' THEN 1 + guests ELSE 0 END) AS taken,
          sum(CASE WHEN held_until IS NULL THEN 0 ELSE 1 + guests END) AS held FROM rsvps GROUP BY 1, 2, 3)
      SELECT counter.*, said.taken AS said_taken, said.held AS said_held FROM seat_counters AS counter
        LEFT JOIN said ON said.event_id = counter.event_id AND said.occurrence = counter.occurrence AND said.attendance = counter.attendance
      WHERE coalesce(said.taken, 0) <> counter.taken OR coalesce(said.held, 0) <> counter.held
        OR counter.waiting <> (SELECT count(*) FROM rsvps WHERE rsvps.event_id = counter.event_id
          AND rsvps.occurrence = counter.occurrence AND rsvps.line = counter.attendance)
        OR counter.skipped <> (SELECT coalesce(sum(standing), 0) FROM rsvps WHERE rsvps.event_id = counter.event_id
          AND rsvps.occurrence = counter.occurrence AND rsvps.standing_attendance = counter.attendance AND standing > 0)
        OR counter.came <> (SELECT coalesce(sum(1 + guests), 0) FROM rsvps WHERE rsvps.event_id = counter.event_id
          AND rsvps.occurrence = counter.occurrence AND rsvps.came = counter.attendance)`,
    params: [],
  })
  if (wrong.length > 0) throw new Error(`the counters are wrong: ${JSON.stringify(wrong)}`)
}
