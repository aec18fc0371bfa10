import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countersMatch, guestsOf } from '../support/rsvps.ts'
import { openWorld, type World } from '../support/world.ts'

describe('what organizers do with answers', () => {
  let world: World
  let guests: ReturnType<typeof guestsOf>
  let event: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    guests = guestsOf(world)
    await world.group()
    event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 2 }, guestList: 'guests' } })
  })
  afterEach(async () => {
    await countersMatch(world)
    await world.close()
  })

  it('is written down with who, when and why', async () => {
    const one = await guests.answer(event, 1)
    const [, waiting] = [await guests.answer(event, 2), await guests.answer(event, 3)]
    world.clock.now += 60
    await world.api('POST', `/rsvps/${one.body.id}/cancel`, { reason: 'Asked by phone' })
    expect(await guests.read(one)).toMatchObject({ response: 'declined', reason: 'Asked by phone' })
    const { body } = await world.api('GET', `/events/${event.id}/rsvps/history`)
    expect(body.items.slice(0, 2)).toMatchObject(
      [
        { kind: 'rsvp.cancelled', rsvp: one.body.id, name: 'Guest 1', reason: 'Asked by phone', by: 'organizer' },
        { kind: 'rsvp.promoted', rsvp: waiting.body.id, at: '2023-01-02T12:01:00Z', cause: 'answer-changed' },
      ].sort((a, b) => (a.kind === body.items[0].kind ? -1 : b.kind === body.items[0].kind ? 1 : 0)),
    )
    expect(body.items.filter(({ kind }: { kind: string }) => kind === 'rsvp.answered')).toHaveLength(3)
    expect((await world.api('GET', `/events/${event.id}/rsvps/history`, undefined, { token: null })).status).toBe(401)
    const paged = await world.api('GET', `/events/${event.id}/rsvps/history?limit=2`)
    const rest = await world.api('GET', `/events/${event.id}/rsvps/history?cursor=${paged.body.next}`)
    expect([...paged.body.items, ...rest.body.items]).toEqual(body.items)
  })

  it('moves a guest to a seat beyond the capacity, and to the end of the line', async () => {
    const [one, two, three, four] = await Promise.all([1, 2, 3, 4].map((n) => guests.answer(event, n)))
    const places = async () =>
      Promise.all([one, two, three, four].map(async (made) => (await guests.read(made!)).place))
    const line = [one, two, three, four].filter((made) => made!.body.place === 'waitlist')
    const seated = [one, two, three, four].filter((made) => made!.body.place === 'seat')
    const moved = await world.api('POST', `/rsvps/${line[1]!.body.id}/move`, { place: 'seat', reason: 'Speaker' })
    expect(moved.body).toMatchObject({ place: 'seat', reason: 'Speaker' })
    expect((await places()).filter((place) => place === 'seat')).toHaveLength(3)
    // Still one over the capacity, so nobody is promoted.
    await world.api('POST', `/rsvps/${seated[0]!.body.id}/move`, { place: 'waitlist' })
    expect(await guests.read(seated[0]!)).toMatchObject({ place: 'waitlist', position: 2 })
    expect((await world.api('POST', `/rsvps/${one!.body.id}/move`, { place: 'none' })).status).toBe(422)
  })

  it('answers for somebody, closed or not, without asking them to confirm', async () => {
    await world.api('PATCH', `/events/${event.id}`, {
      rsvp: { closes: '2023-01-01T00:00:00Z', confirmation: 'email', access: 'invitation' },
    })
    const made = await world.api('POST', `/events/${event.id}/rsvps`, { name: 'Eve', email: 'eve@example.org' })
    expect([made.status, made.body.place, made.body.source]).toEqual([201, 'seat', 'organizer'])
  })

  it('notes who came, and how, and takes it back', async () => {
    const made = await guests.answer(event, 1)
    const there = await world.api('POST', `/rsvps/${made.body.id}/check-in`, { attendance: 'remote' })
    expect(there.body).toMatchObject({ came: 'remote', checkedIn: '2023-01-02T12:00:00Z' })
    expect(await guests.counts(event)).toMatchObject({ remote: { came: 1 } })
    expect((await world.api('DELETE', `/rsvps/${made.body.id}/check-in`)).body.checkedIn).toBeNull()
    expect((await guests.counts(event)).remote).toEqual({ seats: 0, waitlist: 0 })
    const walkIn = await world.api('POST', `/events/${event.id}/walk-ins`, { name: 'Zoë', guests: 2 })
    expect([walkIn.status, walkIn.body.source, walkIn.body.came]).toEqual([201, 'door', 'inPerson'])
    const known = await world.api('POST', `/events/${event.id}/walk-ins`, { name: 'x', email: 'GUEST1@example.org' })
    expect([known.body.id, known.body.came]).toEqual([made.body.id, 'inPerson'])
    expect(await guests.counts(event)).toMatchObject({ inPerson: { came: 4 } })
    expect(
      (await world.api('POST', `/rsvps/${made.body.id}/check-in`, undefined, { token: made.body.manageToken })).status,
    ).toBe(403)
  })

  it('shows names only of those who agreed, to those who may see them', async () => {
    const shown = await guests.answer(event, 1, { showName: true })
    await guests.answer(event, 2)
    const list = (token: string | null) => world.api('GET', `/events/${event.id}/guests`, undefined, { token })
    expect((await list(null)).status).toBe(404)
    expect((await list(shown.body.manageToken)).body.items).toEqual([{ name: 'Guest 1', attendance: 'inPerson' }])
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { guestList: 'everyone' } })
    expect((await list(null)).body.items).toHaveLength(1)
  })

  it('ends where a guest erases what names them, and the seat goes on', async () => {
    const [one, , waiting] = [
      await guests.answer(event, 1, { note: 'secret' }),
      await guests.answer(event, 2),
      await guests.answer(event, 3),
    ]
    const exported = await world.api('GET', `/rsvps/${one.body.id}/export`, undefined, { token: one.body.manageToken })
    expect(exported.body).toMatchObject({
      rsvps: [{ email: 'guest1@example.org', note: 'secret' }],
      history: [{ kind: 'rsvp.answered' }],
    })
    const erase = () => world.api('POST', `/rsvps/${one.body.id}/erase`, undefined, { token: one.body.manageToken })
    expect((await erase()).status).toBe(204)
    expect((await erase()).status).toBe(404)
    expect((await guests.read(waiting)).place).toBe('seat')
    const dump = JSON.stringify([
      await world.db.all({ sql: 'SELECT * FROM rsvps', params: [] }),
      await world.db.all({ sql: 'SELECT * FROM changes', params: [] }),
    ])
    expect(dump).not.toMatch(/guest1@|Guest 1|secret/)
    expect((await guests.answer(event, 1)).status).toBe(201)
  })
})
