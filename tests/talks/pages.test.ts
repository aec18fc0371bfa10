/** The pages of the archive as browsers and search engines get them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gridOf } from '../../src/talks/grid.ts'
import { playersOf, secondOf } from '../../src/talks/player.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.group()
  await world.api('POST', '/conferences', {
    slug: 'conf',
    title: 'Conf',
    group: 'hyperscale',
    timeZone: 'Europe/Brussels',
    starts: '2022-02-05',
    ends: '2022-02-06',
    venue: 'ULB',
    city: 'Brussels',
  })
})
afterEach(() => world.close())

const FILE = { type: 'recording', url: 'https://video.example/a.webm' }
const YOUTUBE = { type: 'recording', url: 'https://www.youtube.com/watch?v=PdbyYqrvlnY' }
const talk = async (more: object = {}) =>
  (
    await world.api('POST', '/talks', {
      title: 'Feeds </script><b>that',
      conference: 'conf',
      start: '2022-02-05T10:00:00',
      duration: 'PT30M',
      room: 'Janson',
      track: 'Mail & more',
      language: 'en',
      abstract: 'About **feeds**.',
      speakers: [{ name: 'Ada Lovelace' }],
      ...more,
    })
  ).body as { slug: string }
const dataOf = (text: string) => JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)![1]!)
const cspOf = (headers: Headers) => headers.get('Content-Security-Policy')!

describe('the page of a talk', () => {
  it('tells search engines of the event, its recording and its speakers, whatever is in the texts', async () => {
    const { slug } = await talk({ resources: [FILE, { type: 'slides', url: 'https://x.example/s.pdf' }] })
    const { text } = await world.get(`/talks/${slug}`)
    expect(dataOf(text)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: 'Feeds </script><b>that',
      description: 'About feeds.',
      startDate: '2022-02-05T10:00:00+01:00',
      endDate: '2022-02-05T10:30:00+01:00',
      location: { '@type': 'Place', name: 'Janson', address: 'ULB, Brussels' },
      performer: [{ '@type': 'Person', name: 'Ada Lovelace', url: 'https://convene.test/speakers/ada-lovelace' }],
      superEvent: { '@type': 'Event', name: 'Conf', startDate: '2022-02-05' },
      recordedIn: {
        '@type': 'VideoObject',
        contentUrl: FILE.url,
        uploadDate: '2022-02-05T09:00:00Z',
        embedUrl: `https://convene.test/embed/talks/${slug}`,
      },
      workFeatured: [{ '@type': 'CreativeWork', url: 'https://x.example/s.pdf' }],
    })
    expect(text).not.toContain('</script><b>that')
    expect(text).toContain('<meta property="og:type" content="video.other"/>')
    expect(text).toContain('<meta name="description" content="About feeds."/>')
    expect(text).toContain(
      `<link rel="alternate" type="application/json+oembed" href="/oembed?url=https%3A%2F%2Fconvene.test%2Ftalks%2F${slug}"`,
    )
  })

  it('says nothing of an event where nobody knows when it was', async () => {
    const { slug } = await talk({ start: null, duration: null, conference: undefined, speakers: [], room: null })
    const data = dataOf((await world.get(`/talks/${slug}`)).text)
    expect(Object.keys(data)).toEqual(['@context', '@type', 'name', 'url', 'description', 'inLanguage'])
  })

  it('loads nothing from elsewhere: the player is a page of ours until somebody asks', async () => {
    const { slug } = await talk({ resources: [FILE, { ...YOUTUBE, title: 'On YouTube' }] })
    const page = await world.get(`/talks/${slug}?t=12m34s`)
    expect(page.text).toContain(`src="/embed/talks/${slug}?t=754"`)
    expect(page.text).not.toMatch(/<(iframe|video|audio|img|source)[^>]+src="https?:/)
    expect(cspOf(page.headers)).toContain("frame-src 'self';")
    expect(cspOf(page.headers)).toContain("frame-ancestors 'none'")
    const poster = await world.get(`/embed/talks/${slug}?t=754`)
    expect(poster.text).not.toMatch(/src="https?:/)
    expect(poster.text).toContain('Play from 12:34')
    expect(cspOf(poster.headers)).not.toMatch(/frame-src|media-src|frame-ancestors/)
    const file = await world.get(`/embed/talks/${slug}?play=0&t=754`)
    expect(file.text).toContain(`<video class="fill" src="${FILE.url}#t=754"`)
    expect(cspOf(file.headers)).toContain('; media-src https:;')
    const frame = await world.get(`/embed/talks/${slug}?play=1&t=754`)
    expect(frame.text).toContain('src="https://www.youtube-nocookie.com/embed/PdbyYqrvlnY?autoplay=1&amp;start=754"')
    expect(cspOf(frame.headers)).toContain('; frame-src https://www.youtube-nocookie.com;')
  })

  it('has no player where there is nothing to play', async () => {
    const { slug } = await talk({ resources: [{ type: 'recording', url: 'https://example.org/some-page' }] })
    const page = await world.get(`/talks/${slug}`)
    expect([page.text.includes('<iframe'), page.text.includes('https://example.org/some-page')]).toEqual([false, true])
    expect(cspOf(page.headers)).not.toContain('frame-src')
    for (const play of ['', '?play=0', '?play=x', '?play=-1'])
      expect([play, (await world.get(`/embed/talks/${slug}${play}`)).status]).toEqual([play, 404])
    expect((await world.get('/embed/talks/none')).status).toBe(404)
  })
})

describe('a player', () => {
  const srcOf = (url: string, second = 0) => {
    const [player] = playersOf([{ type: 'recording', url }], second)
    return player && (player.kind === 'frame' ? player.src : player.medium.url)
  }
  it.each([
    [
      'https://www.youtube.com/watch?v=PdbyYqrvlnY&list=x',
      'https://www.youtube-nocookie.com/embed/PdbyYqrvlnY?autoplay=1&start=90',
    ],
    ['https://youtu.be/PdbyYqrvlnY?t=5', 'https://www.youtube-nocookie.com/embed/PdbyYqrvlnY?autoplay=1&start=90'],
    [
      'https://m.youtube.com/live/PdbyYqrvlnY',
      'https://www.youtube-nocookie.com/embed/PdbyYqrvlnY?autoplay=1&start=90',
    ],
    ['https://vimeo.com/123456', 'https://player.vimeo.com/video/123456?autoplay=1&dnt=1#t=90s'],
    ['https://media.ccc.de/v/36c3-10496-x', 'https://media.ccc.de/v/36c3-10496-x/oembed#t=90'],
    ['https://archive.org/details/some_talk', 'https://archive.org/embed/some_talk?autoplay=1&start=90'],
    [
      'https://tube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d',
      'https://tube.example/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?autoplay=1&p2p=0&start=90s',
    ],
    ['https://video.example/a.webm?x=1#t=5', 'https://video.example/a.webm?x=1#t=90'],
    ['https://www.youtube.com/user/socallinuxexpo/videos', undefined],
    ['https://www.youtube.com/watch?v=<script>', undefined],
    ['https://youtube.com.evil.example/watch?v=PdbyYqrvlnY', undefined],
    ['https://example.org/', undefined],
  ])('of %s at 1:30 is %s', (url, expected) => expect(srcOf(url, 90)).toBe(expected))

  it.each([
    ['754', 754],
    ['12:34', 754],
    ['1:02:03', 3723],
    ['12m34s', 754],
    ['1h', 3600],
    ['', 0],
    ['-5', 0],
    ['1e9', 0],
    ['99999999999', 0],
    [undefined, 0],
  ])('begins at %s: second %s', (text, second) => expect(secondOf(text)).toBe(second))
})

describe('oEmbed', () => {
  const ask = (query: string) => world.get(`/oembed?${query}`)
  const urlOf = (slug: string) => `url=${encodeURIComponent(`https://convene.test/talks/${slug}`)}`

  it('gives the player of a talk, as JSON and as XML, as large as it may be', async () => {
    const { slug } = await talk({ title: 'A "quoted" talk', resources: [FILE] })
    const { body, headers } = await ask(urlOf(slug))
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(body).toEqual({
      version: '1.0',
      provider_name: 'Convene',
      provider_url: 'https://convene.test',
      cache_age: 86_400,
      type: 'video',
      title: 'A "quoted" talk',
      author_name: 'Ada Lovelace',
      width: 640,
      height: 360,
      html: `<iframe src="https://convene.test/embed/talks/${slug}" width="640" height="360" title="A &quot;quoted&quot; talk" allow="autoplay; fullscreen" allowfullscreen="" frameborder="0"></iframe>`,
    })
    const small = (await ask(`${urlOf(slug)}&maxwidth=320&maxheight=100`)).body
    expect([small.width, small.height]).toEqual([200, 113])
    const xml = await ask(`${urlOf(slug)}&format=xml`)
    expect([xml.headers.get('Content-Type'), xml.text.includes('<type>video</type>')]).toEqual([
      'text/xml; charset=utf-8',
      true,
    ])
  })

  it.each([
    ['', 422],
    ['url=nonsense', 422],
    ['url=https://elsewhere.example/talks/a', 422],
    ['url=https://convene.test/talks/none', 404],
    ['url=https://convene.test/', 404],
    ['url=https://convene.test/talks/none&format=yaml', 501],
  ])('refuses ?%s with %s', async (query, status) => expect((await ask(query)).status).toBe(status))

  it('gives conferences, speakers and talks without a recording as links, and nothing private', async () => {
    const { slug } = await talk()
    expect((await ask(urlOf(slug))).body.type).toBe('link')
    expect((await ask('url=https://convene.test/conferences/conf')).body.title).toBe('Conf')
    expect((await ask('url=https://convene.test/speakers/ada-lovelace')).body.title).toBe('Ada Lovelace')
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'private' })
    for (const path of [`talks/${slug}`, 'conferences/conf', 'speakers/ada-lovelace'])
      expect([path, (await ask(`url=https://convene.test/${path}`)).status]).toEqual([path, 404])
  })
})

describe('the page of a conference', () => {
  it('is a list over all days, and a table of rooms for each', async () => {
    await talk({ title: 'First' })
    await talk({ title: 'Second day', start: '2022-02-06T11:00:00' })
    await talk({ title: 'Far away', start: '2022-02-06T05:30:00', timeZone: 'America/New_York' })
    await talk({ title: 'Some time', start: null })
    const list = await world.get('/conferences/conf')
    for (const title of ['First', 'Second day', 'Far away', 'Some time']) expect(list.text).toContain(`>${title}</a>`)
    expect(list.text.indexOf('Far away')).toBeGreaterThan(list.text.indexOf('Second day'))
    expect(list.text).toContain('calendar.ics?track=Mail%20%26%20more')
    expect(dataOf(list.text)).toMatchObject({ '@type': 'Event', name: 'Conf', endDate: '2022-02-06' })
    const grid = await world.get('/conferences/conf?view=grid&day=2022-02-06')
    expect([grid.text.includes('Second day'), grid.text.includes('>First</a>')]).toEqual([true, false])
    expect(grid.text).toContain('<th scope="col">Janson</th>')
    for (const [query, has] of [
      ['room=Janson', true],
      ['room=Nowhere', false],
      ['track=Mail+%26+more&day=2022-02-05', true],
      ['view=grid&day=nonsense', true],
      ['view=nonsense', true],
    ] as const) {
      const page = await world.get(`/conferences/conf?${query}`)
      expect([query, page.status, page.text.includes('>First</a>')]).toEqual([query, 200, has])
    }
  })
})

describe('the table of a day', () => {
  const placed = (talk: string, room: string, from: number, to: number) => ({ talk, room, from, to })

  it('has a column for each room, a row for each time, and lanes where talks overlap', () => {
    const grid = gridOf([placed('a', 'X', 0, 1800), placed('b', 'Y', 900, 2700), placed('c', 'X', 1500, 3600)], ['Y'])
    expect(grid.columns).toEqual([
      { room: 'Y', lanes: 1 },
      { room: 'X', lanes: 2 },
    ])
    expect(grid.rows.map(({ at }) => at)).toEqual([0, 900, 1500, 1800, 2700])
    expect(grid.rows[0]!.cells).toEqual([
      { talk: null, rows: 1 },
      { talk: 'a', rows: 3 },
      { talk: null, rows: 2 },
    ])
  })

  it('is filled: in each row the cells that begin or still last are as many as the lanes', () => {
    let seed = 7
    const next = (max: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % max
    }
    for (let round = 0; round < 200; round++) {
      const talks = Array.from({ length: 1 + next(40) }, (_, n) => {
        const from = next(50) * 300
        return placed(String(n), `room ${next(5)}`, from, from + next(10) * 300)
      })
      const grid = gridOf(talks, ['room 3'])
      const lanes = grid.columns.reduce((sum, column) => sum + column.lanes, 0)
      const covered = grid.rows.map(() => 0)
      for (const [at, { cells }] of grid.rows.entries())
        for (const { rows } of cells) for (let row = at; row < at + rows; row++) covered[row]! += 1
      expect(covered).toEqual(grid.rows.map(() => lanes))
      const shown = grid.rows.flatMap(({ cells }) => cells.flatMap(({ talk }) => talk ?? []))
      expect(shown.sort()).toEqual(talks.map(({ talk }) => talk).sort())
    }
    expect(gridOf([], [])).toEqual({ columns: [], rows: [] })
  })
})

describe('the page of a speaker', () => {
  it('joins their talks over all conferences and years, as a person to search engines', async () => {
    await world.api('POST', '/conferences', { slug: 'other', title: 'Other', group: 'hyperscale' })
    await talk({ title: 'One' })
    await talk({ title: 'Two', conference: 'other', start: '2019-05-01T10:00:00' })
    const { text } = await world.get('/speakers/ada-lovelace')
    expect(text).toContain('2 talks at 2 conferences, 2019 to 2022')
    expect(text.indexOf('<h2>2022</h2>')).toBeLessThan(text.indexOf('<h2>2019</h2>'))
    expect(dataOf(text)).toMatchObject({
      '@type': 'Person',
      name: 'Ada Lovelace',
      performerIn: [{ '@type': 'Event', name: 'One' }, { name: 'Two' }],
    })
  })
})

describe('the archive', () => {
  it('is narrowed by links that keep the words, each with a way out', async () => {
    await talk({ title: 'Feeds', resources: [FILE], keywords: ['mail'] })
    const { text } = await world.get('/talks?q=feeds&tag=mail')
    expect(text).toContain('href="/talks?q=feeds&amp;tag=mail&amp;has=recording"')
    expect(text).toContain('href="/talks?q=feeds"')
    expect(text).toContain('<input type="hidden" name="tag" value="mail"/>')
    expect(text).toContain('href="/talks.atom?has=recording"')
    expect((await world.get('/talks?has=nonsense')).status).toBe(422)
  })
})
