/** Histories of an event: commands that are put to the API and to the reference, and what both say compared. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { sha256 } from '../../src/digest.ts'
import { releaseDueHolds } from '../../src/rsvp/release.ts'
import { type Answer, type Outcome, Reference, type Rules, type Said, WAYS, type Way } from './reference.ts'
import { HANGOUT, MEETUP, type World } from './world.ts'

const PEOPLE = 7
const DATES = ['20230118T220000Z', '20230215T220000Z']

const way = fc.constantFrom<Way>(...WAYS)
const few = fc.constantFrom(0, 0, 0, 1, 2)
const places = fc.constantFrom(null, 1, 2, 3, 5, 6, 10)
const hybrid = fc.constantFrom(
  { attendance: 'inPerson' as Way, waitsFor: null },
  { attendance: 'remote' as Way, waitsFor: null },
  { attendance: 'remote' as Way, waitsFor: 'inPerson' as const },
)
const response = fc.constantFrom<Said['response']>(
  'accepted',
  'accepted',
  'accepted',
  'accepted',
  'tentative',
  'declined',
)
const who = { person: fc.nat(PEOPLE - 1), date: fc.nat(DATES.length) }
const by = fc.constantFrom<'guest' | 'organizer'>('guest', 'guest', 'organizer')
const patch = fc.oneof(
  fc.record({ guests: few }),
  fc.record({ response }),
  hybrid,
  fc.record({ attendance: way }),
  fc.record({ option: fc.boolean() }),
  fc.record({ response, guests: few, option: fc.boolean() }),
)
const command = <const K extends string, T extends object>(
  kind: K,
  weight: number,
  more: { [N in keyof T]: fc.Arbitrary<T[N]> },
) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind), ...more }) as unknown as fc.Arbitrary<{ kind: K } & T>,
})

const commands = fc.oneof(
  command('answer', 14, {
    ...who,
    response,
    hybrid,
    guests: few,
    option: fc.boolean(),
    asOrganizer: fc.constantFrom(false, false, false, true),
  }),
  command('change', 9, { ...who, patch, by }),
  command('cancel', 5, { ...who, by }),
  command('confirm', 4, who),
  command('approve', 3, who),
  command('move', 2, { ...who, place: fc.constantFrom<'seat' | 'waitlist'>('seat', 'waitlist') }),
  command('capacity', 3, { inPerson: places, remote: places }),
  command('waitlist', 1, { on: fc.constantFrom(true, true, false) }),
  command('wait', 3, { minutes: fc.constantFrom(1, 20, 40, 61) }),
  command('walkIn', 2, { ...who, way, guests: few }),
  command('checkIn', 3, { ...who, way, on: fc.nat(1) }),
  command('undo', 2, { ...who, on: fc.nat(1) }),
  command('erase', 1, who),
  command('callOff', 1, { really: fc.nat(9) }),
)
export type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never
/** Null is a command that was left out to make a failed history shorter. */
const orNone = fc.option(commands, { freq: 1_000_000 })

const rules = fc.record({
  dates: fc.constantFrom([], DATES),
  capacity: fc.record({ inPerson: places, remote: places }),
  waitlist: fc.constantFrom(true, true, true, false),
  guestsMax: fc.constantFrom(0, 2, 2),
  confirmation: fc.constantFrom<Rules['confirmation']>('none', 'none', 'email'),
  approval: fc.constantFrom(false, false, true),
  optionPlaces: fc.constantFrom(1, 2, 3),
})

export type History = { rules: Rules; commands: (Command | null)[] }
export const histories = (length: number): fc.Arbitrary<History> =>
  fc.record({ rules, commands: fc.array(orNone, { minLength: length, maxLength: length, size: 'max' }) })

const emailOf = (person: number) => `guest${person}@example.org`
const answersOf = (option: boolean) => (option ? { diet: 'vegetarian' } : {})
const STATUS: Record<string, number> = { option: 422, guests: 422 }
const SECRET = 'x'.repeat(43)

/** Plays a history; throws where Convene and the reference disagree. */
export async function play(world: World, { rules, commands }: History, told: Map<string, number>): Promise<void> {
  const history = await begin(world, rules, told)
  for (const [at, one] of commands.entries()) {
    try {
      if (one) await history.run(one)
      if (at % 10 === 9 || at === commands.length - 1) await history.compare()
    } catch (error) {
      throw new Error(`after command ${at}, ${JSON.stringify(one)}:\n${(error as Error).message}`, { cause: error })
    }
  }
}

