import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const TALK = { title: 'Feeds that never lie', speakers: [{ name: 'Ada Lovelace' }] }

describe('talks', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const slugs = async (query = '') =>
    (await world.api('GET', `/talks${query}`, undefined, { token: null })).body.items.map(
      (talk: { slug: string }) => talk.slug,
    )

  it('are put into the archive whole and read back the same', async () => {
    await world.api('POST', '/conferences', {
      slug: 'conf-2023',
      title: 'Conf 2023',
      starts: '2023-02-04',
      ends: '2023-02-05',
      timeZone: 'Europe/Brussels',
    })
    const made = await world.api('POST', '/talks', {
      ...TALK,
      conference: 'conf-2023',
      subtitle: 'And one that does',
      abstract: 'Short.',
      description: '*Long.*',
      track: 'Calendars',
      room: 'K.1.105',
      type: 'devroom',
      language: 'en',
      start: '2023-02-04T10:30:00',
      duration: 'PT25M',
      website: 'https://conf.example/feeds',
      keywords: ['ics', 'feeds'],
      resources: [{ type: 'slides', url: 'https://conf.example/feeds.pdf', mimeType: 'application/pdf' }],
    })
    expect(made.status).toBe(201)
    expect(made.headers.get('Location')).toBe('/api/v1/talks/conf-2023-feeds-that-never-lie')
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-z]{26}$/),
      slug: 'conf-2023-feeds-that-never-lie',
      captions: [],
      title: 'Feeds that never lie',
      subtitle: 'And one that does',
      abstract: 'Short.',
      description: '*Long.*',
      track: 'Calendars',
      room: 'K.1.105',
      type: 'devroom',
      language: 'en',
      status: 'confirmed',
      doNotRecord: false,
      licence: null,
      start: '2023-02-04T10:30:00',
      timeZone: 'Europe/Brussels',
      duration: 'PT25M',
      startUtc: '2023-02-04T09:30:00Z',
      year: 2023,
      website: 'https://conf.example/feeds',
      keywords: ['ics', 'feeds'],
      speakers: [{ slug: 'ada-lovelace', name: 'Ada Lovelace' }],
      resources: [{ type: 'slides', url: 'https://conf.example/feeds.pdf', mimeType: 'application/pdf' }],
      conference: 'conf-2023',
      group: null,
      created: '2023-01-02T12:00:00Z',
      updated: '2023-01-02T12:00:00Z',
      url: 'https://convene.test/talks/conf-2023-feeds-that-never-lie',
    })
    const read = await world.api('GET', `/talks/${made.body.slug}`, undefined, { token: null })
    expect(read.body).toEqual(made.body)
    expect(read.headers.get('ETag')).toBe(made.headers.get('ETag'))
  })

  it('of one name get addresses of their own; a taken one is refused', async () => {
    expect((await world.api('POST', '/talks', TALK)).body.slug).toBe('feeds-that-never-lie')
    expect((await world.api('POST', '/talks', TALK)).body.slug).toBe('feeds-that-never-lie-2')
    expect((await world.api('POST', '/talks', { ...TALK, slug: 'feeds-that-never-lie' })).status).toBe(409)
    expect((await slugs()).sort()).toEqual(['feeds-that-never-lie', 'feeds-that-never-lie-2'])
  })

  it('share the speaker of one name, whatever its case', async () => {
    await world.api('POST', '/talks', TALK)
    const second = await world.api('POST', '/talks', { title: 'Another', speakers: [{ name: 'ada  lovelace' }] })
    expect(second.body.speakers).toEqual([{ slug: 'ada-lovelace', name: 'Ada Lovelace' }])
    expect((await world.api('GET', '/speakers')).body.items.map(({ slug }: { slug: string }) => slug)).toEqual([
      'ada-lovelace',
    ])
    expect((await slugs('?speaker=ada-lovelace')).sort()).toEqual(['another', 'feeds-that-never-lie'])
  })

  it('name a speaker by slug too; an unknown slug is a fault with its path', async () => {
    await world.api('POST', '/talks', TALK)
    const second = await world.api('POST', '/talks', { title: 'Another', speakers: [{ slug: 'ada-lovelace' }] })
    expect(second.body.speakers).toEqual([{ slug: 'ada-lovelace', name: 'Ada Lovelace' }])
    const unknown = await world.api('POST', '/talks', { title: 'Third', speakers: [{ name: 'B' }, { slug: 'nobody' }] })
    expect([unknown.status, unknown.body.errors]).toEqual([
      422,
      [{ path: 'speakers.1.slug', message: 'is no speaker here' }],
    ])
    expect((await slugs()).sort()).toEqual(['another', 'feeds-that-never-lie'])
    const patched = await world.api('PATCH', '/talks/another', { speakers: [{ slug: 'nobody' }] })
    expect([patched.status, patched.body.errors[0].path]).toEqual([422, 'speakers.0.slug'])
  })

  it('change only in the version that If-Match names, and keep what is not sent', async () => {
    const made = await world.api('POST', '/talks', { ...TALK, keywords: ['ics'] })
    const tag = made.headers.get('ETag')!
    const changed = await world.api(
      'PATCH',
      `/talks/${made.body.slug}`,
      { title: 'Changed' },
      { headers: { 'If-Match': tag } },
    )
    expect([changed.status, changed.body]).toEqual([200, { ...made.body, title: 'Changed' }])
    const stale = await world.api(
      'PATCH',
      `/talks/${made.body.slug}`,
      { title: 'Late' },
      { headers: { 'If-Match': tag } },
    )
    expect(stale.status).toBe(412)
    expect((await world.api('GET', `/talks/${made.body.slug}`)).body.title).toBe('Changed')
  })

  it('changed by many at once take one change and refuse the rest, or take them one after another', async () => {
    const { slug } = (await world.api('POST', '/talks', TALK)).body
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        world.api('PATCH', `/talks/${slug}`, { title: `T${n}`, speakers: [{ name: `S${n}` }] }),
      ),
    )
    expect(answers.every(({ status }) => status === 200 || status === 412)).toBe(true)
    const { title, speakers } = (await world.api('GET', `/talks/${slug}`)).body
    expect(speakers).toEqual([{ slug: title.replace('T', 's'), name: title.replace('T', 'S') }])
  })

  it('get the resources that are put, in order, and no others', async () => {
    const { slug } = (
      await world.api('POST', '/talks', { ...TALK, resources: [{ type: 'code', url: 'https://a.example/' }] })
    ).body
    const resources = [
      { type: 'recording', url: 'https://v.example/a.webm', title: 'Video', mimeType: 'video/webm' },
      { type: 'captions', url: 'https://v.example/a.vtt', language: 'en' },
    ]
    expect((await world.api('PUT', `/talks/${slug}/resources`, resources)).body.resources).toEqual(resources)
    expect(await slugs('?has=recording,captions')).toEqual([slug])
    expect(await slugs('?has=code')).toEqual([])
    expect((await world.api('PUT', `/talks/${slug}/resources`, [])).body.resources).toEqual([])
  })

  it('that are deleted answer 410 and are in no list and no search', async () => {
    const { slug } = (await world.api('POST', '/talks', TALK)).body
    expect((await world.api('DELETE', `/talks/${slug}`)).status).toBe(204)
    expect((await world.api('GET', `/talks/${slug}`)).status).toBe(410)
    expect((await world.api('PATCH', `/talks/${slug}`, { title: 'x' })).status).toBe(410)
    expect((await world.api('GET', '/talks/never-was')).status).toBe(404)
    expect([await slugs(), await slugs('?q=feeds')]).toEqual([[], []])
    expect((await world.get('/speakers/ada-lovelace')).status).toBe(404)
  })

  it('are narrowed by every filter, alone and together', async () => {
    await world.group('hyperscale')
    const both = { keywords: ['ics'], track: 'Calendars', language: 'en', start: '2023-02-04T10:00:00' }
    await world.api('POST', '/talks', { ...both, slug: 'a', title: 'A', group: 'hyperscale' })
    await world.api('POST', '/talks', {
      ...both,
      slug: 'b',
      title: 'B',
      track: 'Mail',
      language: 'de',
      start: '2021-02-04T10:00:00',
    })
    expect(await slugs('?tag=ics')).toEqual(['a', 'b'])
    for (const filter of [
      'track=Calendars',
      'language=en',
      'year=2023',
      'group=hyperscale',
      'tag=ics&year=2023&language=en',
    ])
      expect([filter, await slugs(`?${filter}`)]).toEqual([filter, ['a']])
    for (const nothing of [
      'conference=nope',
      'speaker=nope',
      'group=nope',
      'tag=nope',
      'track=nope',
      'q=a&conference=nope',
    ])
      expect([nothing, await slugs(`?${nothing}`)]).toEqual([nothing, []])
  })

  it('are listed newest first, page by page, each once, also where one comes in between', async () => {
    for (const day of ['01', '02', '03', '04', '05'])
      await world.api('POST', '/talks', { title: `Day ${day}`, start: `2023-02-${day}T10:00:00` })
    const first = await world.api('GET', '/talks?limit=2')
    await world.api('POST', '/talks', { title: 'Later', start: '2023-03-01T10:00:00' })
    const second = await world.api('GET', `/talks?limit=2&cursor=${first.body.next}`)
    const third = await world.api('GET', `/talks?limit=2&cursor=${second.body.next}`)
    const titles = [first, second, third].flatMap(({ body }) => body.items.map(({ title }: { title: string }) => title))
    expect([titles, third.body.next]).toEqual([['Day 05', 'Day 04', 'Day 03', 'Day 02', 'Day 01'], null])
  })

  it.each([
    ['a body that is no JSON', '{', 400, undefined],
    ['an unknown member', { ...TALK, colour: 'red' }, 422, 'colour'],
    ['__proto__ as a member', '{"title":"A","__proto__":{"isAdmin":true}}', 422, '__proto__'],
    ['a wrong zone', { ...TALK, timeZone: 'Mars/Olympus' }, 422, 'timeZone'],
    ['a line break in the title', { title: 'A\r\nX-Evil: 1' }, 422, 'title'],
    ['NUL in the title', { title: 'A\u0000' }, 422, 'title'],
    ['a day that does not exist', { ...TALK, start: '2023-02-30T10:00:00' }, 422, 'start'],
    [
      'a link that runs a script',
      { ...TALK, resources: [{ type: 'slides', url: 'javascript:alert(1)' }] },
      422,
      'resources.0.url',
    ],
    ['a speaker without name and slug', { title: 'A', speakers: [{}] }, 422, 'speakers.0'],
    ['an unknown conference', { ...TALK, conference: 'nope' }, 422, 'conference'],
    ['an unknown group', { ...TALK, group: 'nope' }, 422, 'group'],
    ['2 MB', { title: 'A', abstract: 'x'.repeat(2_000_000) }, 413, undefined],
  ])('refuse %s and store nothing', async (_, body, status, path) => {
    const answer = await world.api('POST', '/talks', body)
    expect([answer.status, answer.body.errors?.[0].path]).toEqual([status, path])
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect([await slugs(), (await world.api('GET', '/speakers')).body.items]).toEqual([[], []])
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it.each(['W10', 'WyJhIl0', 'WyJhIiwiYiJd', 'WzFd', 'W251bGwsbnVsbF0', 'not-a-cursor', 'bnVsbA'])(
    'answer a cursor that no list of theirs gave (%s) without breaking',
    async (cursor) => {
      await world.api('POST', '/talks', TALK)
      for (const path of ['/talks', '/talks?q=feeds', '/speakers', '/conferences']) {
        const answer = await world.api('GET', `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`)
        expect([path, [200, 422].includes(answer.status)]).toEqual([path, true])
      }
    },
  )
})
