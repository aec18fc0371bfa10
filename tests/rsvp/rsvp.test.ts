import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const guest = (n: number | string, more: object = {}) => ({
  name: `Guest ${n}`,
  email: `guest${n}@example.org`,
  ...more,
})

describe('RSVPs', () => {
  let world: World
  let event: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    event = await world.event('hyperscale')
  })
  afterEach(() => world.close())

  const answer = (n: number | string, more: object = {}, id = event.id) =>
    world.api('POST', `/events/${id}/rsvps`, guest(n, more), { token: null })
  const read = async (made: { body: { id: string; manageToken: string } }) =>
    (await world.api('GET', `/rsvps/${made.body.id}`, undefined, { token: made.body.manageToken })).body
  const counts = async () => (await world.api('GET', `/events/${event.id}`)).body.rsvp.counts.inPerson

  it('give seats while there are any, then places in line', async () => {
    const places = []
    for (const n of [1, 2, 3, 4, 5]) {
      const { status, body } = await answer(n)
      places.push([status, body.place, body.position])
    }
    expect(places).toEqual([
      [201, 'seat', null],
      [201, 'seat', null],
      [201, 'seat', null],
      [201, 'waitlist', 1],
      [201, 'waitlist', 2],
    ])
    expect(await counts()).toEqual({ seats: 3, waitlist: 2 })
  })

  it('are refused by a full event without a line', async () => {
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { waitlist: false } })
    for (const n of [1, 2, 3]) await answer(n)
    const late = await answer(4)
    expect([late.status, late.body.reason]).toEqual([409, 'event_full'])
    expect(await counts()).toEqual({ seats: 3, waitlist: 0 })
  })

  it('say what was answered and what was given, with a link to change it', async () => {
    const { body } = await answer('Ada', { attendance: 'inPerson', note: 'Hello' })
    expect(body).toEqual({
      id: expect.any(String),
      event: event.id,
      language: null,
      timeZone: null,
      occurrence: null,
      name: 'Guest Ada',
      email: 'guestAda@example.org',
      response: 'accepted',
      place: 'seat',
      position: null,
      attendance: 'inPerson',
      guests: 0,
      answers: {},
      note: 'Hello',
      waitsFor: null,
      showName: false,
      confirmed: null,
      checkedIn: null,
      came: null,
      source: 'guest',
      reason: null,
      created: '2023-01-02T12:00:00Z',
      updated: '2023-01-02T12:00:00Z',
      manageToken: expect.stringMatching(/^rsvp_[0-9a-z]{26}_[\w-]{43}$/),
      manageUrl: `https://convene.test/rsvp/${body.manageToken}`,
    })
  })

  it('of an address that has answered change nothing and tell nothing', async () => {
    const first = await answer(1)
    const again = await answer(1, { email: 'GUEST1@Example.org', name: 'Mallory', response: 'declined' })
    expect([again.status, again.body]).toEqual([202, { status: 'check-your-mail' }])
    expect(await read(first)).toMatchObject({ name: 'Guest 1', response: 'accepted', place: 'seat' })
    expect(await counts()).toEqual({ seats: 1, waitlist: 0 })
  })

  it('that are cancelled give their seat to the first in line', async () => {
    const made = []
    for (const n of [1, 2, 3, 4, 5]) made.push(await answer(n))
    const gone = await world.api('DELETE', `/rsvps/${made[0]!.body.id}`, undefined, {
      token: made[0]!.body.manageToken,
    })
    expect(gone.status).toBe(204)
    const states = await Promise.all(made.map(async (one) => [(await read(one)).place, (await read(one)).position]))
    expect(states).toEqual([
      [null, null],
      ['seat', null],
      ['seat', null],
      ['seat', null],
      ['waitlist', 1],
    ])
    expect(await counts()).toEqual({ seats: 3, waitlist: 1 })
  })

  it('pass over a party that does not fit, which keeps its position', async () => {
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { guestsMax: 2 } })
    const first = await answer(1)
    for (const n of [2, 3]) await answer(n)
    const party = await answer('party', { guests: 2 })
    const single = await answer('single')
    await world.api('DELETE', `/rsvps/${first.body.id}`)
    expect(await read(party)).toMatchObject({ place: 'waitlist', position: 1 })
    expect(await read(single)).toMatchObject({ place: 'seat' })
  })

  it('in line get the places of a raised capacity at once', async () => {
    for (const n of [1, 2, 3, 4, 5, 6]) await answer(n)
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { capacity: { inPerson: 5 } } })
    expect(await counts()).toEqual({ seats: 5, waitlist: 1 })
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { capacity: { inPerson: 1 } } })
    expect(await counts()).toEqual({ seats: 5, waitlist: 1 })
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { capacity: null } })
    expect(await counts()).toEqual({ seats: 6, waitlist: 0 })
  })

  it('keep their seat when they ask for more than there is', async () => {
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { guestsMax: 2 } })
    const made = await answer(1)
    for (const n of [2, 3]) await answer(n)
    const more = await world.api('PATCH', `/rsvps/${made.body.id}`, { guests: 1 }, { token: made.body.manageToken })
    expect([more.status, more.body.reason]).toEqual([409, 'event_full'])
    expect(await read(made)).toMatchObject({ place: 'seat', guests: 0 })
  })

  it('are counted apart for those in the room and those elsewhere', async () => {
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { capacity: { inPerson: 1, remote: 1 } } })
    const inPerson = await answer(1)
    expect((await answer(2, { attendance: 'remote' })).body.place).toBe('seat')
    expect((await answer(3, { attendance: 'remote' })).body.position).toBe(1)
    expect((await answer(4)).body.position).toBe(1)
    const moved = await world.api(
      'PATCH',
      `/rsvps/${inPerson.body.id}`,
      { attendance: 'remote' },
      { token: inPerson.body.manageToken },
    )
    expect(moved.status).toBe(409)
    expect((await world.api('GET', `/events/${event.id}`)).body.rsvp.counts).toEqual({
      inPerson: { seats: 1, waitlist: 1 },
      remote: { seats: 1, waitlist: 1 },
    })
  })

  it('to one date of a series are counted for that date', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: { capacity: { remote: 1 } } })
    const january = { occurrence: '20230118T220000Z' }
    expect((await answer(1, january, series.id)).body).toMatchObject({ ...january, place: 'seat' })
    expect((await answer(2, january, series.id)).body.place).toBe('waitlist')
    expect((await answer(2, { occurrence: '20230215T220000Z' }, series.id)).body.place).toBe('seat')
    const never = await answer(3, { occurrence: '20230119T220000Z' }, series.id)
    expect([never.status, never.body.errors[0].path]).toEqual([422, 'occurrence'])
  })

  it('that are only maybe or no take no seat', async () => {
    expect((await answer(1, { response: 'tentative' })).body.place).toBeNull()
    expect((await answer(2, { response: 'declined' })).body.place).toBeNull()
    expect(await counts()).toEqual({ seats: 0, waitlist: 0 })
  })

  it('are listed, searched and exported for organizers only', async () => {
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { questions: [{ id: 'diet', label: 'Diet' }] } })
    await answer(1, { name: '=HYPERLINK("http://evil")', answers: { diet: '+vegan' } })
    for (const n of [2, 3, 4]) await answer(n)
    const list = await world.api('GET', `/events/${event.id}/rsvps?place=waitlist`)
    expect(list.body.items.map((rsvp: { name: string }) => rsvp.name)).toEqual(['Guest 4'])
    expect((await world.api('GET', `/events/${event.id}/rsvps?q=guest2`)).body.items).toHaveLength(1)
    expect((await world.api('GET', `/events/${event.id}/rsvps`, undefined, { token: null })).status).toBe(401)
    const csv = await world.api('GET', `/events/${event.id}/rsvps.csv`)
    expect(csv.headers.get('Content-Type')).toContain('text/csv')
    expect(csv.text.split('\r\n')[1]).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(csv.text.split('\r\n')[1]).toContain(`'+vegan`)
  })

  it('are hidden from everybody but their guest and the organizers', async () => {
    const one = await answer(1)
    const two = await answer(2)
    await world.group('other')
    const { token } = (await world.api('POST', '/tokens', { name: 'other', group: 'other' })).body
    const as = (who: string | null) => world.api('GET', `/rsvps/${one.body.id}`, undefined, { token: who })
    expect((await as(null)).status).toBe(401)
    expect((await as(two.body.manageToken)).status).toBe(404)
    expect((await as(token)).status).toBe(404)
    expect(
      (await as(`${one.body.manageToken.slice(0, -1)}${one.body.manageToken.endsWith('A') ? 'B' : 'A'}`)).status,
    ).toBe(404)
    expect((await as(one.body.manageToken)).status).toBe(200)
    const patch = await world.api(
      'PATCH',
      `/rsvps/${one.body.id}`,
      { response: 'declined' },
      { token: two.body.manageToken },
    )
    expect(patch.status).toBe(404)
    expect(await counts()).toEqual({ seats: 2, waitlist: 0 })
  })

  it('are checked in at the door by organizers', async () => {
    const made = await answer(1)
    expect(
      (await world.api('POST', `/rsvps/${made.body.id}/check-in`, undefined, { token: made.body.manageToken })).status,
    ).toBe(403)
    expect((await world.api('POST', `/rsvps/${made.body.id}/check-in`)).body.checkedIn).toBe('2023-01-02T12:00:00Z')
  })

  it.each([
    ['an unknown event', 'nothing', {}, 404, 'not_found', undefined],
    ['no name', undefined, { name: '' }, 422, 'invalid', 'name'],
    ['a name of two lines', undefined, { name: 'A\r\nBcc: x' }, 422, 'invalid', 'name'],
    ['an address that is none', undefined, { email: 'x@y, z@w' }, 422, 'invalid', 'email'],
    ['more guests than allowed', undefined, { guests: 1 }, 422, 'invalid', 'guests'],
    ['an unknown question', undefined, { answers: { shoe: '42' } }, 422, 'invalid', 'answers.shoe'],
    ['an unknown member', undefined, { place: 'seat' }, 422, 'invalid', 'place'],
  ])('with %s are refused, and nothing is stored', async (_, id, more, status, reason, path) => {
    const refused = await answer(1, more, id)
    expect([refused.status, refused.body.reason, refused.body.errors?.[0].path]).toEqual([status, reason, path])
    expect(await counts()).toEqual({ seats: 0, waitlist: 0 })
  })

  it.each([
    [
      'cancelled',
      async (world: World, id: string) => void (await world.api('POST', `/events/${id}/cancel`, {})),
      'event_cancelled',
    ],
    [
      'over',
      async (world: World) => void Object.assign(world.clock, { now: Date.UTC(2023, 1, 3) / 1000 }),
      'event_past',
    ],
    [
      'closed',
      async (world: World, id: string) =>
        void (await world.api('PATCH', `/events/${id}`, { rsvp: { closes: '2023-01-01T00:00:00Z' } })),
      'rsvp_closed',
    ],
    [
      'not open yet',
      async (world: World, id: string) =>
        void (await world.api('PATCH', `/events/${id}`, { rsvp: { opens: '2023-01-09T00:00:00Z' } })),
      'rsvp_not_open',
    ],
    [
      'without RSVPs',
      async (world: World, id: string) =>
        void (await world.api('PATCH', `/events/${id}`, { rsvp: { enabled: false } })),
      'rsvp_disabled',
    ],
  ])('to an event that is %s are refused', async (_, make, reason) => {
    await make(world, event.id)
    const refused = await answer(1)
    expect([refused.status, refused.body.reason]).toEqual([409, reason])
    expect(await world.db.all({ sql: 'SELECT id FROM rsvps', params: [] })).toEqual([])
  })

  it('journal each answer, repeat and promotion in the write that made it', async () => {
    const made = await answer(1)
    for (const n of [2, 3, 4, 4]) await answer(n)
    // One mail for repeated clicks: a link on request goes out once in a quarter of an hour.
    world.clock.now += 15 * 60
    for (const n of [4, 4]) await answer(n)
    await world.api('DELETE', `/rsvps/${made.body.id}`)
    const kinds = await world.db.all<{ kind: string }>({
      sql: `SELECT kind FROM changes WHERE kind LIKE 'rsvp.%' ORDER BY seq`,
      params: [],
    })
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'rsvp.answered',
      'rsvp.answered',
      'rsvp.answered',
      'rsvp.answered',
      'rsvp.link-requested',
      'rsvp.cancelled',
      'rsvp.promoted',
    ])
  })
})
