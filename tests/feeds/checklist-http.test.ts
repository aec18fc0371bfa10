/** Feeds over HTTP (docs/feeds.md, 4). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import type { Deps } from '../../src/deps.ts'
import { bodiesInMemory } from '../../src/http/bodies.ts'
import { mayAsk, readRobots } from '../../src/remote/robots.ts'
import { linesOf, unfolded } from '../support/calendar.ts'
import { BASE_URL, HANGOUT, openWorld, type World } from '../support/world.ts'

const PATH = '/g/hyperscale/calendar.ics'

describe('a feed over HTTP', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group('hyperscale', { description: 'What the SIG does' })
    await world.event('hyperscale')
  })
  afterEach(() => world.close())

  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    world.request(method, path, undefined, { token: null, headers })

  it('says its name, what it is about, where its page is and how often to ask', async () => {
    const head = unfolded((await world.get(PATH)).text)
    for (const line of [
      'NAME:The hyperscale group',
      'X-WR-CALNAME:The hyperscale group',
      'DESCRIPTION:What the SIG does',
      'X-WR-CALDESC:What the SIG does',
      'URL:https://convene.test/g/hyperscale',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
    ])
      expect(head).toContain(line)
    await world.api('PATCH', '/groups/hyperscale', { description: '' })
    expect((await world.get(PATH)).text).not.toContain('X-WR-CALDESC')
  })

  it('is announced on the page with what each program takes to show a change', async () => {
    const { text } = await world.get('/g/hyperscale')
    for (const said of ['within a day; it cannot be hurried', 'in three hours or more']) expect(text).toContain(said)
  })

  it('is text/calendar, inline, at an address that ends in .ics, whatever Accept says', async () => {
    const plain = await world.get(PATH)
    expect(plain.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
    expect(plain.headers.get('Content-Disposition')).toBe('inline; filename="calendar.ics"')
    for (const accept of ['text/html', 'application/json', '*/*', 'text/calendar,text/plain;q=0.8,*/*;q=0.5']) {
      const { status, text } = await world.get(PATH, { Accept: accept })
      expect([accept, status, text === plain.text]).toEqual([accept, 200, true])
    }
  })

  it('answers HEAD as GET, OPTIONS with 204 and everything else with 405', async () => {
    for (const path of [PATH, '/calendar.ics', '/calendar.jcal', '/e/x.ics', '/f/x/calendar.ics']) {
      const options = await ask('OPTIONS', path)
      expect([path, options.status, options.headers.get('Allow')]).toEqual([path, 204, 'GET, HEAD, OPTIONS'])
      for (const method of ['POST', 'PUT', 'DELETE', 'PROPFIND']) {
        const other = await ask(method, path)
        expect([method, other.status, other.headers.get('Allow')]).toEqual([method, 405, 'GET, HEAD, OPTIONS'])
      }
    }
    const [whole, head] = [await ask('GET', PATH), await ask('HEAD', PATH)]
    expect([head.status, head.text]).toEqual([200, ''])
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers))
  })

  it('has a strong tag over its bytes, the newest revision as its date, and may be kept for five minutes', async () => {
    const { headers } = await world.get(PATH)
    expect(headers.get('ETag')).toMatch(/^"[^"]+"$/)
    expect(headers.get('Last-Modified')).toBe('Mon, 02 Jan 2023 12:00:01 GMT')
    expect(headers.get('Cache-Control')).toMatch(/^public, max-age=300/)
    expect(headers.get('Vary')).toBe('Accept-Encoding')
    world.clock.now += 86_400
    expect((await world.get(PATH)).headers.get('Last-Modified')).toBe('Mon, 02 Jan 2023 12:00:01 GMT')
    // If-None-Match wins.
    const asked = { 'If-None-Match': '"other"', 'If-Modified-Since': 'Tue, 03 Jan 2023 12:00:00 GMT' }
    expect((await world.get(PATH, asked)).status).toBe(200)
  })

  it('is compressed only for who asks, with the length of what is sent, and never where the address says so', async () => {
    for (let n = 0; n < 5; n++) await world.event('hyperscale')
    const get = (query: string, headers: Record<string, string>) =>
      app.request(`${BASE_URL}${PATH}${query}`, { headers }, world.deps)
    for (const [query, accepts, encoding] of [
      ['', '', null],
      ['', 'gzip', 'gzip'],
      ['?compressed=no', 'gzip', null],
    ] as const) {
      const answer = await get(query, { 'Accept-Encoding': accepts })
      const { length } = new Uint8Array(await answer.arrayBuffer())
      expect([answer.headers.get('Content-Encoding'), answer.headers.get('Content-Length')]).toEqual([
        encoding,
        String(length),
      ])
      expect(answer.headers.get('Cache-Control')!.includes('no-transform')).toBe(query !== '')
    }
  })

  it('sets no cookie, sends nobody elsewhere, knows no program by its name, and no robots.txt forbids it', async () => {
    for (const agent of ['', 'Google-Calendar-Importer', 'Microsoft.Exchange/15.20', 'curl/8', 'sqlmap']) {
      const { status, headers } = await world.get(PATH, { 'User-Agent': agent })
      expect([status, headers.get('Set-Cookie'), headers.get('Location')]).toEqual([200, null, null])
    }
    const robots = readRobots((await world.get('/robots.txt')).text, 'anybody')
    for (const path of [PATH, '/calendar.ics', '/talks.atom', '/e/x.ics', '/conferences/x/calendar.ics?track=a'])
      expect([path, mayAsk(robots, new URL(path, world.deps.baseUrl))]).toEqual([path, true])
    expect(mayAsk(robots, new URL('/api/v1/talks', world.deps.baseUrl))).toBe(false)
  })

  it('keeps its address: the name in it can be changed by nobody', async () => {
    expect((await world.api('PATCH', '/groups/hyperscale', { slug: 'other' })).status).toBe(422)
    await world.api('PATCH', '/groups/hyperscale', { name: 'Other' })
    expect((await world.get(PATH)).status).toBe(200)
  })

  it('of one’s own choosing has an address that nobody guesses, and gives its secret away to nobody', async () => {
    const { url, secret } = (await world.api('POST', '/subscriptions', { groups: ['hyperscale'] }, { token: null }))
      .body
    const { pathname } = new URL(url)
    expect(pathname).toMatch(/^\/f\/[0-9a-z]{26}\/calendar\.ics$/)
    expect((await world.get(pathname)).text).not.toContain(secret)
    const page = await world.get(`/subscribe/${secret}`)
    expect([page.status, page.headers.get('Referrer-Policy')]).toEqual([200, 'no-referrer'])
  })

  it('can be narrowed to a series, a kind, a tag, so that it is never larger than wanted', async () => {
    const { id } = await world.event('hyperscale', { ...HANGOUT, keywords: ['kernel'] })
    for (const path of [`/e/${id}.ics`, `${PATH}?kind=hangout`, `${PATH}?tag=kernel`, '/calendar.ics?kind=hangout'])
      expect([path, linesOf((await world.get(path)).text, 'SUMMARY')]).toEqual([path, ['SUMMARY:Monthly hangout']])
  })

  describe('while the database does not answer', () => {
    let isBroken: boolean
    let deps: Deps
    beforeEach(() => {
      isBroken = false
      const refuse = async () => Promise.reject(new Error('the database is away'))
      const db: Deps['db'] = {
        ...world.db,
        batch: (statements) => (isBroken ? refuse() : world.db.batch(statements)),
        all: (statement) => (isBroken ? refuse() : world.db.all(statement)),
        stamp: () => null,
      }
      deps = { ...world.deps, db, bodies: bodiesInMemory(100_000) }
    })
    const get = (headers: Record<string, string> = {}) => app.request(`${BASE_URL}${PATH}`, { headers }, deps)

    it('serves what was served last, and tells who has a copy to keep it', async () => {
      const before = await get()
      const text = await before.text()
      isBroken = true
      const after = await get()
      expect([after.status, after.headers.get('ETag'), await after.text()]).toEqual([
        200,
        before.headers.get('ETag'),
        text,
      ])
      expect((await get({ 'If-None-Match': before.headers.get('ETag')! })).status).toBe(304)
      expect(world.logged.at(-1)).toMatchObject({ level: 'error', path: PATH, error: 'Error: the database is away' })
    })

    it('answers with nothing that switches a calendar off or empties it', async () => {
      isBroken = true
      const kept = await get({ 'If-None-Match': '"older"' })
      expect([kept.status, kept.headers.get('Cache-Control')]).toEqual([304, 'no-store'])
      const without = await get()
      expect([without.status, without.headers.get('Retry-After'), without.headers.get('Cache-Control')]).toEqual([
        404,
        '300',
        'no-store',
      ])
    })
  })
})
