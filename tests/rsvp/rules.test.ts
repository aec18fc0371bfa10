import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { countersMatch, guestsOf } from '../support/rsvps.ts'
import { ADMIN, openWorld, type World } from '../support/world.ts'

describe('the rules of an event', () => {
  let world: World
  let guests: ReturnType<typeof guestsOf>
  beforeEach(async () => {
    world = await openWorld()
    guests = guestsOf(world)
    await world.group()
  })
  afterEach(async () => {
    await countersMatch(world)
    await world.close()
  })
  const faultsOf = ({ status, body }: { status: number; body: { errors?: { path: string }[] } }) => [
    status,
    body.errors?.map(({ path }) => path),
  ]

  it('ask questions of seven types, some of them only of some', async () => {
    const questions = [
      { id: 'diet', label: 'Diet', type: 'choice', options: ['all', 'vegan'], required: true },
      { id: 'why', label: 'Why?', type: 'longText', showIf: { question: 'diet', is: 'vegan' }, required: true },
      { id: 'shirt', label: 'Size', type: 'number', min: 1, max: 5 },
      { id: 'arrives', label: 'Arrival', type: 'date' },
      { id: 'tracks', label: 'Tracks', type: 'choices', options: ['a', 'b'] },
      { id: 'first', label: 'First time?', type: 'boolean' },
      { id: 'nick', label: 'Nick' },
    ]
    const event = await world.event('hyperscale', { rsvp: { questions } })
    const answers = {
      diet: 'vegan',
      why: 'a\nb',
      shirt: 3,
      arrives: '2023-02-01',
      tracks: ['a'],
      first: true,
      nick: 'x',
    }
    expect((await guests.answer(event, 1, { answers })).body.answers).toEqual(answers)
    expect((await guests.answer(event, 2, { answers: { diet: 'all' } })).status).toBe(201)
    expect((await guests.answer(event, 3, { response: 'declined' })).status).toBe(201)
    const wrong = {
      diet: 'none',
      why: 'x',
      shirt: 9,
      arrives: 'soon',
      tracks: ['c'],
      first: 'yes',
      nick: 'a\nb',
      what: '',
    }
    expect(faultsOf(await guests.answer(event, 4, { answers: wrong }))).toEqual([
      422,
      [
        'answers.what',
        'answers.diet',
        'answers.why',
        'answers.shirt',
        'answers.arrives',
        'answers.tracks',
        'answers.first',
        'answers.nick',
      ],
    ])
    expect(faultsOf(await guests.answer(event, 4, { answers: { diet: 'vegan' } }))).toEqual([422, ['answers.why']])
  })

  it('refuse questions that cannot be asked', async () => {
    const questions = [
      { id: 'a', label: 'A', type: 'choice' },
      { id: 'a', label: 'B', options: ['x'] },
      { id: 'c', label: 'C', type: 'choices', options: ['x', 'x'], showIf: { question: 'later', is: true } },
    ]
    const refused = await world.api('POST', '/groups/hyperscale/events', {
      title: 'x',
      kind: 'meetup',
      start: '2023-02-02T14:00:00',
      timeZone: 'UTC',
      rsvp: { questions },
    })
    expect(faultsOf(refused)).toEqual([
      422,
      [
        'rsvp.questions.0.options',
        'rsvp.questions.1.id',
        'rsvp.questions.1.options',
        'rsvp.questions.2.options',
        'rsvp.questions.2.showIf.question',
      ],
    ])
  })

  it('give so many places to an option, and one back when it is given up', async () => {
    const options = [{ value: 'vegetarian', places: 2 }, 'all']
    const questions = [{ id: 'diet', label: 'Diet', type: 'choice', options }]
    const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 1 }, questions } })
    const vegetarian = { answers: { diet: 'vegetarian' } }
    const one = await guests.answer(event, 1, vegetarian)
    expect((await guests.answer(event, 2, vegetarian)).status).toBe(201)
    const full = await guests.answer(event, 3, vegetarian)
    expect(faultsOf(full)).toEqual([422, ['answers.diet']])
    expect(full.body.errors[0].message).toBe('has no place left for vegetarian')
    const other = await guests.answer(event, 3, { answers: { diet: 'all' } })
    expect(faultsOf(await guests.change(other, vegetarian))).toEqual([422, ['answers.diet']])
    expect((await guests.change(one, { name: 'Still' })).status).toBe(200)
    expect((await guests.change(one, { answers: { diet: 'all' } })).status).toBe(200)
    expect((await guests.change(other, vegetarian)).status).toBe(200)
    await guests.cancel(other)
    expect((await guests.answer(event, 4, vegetarian)).status).toBe(201)
  })

  it('keep the place of an answer that is to be confirmed for an hour, a fifth of them at most', async () => {
    const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 10 }, confirmation: 'email' } })
    for (const n of [1, 2, 3]) {
      const asked = await guests.answer(event, n)
      expect([asked.status, asked.body]).toEqual([202, { status: 'check-your-mail' }])
    }
    const held = () => world.db.all({ sql: 'SELECT sum(held) AS held FROM seat_counters', params: [] })
    expect(await held()).toEqual([{ held: 2 }])
    expect(await guests.counts(event)).toMatchObject({ inPerson: { seats: 0, waitlist: 0 } })
    world.clock.now += 3601
    await runScheduled(world.deps)
    expect(await held()).toEqual([{ held: 0 }])
  })

  it('give a held place to the next in line when nobody confirmed', async () => {
    const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 5 }, confirmation: 'email' } })
    await guests.answer(event, 'held')
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { confirmation: 'none' } })
    for (const n of [1, 2, 3, 4]) expect((await guests.answer(event, n)).body.place).toBe('seat')
    const waiting = await guests.answer(event, 5)
    expect(waiting.body.place).toBe('waitlist')
    world.clock.now += 3601
    await runScheduled(world.deps)
    expect((await guests.read(waiting)).place).toBe('seat')
  })

  it('let organizers approve answers, which get a seat or a place in line then', async () => {
    const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 1 }, approval: true } })
    const one = await guests.answer(event, 1)
    const two = await guests.answer(event, 2)
    expect([one.status, one.body.place]).toEqual([201, 'pending'])
    expect((await guests.change(one, { name: 'Ada' })).body.place).toBe('pending')
    const approve = (made: typeof one, token?: string) =>
      world.api('POST', `/rsvps/${made.body.id}/approve`, {}, token ? { token } : {})
    expect((await approve(two)).body.place).toBe('seat')
    expect((await approve(one)).body).toMatchObject({ place: 'waitlist', position: 1 })
    expect((await approve(one)).body.reason).toBe('not_pending')
    expect((await approve(one, one.body.manageToken)).status).toBe(403)
    expect((await guests.change(two, { note: 'Thanks' })).body.place).toBe('seat')
    expect((await guests.answer(event, 3, {}, ADMIN)).body.place).not.toBe('pending')
  })

  it('let in by invitation only, so many as it is for', async () => {
    const event = await world.event('hyperscale', { rsvp: { access: 'invitation' } })
    const made = await world.api('POST', `/events/${event.id}/invitations`, { name: 'Speakers', usesMax: 2 })
    expect(made.status).toBe(201)
    const { token: invitation, id } = made.body
    expect((await guests.answer(event, 1)).body.reason).toBe('not_invited')
    expect((await guests.answer(event, 1, { invitation: `${invitation}x` })).body.reason).toBe('not_invited')
    for (const n of [1, 2]) expect((await guests.answer(event, n, { invitation })).status).toBe(201)
    expect((await guests.answer(event, 3, { invitation })).body.reason).toBe('not_invited')
    const list = await world.api('GET', `/events/${event.id}/invitations`)
    expect(list.body.items).toMatchObject([{ id, name: 'Speakers', usesMax: 2, used: 2 }])
    expect(JSON.stringify(list.body)).not.toContain(invitation)
    expect((await world.api('DELETE', `/events/${event.id}/invitations/${id}`)).status).toBe(204)
    expect((await world.api('DELETE', `/events/${event.id}/invitations/nothing`)).status).toBe(404)
    const page = await world.get(`/e/${event.id}`)
    expect(page.text).toContain('Only who has an invitation can answer')
    expect((await world.get(`/e/${event.id}?invitation=${invitation}`)).text).toContain('name="invitation"')
  })
})
