import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

type Fact = {
  id: string
  type: string
  data: { id: string; group: string | null; url: string | null; deleted: boolean }
}
type Page = { items: Fact[]; next: string | null; since: string }

describe('the journal', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const read = async (query = '', token?: string | null): Promise<Page> =>
    (await world.api('GET', `/changes${query}`, undefined, token === undefined ? {} : { token })).body
  const typesOf = ({ items }: Page) => items.map(({ type }) => type)
  const answer = (event: string, n: number) =>
    world.api('POST', `/events/${event}/rsvps`, { name: `Guest ${n}`, email: `guest${n}@example.org` }, { token: null })
  const tokenOf = async (group: string) =>
    (await world.api('POST', '/tokens', { name: 'x', group })).body.token as string

  it('tells in order what happened, where to read it, and what is gone', async () => {
    await world.group()
    const event = await world.event('hyperscale')
    await world.api('PATCH', `/events/${event.id}`, { title: 'Moved' })
    const { since } = await read()
    await world.api('DELETE', `/events/${event.id}`)
    const whole = await read('', null)
    for (const query of ['?since=', '?since=0', '?since=2023-01-02T12:00:00Z'])
      expect((await read(query, null)).items).toEqual(whole.items)
    expect((await read('?since=2023-01-02T12:00:01Z', null)).items).toEqual([])
    expect((await world.api('GET', '/changes?since=yesterday')).body.errors[0].path).toBe('since')
    expect(typesOf(whole)).toEqual(['group.created', 'event.created', 'event.updated', 'event.deleted'])
    expect(whole.items[2]).toEqual({
      id: expect.stringMatching(/^[0-9a-z]{26}-\d+$/),
      type: 'event.updated',
      timestamp: '2023-01-02T12:00:00Z',
      data: {
        id: event.id,
        group: 'hyperscale',
        url: `https://convene.test/api/v1/events/${event.id}`,
        deleted: false,
      },
    })
    const later = await read(`?since=${since}`, null)
    expect(later.items).toEqual([whole.items[3]])
    expect(later.items[0]!.data).toEqual({ id: event.id, group: 'hyperscale', url: null, deleted: true })
    expect([later.next, (await read(`?since=${later.since}`)).items]).toEqual([null, []])
    expect((await read('?since=now')).since).toBe(later.since)
  })

  it('tells strangers what is public, organizers what is of their group, and names and addresses nobody', async () => {
    await world.group('open')
    await world.group('closed', { visibility: 'private' })
    await world.group('other', { visibility: 'private' })
    for (const slug of ['open', 'closed', 'other']) {
      const event = await world.event(slug)
      const answered =
        slug === 'open'
          ? await answer(event.id, 1)
          : await world.api('POST', `/events/${event.id}/rsvps`, { name: 'Guest 1', email: 'guest1@example.org' })
      expect(answered.status).toBe(201)
      await world.api('POST', '/conferences', { slug: `days-${slug}`, title: 'Days', group: slug })
      await world.api('POST', '/talks', { slug: `talk-${slug}`, title: 'Talk', conference: `days-${slug}` })
      await world.api('POST', `/groups/${slug}/members`, { name: 'Canary', joined: '2020-01-01' })
    }
    const publicOnes = ['group.created', 'event.created', 'conference.created', 'talk.created', 'member.joined']
    const strangers = await read('', null)
    expect(typesOf(strangers)).toEqual(publicOnes)
    expect(new Set(strangers.items.map(({ data }) => data.group))).toEqual(new Set(['open']))
    const organizers = await read('', await tokenOf('closed'))
    const own = organizers.items.filter(({ data }) => data.group === 'closed')
    expect(own.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['group.created', 'event.created', 'rsvp.answered', 'member.joined']),
    )
    expect(organizers.items.length - own.length).toBeLessThanOrEqual(publicOnes.length)
    const everything = JSON.stringify(await read())
    expect(everything).toContain('rsvp.answered')
    for (const canary of ['Guest', 'example.org', 'Canary']) expect(everything).not.toContain(canary)
    for (const page of [strangers, organizers]) expect(JSON.stringify(page)).not.toContain('other')
  })

  it('tells strangers that a group is gone when it becomes private, and nothing of it later', async () => {
    await world.group()
    const { since } = await read()
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'private' })
    await world.event('hyperscale')
    const { items } = await read(`?since=${since}`, null)
    expect(items.map(({ type, data }) => [type, data.deleted, data.url, data.group])).toEqual([
      ['group.updated', true, null, null],
    ])
  })

  it('is narrowed by kind and group', async () => {
    await world.group()
    await world.group('other')
    await world.event('hyperscale')
    const event = await world.event('other')
    await world.api('PATCH', `/events/${event.id}`, { title: 'Moved' })
    expect(typesOf(await read('?type=event.*&group=other'))).toEqual(['event.created', 'event.updated'])
    expect(typesOf(await read('?type=event.updated,group.created'))).toEqual([
      'group.created',
      'group.created',
      'event.updated',
    ])
    expect((await world.api('GET', '/changes?group=none')).status).toBe(404)
  })

  it.each(['since=x', 'since=W10', 'type=x', 'type=%25', 'limit=0', 'limit=201'])('refuses %s', async (query) => {
    const { status, body } = await world.api('GET', `/changes?${query}`, undefined, { token: null })
    expect([status, body.errors[0].path.replace('.0', '')]).toEqual([422, query.split('=')[0]])
  })

  it('says so where a position is of a journal that is gone', async () => {
    await world.group()
    const { since } = await read()
    await world.db.all({ sql: 'UPDATE changes SET id = ?', params: ['another'] })
    expect((await world.api('GET', `/changes?since=${since}`)).status).toBe(410)
  })

  it('loses nothing and repeats nothing for who follows it while many write', async () => {
    await world.group()
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    const seen: Fact[] = []
    let since = ''
    const follow = async () => {
      const { items, since: next } = await read(`?limit=7${since ? `&since=${since}` : ''}`)
      seen.push(...items)
      since = next
      return items.length
    }
    let isWriting = true
    const writers = Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let n = 0; n < 10; n++) {
          await answer(series.id, writer * 100 + n)
          if (n % 3 === 0) await world.event('hyperscale', { title: `Event ${writer} ${n}` })
        }
      }),
    ).finally(() => {
      isWriting = false
    })
    while (isWriting) await follow()
    await writers
    while (await follow()) {
      // Until nothing is left.
    }
    const stored = await world.db.all<{ name: string }>({
      sql: "SELECT id || '-' || seq AS name FROM changes ORDER BY seq",
      params: [],
    })
    expect(seen.map(({ id }) => id)).toEqual(stored.map(({ name }) => name))
    expect(stored.length).toBe(2 + 60 + 24)
  })
})
