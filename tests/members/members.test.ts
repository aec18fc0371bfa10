import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

describe('members', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group('a')
    await world.group('b')
  })
  afterEach(() => world.close())

  const join = (body: object) => world.api('POST', '/groups/a/members', body)

  it('are listed in the order they joined, page by page', async () => {
    await join({ name: 'Jun', joined: '2022-11-01' })
    await join({ name: 'Davide', nick: 'dcavalca', role: 'chair', joined: '2021-01-01' })
    expect((await join({ name: 'Today' })).body.joined).toBe('2023-01-02')
    const first = (await world.api('GET', '/groups/a/members?limit=2')).body
    expect(first.items.map((one: { name: string }) => one.name)).toEqual(['Davide', 'Jun'])
    const rest = (await world.api('GET', `/groups/a/members?limit=2&cursor=${first.next}`)).body
    expect(rest.items.map((one: { name: string }) => one.name)).toEqual(['Today'])
    expect((await world.api('GET', '/groups/b/members')).body.items).toEqual([])
  })

  it('are shown with their affiliation, and only to the group where they want that', async () => {
    await world.api('PATCH', '/groups/a', { howToJoin: 'Come to a **meeting**.' })
    await join({ name: 'Davide', affiliation: 'Meta', joined: '2021-01-01' })
    await join({ name: 'Secret', joined: '2022-11-01', public: false })
    await join({ name: 'Gone', joined: '2021-02-01', left: '2022-01-01' })
    const names = async (query: string, token?: null) =>
      (await world.api('GET', `/groups/a/members${query}`, undefined, token === null ? { token } : {})).body.items.map(
        ({ name }: { name: string }) => name,
      )
    expect(await names('')).toEqual(['Davide', 'Gone', 'Secret'])
    expect(await names('', null)).toEqual(['Davide', 'Gone'])
    expect(await names('?since=2022-01-01')).toEqual(['Secret'])
    expect(await names('?since=2022-01-01', null)).toEqual([])
    expect(await names('?current=true', null)).toEqual(['Davide'])
    const { text } = await world.get('/g/a/members')
    expect(text).toContain('Come to a <strong>meeting</strong>.')
    expect(text.replace(/<[^>]+>/g, ' ')).toMatch(/Davide\s+Meta · since 1 January 2021/)
    expect(text).not.toContain('Secret')
    expect((await world.get('/g/nothing/members')).status).toBe(404)
  })

  it('change, leave and are taken off the list', async () => {
    const { id } = (await join({ name: 'Ada', joined: '2022-01-01' })).body
    expect((await world.api('PATCH', `/groups/a/members/${id}`, { left: '2022-12-31' })).body).toMatchObject({
      left: '2022-12-31',
      name: 'Ada',
    })
    expect((await world.api('PATCH', `/groups/a/members/${id}`, { left: '2021-12-31' })).body.errors[0].path).toBe(
      'left',
    )
    expect((await world.api('PATCH', `/groups/b/members/${id}`, { name: 'B' })).status).toBe(404)
    expect((await world.api('DELETE', `/groups/a/members/${id}`)).status).toBe(204)
    expect((await world.api('GET', '/groups/a/members')).body.items).toEqual([])
  })

  it.each([
    ['no name', {}, 'name'],
    ['a date that no calendar has', { name: 'A', joined: '2022-02-30' }, 'joined'],
    ['an unknown member', { name: 'A', email: 'a@example.org' }, 'email'],
  ])('with %s are refused', async (_, body, path) => {
    const refused = await join(body)
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, path])
  })

  it('are noted by organizers only', async () => {
    expect((await world.api('POST', '/groups/a/members', { name: 'A' }, { token: null })).status).toBe(401)
  })
})
