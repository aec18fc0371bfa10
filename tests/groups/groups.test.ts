import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

describe('groups', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it('take no template of a report with parts that there are not', async () => {
    const of = (reportTemplate: string) => world.api('POST', '/groups', { slug: 'a', name: 'A', reportTemplate })
    const refused = await of('# {{title}}\n\n{{everything}}')
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'reportTemplate'])
    expect((await of('# {{title}}\n\n{{section: Releases}}')).status).toBe(201)
  })

  it('are founded by the operator and read by everybody', async () => {
    const made = await world.api('POST', '/groups', { slug: 'hyperscale', name: 'CentOS Hyperscale SIG' })
    expect(made.status).toBe(201)
    expect(made.headers.get('Location')).toBe('/api/v1/groups/hyperscale')
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-z]{26}$/),
      slug: 'hyperscale',
      name: 'CentOS Hyperscale SIG',
      description: '',
      visibility: 'public',
      timeZone: 'UTC',
      links: [],
      howToJoin: '',
      reportTemplate: '',
      created: '2023-01-02T12:00:00Z',
      updated: '2023-01-02T12:00:00Z',
      url: 'https://convene.test/g/hyperscale',
      calendar: 'https://convene.test/g/hyperscale/calendar.ics',
    })
    const read = await world.api('GET', '/groups/hyperscale', undefined, { token: null })
    expect(read.body).toEqual(made.body)
    expect(read.headers.get('ETag')).toBe(made.headers.get('ETag'))
  })

  it('are listed page by page, each once', async () => {
    for (const slug of ['c', 'a', 'b']) await world.group(slug)
    const first = await world.api('GET', '/groups?limit=2')
    expect(first.body.items.map((group: { slug: string }) => group.slug)).toEqual(['a', 'b'])
    expect(first.headers.get('Link')).toBe(
      `<https://convene.test/api/v1/groups?limit=2&cursor=${first.body.next}>; rel="next"`,
    )
    const second = await world.api('GET', `/groups?limit=2&cursor=${first.body.next}`)
    expect(second.body.items.map((group: { slug: string }) => group.slug)).toEqual(['c'])
    expect(second.body.next).toBeNull()
  })

  it('change only in the version that If-Match names', async () => {
    const made = await world.api('POST', '/groups', { slug: 'a', name: 'A' })
    const tag = made.headers.get('ETag')!
    const changed = await world.api('PATCH', '/groups/a', { name: 'B' }, { headers: { 'If-Match': tag } })
    expect(changed.body.name).toBe('B')
    const stale = await world.api('PATCH', '/groups/a', { name: 'C' }, { headers: { 'If-Match': tag } })
    expect(stale.status).toBe(412)
    expect((await world.api('GET', '/groups/a')).body.name).toBe('B')
  })

  it('keep their slug after they were deleted', async () => {
    await world.group('a')
    expect((await world.api('DELETE', '/groups/a')).status).toBe(204)
    expect((await world.api('GET', '/groups/a')).status).toBe(410)
    expect((await world.api('POST', '/groups', { slug: 'a', name: 'Again' })).status).toBe(409)
  })

  it('that are private are nowhere for a stranger', async () => {
    await world.group('secret', { visibility: 'private' })
    expect((await world.api('GET', '/groups/secret', undefined, { token: null })).status).toBe(404)
    expect((await world.api('GET', '/groups', undefined, { token: null })).body.items).toEqual([])
  })

  it.each([
    ['a body that is no JSON', '{', 400, undefined],
    ['an unknown member', { slug: 'a', name: 'A', colour: 'red' }, 422, 'colour'],
    ['an unknown time zone', { slug: 'a', name: 'A', timeZone: 'Mars/Olympus' }, 422, 'timeZone'],
    ['a line break in the name', { slug: 'a', name: 'A\r\nATTACH:evil' }, 422, 'name'],
    ['NUL in the name', { slug: 'a', name: 'A\u0000' }, 422, 'name'],
    [
      'a link that runs a script',
      { slug: 'a', name: 'A', links: [{ href: 'javascript:alert(1)' }] },
      422,
      'links.0.href',
    ],
    ['2 MB', { slug: 'a', name: 'A', description: 'x'.repeat(2_000_000) }, 413, undefined],
  ])('refuse %s and store nothing', async (_, body, status, path) => {
    const answer = await world.api('POST', '/groups', body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(answer.body.errors?.[0].path).toBe(path)
    expect((await world.api('GET', '/groups')).body.items).toEqual([])
  })

  it.each([
    ['no token', null, 401],
    ['a wrong token', 'convene_wrong', 401],
  ])('are not founded with %s', async (_, token, status) => {
    expect((await world.api('POST', '/groups', { slug: 'a', name: 'A' }, { token })).status).toBe(status)
  })

  it('are changed by the token of their own organizers only', async () => {
    await world.group('a')
    await world.group('b')
    const { token } = (await world.api('POST', '/tokens', { name: 'site of a', group: 'a' })).body
    expect((await world.api('PATCH', '/groups/a', { name: 'A' }, { token })).status).toBe(200)
    expect((await world.api('PATCH', '/groups/b', { name: 'B' }, { token })).status).toBe(403)
    expect((await world.api('POST', '/groups', { slug: 'c', name: 'C' }, { token })).status).toBe(403)
  })
})
