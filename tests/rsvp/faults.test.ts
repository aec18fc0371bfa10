/** Each call to the database made to fail, before it and after it: all or nothing is stored, and a retry has one effect. */
import { describe, expect, it } from 'vitest'
import { type Faulty, faulty, type When, withoutBatches } from '../support/broken.ts'
import { checkCounters } from '../support/histories.ts'
import { LONG_MS, noteFigures } from '../support/reliability.ts'
import { guestsOf } from '../support/rsvps.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

type Event = { id: string }
type Answer = Awaited<ReturnType<ReturnType<typeof guestsOf>['answer']>>
type Scene = { world: World; guests: ReturnType<typeof guestsOf>; event: Event; seat: Answer; inLine: Answer }
type Case = {
  rsvp?: object
  base?: object
  before?(scene: Scene): Promise<unknown>
  run(scene: Scene): Promise<unknown>
}

const DATE = '20230118T220000Z'
const asOrganizer = (path: (scene: Scene) => string, method = 'POST', body: object | undefined = {}) => ({
  run: (scene: Scene) => scene.world.api(method, path(scene), body),
})
const idOf = (answer: Answer): string => answer.body.id

const cases: Record<string, Case> = {
  'an answer': { run: ({ guests, event }) => guests.answer(event, 'new') },
  'an answer to all dates': { base: HANGOUT, run: ({ guests, event }) => guests.answer(event, 'new') },
  'an answer to one date': {
    base: HANGOUT,
    run: ({ guests, event }) => guests.answer(event, 'new', { occurrence: DATE }),
  },
  'an answer that is to be confirmed': {
    rsvp: { confirmation: 'email' },
    run: ({ guests, event }) => guests.answer(event, 'new'),
  },
  'a change': { run: ({ guests, inLine }) => guests.change(inLine, { name: 'Another', note: 'Late' }) },
  'a cancellation that promotes': { run: ({ guests, seat }) => guests.cancel(seat) },
  'one date skipped': {
    base: HANGOUT,
    run: ({ world, seat }) =>
      world.api(
        'PUT',
        `/rsvps/${idOf(seat)}/dates/${DATE}`,
        { response: 'declined' },
        {
          token: seat.body.manageToken,
        },
      ),
  },
  'a move by hand': asOrganizer(({ inLine }) => `/rsvps/${idOf(inLine)}/move`, 'POST', { place: 'seat' }),
  'a check-in': asOrganizer(({ inLine }) => `/rsvps/${idOf(inLine)}/check-in`),
  'a check-in taken back': {
    before: ({ world, inLine }) => world.api('POST', `/rsvps/${idOf(inLine)}/check-in`, {}),
    ...asOrganizer(({ inLine }) => `/rsvps/${idOf(inLine)}/check-in`, 'DELETE', undefined),
  },
  'a walk-in': asOrganizer(({ event }) => `/events/${event.id}/walk-ins`, 'POST', {
    name: 'Somebody',
    email: 'door@example.org',
    attendance: 'inPerson',
  }),
  'an erasure': asOrganizer(({ seat }) => `/rsvps/${idOf(seat)}/erase`, 'POST', undefined),
  'an approval': {
    rsvp: { approval: true },
    before: async (scene) => {
      scene.inLine = await scene.guests.answer(scene.event, 'asks')
    },
    ...asOrganizer(({ inLine }) => `/rsvps/${idOf(inLine)}/approve`),
  },
  'a capacity that is raised': asOrganizer(({ event }) => `/events/${event.id}`, 'PATCH', {
    rsvp: { capacity: { inPerson: 3, remote: 3 } },
  }),
  'an event called off': asOrganizer(({ event }) => `/events/${event.id}/cancel`),
  'guests from a file': {
    run: ({ world, event }) =>
      world.api('POST', `/events/${event.id}/rsvps/import`, 'name,email\nAda,ada@example.org\nBob,bob@example.org\n', {
        headers: { 'Content-Type': 'text/csv' },
      }),
  },
}

