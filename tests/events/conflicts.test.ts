import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { placesOf } from '../../src/events/places.ts'
import { openWorld, type World } from '../support/world.ts'

const HALL = [{ name: 'Maison des Associations', address: 'Rue du Progrès 1, Brussels' }]
const ROOM = [{ name: '#centos-meeting', uri: 'ircs://irc.libera.chat/centos-meeting' }]
const MEETUP = {
  title: 'Meetup',
  kind: 'meetup',
  start: '2023-02-02T14:00:00',
  timeZone: 'Europe/Brussels',
  locations: HALL,
}
const WEEKLY = {
  title: 'Board',
  kind: 'meeting',
  start: '2023-01-04T16:00:00',
  timeZone: 'UTC',
  duration: 'PT1H',
  recurrenceRule: 'FREQ=WEEKLY;BYDAY=WE',
  virtualLocations: ROOM,
}

describe('one place', () => {
  const keys = (...uris: string[]) => new Set(uris.map((uri) => placesOf({ virtualLocations: [{ uri }] })[0]?.key)).size
  const venue = (name: string, address?: string) =>
    placesOf({ locations: [{ name, ...(address ? { address } : {}) }] })[0]?.key

  it('has many spellings', () => {
    expect(
      keys(
        'irc://irc.libera.chat/centos-meeting',
        'ircs://irc.libera.chat:6697/#CentOS-Meeting',
        'ircs://libera.chat/%23centos-meeting',
      ),
    ).toBe(1)
    expect(
      keys(
        'https://matrix.to/#/#board:fedora.im',
        'https://matrix.to/#/%23Board%3Afedora.im?via=matrix.org',
        'matrix:r/board:fedora.im?action=join',
      ),
    ).toBe(1)
    expect(
      keys(
        'https://us06web.zoom.us/j/1?pwd=x',
        'http://US06web.zoom.us/j/1/',
        'https://us06web.zoom.us/j/1#config.x=1',
      ),
    ).toBe(1)
    expect(venue(' K.4.201 ', 'ULB, Brussels')).toBe(venue('k 4 201', 'ULB Brussels'))
  })

  it('is not another one', () => {
    expect(keys('ircs://irc.libera.chat/a', 'ircs://irc.libera.chat/b', 'ircs://irc.oftc.net/a')).toBe(3)
    expect(keys('https://meet.example/?room=1', 'https://meet.example/?room=2', 'https://meet.example/#room')).toBe(3)
    expect(keys('https://matrix.to/#/!Ab:x.org', 'https://matrix.to/#/!aB:x.org')).toBe(2)
    expect(venue('Room 1', 'Brno')).not.toBe(venue('Room 1', 'Brussels'))
  })

  it('is none where nobody can be in the way', () => {
    const uris = ['https://meet.example/', 'mailto:a@b.example', 'tel:+3221', 'ircs://irc.libera.chat/', 'https://%41']
    expect(
      placesOf({ virtualLocations: uris.map((uri) => ({ uri })), locations: [{ name: 'Online' }, { name: 'TBA' }] }),
    ).toEqual([])
  })
})

