/** Single dates of a series for who has answered for all: skipped, answered otherwise, taken back, by one link. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const JANUARY = '20230118T220000Z'
const FEBRUARY = '20230215T220000Z'
const SEATS = 3

type Made = { id: string; manageToken: string }

describe('one date of a series', () => {
  let world: World
  let series: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    series = await world.event('hyperscale', {
      ...HANGOUT,
      locations: [{ name: 'Library' }],
      rsvp: { capacity: { inPerson: SEATS }, guestsMax: 2 },
    })
  })
  afterEach(() => world.close())

  const answer = async (name: string, more: object = {}): Promise<Made> =>
    (
      await world.api(
        'POST',
        `/events/${series.id}/rsvps`,
        { name, email: `${name.toLowerCase()}@example.org`, ...more },
        { token: null },
      )
    ).body
  const put = (one: Made, body: object, date = JANUARY) =>
    world.api('PUT', `/rsvps/${one.id}/dates/${date}`, body, { token: one.manageToken })
  const takeBack = (one: Made, date = JANUARY) =>
    world.api('DELETE', `/rsvps/${one.id}/dates/${date}`, undefined, { token: one.manageToken })
  const skip = (one: Made, date = JANUARY) => put(one, { response: 'declined' }, date)
  const read = async (one: Made) =>
    (await world.api('GET', `/rsvps/${one.id}`, undefined, { token: one.manageToken })).body
  /** Seats used in the room on a date, and what the counters say of it. */
  const used = async (date = JANUARY) => {
    const rows = await world.db.all<{
      email: string
      occurrence: string
      place: string
      guests: number
      attendance: string
    }>({
      sql: `SELECT email, occurrence, place, guests, attendance FROM rsvps WHERE occurrence IN ('', ?)`,
      params: [date],
    })
    const own = new Set(rows.filter(({ occurrence }) => occurrence === date).map(({ email }) => email))
    const seats = rows
      .filter(({ occurrence, email }) => occurrence === date || !own.has(email))
      .filter(({ place, attendance }) => place === 'seat' && attendance === 'inPerson')
      .reduce((sum, { guests }) => sum + 1 + guests, 0)
    const [counted] = await world.db.all<{ n: number }>({
      sql: `SELECT sum(taken + held - skipped) AS n FROM seat_counters WHERE occurrence IN ('', ?) AND attendance = 'inPerson'`,
      params: [date],
    })
    expect(counted!.n).toBe(seats)
    return seats
  }
  const journal = async () =>
    (
      await world.db.all<{ kind: string }>({
        sql: `SELECT kind FROM changes WHERE kind LIKE 'rsvp.%' ORDER BY seq`,
        params: [],
      })
    ).map(({ kind }) => kind)

  it('is skipped without typing the address again, and the seat goes to the first in line in the same write', async () => {
    const [ada] = [await answer('Ada'), await answer('Bob'), await answer('Cid')]
    const waiting = await answer('Dan', { occurrence: JANUARY })
    expect(waiting).toMatchObject({ place: 'waitlist', position: 1 })
    expect((await skip(ada)).body).toMatchObject({
      occurrence: JANUARY,
      response: 'declined',
      email: 'ada@example.org',
    })
    expect(await read(waiting)).toMatchObject({ place: 'seat' })
    expect(await read(ada)).toMatchObject({ response: 'accepted', place: 'seat' })
    expect([await used(), await used(FEBRUARY)]).toEqual([3, 3])
    expect((await journal()).slice(-3)).toEqual(['rsvp.answered', 'rsvp.answered', 'rsvp.promoted'])
  })

  it('is answered otherwise: from elsewhere, with more people, or in line where those do not fit', async () => {
    const ada = await answer('Ada')
    expect((await put(ada, { attendance: 'remote' })).body).toMatchObject({ place: 'seat', attendance: 'remote' })
    expect(await used()).toBe(0)
    expect((await put(ada, { attendance: 'inPerson', guests: 2 })).body).toMatchObject({ place: 'seat', guests: 2 })
    expect(await used()).toBe(3)
    expect((await put(ada, { guests: 3 })).body.errors[0].path).toBe('guests')
    const bob = await answer('Bob')
    const ofBob = async () => {
      const { body } = await world.api('GET', `/rsvps/${bob.id}/export`, undefined, { token: bob.manageToken })
      const places = body.rsvps.map((one: { occurrence: string | null; place: string }) => [one.occurrence, one.place])
      return Object.fromEntries(places)
    }
    expect(await ofBob()).toEqual({ null: 'seat', [JANUARY]: 'waitlist' })
    await put(ada, { guests: 1 })
    expect(await ofBob()).toEqual({ null: 'seat', [JANUARY]: 'seat' })
    expect(await used()).toBe(3)
  })

  it('is taken back: the answer to all dates holds again, and changes with it', async () => {
    const ada = await answer('Ada')
    await skip(ada)
    expect((await takeBack(ada)).body).toMatchObject({ id: ada.id, occurrence: null, place: 'seat' })
    expect(await used()).toBe(1)
    await world.api('PATCH', `/rsvps/${ada.id}`, { guests: 1 }, { token: ada.manageToken })
    expect([await used(), await used(FEBRUARY)]).toEqual([2, 2])
    expect((await takeBack(ada)).status).toBe(200)
    const { body } = await world.api('GET', `/rsvps/${ada.id}/export`, undefined, { token: ada.manageToken })
    expect(body.rsvps).toHaveLength(1)
    expect(body.history.map(({ takenBack }: { takenBack?: string }) => takenBack)).toContain(JANUARY)
  })

  it('that was taken by somebody else is not taken back from them: the guest stands in line', async () => {
    const [ada] = [await answer('Ada'), await answer('Bob'), await answer('Cid')]
    const dan = await answer('Dan', { occurrence: JANUARY })
    await skip(ada)
    expect((await takeBack(ada)).body).toMatchObject({ occurrence: JANUARY, place: 'waitlist', position: 1 })
    expect(await read(dan)).toMatchObject({ place: 'seat' })
    expect(await used()).toBe(3)
    await world.api('DELETE', `/rsvps/${dan.id}`, undefined, { token: dan.manageToken })
    expect(await used()).toBe(3)
  })

  it('gives its own seat up where the answer to all dates has none', async () => {
    const ada = await answer('Ada', { response: 'declined' })
    expect((await put(ada, { response: 'accepted' })).body).toMatchObject({ place: 'seat' })
    expect(await used()).toBe(1)
    await takeBack(ada)
    expect(await used()).toBe(0)
  })

  it.each([
    ['no date', '20230119T220000Z', 422],
    ['nonsense', 'tomorrow', 422],
    ['a date that is over', '20230104T220000Z', 422],
  ])('that is %s is refused', async (_, date, status) => {
    const ada = await answer('Ada')
    expect((await skip(ada, date)).status).toBe(status)
    expect((await takeBack(ada, date)).status).toBe(status)
    expect(await world.db.all({ sql: 'SELECT id FROM rsvps', params: [] })).toHaveLength(1)
  })

  it('can be skipped, not answered, when RSVPs are closed', async () => {
    const ada = await answer('Ada')
    await world.api('PATCH', `/events/${series.id}`, { rsvp: { closes: '2023-01-01T00:00:00Z' } })
    expect((await put(ada, { guests: 1 })).body.reason).toBe('rsvp_closed')
    expect((await skip(ada)).status).toBe(200)
    expect((await takeBack(ada)).body.reason).toBe('rsvp_closed')
  })

  it('needs the link of the answer to all dates', async () => {
    const [ada, bob] = [await answer('Ada'), await answer('Bob')]
    const single = await answer('Cid', { occurrence: JANUARY })
    const as = (token: string | null) =>
      world.api('PUT', `/rsvps/${ada.id}/dates/${JANUARY}`, { response: 'declined' }, { token })
    expect([(await as(null)).status, (await as(bob.manageToken)).status]).toEqual([401, 404])
    expect((await skip(single)).status).toBe(404)
    expect(await used()).toBe(3)
  })

  it('asks for approval of who was never approved, and of nobody else', async () => {
    const ada = await answer('Ada')
    await world.api('PATCH', `/events/${series.id}`, { rsvp: { approval: true } })
    const eve = await answer('Eve', { response: 'declined' })
    expect((await put(eve, { response: 'accepted' })).body.place).toBe('pending')
    expect((await put(ada, { guests: 1 })).body.place).toBe('seat')
  })

  it('waits for the confirmation of the answer to all dates', async () => {
    await world.api('PATCH', `/events/${series.id}`, { rsvp: { confirmation: 'email' } })
    await answer('Ada')
    const [{ id }] = (await world.api('GET', `/events/${series.id}/rsvps`)).body.items
    const refused = await world.api('PUT', `/rsvps/${id}/dates/${JANUARY}`, { response: 'declined' })
    expect([refused.status, refused.body.reason]).toEqual([409, 'not_confirmed'])
  })

  it('needs no second use of an invitation', async () => {
    await world.api('PATCH', `/events/${series.id}`, { rsvp: { access: 'invitation' } })
    const { token } = (await world.api('POST', `/events/${series.id}/invitations`, { name: 'One', usesMax: 1 })).body
    const ada = await answer('Ada', { invitation: token })
    expect((await put(ada, { guests: 1 })).body).toMatchObject({ place: 'seat', guests: 1 })
  })

  it('answered forty times at once is one answer', async () => {
    const ada = await answer('Ada')
    const sent = await Promise.all(Array.from({ length: 40 }, () => skip(ada)))
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await world.db.all({ sql: 'SELECT id FROM rsvps', params: [] })).toHaveLength(2)
    expect(await used()).toBe(0)
  })

  it('is never oversold, and no place stays free, while guests skip, take back, join and leave at once', {
    timeout: 120_000,
  }, async () => {
    const standing = [await answer('Ada'), await answer('Bob'), await answer('Cid')]
    const joining = Array.from({ length: 6 }, (_, n) => `Guest${n}`)
    for (let round = 0; round < 8; round++) {
      const moves = [
        ...standing.flatMap((one, n) => [() => skip(one), () => ((n + round) % 2 ? takeBack(one) : skip(one))]),
        ...(round === 0 ? joining.map((name) => () => answer(name, { occurrence: JANUARY })) : []),
        ...standing.map((one) => () => takeBack(one)),
      ]
      moves.sort(
        (a, b) => (((moves.indexOf(a) + 1) * (round + 7)) % 13) - (((moves.indexOf(b) + 1) * (round + 7)) % 13),
      )
      const sent = await Promise.all(moves.map((move) => move()))
      expect(sent.filter((one) => 'status' in one && ![200, 201, 409, 412].includes(one.status))).toEqual([])
      const seats = await used()
      expect(seats).toBeLessThanOrEqual(SEATS)
      const line = await world.db.all({
        sql: `SELECT id FROM rsvps WHERE occurrence = ? AND place = 'waitlist'`,
        params: [JANUARY],
      })
      if (line.length > 0) expect(seats).toBe(SEATS)
    }
    expect(await used(FEBRUARY)).toBe(SEATS)
  })
})
