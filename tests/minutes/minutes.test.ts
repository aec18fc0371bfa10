import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('the minutes of a date', () => {
  let world: World
  let path: string
  let id: string
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    id = (await world.event('hyperscale', HANGOUT)).id
    path = `/events/${id}/occurrences/20230215T220000Z/minutes`
  })
  afterEach(() => world.close())

  const put = (body: unknown, options = {}) => world.api('PUT', path, body, options)

  it('are written, read by everybody, shown on its page, and written anew', async () => {
    expect((await world.api('GET', path, undefined, { token: null })).status).toBe(404)
    const written = await put({ text: '* We **agreed**.', url: 'https://log.example/15' })
    expect([written.status, written.body]).toEqual([
      200,
      {
        recurrenceId: '20230215T220000Z',
        text: '* We **agreed**.',
        url: 'https://log.example/15',
        created: '2023-01-02T12:00:00Z',
        updated: '2023-01-02T12:00:00Z',
      },
    ])
    expect((await world.get(`/e/${id}/20230215T220000Z`)).text).toContain('<strong>agreed</strong>')
    world.clock.now += 60
    await put({ text: 'Corrected' })
    const read = await world.api('GET', path, undefined, { token: null })
    expect(read.body).toMatchObject({
      text: 'Corrected',
      url: null,
      created: '2023-01-02T12:00:00Z',
      updated: '2023-01-02T12:01:00Z',
    })
  })

  it('are not overwritten by who read an older version', async () => {
    const tag = (await put({ text: 'One' })).headers.get('ETag')!
    expect((await put({ text: 'Two' }, { headers: { 'If-Match': tag } })).status).toBe(200)
    expect((await put({ text: 'Three' }, { headers: { 'If-Match': tag } })).status).toBe(412)
    expect((await world.api('GET', path)).body.text).toBe('Two')
  })

  it.each([
    [{}, 422, 'text'],
    [{ text: 'A\u0000' }, 422, 'text'],
    [{ url: 'javascript:alert(1)' }, 422, 'url'],
    [{ text: 'A', colour: 'red' }, 422, 'colour'],
    ['{', 400, undefined],
  ])('of %j are refused', async (body, status, at) => {
    const refused = await put(body)
    expect([refused.status, refused.body.errors?.[0].path]).toEqual([status, at])
    expect((await world.api('GET', path)).status).toBe(404)
  })

  it('of a date that is none, and by strangers, are refused', async () => {
    expect((await world.api('PUT', path.replace('0215', '0216'), { text: 'A' })).status).toBe(404)
    expect((await put({ text: 'A' }, { token: null })).status).toBe(401)
    await world.group('other')
    const { token } = (await world.api('POST', '/tokens', { name: 'o', group: 'other' })).body
    expect((await put({ text: 'A' }, { token })).status).toBe(403)
  })
})