describe('events in one place at one time', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group('sig')
    await world.group('other')
  })
  afterEach(() => world.close())

  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
  const clashes = (body: any) => body.warnings.filter(({ type }: { type: string }) => type === 'conflict')

  it('in one hall are both saved, and pointed out', async () => {
    const first = await world.event('sig', MEETUP)
    expect(clashes(first)).toEqual([])
    const second = await world.event('other', {
      ...MEETUP,
      title: 'Another',
      start: '2023-02-02T15:30:00',
      locations: [{ name: 'MAISON DES ASSOCIATIONS', address: 'Rue du Progrès 1 – Brussels' }],
    })
    expect(clashes(second)).toEqual([
      {
        type: 'conflict',
        event: { id: first.id, title: 'Meetup', url: first.url },
        start: '2023-02-02T14:30:00Z',
        where: 'MAISON DES ASSOCIATIONS',
        dates: 1,
        message:
          '“Meetup” is in the same place (MAISON DES ASSOCIATIONS) at the same time on Thursday 2 February 2023, 15:30 (Europe/Brussels).',
      },
    ])
    expect((await world.api('GET', `/events/${second.id}`)).body.warnings).toEqual([])
    const moved = await world.api('PATCH', `/events/${second.id}`, { start: '2023-02-02T18:00:00' })
    expect(clashes(moved.body)).toEqual([])
  })

  it('in one chat room meet on every second date', async () => {
    const board = await world.event('sig', WEEKLY)
    const made = await world.event('other', {
      ...WEEKLY,
      title: 'Biweekly',
      start: '2023-01-04T11:30:00',
      timeZone: 'America/New_York',
      recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4',
      virtualLocations: [{ uri: 'irc://irc.libera.chat/#CentOS-meeting' }],
    })
    expect(clashes(made)).toMatchObject([
      { event: { id: board.id }, start: '2023-01-04T16:30:00Z', dates: 4, message: expect.stringContaining('3 later') },
    ])
  })

  it('that only follow each other do not clash', async () => {
    await world.event('sig', WEEKLY)
    expect(clashes(await world.event('other', { ...WEEKLY, start: '2023-01-04T17:00:00' }))).toEqual([])
  })

  it('called off, excluded, deleted or over are in nobody’s way', async () => {
    const off = await world.event('sig', MEETUP)
    await world.api('POST', `/events/${off.id}/cancel`, {})
    const gone = await world.event('sig', MEETUP)
    await world.api('DELETE', `/events/${gone.id}`)
    await world.event('sig', { ...WEEKLY, recurrenceOverrides: { '2023-01-11T16:00:00': { excluded: true } } })
    await world.event('sig', {
      ...WEEKLY,
      start: '2022-01-05T16:00:00',
      recurrenceRule: 'FREQ=WEEKLY;UNTIL=20221228T160000Z',
    })
    expect(clashes(await world.event('other', MEETUP))).toEqual([])
    const once = { ...WEEKLY, recurrenceRule: undefined, start: '2023-01-11T16:00:00' }
    expect(clashes(await world.event('other', once))).toEqual([])
    expect(clashes(await world.event('other', { ...once, start: '2022-12-28T16:00:00' }))).toEqual([])
  })

  it('of a private group are told to its own organizers only', async () => {
    await world.group('secret', { visibility: 'private' })
    const hidden = await world.event('secret', WEEKLY)
    const token = async (group: string) => (await world.api('POST', '/tokens', { name: 'x', group })).body.token
    const patch = async (slug: string, by: string) => {
      const { id } = await world.event(slug, { ...WEEKLY, start: '2023-01-04T16:10:00' })
      const answer = await world.api('PATCH', `/events/${id}`, { title: 'B' }, { token: by })
      await world.api('DELETE', `/events/${id}`)
      return clashes(answer.body).map((one: { event: { id: string } }) => one.event.id)
    }
    expect(await patch('sig', await token('sig'))).toEqual([])
    expect(await patch('secret', await token('secret'))).toEqual([hidden.id])
  })

  it('are a conference and its talks, or a day and an hour: no clash', async () => {
    const conference = {
      title: 'FOSDEM',
      kind: 'conference',
      start: '2023-02-04T00:00:00',
      timeZone: null,
      duration: 'P2D',
      showWithoutTime: true,
      conference: 'fosdem-2023',
      locations: HALL,
    }
    const talk = { ...MEETUP, kind: 'talk', title: 'Talk', start: '2023-02-04T10:00:00', duration: 'PT1H' }
    await world.event('sig', conference)
    expect(clashes(await world.event('sig', { ...talk, conference: 'fosdem-2023' }))).toEqual([])
    expect(clashes(await world.event('sig', { ...conference, title: 'B', conference: 'b' }))).toHaveLength(1)
    expect(clashes(await world.event('sig', { ...talk, title: 'C', kind: 'meetup' }))).toMatchObject([
      { event: { title: 'Talk' } },
    ])
  })

  it('are told of a date that is moved to another place or time', async () => {
    await world.event('sig', MEETUP)
    const { id } = await world.event('other', { ...WEEKLY, recurrenceRule: 'FREQ=WEEKLY;BYDAY=WE' })
    const put = (body: object) => world.api('PUT', `/events/${id}/occurrences/20230201T160000Z`, body)
    expect(clashes((await put({ locations: HALL })).body)).toEqual([])
    expect(clashes((await put({ start: '2023-02-02T13:30:00', locations: HALL })).body)).toMatchObject([
      { event: { title: 'Meetup' }, start: '2023-02-02T13:30:00Z', dates: 1 },
    ])
  })

  it('are at most twenty, and cost one query more', async () => {
    for (let nth = 0; nth < 23; nth++) await world.event('sig', { ...WEEKLY, title: `No. ${nth}` })
    const all = vi.spyOn(world.db, 'all')
    const batch = vi.spyOn(world.db, 'batch')
    expect(clashes(await world.event('other', WEEKLY))).toHaveLength(20)
    const [withPlace, batches] = [all.mock.calls.length, batch.mock.calls.length]
    all.mockClear()
    await world.event('other', { ...WEEKLY, virtualLocations: [] })
    expect([withPlace - all.mock.calls.length, batches]).toEqual([1, 1])
  })

  it('of a yaml2ical source are named when it is imported, and before', async () => {
    const file = (project: string, time: string, room: string) =>
      `project: ${project}\nschedule:\n  - time: '${time}'\n    day: Wednesday\n    irc: '${room}'\n    frequency: weekly\n`
    const load = async (text: string, query = '') =>
      (await world.api('POST', `/groups/sig/import${query}`, text, { headers: { 'Content-Type': 'application/yaml' } }))
        .body.notes as string[]
    const both = `${file('A', '1600', 'centos-meeting')}---\n${file('B', '1630', '#centos-meeting')}---\n${file('C', '1600', 'other')}`
    const clash = '"A" clashes with "B" (#centos-meeting, first 2023-01-04T16:00:00Z)'
    const fixed = expect.stringContaining('3 of these are fixed to UTC')
    expect(await load(both, '?dryRun=true')).toEqual([clash, fixed])
    expect(await load(both)).toEqual([clash, fixed])
    expect(await load(both)).toEqual([])
    expect(await load(`${both}---\n${file('D', '1600', 'other')}`)).toEqual([
      '"D" clashes with "C" (#other, first 2023-01-04T16:00:00Z)',
      expect.stringContaining('1 of these are fixed to UTC'),
    ])
  })
})
