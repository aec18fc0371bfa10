import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, MEETUP, openWorld, type World } from '../support/world.ts'

describe('events', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  it('are given back as they were sent, with their instants', async () => {
    const made = await world.api('POST', '/groups/hyperscale/events', MEETUP)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      ...MEETUP,
      rsvp: { capacity: { inPerson: 3, remote: null } },
      startUtc: '2023-02-02T13:00:00Z',
      sequence: 0,
    })
    expect((await world.api('GET', `/events/${made.body.id}`)).body).toEqual(made.body)
  })

  it('of a series keep their local time over a change of the clocks', async () => {
    const { id } = await world.event('hyperscale', HANGOUT)
    const { body } = await world.api(
      'GET',
      `/events/${id}/occurrences?from=2023-01-01T00:00:00Z&to=2023-05-01T00:00:00Z`,
    )
    expect(body.items.map((one: { startUtc: string }) => one.startUtc)).toEqual([
      '2023-01-18T22:00:00Z',
      '2023-02-15T22:00:00Z',
      '2023-03-15T21:00:00Z',
      '2023-04-19T21:00:00Z',
    ])
  })

  it('of a series move, lose and regain a date', async () => {
    const { id } = await world.event('hyperscale', HANGOUT)
    const dates = async () =>
      (
        await world.api('GET', `/events/${id}/occurrences?from=2023-01-01T00:00:00Z&to=2023-04-01T00:00:00Z`)
      ).body.items.map((one: { start: string; status: string }) => `${one.start} ${one.status}`)
    const moved = await world.api('PUT', `/events/${id}/occurrences/20230215T220000Z`, { start: '2023-02-16T14:00:00' })
    expect(moved.body).toMatchObject({ recurrenceId: '20230215T220000Z', startUtc: '2023-02-16T22:00:00Z' })
    await world.api('POST', `/events/${id}/occurrences/20230315T210000Z/cancel`, { reason: 'SCALE' })
    expect(await dates()).toEqual([
      '2023-01-18T14:00:00 confirmed',
      '2023-02-16T14:00:00 confirmed',
      '2023-03-15T14:00:00 cancelled',
    ])
    expect((await world.api('DELETE', `/events/${id}/occurrences/20230215T220000Z`)).status).toBe(204)
    expect((await dates())[1]).toBe('2023-02-15T14:00:00 confirmed')
    expect((await world.api('PUT', `/events/${id}/occurrences/20230216T220000Z`, {})).status).toBe(422)
  })

  it('raise SEQUENCE when subscribers see a change and at no other time', async () => {
    const { id } = await world.event('hyperscale')
    const sequenceAfter = async (patch: object) => (await world.api('PATCH', `/events/${id}`, patch)).body.sequence
    expect(await sequenceAfter({ title: MEETUP.title })).toBe(0)
    expect(await sequenceAfter({ description: 'Bring a laptop' })).toBe(0)
    expect(await sequenceAfter({ title: 'Meetup at FOSDEM' })).toBe(1)
    expect(await sequenceAfter({ start: '2023-02-02T15:00:00' })).toBe(2)
    expect(await sequenceAfter({ rsvp: { capacity: { inPerson: 40 } } })).toBe(2)
  })

  it('are merged member by member by a PATCH, and null takes a member away', async () => {
    const { id } = await world.event('hyperscale', { ...HANGOUT, rsvp: undefined })
    const single = await world.api('PATCH', `/events/${id}`, { recurrenceRule: null, end: '2023-01-18T15:30:00' })
    expect(single.body.recurrenceRule).toBeUndefined()
    expect(single.body.duration).toBe('PT1H30M')
  })

  it.each([
    ['an unknown member', { colour: 'red' }, 'colour'],
    ['an unknown kind', { kind: 'party' }, 'kind'],
    ['an unknown time zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['no time zone', { timeZone: undefined }, 'timeZone'],
    ['a local time in the spring gap', { start: '2023-03-26T02:30:00' }, 'start'],
    ['a date that no calendar has', { start: '2023-02-30T12:00:00' }, 'start'],
    ['an end before its start', { duration: undefined, end: '2023-02-02T13:00:00' }, 'end'],
    ['a negative duration', { duration: '-PT1H' }, 'duration'],
    ['a rule every second', { recurrenceRule: 'FREQ=SECONDLY' }, 'recurrenceRule'],
    ['a rule with INTERVAL=0', { recurrenceRule: 'FREQ=DAILY;INTERVAL=0' }, 'recurrenceRule'],
    ['a rule for 30 February', { recurrenceRule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'recurrenceRule'],
    ['a start that its rule does not have', { recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO' }, 'start'],
    ['CR LF in the title', { title: 'A\r\nATTACH:evil' }, 'title'],
    ['NUL in the title', { title: 'A\u0000B' }, 'title'],
    ['a lone surrogate', { title: 'A\ud800' }, 'title'],
    ['a direction override', { title: 'A\u202eB' }, 'title'],
    ['a channel on a meetup', { channel: { name: 'Twitch', uri: 'https://twitch.tv/x' } }, 'channel'],
    ['a negative capacity', { rsvp: { capacity: { inPerson: -1 } } }, 'rsvp.capacity.inPerson'],
    [
      'a changed date that the series does not have',
      { recurrenceRule: 'FREQ=DAILY', recurrenceOverrides: { '2023-02-03T09:00:00': { excluded: true } } },
      'recurrenceOverrides.2023-02-03T09:00:00',
    ],
  ])('with %s are refused, and nothing is stored', async (_, more, path) => {
    const answer = await world.api('POST', '/groups/hyperscale/events', { ...MEETUP, ...more })
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((fault: { path: string }) => fault.path)).toContain(path)
    expect((await world.api('GET', '/events')).body.items).toEqual([])
  })

  it('that were deleted are gone', async () => {
    const { id } = await world.event('hyperscale')
    expect((await world.api('DELETE', `/events/${id}`)).status).toBe(204)
    expect((await world.api('GET', `/events/${id}`)).status).toBe(410)
    expect((await world.api('GET', '/events/nothing')).status).toBe(404)
  })
})