let begun = 0

async function begin(world: World, rules: Rules, told: Map<string, number>) {
  const { dates, capacity, waitlist, guestsMax, confirmation, approval, optionPlaces } = rules
  const questions = [
    { id: 'diet', label: 'Diet', type: 'choice', options: ['all', { value: 'vegetarian', places: optionPlaces }] },
  ]
  // A group of its own: neighbours in the calendar are looked for at each change.
  const group = `history-${++begun}`
  await world.group(group)
  const { id } = await world.event(group, {
    ...(dates.length > 0 ? HANGOUT : MEETUP),
    rsvp: { capacity, waitlist, guestsMax, confirmation, approval, questions },
  })
  const reference = new Reference(rules, world.clock.now)
  let left = 0

  /** The manage token of an answer, as a mail would bring it. */
  async function tokenOf(rsvp: string): Promise<string> {
    const token = `rsvp_${rsvp}_${SECRET}`
    await world.db.all({
      sql: 'INSERT INTO rsvp_links (rsvp_id, hash, created_at) VALUES (?, ?, 0) ON CONFLICT DO NOTHING',
      params: [rsvp, await sha256(token)],
    })
    return token
  }

  /** The answers that were made by the way get the ids that they have in the database. */
  async function findIds(): Promise<void> {
    if (reference.answers.every((one) => one.id !== '')) return
    const rows = await world.db.all<{ id: string; key: string; date: string }>({
      sql: 'SELECT id, email_key AS key, occurrence AS date FROM rsvps WHERE event_id = ?',
      params: [id],
    })
    for (const one of reference.answers) {
      if (one.id === '')
        one.id = rows.find(({ key, date }) => key === emailOf(one.person) && date === one.date)?.id ?? 'missing'
    }
  }

  const shownOf = (one: Answer) => ({
    place: one.place,
    position: reference.rankOf(one),
    attendance: one.attendance,
    waitsFor: one.waitsFor,
    guests: one.guests,
    response: one.response,
    came: one.came,
    confirmed: one.confirmed,
    source: one.source,
  })
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
  const shown = (body: any) => ({
    place: body.place,
    position: body.position,
    attendance: body.attendance,
    waitsFor: body.waitsFor,
    guests: body.guests,
    response: body.response,
    came: body.came,
    confirmed: body.confirmed !== null,
    source: body.source,
  })

  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
  type Got = Awaited<ReturnType<typeof world.api<any>>>
  /** One answer of the API beside that of the reference. */
  async function agree(got: Got, outcome: Outcome, status: number, made?: Answer): Promise<void> {
    const said = outcome === 'look into your mail' ? outcome : 'refused' in outcome ? outcome.refused : 'done'
    told.set(said, (told.get(said) ?? 0) + 1)
    if (outcome === 'look into your mail') expect([got.status, got.body]).toEqual([202, { status: 'check-your-mail' }])
    else if ('refused' in outcome) {
      const why = outcome.refused
      const said = got.body?.errors?.[0]?.path ?? got.body?.reason
      expect([got.status, said]).toEqual([STATUS[why] ?? 409, why === 'option' ? 'answers.diet' : why])
    } else {
      expect([got.status, got.text]).toEqual([status, got.text])
      if (status !== 204) expect(shown(got.body)).toEqual(shownOf(outcome.answer))
      if (made && status === 201) made.id = got.body.id
    }
    await findIds()
  }

  const onDate = (date: number) => (date === 0 ? '' : (dates[date - 1] ?? ''))
  const found = ({ person, date }: { person: number; date: number }) => reference.find(person, onDate(date))
  const change = async (answer: Answer, body: Partial<Said>, who: 'guest' | 'organizer') => {
    const { option, ...rest } = body
    const token = who === 'guest' ? { token: await tokenOf(answer.id) } : {}
    const sent = { ...rest, ...(option === undefined ? {} : { answers: answersOf(option) }) }
    return agree(await world.api('PATCH', `/rsvps/${answer.id}`, sent, token), reference.change(answer, body, who), 200)
  }

  async function run(command: Command): Promise<void> {
    reference.now = world.clock.now
    switch (command.kind) {
      case 'answer': {
        const { person, response, guests, option, asOrganizer } = command
        const date = onDate(command.date)
        const said: Said = { response, guests, option, ...command.hybrid }
        const got = await world.api(
          'POST',
          `/events/${id}/rsvps`,
          {
            name: `Guest ${person}`,
            email: emailOf(person),
            response,
            guests,
            attendance: said.attendance,
            ...(said.waitsFor ? { waitsFor: said.waitsFor } : {}),
            answers: answersOf(option),
            ...(date ? { occurrence: date } : {}),
          },
          asOrganizer ? {} : { token: null },
        )
        const outcome = reference.answer(person, date, said, asOrganizer)
        return agree(got, outcome, 201, typeof outcome === 'object' && 'answer' in outcome ? outcome.answer : undefined)
      }
      case 'walkIn': {
        // Who comes to the door comes to one date.
        const date = dates.length > 0 ? dates[command.date % 2]! : ''
        // Some give no address.
        const person = command.person === 0 ? --left : command.person
        const { way: attendance, guests } = command
        const got = await world.api('POST', `/events/${id}/walk-ins`, {
          name: 'Somebody',
          ...(person < 0 ? {} : { email: emailOf(person) }),
          attendance,
          guests,
          ...(date ? { occurrence: date } : {}),
        })
        const outcome = reference.walkIn(person, date, attendance, guests)
        return agree(got, outcome, 201, typeof outcome === 'object' && 'answer' in outcome ? outcome.answer : undefined)
      }
      case 'capacity': {
        const capacity = { inPerson: command.inPerson, remote: command.remote }
        expect((await world.api('PATCH', `/events/${id}`, { rsvp: { capacity } })).status).toBe(200)
        reference.setRules({ capacity })
        return findIds()
      }
      case 'waitlist': {
        expect((await world.api('PATCH', `/events/${id}`, { rsvp: { waitlist: command.on } })).status).toBe(200)
        reference.setRules({ waitlist: command.on })
        return findIds()
      }
      case 'callOff': {
        if (command.really > 0) return
        expect((await world.api('POST', `/events/${id}/cancel`, {})).status).toBe(200)
        return reference.cancel()
      }
      case 'wait': {
        world.clock.now += command.minutes * 60
        return
      }
    }
    const answer = found(command)
    if (!answer) return
    const path = `/rsvps/${answer.id}`
    switch (command.kind) {
      case 'change':
        return change(answer, command.patch, command.by)
      case 'cancel': {
        const token = command.by === 'guest' ? { token: await tokenOf(answer.id) } : {}
        const got = await world.api('DELETE', path, undefined, token)
        return agree(got, reference.change(answer, { response: 'declined' }, command.by), 204)
      }
      case 'confirm': {
        const got = await world.api('POST', `${path}/confirm`, undefined, { token: await tokenOf(answer.id) })
        return agree(got, reference.change(answer, {}, 'guest'), 200)
      }
      case 'approve':
        return agree(await world.api('POST', `${path}/approve`, {}), reference.approve(answer), 200)
      case 'move': {
        const { place } = command
        return agree(await world.api('POST', `${path}/move`, { place }), reference.move(answer, place), 200)
      }
      case 'checkIn': {
        // Who answered for all dates comes to one of them.
        const date = answer.date === '' && dates.length > 0 ? dates[command.on]! : answer.date
        const at = { attendance: command.way, ...(date === '' ? {} : { occurrence: date }) }
        const got = await world.api('POST', `${path}/check-in`, at)
        return agree(got, reference.checkIn(answer, date, command.way), 200)
      }
      case 'undo': {
        const date = answer.date === '' && dates.length > 0 ? dates[command.on]! : answer.date
        const got = await world.api('DELETE', `${path}/check-in${date === '' ? '' : `?occurrence=${date}`}`)
        return agree(got, reference.undoCheckIn(answer, date), 200)
      }
      case 'erase': {
        expect((await world.api('POST', `${path}/erase`)).status).toBe(204)
        reference.erase(answer.person)
        return findIds()
      }
    }
  }

  /** All that is stored beside the reference, and the counters beside the rows. */
  async function compare(): Promise<void> {
    // Whether an answer to an event that is called off comes to the database depends on what is remembered of the event.
    if (reference.cancelled) {
      await releaseDueHolds(world.deps)
      reference.now = world.clock.now
      reference.promote()
    }
    const { items } = (await world.api('GET', `/events/${id}/rsvps?limit=200`)).body
    // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
    const stored = new Map(items.map((one: any) => [one.id, shown(one)]))
    expect(stored).toEqual(new Map(reference.answers.map((one) => [one.id, shownOf(one)])))
    const { counts } = (await world.api('GET', `/events/${id}`)).body.rsvp
    for (const one of WAYS) {
      const seated = reference.answers.filter((a) => a.date === '' && a.place === 'seat' && a.attendance === one)
      const seats = seated.reduce((sum, { guests }) => sum + 1 + guests, 0)
      const waitlist = reference.line('', one).length
      const there = reference.answers.filter((a) => a.date === '' && a.came === one)
      const came = there.reduce((sum, { guests }) => sum + 1 + guests, 0)
      expect([one, counts[one]]).toEqual([one, { seats, waitlist, ...(came > 0 ? { came } : {}) }])
    }
    await checkCounters(world, id)
    for (const date of ['', ...dates])
      for (const one of WAYS)
        expect([date, one, await used(world, id, date, one)]).toEqual([date, one, reference.used(date, one)])
    const [journal] = await world.db.all<{ promoted: number }>({
      // Ids grow: what happened before the event was made is not looked through.
      sql: `SELECT count(*) AS promoted FROM changes WHERE id > ?1 AND kind = 'rsvp.promoted' AND json_extract(payload, '$.event') = ?1`,
      params: [id],
    })
    expect(journal!.promoted).toBe(reference.promotions)
  }
  return { run, compare }
}

