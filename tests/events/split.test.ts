import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countersMatch } from '../support/rsvps.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('a series', () => {
  let world: World
  let id: string
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    const series = {
      ...HANGOUT,
      rsvp: { capacity: { remote: 1 } },
      recurrenceOverrides: { '2023-04-19T14:00:00': { title: 'April' } },
    }
    id = (await world.event('hyperscale', series)).id
  })
  afterEach(() => world.close())

  const answer = async (occurrence: string, name: string) =>
    (
      await world.api(
        'POST',
        `/events/${id}/rsvps`,
        { name, email: `${name}@example.org`, occurrence },
        { token: null },
      )
    ).body
  const answers = async (of: string) =>
    (await world.api('GET', `/events/${of}/rsvps`)).body.items.map(
      ({ name, occurrence, place }: Record<string, string>) => [name, occurrence, place],
    )
  const datesOf = async (of: string) =>
    (
      await world.api('GET', `/events/${of}/occurrences?from=2023-01-01T00:00:00Z&to=2023-07-01T00:00:00Z`)
    ).body.items.map(({ start, title }: Record<string, string>) => [start, title])
  const split = (recurrenceId: string, patch: object) =>
    world.api('POST', `/events/${id}/occurrences/${recurrenceId}/split`, patch)

  it('keeps the answers to every date in both parts, with what was said to single dates', async () => {
    await world.api('PATCH', `/events/${id}`, { rsvp: { capacity: { remote: 2 } } })
    const guest = { name: 'Ada', email: 'ada@example.org' }
    await world.api('POST', `/events/${id}/rsvps`, guest, { token: null })
    const skipped = { ...guest, occurrence: '20230419T210000Z', response: 'declined' }
    await world.api('POST', `/events/${id}/rsvps`, skipped, { token: null })
    const { body } = await split('20230315T210000Z', { title: 'Later' })
    expect(await answers(id)).toEqual([['Ada', null, 'seat']])
    const later = await answers(body.later.id)
    expect(later).toHaveLength(2)
    expect(later).toEqual(
      expect.arrayContaining([
        ['Ada', '20230419T210000Z', null],
        ['Ada', null, 'seat'],
      ]),
    )
    await countersMatch(world)
    const other = { name: 'Bob', email: 'bob@example.org', occurrence: '20230419T210000Z' }
    for (const [turn, place] of ['seat', 'seat', 'waitlist'].entries()) {
      const { body: made } = await world.api(
        'POST',
        `/events/${body.later.id}/rsvps`,
        { ...other, email: `${turn}@example.org` },
        { token: null },
      )
      expect(made.place).toBe(place)
    }
  })

  it('is another from a date on, and the answers to later dates go with them', async () => {
    await answer('20230215T220000Z', 'early')
    await answer('20230419T210000Z', 'ada')
    await answer('20230419T210000Z', 'grace')
    const { status, body } = await split('20230315T210000Z', { title: 'Later', start: '2023-03-15T15:00:00' })
    expect([status, body.earlier.id, body.earlier.recurrenceRule]).toEqual([
      201,
      id,
      'FREQ=MONTHLY;BYDAY=3WE;UNTIL=20230215T220000Z',
    ])
    expect(body.later.uid).not.toBe(body.earlier.uid)
    expect(await datesOf(id)).toEqual([
      ['2023-01-18T14:00:00', 'Monthly hangout'],
      ['2023-02-15T14:00:00', 'Monthly hangout'],
    ])
    expect((await datesOf(body.later.id))[0]).toEqual(['2023-03-15T15:00:00', 'Later'])
    expect(await answers(id)).toEqual([['early', '20230215T220000Z', 'seat']])
    expect((await answers(body.later.id)).sort()).toEqual([
      ['ada', '20230419T220000Z', 'seat'],
      ['grace', '20230419T220000Z', 'waitlist'],
    ])
    // The seats went along: the one that is taken is taken there too.
    const third = await world.api(
      'POST',
      `/events/${body.later.id}/rsvps`,
      { name: 'linus', email: 'linus@example.org', occurrence: '20230419T220000Z' },
      { token: null },
    )
    expect([third.body.place, third.body.position]).toEqual(['waitlist', 2])
  })

  it('keeps what was said of single dates on the side they are on, and counts COUNT over both', async () => {
    await world.api('PATCH', `/events/${id}`, { recurrenceRule: 'FREQ=MONTHLY;BYDAY=3WE;COUNT=5' })
    const { body } = await split('20230315T210000Z', { description: 'New' })
    expect([body.earlier.recurrenceOverrides ?? {}, body.later.recurrenceRule]).toEqual([
      {},
      'FREQ=MONTHLY;BYDAY=3WE;COUNT=3',
    ])
    expect(await datesOf(body.later.id)).toEqual([
      ['2023-03-15T14:00:00', 'Monthly hangout'],
      ['2023-04-19T14:00:00', 'April'],
      ['2023-05-17T14:00:00', 'Monthly hangout'],
    ])
  })

  it.each([
    ['20230118T220000Z', {}, 'recurrenceId'],
    ['20230119T220000Z', {}, 'recurrenceId'],
    ['20230315T210000Z', { title: '' }, 'title'],
    ['20230315T210000Z', { colour: 'red' }, 'colour'],
  ])('is not split at %s with %j, and nothing is written', async (date, patch, path) => {
    const before = await world.api('GET', `/events/${id}`)
    const refused = await split(date, patch)
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, path])
    expect((await world.api('GET', `/events/${id}`)).body).toEqual(before.body)
    expect((await world.api('GET', '/groups/hyperscale/events')).body.items).toHaveLength(1)
  })

  it('split twice at once is split once', async () => {
    const both = await Promise.all([split('20230315T210000Z', {}), split('20230315T210000Z', {})])
    const [first, second] = both.map(({ status }) => status).sort()
    // Whoever comes second finds another version, or a series that ends before the date.
    expect([first, [412, 422].includes(second!)]).toEqual([201, true])
    expect((await world.api('GET', '/groups/hyperscale/events')).body.items).toHaveLength(2)
  })

  it('moved to another hour takes the answers to its dates along, with their seats and places in line', async () => {
    await answer('20230419T210000Z', 'ada')
    await answer('20230419T210000Z', 'grace')
    await world.api('PATCH', `/events/${id}`, {
      start: '2023-01-18T16:00:00',
      recurrenceOverrides: { '2023-04-19T14:00:00': null },
    })
    expect((await answers(id)).sort()).toEqual([
      ['ada', '20230419T230000Z', 'seat'],
      ['grace', '20230419T230000Z', 'waitlist'],
    ])
  })
})
