import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countersMatch, guestsOf } from '../support/rsvps.ts'
import { openWorld, type World } from '../support/world.ts'

const HYBRID = {
  locations: [{ name: 'Hall' }],
  virtualLocations: [{ uri: 'https://meet.example/bridge' }],
  rsvp: { capacity: { inPerson: 1, remote: 2 }, guestsMax: 1 },
}
const UNTIL_THEN = { attendance: 'remote', waitsFor: 'inPerson' }

describe('remote now, a seat when one is free', () => {
  let world: World
  let guests: ReturnType<typeof guestsOf>
  let event: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    guests = guestsOf(world)
    await world.group()
    event = await world.event('hyperscale', HYBRID)
  })
  afterEach(async () => {
    await countersMatch(world)
    await world.close()
  })

  it('is one answer with a place elsewhere and one in line', async () => {
    const { answer, read, cancel } = guests
    const first = await answer(event, 1)
    const second = await answer(event, 2, UNTIL_THEN)
    expect(second.body).toMatchObject({ place: 'seat', attendance: 'remote', waitsFor: 'inPerson', position: 1 })
    expect((await answer(event, 3)).body).toMatchObject({ place: 'waitlist', attendance: 'inPerson', position: 2 })
    expect(await guests.counts(event)).toEqual({
      inPerson: { seats: 1, waitlist: 2 },
      remote: { seats: 1, waitlist: 0 },
    })

    await cancel(first)
    expect(await read(second)).toMatchObject({ place: 'seat', attendance: 'inPerson', waitsFor: null, position: null })
    expect(await guests.counts(event)).toEqual({
      inPerson: { seats: 1, waitlist: 1 },
      remote: { seats: 0, waitlist: 0 },
    })
  })

  it('gives the seat at once where one is free', async () => {
    const made = await guests.answer(event, 1, UNTIL_THEN)
    expect(made.body).toMatchObject({ place: 'seat', attendance: 'inPerson', waitsFor: null, position: null })
  })

  it('gives the place elsewhere to the next when the guest moves over', async () => {
    const { answer, read, cancel } = guests
    const first = await answer(event, 1)
    const mover = await answer(event, 2, UNTIL_THEN)
    await answer(event, 3, { attendance: 'remote' })
    const waiting = await answer(event, 4, { attendance: 'remote' })
    expect(waiting.body).toMatchObject({ place: 'waitlist', position: 1 })
    await cancel(first)
    expect(await read(mover)).toMatchObject({ attendance: 'inPerson' })
    expect(await read(waiting)).toMatchObject({ place: 'seat', attendance: 'remote' })
  })

  it('waits in the line of the room alone where elsewhere is full too', async () => {
    const { answer } = guests
    await answer(event, 1)
    for (const n of [2, 3]) await answer(event, n, { attendance: 'remote' })
    expect((await answer(event, 4, UNTIL_THEN)).body).toMatchObject({
      place: 'waitlist',
      attendance: 'inPerson',
      waitsFor: null,
      position: 1,
    })
  })

  it('is chosen and given up later, keeping the place elsewhere', async () => {
    const { answer, change } = guests
    await answer(event, 1)
    const made = await answer(event, 2, { attendance: 'remote' })
    expect((await change(made, { waitsFor: 'inPerson' })).body).toMatchObject({ place: 'seat', position: 1 })
    expect((await change(made, { name: 'Another' })).body).toMatchObject({ waitsFor: 'inPerson', position: 1 })
    expect((await change(made, { waitsFor: null })).body).toMatchObject({
      place: 'seat',
      waitsFor: null,
      position: null,
    })
    expect((await change(made, { attendance: 'inPerson' })).status).toBe(409)
  })

  it('is nothing for who comes in person', async () => {
    const refused = await guests.answer(event, 1, { attendance: 'inPerson', waitsFor: 'inPerson' })
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'waitsFor'])
  })

  it('keeps a party together', async () => {
    const { answer, read, cancel } = guests
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { capacity: { inPerson: 2, remote: null } } })
    const one = await answer(event, 1)
    const two = await answer(event, 2)
    const party = await answer(event, 3, { ...UNTIL_THEN, guests: 1 })
    const single = await answer(event, 4, UNTIL_THEN)
    await cancel(one)
    expect(await read(party)).toMatchObject({ attendance: 'remote', position: 1 })
    expect(await read(single)).toMatchObject({ attendance: 'inPerson' })
    await cancel(two)
    expect(await read(party)).toMatchObject({ attendance: 'remote', position: 1 })
    await cancel(single)
    expect(await read(party)).toMatchObject({ attendance: 'inPerson', guests: 1, position: null })
  })
})