/** Persons who count against the capacity of a date, as the counters have it. */
async function used(world: World, event: string, date: string, way: Way): Promise<number> {
  const [row] = await world.db.all<{ used: number | null }>({
    sql: `SELECT sum(taken + held - CASE occurrence WHEN '' THEN 0 ELSE skipped END) AS used FROM seat_counters
      WHERE event_id = ? AND attendance = ? AND occurrence IN ('', ?)`,
    params: [event, way, date],
  })
  return row!.used ?? 0
}

type Row = {
  occurrence: string
  attendance: string
  waits_for: string | null
  guests: number
  place: string | null
  position: number | null
  held_until: number | null
  standing: number
  standing_attendance: string | null
  came: string | null
  options: string | null
}

/** What the triggers counted is what the rows say. */
export async function checkCounters(world: Pick<World, 'db'>, event: string): Promise<void> {
  const rows = await world.db.all<Row>({ sql: 'SELECT * FROM rsvps WHERE event_id = ?', params: [event] })
  const seats = new Map<string, Record<string, number>>()
  const count = (occurrence: string, way: string | null, name: string, number: number) => {
    if (way === null || number === 0) return
    const key = `${occurrence} ${way}`
    const counted = seats.get(key) ?? { taken: 0, held: 0, waiting: 0, skipped: 0, came: 0 }
    seats.set(key, { ...counted, [name]: counted[name]! + number })
  }
  const options = new Map<string, number>()
  for (const row of rows) {
    const party = 1 + row.guests
    const { occurrence, attendance } = row
    count(occurrence, attendance, 'taken', row.place === 'seat' ? party : 0)
    count(occurrence, attendance, 'held', row.held_until === null ? 0 : party)
    count(occurrence, row.waits_for ?? attendance, 'waiting', row.position === null ? 0 : 1)
    count(occurrence, row.standing_attendance, 'skipped', row.standing)
    count(occurrence, row.came, 'came', party)
    if (!['seat', 'waitlist'].includes(row.place!) && row.held_until === null) continue
    for (const option of JSON.parse(row.options ?? '[]') as string[])
      options.set(`${occurrence} ${option}`, (options.get(`${occurrence} ${option}`) ?? 0) + 1)
  }
  const counters = await world.db.all<Record<string, number> & { key: string }>({
    sql: `SELECT occurrence || ' ' || attendance AS key, taken, held, waiting, skipped, came FROM seat_counters
      WHERE event_id = ? AND (taken <> 0 OR held <> 0 OR waiting <> 0 OR skipped <> 0 OR came <> 0)`,
    params: [event],
  })
  expect(new Map(counters.map(({ key, ...counted }) => [key, { ...counted }]))).toEqual(seats)
  const chosen = await world.db.all<{ key: string; taken: number }>({
    sql: `SELECT occurrence || ' ' || option AS key, taken FROM option_counters WHERE event_id = ? AND taken <> 0`,
    params: [event],
  })
  expect(new Map(chosen.map(({ key, taken }) => [key, taken]))).toEqual(options)
}
