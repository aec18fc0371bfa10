import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const TALKS = [
  {
    slug: 'a',
    title: 'alpha',
    conference: 'conf',
    track: 'Kernel',
    room: 'H.1',
    type: 'talk',
    language: 'en',
    keywords: ['C', 'linux'],
    start: '2023-02-04T10:00:00',
  },
  {
    slug: 'b',
    title: 'Beta',
    conference: 'conf',
    track: 'Kernel',
    room: 'H.2',
    type: 'workshop',
    language: 'fr',
    keywords: ['linux'],
    start: '2023-02-04T11:00:00',
  },
  {
    slug: 'c',
    title: 'gamma',
    conference: 'conf',
    track: 'Web',
    room: 'H.1',
    type: 'talk',
    language: 'en',
    keywords: ['c'],
    start: '2023-02-05T10:00:00',
    resources: [{ type: 'slides', url: 'https://x.example/c.pdf' }],
  },
  {
    slug: 'd',
    title: 'Delta',
    language: 'en',
    speakers: [{ name: 'Zoë' }],
    start: '2021-05-05T10:00:00',
    resources: [{ type: 'recording', url: 'https://x.example/d.mp4' }],
  },
]

describe('the list of talks', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.api('POST', '/conferences', {
      slug: 'conf',
      title: 'The Conf',
      starts: '2023-02-04',
      ends: '2023-02-05',
    })
    for (const talk of TALKS) await world.api('POST', '/talks', talk)
    world.costs()
  })
  afterEach(() => world.close())

  const get = (query: string, headers: Record<string, string> = {}) => world.get(`/api/v1/talks${query}`, headers)
  const slugs = async (query: string) => (await get(query)).body.items.map(({ slug }: { slug: string }) => slug)

  it.each([
    ['?room=H.1', ['c', 'a']],
    ['?type=talk', ['c', 'a']],
    ['?track=Kernel', ['b', 'a']],
    ['?track=Kernel&room=H.1', ['a']],
    ['?tag=c', ['c']],
    ['?tag=C', ['a']],
    ['?year=2021', ['d']],
    ['?language=en', ['c', 'a', 'd']],
    ['?conference=conf&tag=linux', ['b', 'a']],
    ['?speaker=zoe', ['d']],
    ['?has=slides', ['c']],
    ['?has=slides,recording', []],
    ['?has=captions', []],
    ['?q=alpha&conference=conf', ['a']],
    ['?q=alpha&room=H.2', []],
    ['?q=delta&speaker=zoe', ['d']],
    ['?q=alpha&speaker=zoe', []],
    ['?q=a*&sort=oldest&conference=conf', ['a']],
    ['?track=none', []],
    ['?sort=oldest', ['d', 'a', 'b', 'c']],
    ['?sort=title', ['a', 'b', 'd', 'c']],
  ])('%s', async (query, expected) => {
    expect(await slugs(query)).toEqual(expected)
    // Who may see more sees the same of these.
    const asOperator = (await world.api('GET', `/talks${query}`)).body.items
    expect(asOperator.map(({ slug }: { slug: string }) => slug)).toEqual(expected)
  })

  it('counts what it could be narrowed to: of all talks, of some, and of those that a search finds', async () => {
    const all = (await get('?facets=conference,year,language,type,tag,has,track,room')).body
    expect(all.facetsComplete).toBe(true)
    expect(all.facets).toEqual({
      conference: [{ value: 'conf', count: 3 }],
      year: [
        { value: '2023', count: 3 },
        { value: '2021', count: 1 },
      ],
      language: [
        { value: 'en', count: 3 },
        { value: 'fr', count: 1 },
      ],
      type: [
        { value: 'talk', count: 2 },
        { value: 'workshop', count: 1 },
      ],
      tag: [
        { value: 'linux', count: 2 },
        { value: 'C', count: 1 },
        { value: 'c', count: 1 },
      ],
      has: [
        { value: 'recording', count: 1 },
        { value: 'slides', count: 1 },
      ],
      track: [
        { value: 'Kernel', count: 2 },
        { value: 'Web', count: 1 },
      ],
      room: [
        { value: 'H.1', count: 2 },
        { value: 'H.2', count: 1 },
      ],
    })
    expect((await get('?facets=language,has&track=Kernel')).body.facets).toEqual({
      language: [
        { value: 'en', count: 1 },
        { value: 'fr', count: 1 },
      ],
      has: [],
    })
    expect((await get('?facets=language&q=alpha')).body.facets).toEqual({ language: [{ value: 'en', count: 1 }] })
    expect((await get('?facets=year&speaker=zoe')).body.facets).toEqual({ year: [{ value: '2021', count: 1 }] })
    await world.api('DELETE', '/talks/b')
    await world.api('PATCH', '/talks/a', { language: 'de' })
    expect((await get('?facets=language,type')).body.facets).toEqual({
      language: [
        { value: 'en', count: 2 },
        { value: 'de', count: 1 },
      ],
      type: [{ value: 'talk', count: 2 }],
    })
    const page = await world.get('/talks')
    expect(page.text).toContain('<a href="/talks?conference=conf">The Conf (2)</a>')
  })

  it('follows the names of conferences, groups and speakers', async () => {
    await world.api('PATCH', '/conferences/conf', { title: 'Another Conf' })
    expect((await world.get('/talks')).text).toContain('Another Conf')
    await world.api('PUT', '/talks/a/resources', [{ type: 'slides', url: 'https://x.example/a.pdf' }])
    expect((await slugs('?has=slides')).sort()).toEqual(['a', 'c'])
    expect((await get('?q=alpha')).body.items[0].resources).toEqual([
      { type: 'slides', url: 'https://x.example/a.pdf' },
    ])
  })

  it.each(['newest', 'oldest', 'title', 'updated'])(
    'gives each talk once, sorted by %s, while others are added',
    async (sort) => {
      for (let n = 0; n < 8; n++) await world.api('POST', '/talks', { slug: `same-${n}`, title: `Same ${n % 2}` })
      const seen: string[] = []
      let cursor = ''
      let turn = 0
      do {
        const { body } = await get(`?sort=${sort}&limit=3${cursor}`)
        seen.push(...body.items.map(({ slug }: { slug: string }) => slug))
        cursor = body.next === null ? '' : `&cursor=${body.next}`
        world.clock.now += 1
        if (turn++ < 3) await world.api('POST', '/talks', { slug: `new-${turn}`, title: `Same ${turn % 2}` })
      } while (cursor !== '')
      expect(new Set(seen).size).toBe(seen.length)
      const old = seen.filter((slug) => !slug.startsWith('new-')).sort()
      expect(old).toEqual(['a', 'b', 'c', 'd', ...Array.from({ length: 8 }, (_, n) => `same-${n}`)])
    },
  )

  it('gives only the members that are asked for', async () => {
    expect((await get('?fields=slug,title&limit=1')).body.items).toEqual([{ slug: 'c', title: 'gamma' }])
    expect((await get('?fields=slug,said&q=alpha')).body.items).toEqual([{ slug: 'a', said: null }])
    const refused = await get('?fields=slug,secret')
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'fields.1'])
  })

  it.each([
    '?sort=best',
    '?facets=title',
    '?has=nothing',
    '?year=12',
    '?limit=0',
    '?sort=title&cursor=WzEsMV0',
    '?q=a&cursor=WzEsMV0',
    '?cursor=WyJhIiwxXQ',
  ])('%s is refused', async (query) => {
    expect((await get(query)).status).toBe(422)
    expect((await world.get(`/talks${query}`)).status).toBe(422)
  })

  it('answers 304 to who has it, and lets every website read it', async () => {
    const first = await get('?limit=2')
    const tag = first.headers.get('ETag')!
    expect(first.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(first.headers.get('Access-Control-Expose-Headers')).toBe('ETag, Link')
    expect((await get('?limit=2', { 'If-None-Match': tag })).status).toBe(304)
    await world.api('PATCH', '/talks/c', { title: 'Gamma rays' })
    const changed = await get('?limit=2', { 'If-None-Match': tag })
    expect([changed.status, changed.body.items[0].title]).toEqual([200, 'Gamma rays'])
  })

  it('is there as a whole, a talk to a line, without what strangers may not see', async () => {
    await world.group('secret', { visibility: 'private' })
    await world.api('POST', '/talks', { slug: 'hidden', title: 'Hidden', group: 'secret' })
    await world.api('DELETE', '/talks/b')
    for (let n = 0; n < 230; n++) await world.api('POST', '/talks', { slug: `n-${n}`, title: `Number ${n}` })
    const { text, headers } = await world.get('/api/v1/talks.jsonl')
    expect(headers.get('Content-Type')).toBe('application/x-ndjson; charset=utf-8')
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(233)
    expect(lines[0]).toEqual((await world.api('GET', '/talks/a')).body)
    expect(lines.some(({ slug }) => slug === 'hidden' || slug === 'b')).toBe(false)
    const mine = (await world.api('GET', '/talks.jsonl?fields=slug')).text
    expect(mine).toContain('{"slug":"hidden"}\n')
    expect((await world.get('/api/v1/talks.jsonl?conference=conf&fields=slug')).text).toBe(
      '{"slug":"a"}\n{"slug":"c"}\n',
    )
    expect((await world.get('/api/v1/talks.jsonl?fields=x')).status).toBe(422)
    await world.api('DELETE', '/talks/a')
    expect((await world.get('/api/v1/talks.jsonl?year=1999')).text).toBe('')
  })

  it('reads little more than a row for each talk, and two for each that a search finds', async () => {
    for (let n = 0; n < 120; n++) {
      await world.api('POST', '/talks', {
        slug: `n-${n}`,
        title: `Common ${n}`,
        conference: 'conf',
        keywords: ['one', 'two'],
        speakers: [{ name: `Ada ${n}` }, { name: 'Zoë' }],
        resources: [
          { type: 'slides', url: `https://x.example/${n}.pdf` },
          { type: 'recording', url: `https://x.example/${n}.mp4` },
        ],
      })
    }
    for (let n = 0; n < 20; n++) {
      const body = 'WEBVTT\n\n00:01.000 --> 00:02.000\nCommon and spoken words'
      await world.request('PUT', `/api/v1/talks/n-${n}/captions/en`, body, { headers: { 'Content-Type': 'text/vtt' } })
    }
    const costOf = async (query: string, atLeast: number) => {
      world.costs()
      expect((await get(query)).body.items.length).toBeGreaterThanOrEqual(atLeast)
      return world.costs()
    }
    const first = await costOf('?limit=50', 50)
    const { next } = (await get('?limit=50')).body
    const second = await costOf(`?limit=50&cursor=${next}`, 50)
    const found = await costOf('?q=common+&limit=20', 20)
    const said = await costOf('?q=spoken&limit=20', 20)
    const narrow = await costOf('?q=common+&limit=20&conference=conf&year=2023&has=slides', 20)
    const conference = await costOf('?conference=conf', 50)
    if (first && second && found && said && narrow && conference) {
      for (const { read } of [first, second, conference, found, said, narrow]) expect(read).toBeLessThanOrEqual(60)
      for (const { statements } of [first, second, conference, found, said, narrow]) expect(statements).toBe(1)
    }
  })
})
