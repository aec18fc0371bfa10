/** Who is next: what a free place, a full date and a second click come to. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/digest.ts'
import { runScheduled } from '../../src/scheduled.ts'
import { ADMIN, HANGOUT, openWorld, type World } from '../support/world.ts'

const JANUARY = '20230118T220000Z'
const FEBRUARY = '20230215T220000Z'
const HOUR = 3600

describe('a place', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const event = (rsvp: object, more: object = {}) => world.event('hyperscale', { ...more, rsvp })
  const series = (rsvp: object) => event(rsvp, HANGOUT)
  const answer = async (id: string, name: string, more: object = {}, token: string | null = null) =>
    world.api('POST', `/events/${id}/rsvps`, { name, email: `${name}@example.org`, ...more }, { token })
  /** Place and rank of everybody, by name and date. */
  const places = async (id: string) => {
    const { items } = (await world.api('GET', `/events/${id}/rsvps`)).body
    return Object.fromEntries(
      items.map((one: Record<string, unknown>) => [
        `${one.name}${one.occurrence ? ` ${String(one.occurrence).slice(4, 6)}` : ''}`,
        one.position === null ? one.place : `${one.place} ${one.position}`,
      ]),
    )
  }
  const tokenOf = async (id: string, name: string, date = '') => {
    const [row] = await world.db.all<{ id: string }>({
      sql: 'SELECT id FROM rsvps WHERE event_id = ? AND name = ? AND occurrence = ?',
      params: [id, name, date],
    })
    const token = `rsvp_${row!.id}_${'x'.repeat(43)}`
    await world.db.all({
      sql: 'INSERT INTO rsvp_links VALUES (?, ?, 0) ON CONFLICT DO NOTHING',
      params: [row!.id, await sha256(token)],
    })
    return { path: `/rsvps/${row!.id}`, token }
  }
  const change = async (id: string, name: string, patch: object, date = '') => {
    const { path, token } = await tokenOf(id, name, date)
    return world.api('PATCH', path, patch, { token })
  }
  const confirm = async (id: string, name: string) => {
    const { path, token } = await tokenOf(id, name)
    return world.api('POST', `${path}/confirm`, undefined, { token })
  }
  const admin = (id: string, name: string, more: object = {}) => answer(id, name, more, ADMIN)

  it('on a date that is full is none for who confirms an answer to all dates: they wait there', async () => {
    const { id } = await series({ capacity: { remote: 5 }, confirmation: 'email' })
    for (const n of [1, 2, 3, 4, 5]) await admin(id, `g${n}`, { occurrence: JANUARY })
    await answer(id, 'Ada')
    expect((await confirm(id, 'Ada')).body.place).toBe('seat')
    expect(await places(id)).toMatchObject({ Ada: 'seat', 'Ada 01': 'waitlist 1' })
  })

  it('in the room on a date that is full is none for who got one on all dates while taking part from elsewhere', async () => {
    const { id } = await series({ capacity: { inPerson: 1, remote: 1 } })
    await answer(id, 'Bob', { occurrence: JANUARY, attendance: 'inPerson' })
    const ada = await answer(id, 'Ada', { attendance: 'remote', waitsFor: 'inPerson' })
    expect([ada.body.place, ada.body.attendance]).toEqual(['seat', 'inPerson'])
    expect(await places(id)).toMatchObject({ 'Ada 01': 'waitlist 1' })
  })

  it('that somebody with a seat on all dates does not need on one goes to the first in line there', async () => {
    const { id } = await series({ capacity: { remote: 1 } })
    await answer(id, 'Ada')
    await answer(id, 'Bob', { occurrence: JANUARY })
    expect(await places(id)).toEqual({ Ada: 'seat', 'Bob 01': 'waitlist 1' })
    await answer(id, 'Ada', { occurrence: JANUARY, response: 'declined' })
    expect(await places(id)).toEqual({ Ada: 'seat', 'Ada 01': null, 'Bob 01': 'seat' })
  })

  it('is not needed on a date that is declined where answers are approved, either', async () => {
    const { id } = await series({ capacity: { remote: 1 }, approval: true })
    await admin(id, 'Ada')
    await admin(id, 'Bob', { occurrence: JANUARY })
    await answer(id, 'Ada', { occurrence: JANUARY, response: 'declined' })
    expect(await places(id)).toEqual({ Ada: 'seat', 'Ada 01': null, 'Bob 01': 'seat' })
  })

  it('on all dates goes to who waits for it, before who comes later, though one date is full', async () => {
    const { id } = await series({ capacity: { remote: 2 } })
    await answer(id, 'Bob', { occurrence: JANUARY })
    const ada = await answer(id, 'Ada')
    await answer(id, 'Eve')
    await answer(id, 'Kim')
    await world.api('DELETE', `/rsvps/${ada.body.id}`)
    await answer(id, 'Lee')
    expect(await places(id)).toEqual({
      Ada: null,
      'Bob 01': 'seat',
      Eve: 'seat',
      // Ada's seat in January: Eve waited for it first.
      'Eve 01': 'seat',
      Kim: 'seat',
      'Kim 01': 'waitlist 1',
      Lee: 'waitlist 1',
    })
  })

  it('is not lost on one date by asking for more there', async () => {
    const { id } = await series({ capacity: { remote: 1 }, guestsMax: 0 })
    await answer(id, 'Ada')
    await world.api('PATCH', `/events/${id}`, { rsvp: { capacity: { remote: 2 }, guestsMax: 1 } })
    await answer(id, 'Bob')
    const more = await answer(id, 'Ada', { occurrence: JANUARY, guests: 1 })
    expect([more.status, more.body.reason]).toEqual([409, 'event_full'])
    expect(await places(id)).toEqual({ Ada: 'seat', Bob: 'seat' })
  })

  it('on one date is none for who has called off all of them', async () => {
    const { id } = await series({ capacity: { remote: 1 } })
    const bob = await answer(id, 'Bob', { occurrence: JANUARY })
    const ada = await answer(id, 'Ada')
    expect(await places(id)).toMatchObject({ 'Ada 01': 'waitlist 1' })
    await world.api('DELETE', `/rsvps/${ada.body.id}`)
    await world.api('DELETE', `/rsvps/${bob.body.id}`)
    expect(await places(id)).toEqual({ Ada: null, 'Bob 01': null })
  })

  it('that nobody confirmed in time goes to the first in line, not to who changes an answer first', async () => {
    const { id } = await event({ capacity: { inPerson: 5 }, confirmation: 'email' })
    await answer(id, 'Ada')
    for (const n of [1, 2, 3, 4, 5, 6]) await admin(id, `g${n}`)
    expect(await places(id)).toMatchObject({ Ada: 'pending', g5: 'waitlist 1', g6: 'waitlist 2' })
    world.clock.now += HOUR
    expect((await change(id, 'g6', { note: 'Hello' })).body).toMatchObject({ place: 'waitlist', position: 1 })
    expect(await places(id)).toMatchObject({ Ada: 'pending', g5: 'seat', g6: 'waitlist 1' })
  })

  it('is held for an hour at most, whatever an organizer edits', async () => {
    const { id } = await event({ capacity: { inPerson: 10 }, confirmation: 'email' })
    await answer(id, 'Ada')
    world.clock.now += HOUR - 60
    const [row] = await world.db.all<{ id: string }>({ sql: 'SELECT id FROM rsvps', params: [] })
    await world.api('PATCH', `/rsvps/${row!.id}`, { name: 'Ada L.' })
    world.clock.now += 60
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) await admin(id, `g${n}`)
    await world.api('PATCH', `/rsvps/${row!.id}`, { name: 'Ada' })
    expect(await places(id)).toMatchObject({ Ada: 'pending', g10: 'seat' })
  })

  it('that nobody confirmed in time goes to who waits, though nobody comes by', async () => {
    const { id } = await event({ capacity: { inPerson: 5 }, confirmation: 'email' })
    await answer(id, 'Ada')
    for (const n of [1, 2, 3, 4, 5]) await admin(id, `g${n}`)
    world.clock.now += HOUR
    await runScheduled(world.deps)
    expect(await places(id)).toMatchObject({ Ada: 'pending', g5: 'seat' })
  })

  it('is held by a fifth of the answers at most, on each date of a series too', async () => {
    const { id } = await series({ capacity: { remote: 5 }, confirmation: 'email' })
    await answer(id, 'Ada', { occurrence: JANUARY })
    await answer(id, 'Bob')
    const held = await world.db.all({ sql: 'SELECT name FROM rsvps WHERE held_until IS NOT NULL', params: [] })
    expect(held.map((row) => ({ ...(row as object) }))).toEqual([{ name: 'Ada' }])
  })

  it('is given up once, however often it is clicked', async () => {
    const { id } = await event({ capacity: { inPerson: 1 } })
    const ada = await answer(id, 'Ada')
    await answer(id, 'Bob')
    const cancel = () => world.api('DELETE', `/rsvps/${ada.body.id}`, undefined, { token: ada.body.manageToken })
    const both = await Promise.all([cancel(), cancel(), cancel()])
    expect(both.map(({ status }) => status)).toEqual([204, 204, 204])
    const kinds = await world.db.all<{ kind: string }>({
      sql: `SELECT kind FROM changes WHERE kind LIKE 'rsvp.%' ORDER BY seq`,
      params: [],
    })
    expect(kinds.map(({ kind }) => kind)).toEqual(['rsvp.answered', 'rsvp.answered', 'rsvp.cancelled', 'rsvp.promoted'])
  })

  it('in line stays where the event closes its line', async () => {
    const { id } = await event({ capacity: { inPerson: 1 } })
    await answer(id, 'Ada')
    await answer(id, 'Bob')
    await world.api('PATCH', `/events/${id}`, { rsvp: { waitlist: false } })
    expect((await change(id, 'Bob', { note: 'Hello' })).body).toMatchObject({ place: 'waitlist', position: 1 })
  })

  it('is not promised for what is over', async () => {
    const { id } = await event({ capacity: { inPerson: 1 } })
    await answer(id, 'Ada')
    await answer(id, 'Bob')
    world.clock.now = Date.UTC(2023, 1, 3) / 1000
    await world.api('PATCH', `/events/${id}`, { rsvp: { capacity: { inPerson: 5 } } })
    expect(await places(id)).toEqual({ Ada: 'seat', Bob: 'waitlist 1' })
  })

  it('is had by who comes to the door after all, and counted once', async () => {
    const { id } = await series({ capacity: { remote: 5 } })
    await answer(id, 'Ada')
    await answer(id, 'Bob', { occurrence: JANUARY, response: 'declined' })
    const come = (name: string) =>
      world.api('POST', `/events/${id}/walk-ins`, {
        name,
        email: `${name}@example.org`,
        attendance: 'remote',
        occurrence: JANUARY,
      })
    expect((await come('Bob')).body).toMatchObject({ place: 'seat', response: 'accepted', came: 'remote' })
    expect((await come('Ada')).body).toMatchObject({ place: 'seat', came: 'remote' })
    const [used] = await world.db.all<{ used: number }>({
      sql: `SELECT sum(taken - skipped) AS used FROM seat_counters WHERE occurrence IN ('', ?)`,
      params: [JANUARY],
    })
    expect(used!.used).toBe(2)
  })

  it('on all dates is shown as taken on the page of each, except where its guest said otherwise', async () => {
    const { id } = await series({ capacity: { inPerson: 5, remote: 5 } })
    await answer(id, 'Ada', { attendance: 'inPerson' })
    await answer(id, 'Bob', { attendance: 'inPerson' })
    await answer(id, 'Ada', { attendance: 'inPerson', occurrence: JANUARY, response: 'declined' })
    expect((await world.get(`/e/${id}/${JANUARY}`)).text).toContain('In person: 1 of 5 seats taken')
    expect((await world.get(`/e/${id}/${FEBRUARY}`)).text).toContain('In person: 2 of 5 seats taken')
  })

  it('at a date that is over stays counted when its guest is erased', async () => {
    const { id } = await series({ capacity: { remote: 5 } })
    await answer(id, 'Ada', { occurrence: JANUARY })
    const later = await answer(id, 'Ada', { occurrence: FEBRUARY })
    world.clock.now = Date.UTC(2023, 0, 25) / 1000
    await world.api('POST', `/rsvps/${later.body.id}/erase`)
    const counted = await world.db.all<{ occurrence: string; taken: number }>({
      sql: 'SELECT occurrence, taken FROM seat_counters ORDER BY occurrence',
      params: [],
    })
    expect(counted.map((row) => ({ ...row }))).toEqual([
      { occurrence: JANUARY, taken: 1 },
      { occurrence: FEBRUARY, taken: 0 },
    ])
  })

  it('that is to be approved comes with a link, since no mail has to bring it', async () => {
    const { id } = await event({ approval: true })
    const made = await answer(id, 'Ada')
    expect([made.status, made.body.place, typeof made.body.manageToken]).toEqual([201, 'pending', 'string'])
  })

  it('is no secret kept from who answers twice: a cancelled event says so', async () => {
    const { id } = await event({})
    await answer(id, 'Ada')
    await world.api('POST', `/events/${id}/cancel`, {})
    expect((await answer(id, 'Ada')).body.reason).toBe('event_cancelled')
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'private' })
    expect((await answer(id, 'Ada')).status).toBe(404)
  })
})
