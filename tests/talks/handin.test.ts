/** What the archive lacks, and how speakers hand it in without an account. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ADMIN, openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.group()
  await world.api('POST', '/conferences', { slug: 'conf', title: 'Conf', group: 'hyperscale', starts: '2022-02-05' })
})
afterEach(() => world.close())

const SLIDES = { type: 'slides', url: 'https://example.org/slides.pdf' }
const RECORDING = { type: 'recording', url: 'https://example.org/talk.webm' }
const talk = async (more: object = {}) =>
  (
    await world.api('POST', '/talks', {
      title: 'Feeds that never lie',
      conference: 'conf',
      start: '2022-02-05T10:00:00',
      speakers: [{ name: 'Ada Lovelace' }],
      ...more,
    })
  ).body
const gaps = async (query = '', token: string | null = null) =>
  (await world.api('GET', `/archive/gaps${query}`, undefined, { token })).body.items
const titles = async (query = '', token: string | null = null) =>
  (await gaps(query, token)).map(({ title }: { title: string }) => title)
const link = async (slug: string, body?: object) => (await world.api('POST', `/talks/${slug}/hand-ins`, body)).body
const pageOf = ({ url }: { url: string }) => new URL(url).pathname
const resourcesOf = async (slug: string) => (await world.api('GET', `/talks/${slug}`)).body.resources

describe('what the archive lacks', () => {
  it('is told of talks that were given, by what is missing', async () => {
    await talk({ title: 'Both', resources: [SLIDES, RECORDING] })
    await talk({ title: 'Slides alone', resources: [SLIDES] })
    await talk({ title: 'Recording alone', resources: [RECORDING] })
    await talk({ title: 'To come', start: '2030-02-05T10:00:00' })
    await talk({ title: 'Elsewhere', conference: undefined, timeZone: 'UTC' })
    expect((await titles()).sort()).toEqual(['Elsewhere', 'Recording alone', 'Slides alone'])
    expect((await titles('?lacks=slides')).sort()).toEqual(['Elsewhere', 'Recording alone'])
    expect((await titles('?lacks=recording&conference=conf')).sort()).toEqual(['Slides alone'])
    const [one] = await gaps('?lacks=slides&conference=conf')
    expect(one).toEqual({
      slug: 'conf-recording-alone',
      title: 'Recording alone',
      conference: 'conf',
      speakers: [{ slug: 'ada-lovelace', name: 'Ada Lovelace' }],
      start: '2022-02-05T10:00:00',
      lacks: ['slides'],
      dead: [],
      url: 'https://convene.test/talks/conf-recording-alone',
    })
    const page = await world.get('/archive/gaps?lacks=slides&conference=')
    expect([page.status, page.text.includes('Recording alone'), page.text.includes('Slides alone')]).toEqual([
      200,
      true,
      false,
    ])
  })

  it('comes page by page', async () => {
    for (const title of ['A', 'B', 'C', 'D', 'E']) await talk({ title })
    const seen: string[] = []
    for (let path: string | null = '/archive/gaps?limit=2'; path; ) {
      const { items, next } = (await world.api('GET', path)).body as { items: { title: string }[]; next: string | null }
      seen.push(...items.map(({ title }) => title))
      path = next && `/archive/gaps?limit=2&cursor=${next}`
    }
    expect(seen.sort()).toEqual(['A', 'B', 'C', 'D', 'E'])
  })

  it.each([
    ['lacks=everything', 'lacks'],
    ['cursor=nonsense', 'cursor'],
    ['limit=0', 'limit'],
  ])('refuses ?%s', async (query, path) => {
    const refused = await world.api('GET', `/archive/gaps?${query}`)
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, path])
    expect((await world.get(`/archive/gaps?${query}`)).status).toBe(422)
  })

  it('says nothing of private groups to strangers', async () => {
    await world.group('secret', { visibility: 'private' })
    await talk({ title: 'Hidden', conference: undefined, group: 'secret', timeZone: 'UTC' })
    expect([await titles(), await titles('', ADMIN)]).toEqual([[], ['Hidden']])
    expect((await world.get('/archive/gaps')).text).not.toContain('Hidden')
  })
})

describe('a link to hand in slides', () => {
  it('is made by organizers, shown once, and only its hash is kept', async () => {
    const { slug } = await talk()
    const made = await link(slug, { name: 'Ada' })
    expect(made).toEqual({
      id: made.id,
      name: 'Ada',
      given: [],
      created: '2023-01-02T12:00:00Z',
      until: '2023-04-02T12:00:00Z',
      token: expect.stringMatching(/^handin_/),
      url: `https://convene.test/hand-in/${made.token}`,
    })
    expect((await world.api('POST', `/talks/${slug}/hand-ins`, {}, { token: null })).status).toBe(401)
    const listed = await world.api('GET', `/talks/${slug}/hand-ins`)
    expect([listed.body.items.length, listed.text.includes(made.token)]).toEqual([1, false])
    const kept = JSON.stringify(await world.db.all({ sql: 'SELECT * FROM hand_in_links', params: [] }))
    expect([kept.includes(made.token.slice(-43)), kept.includes(made.id)]).toEqual([false, true])
  })

  it('puts an address into the talk by one click, and a GET of it changes nothing', async () => {
    const { slug } = await talk()
    const path = pageOf(await link(slug))
    const before = await world.db.all({ sql: 'SELECT * FROM hand_in_links', params: [] })
    const shown = await world.get(path)
    expect([shown.status, shown.headers.get('Cache-Control'), shown.text.includes('noindex')]).toEqual([
      200,
      'no-store',
      true,
    ])
    expect(await world.db.all({ sql: 'SELECT * FROM hand_in_links', params: [] })).toEqual(before)
    expect(await resourcesOf(slug)).toEqual([])

    const sent = await world.submit(path, { ...SLIDES, title: '' })
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, `${path}?done=given`])
    expect(await resourcesOf(slug)).toMatchObject([SLIDES])
    expect(await titles('?lacks=slides')).toEqual([])
    expect((await world.api('GET', '/talks?has=slides')).body.items).toHaveLength(1)
    // Twice is once.
    await world.submit(path, { ...SLIDES, title: 'Again' })
    expect(await resourcesOf(slug)).toHaveLength(1)
    await world.submit(path, { ...RECORDING, title: 'The whole hour' })
    expect(await resourcesOf(slug)).toMatchObject([SLIDES, { ...RECORDING, title: 'The whole hour' }])
  })

  it('takes back what came by it, and nothing else', async () => {
    const { slug } = await talk({ resources: [RECORDING] })
    const path = pageOf(await link(slug))
    await world.submit(path, SLIDES)
    await world.submit(path, { do: 'take-back', url: RECORDING.url })
    expect(await resourcesOf(slug)).toMatchObject([RECORDING, SLIDES])
    expect((await world.submit(path, { do: 'take-back', url: SLIDES.url })).headers.get('Location')).toBe(
      `${path}?done=taken`,
    )
    expect(await resourcesOf(slug)).toMatchObject([RECORDING])
    expect(await titles('?lacks=slides')).toHaveLength(1)
    const kinds = await world.db.all<{ kind: string }>({
      sql: "SELECT kind FROM changes WHERE kind LIKE 'talk.%' OR kind LIKE 'hand-in.%' ORDER BY seq",
      params: [],
    })
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'talk.created',
      'hand-in.created',
      'talk.handed-in',
      'talk.taken-back',
    ])
  })

  it.each([
    [{ url: '' }, 'url'],
    [{ url: 'slides.pdf' }, 'url'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ url: 'http://localhost/slides.pdf' }, 'url'],
    [{ url: 'http://169.254.169.254/' }, 'url'],
    [{ url: `https://example.org/${'a'.repeat(2000)}` }, 'url'],
    [{ ...SLIDES, type: 'nonsense' }, 'type'],
    [{ ...SLIDES, title: 'a\u0000b' }, 'title'],
    [{ ...SLIDES, title: 'a'.repeat(301) }, 'title'],
  ])('refuses %j beside the field, and nothing is written', async (fields, name) => {
    const { slug } = await talk()
    const path = pageOf(await link(slug))
    const refused = await world.submit(path, fields as Record<string, string>)
    expect([refused.status, refused.text.includes(`id="${name}-fault"`)]).toEqual([422, true])
    expect(await resourcesOf(slug)).toEqual([])
  })

  it('ends: revoked, after ninety days, with its talk; then it is nothing, as an unknown one is', async () => {
    const { slug } = await talk()
    const [revoked, late] = [await link(slug), await link(slug)]
    expect((await world.api('DELETE', `/talks/${slug}/hand-ins/${revoked.id}`)).status).toBe(204)
    expect((await world.api('DELETE', `/talks/${slug}/hand-ins/${revoked.id}`)).status).toBe(204)
    expect((await world.api('DELETE', `/talks/${slug}/hand-ins/nothing`)).status).toBe(404)
    const wrong = `/hand-in/${late.token.slice(0, -1)}${late.token.endsWith('A') ? 'B' : 'A'}`
    for (const path of [pageOf(revoked), wrong, '/hand-in/x']) {
      expect([path, (await world.get(path)).status]).toEqual([path, 404])
      expect([path, (await world.submit(path, SLIDES)).status]).toEqual([path, 404])
    }
    world.clock.now += 91 * 86_400
    expect((await world.submit(pageOf(late), SLIDES)).status).toBe(404)
    const { slug: other } = await talk({ title: 'Other' })
    const orphan = await link(other)
    await world.api('DELETE', `/talks/${other}`)
    expect((await world.get(pageOf(orphan))).status).toBe(404)
    expect(await resourcesOf(slug)).toEqual([])
  })

  it('takes twenty addresses, and as many from twenty at once', async () => {
    const { slug } = await talk()
    const path = pageOf(await link(slug))
    const sent = await Promise.all(
      Array.from({ length: 24 }, (_, n) => world.submit(path, { url: `https://example.org/${n}.pdf` })),
    )
    expect(sent.map(({ status }) => status).sort()).toEqual([...Array(20).fill(303), ...Array(4).fill(422)])
    expect(await resourcesOf(slug)).toHaveLength(20)
  })

  it('is made for all talks of a conference that lack something, once', async () => {
    await talk({ title: 'A' })
    await talk({ title: 'B', resources: [SLIDES] })
    await talk({ title: 'C', start: '2030-01-01T10:00:00' })
    const made = await world.api('POST', '/conferences/conf/hand-ins', { lacks: 'slides' })
    expect(made.body.items).toEqual([
      { slug: 'conf-a', title: 'A', speakers: ['Ada Lovelace'], url: expect.stringContaining('/hand-in/handin_') },
    ])
    expect((await world.get(pageOf(made.body.items[0]))).text).toContain('Ada Lovelace')
    expect((await world.api('POST', '/conferences/conf/hand-ins', {})).body.items).toEqual([])
    expect((await world.api('POST', '/conferences/conf/hand-ins', {}, { token: null })).status).toBe(401)
    const refused = await world.api('POST', '/conferences/conf/hand-ins', { lacks: 'everything' })
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'lacks'])
  })
})
