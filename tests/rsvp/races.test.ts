/** Answers that meet others: what is promised holds, and breaks where the guard is taken off. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engine } from '#engine'
import { rewritten, withoutBatches } from '../support/broken.ts'
import { checkCounters } from '../support/histories.ts'
import { isLong, LONG_MS, noteFigures } from '../support/reliability.ts'
import { guestsOf } from '../support/rsvps.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const ROUNDS = isLong ? 100 : engine === 'd1' ? 1 : 3
const GUESTS = isLong ? 1000 : 100

type Stored = { id: string; place: string | null; position: number | null; guests: number }
const many = <T>(n: number, make: (n: number) => T): T[] => Array.from({ length: n }, (_, at) => make(at))
const statuses = (answers: { status: number }[]) => [...new Set(answers.map(({ status }) => status))].sort()

describe('races', { timeout: LONG_MS }, () => {
  let world: World
  let guests: ReturnType<typeof guestsOf>
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    guests = guestsOf(world)
  })
  afterEach(() => world.close())

  const stored = (event: { id: string }): Promise<Stored[]> =>
    world.db.all({
      sql: 'SELECT id, place, position, guests FROM rsvps WHERE event_id = ? ORDER BY id',
      params: [event.id],
    })
  const promoted = async (event: { id: string }): Promise<string[]> => {
    const rows = await world.db.all<{ id: string }>({
      sql: `SELECT subject_id AS id FROM changes WHERE kind = 'rsvp.promoted' AND json_extract(payload, '$.event') = ? ORDER BY rowid`,
      params: [event.id],
    })
    return rows.map(({ id }) => id)
  }
  const guardOff = (without: (text: string) => string) => {
    world.deps.db = rewritten(world.db, without)
  }

  describe('60 cancellations, half of them sent twice, against 200 answers', () => {
    /** What went wrong in one round. */
    async function round(): Promise<string[]> {
      const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 60 }, guestsMax: 1 } })
      const seated = []
      for (let n = 0; n < 60; n++) seated.push(await guests.answer(event, `seat${n}`))
      // Each fifth brings somebody along, whose two seats never fall free at once.
      const line = []
      for (let n = 0; n < 80; n++) line.push(await guests.answer(event, `line${n}`, { guests: n % 5 === 2 ? 1 : 0 }))
      const cancels = seated.flatMap((one, n) => many(n % 2 === 0 ? 2 : 1, () => () => guests.cancel(one)))
      const joins = many(200, (n) => () => guests.answer(event, `join${n}`))
      const mixed = many(200, (n) => [joins[n]!, ...(cancels[n] ? [cancels[n]] : [])]).flat()
      const answers = await Promise.all(mixed.map((one) => one()))
      const wrong: string[] = []
      if (answers.some(({ status }) => status !== 201 && status !== 204)) wrong.push(`statuses ${statuses(answers)}`)
      const singles = line.filter((_, n) => n % 5 !== 2).map(({ body }) => body.id)
      const got = await promoted(event)
      if (got.length !== 60) wrong.push(`${got.length} promotions`)
      if (got.some((id, n) => id !== singles[n])) wrong.push('not in the order of the line')
      if (answers.some(({ body }) => body?.place === 'seat')) wrong.push('somebody came past the line')
      const rows = await stored(event)
      if (rows.filter(({ place }) => place === 'seat').length !== 60) wrong.push('not 60 seats')
      await checkCounters(world, event.id).catch(() => wrong.push('counters'))
      return wrong
    }

    it(`are 60 promotions, strictly in line, in ${ROUNDS} rounds`, async () => {
      for (let n = 0; n < ROUNDS; n++) expect(await round()).toEqual([])
      noteFigures('60 cancellations (half sent twice) against 200 answers', {
        rounds: ROUNDS,
        'promotions in each': 60,
      })
    })

    it('are not where a batch is no batch', async () => {
      world.deps.db = withoutBatches(world.db)
      expect(await round()).not.toEqual([])
    })
  })

  describe('a capacity that is raised while people answer', () => {
    async function waitingInSpiteOfRoom(): Promise<number> {
      const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 10 } } })
      const raise = async (inPerson: number): Promise<{ status: number }> => {
        const raised = await world.api('PATCH', `/events/${event.id}`, { rsvp: { capacity: { inPerson } } })
        return raised.status === 412 ? raise(inPerson) : raised
      }
      const answers = await Promise.all([
        ...many(40, (n) => guests.answer(event, n)),
        ...many(40, (n) => guests.answer(event, 40 + n)),
        raise(500),
        ...many(40, (n) => guests.answer(event, 80 + n)),
      ])
      expect(answers.every(({ status }) => status < 300)).toBe(true)
      return (await stored(event)).filter(({ place }) => place !== 'seat').length
    }

    it('leaves nobody in line where there is room', async () => {
      for (let n = 0; n < ROUNDS; n++) expect(await waitingInSpiteOfRoom()).toBe(0)
      noteFigures('A capacity raised among 120 answers', { rounds: ROUNDS, 'left in line in spite of room': 0 })
    })

    it('leaves some where an answer does not ask for the event as it was read', async () => {
      guardOff((text) => text.replace(/events\.change_id = (\?\d*)/, '(events.change_id = $1 OR 1)'))
      expect(await waitingInSpiteOfRoom()).toBeGreaterThan(0)
    })
  })

  describe('an event that is cancelled while people answer', () => {
    async function answeredAfter(): Promise<number> {
      const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 1000 } } })
      await guests.answer(event, 'first')
      const [, cancelled] = await Promise.all([
        Promise.all(many(60, (n) => guests.answer(event, n))),
        world.api('POST', `/events/${event.id}/cancel`, {}),
        Promise.all(many(60, (n) => guests.answer(event, 60 + n))),
      ])
      expect(cancelled.status).toBe(200)
      expect([201, 409]).toContain((await guests.answer(event, 'last')).status)
      const [late] = await world.db.all<{ n: number }>({
        sql: `SELECT count(*) AS n FROM changes WHERE kind = 'rsvp.answered' AND json_extract(payload, '$.event') = ?1
          AND rowid > (SELECT max(rowid) FROM changes WHERE subject_id = ?1 AND kind = 'event.cancelled')`,
        params: [event.id],
      })
      return late!.n
    }

    it('takes no answer after that', async () => {
      for (let n = 0; n < ROUNDS; n++) expect(await answeredAfter()).toBe(0)
      noteFigures('An event cancelled among 120 answers', { rounds: ROUNDS, 'answers after that': 0 })
    })

    it('takes some where an answer does not ask for the event as it was read', async () => {
      guardOff((text) => text.replace(/events\.change_id = (\?\d*)/, '(events.change_id = $1 OR 1)'))
      expect(await answeredAfter()).toBeGreaterThan(0)
    })
  })

  it(`${GUESTS} guests who each send the same form five times are ${GUESTS} answers`, async () => {
    const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 50 } } })
    const answers = await Promise.all(many(GUESTS * 5, (n) => guests.answer(event, n % GUESTS)))
    expect(statuses(answers)).toEqual([201, 202])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(GUESTS)
    expect(await stored(event)).toHaveLength(GUESTS)
    const told = await world.db.all<{ kind: string; n: number }>({
      sql: `SELECT kind, count(*) AS n FROM changes WHERE json_extract(payload, '$.event') = ? GROUP BY kind`,
      params: [event.id],
    })
    // One thing to tell each of them, and no link for who has just got one.
    expect(told.map((row) => ({ ...row }))).toEqual([{ kind: 'rsvp.answered', n: GUESTS }])
    noteFigures('The same form sent five times', { guests: GUESTS, answers: GUESTS, mails: GUESTS })
  })

  it('the same form sent five times is more than one answer where one looks before one writes', async () => {
    await world.db.all({ sql: 'CREATE TABLE naive (guest INTEGER)', params: [] })
    await Promise.all(
      many(GUESTS * 5, async (n) => {
        const guest = n % GUESTS
        const found = await world.db.all({ sql: 'SELECT 1 FROM naive WHERE guest = ?', params: [guest] })
        if (found.length === 0) await world.db.all({ sql: 'INSERT INTO naive (guest) VALUES (?)', params: [guest] })
      }),
    )
    const [all] = await world.db.all<{ n: number }>({ sql: 'SELECT count(*) AS n FROM naive', params: [] })
    expect(all!.n).toBeGreaterThan(GUESTS)
  })

  describe('an option with ten places', () => {
    const questions = [
      { id: 'food', label: 'Food', type: 'choice', options: [{ value: 'vegetarian', places: 10 }, 'all'] },
    ]
    async function chosen(): Promise<number> {
      const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 500 }, questions } })
      const answers = await Promise.all(many(100, (n) => guests.answer(event, n, { answers: { food: 'vegetarian' } })))
      expect([[201], [201, 422]]).toContainEqual(statuses(answers))
      return (await stored(event)).length
    }

    it('is chosen by ten of a hundred', async () => {
      for (let n = 0; n < ROUNDS; n++) expect(await chosen()).toBe(10)
    })

    it('is chosen by more without its guard', async () => {
      guardOff((text) => text.replace('coalesce(chosen.taken, 0) >= limited.value', '0'))
      expect(await chosen()).toBeGreaterThan(10)
    })
  })

  describe('an invitation for five', () => {
    async function came(): Promise<number> {
      const event = await world.event('hyperscale', { rsvp: { access: 'invitation', capacity: { inPerson: 500 } } })
      const { body } = await world.api('POST', `/events/${event.id}/invitations`, { name: 'Speakers', usesMax: 5 })
      const answers = await Promise.all(many(60, (n) => guests.answer(event, n, { invitation: body.token })))
      expect([[201], [201, 403], [201, 409]]).toContainEqual(statuses(answers))
      return (await stored(event)).length
    }

    it('lets five of sixty in', async () => {
      for (let n = 0; n < ROUNDS; n++) expect(await came()).toBe(5)
    })

    it('lets more in without its guard', async () => {
      guardOff((text) => text.replace('used < uses_max', '1'))
      expect(await came()).toBeGreaterThan(5)
    })
  })

  describe('answers to all dates against answers to one of them', () => {
    async function fullest(): Promise<number> {
      const event = await world.event('hyperscale', { ...HANGOUT, rsvp: { capacity: { remote: 20 } } })
      const occurrence = '20230118T220000Z'
      await Promise.all(
        many(40, (n) => [guests.answer(event, `all${n}`), guests.answer(event, `one${n}`, { occurrence })]).flat(),
      )
      const [row] = await world.db.all<{ used: number }>({
        sql: `SELECT sum(taken + held - CASE occurrence WHEN '' THEN 0 ELSE skipped END) AS used FROM seat_counters
          WHERE event_id = ? AND attendance = 'remote' AND occurrence IN ('', ?)`,
        params: [event.id, occurrence],
      })
      await checkCounters(world, event.id)
      return row!.used
    }

    it('fill no date over its capacity', async () => {
      for (let n = 0; n < ROUNDS; n++) expect(await fullest()).toBe(20)
    })

    it('do where the seats on all dates are not counted', async () => {
      guardOff((text) => text.replace(/here_always\.(taken|held)/g, '0'))
      expect(await fullest()).toBeGreaterThan(20)
    })
  })
})