/** A scene, always the same: two seats taken and one guest in line. */
async function scene({ rsvp, base, before }: Case): Promise<Scene & { end(): Promise<void> }> {
  const world = await openWorld()
  await world.group()
  const guests = guestsOf(world)
  const event = await world.event('hyperscale', {
    ...base,
    rsvp: { capacity: { inPerson: 2, remote: 2 }, ...rsvp },
  })
  const organizer = `an-operator-token-of-forty-characters-xx`
  const seat = await guests.answer(event, 'seat', {}, rsvp ? organizer : null)
  await guests.answer(event, 'other', {}, rsvp ? organizer : null)
  const inLine = await guests.answer(event, 'line', {}, rsvp ? organizer : null)
  const made = { world, guests, event, seat, inLine, end: () => world.close() }
  await before?.(made)
  return made
}

/** All that matters of what is stored, without ids and versions. */
async function stateOf({ world, event }: Scene): Promise<string> {
  const key = `CASE WHEN email_key LIKE '%@%' THEN email_key ELSE '*' END`
  const of = (text: string) => world.db.all({ sql: text, params: [event.id] })
  const parts = await Promise.all([
    of(`SELECT ${key} AS who, occurrence, name, response, place, position, attendance, waits_for, guests, came, note, options,
      standing, confirmed_at IS NULL AS unconfirmed, held_until, email FROM rsvps WHERE event_id = ? ORDER BY 1, 2`),
    of(
      `SELECT occurrence, attendance, taken, held, waiting, skipped, came FROM seat_counters WHERE event_id = ? ORDER BY 1, 2`,
    ),
    of(`SELECT option, taken FROM option_counters WHERE event_id = ? ORDER BY 1`),
    of(`SELECT kind, count(*) AS n FROM changes WHERE ?1 IN (subject_id, json_extract(payload, '$.event'))
      AND kind <> 'rsvp.link-requested' GROUP BY kind ORDER BY kind`),
    of(`SELECT status, capacity_in_person, sequence FROM events WHERE id = ?`),
  ])
  return JSON.stringify(parts)
}

/** What is stored where a call of the command fails: at once, and after the same is sent again. */
async function failing(one: Case, call: number, when: When, broken: (faults: Faulty) => Faulty['db']) {
  const made = await scene(one)
  const faults = faulty(made.world.db)
  made.world.deps.db = broken(faults)
  faults.failAt(call, when)
  const failed = await Promise.resolve(one.run(made)).then(
    () => false,
    () => true,
  )
  made.world.deps.db = made.world.db
  const atOnce = await stateOf(made)
  await one.run(made)
  const afterwards = await stateOf(made)
  await checkCounters(made.world, made.event.id)
  await made.end()
  return { failed, atOnce, afterwards }
}

async function clean(one: Case) {
  const made = await scene(one)
  const before = await stateOf(made)
  const faults = faulty(made.world.db)
  made.world.deps.db = faults.db
  await one.run(made)
  const calls = faults.calls()
  const after = await stateOf(made)
  await made.end()
  return { before, after, calls }
}

describe('a database that fails', { timeout: LONG_MS }, () => {
  it.for(Object.entries(cases))('holds %s whole or not at all, and a retry is one effect', async ([name, one]) => {
    const { before, after, calls } = await clean(one)
    expect(after).not.toBe(before)
    for (let call = 1; call <= calls; call++)
      for (const when of ['before', 'after'] as const) {
        const got = await failing(one, call, when, ({ db }) => db)
        expect([call, when, [before, after].includes(got.atOnce)]).toEqual([call, when, true])
        expect([call, when, got.afterwards]).toEqual([call, when, after])
      }
    noteFigures(`Database calls made to fail: ${name}`, { calls, 'times each': 2 })
  })

  it('holds a part where a batch is no batch', async () => {
    const one = cases['a cancellation that promotes']!
    const { before, after } = await clean(one)
    const states = []
    for (let call = 1; call <= 12; call++)
      states.push((await failing(one, call, 'before', ({ db }) => withoutBatches(db))).atOnce)
    expect(states.every((state) => state === before || state === after)).toBe(false)
  })
})
