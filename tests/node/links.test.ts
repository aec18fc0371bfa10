/** Links of the archive: asked for politely, never in a private network, and dead only after a while. */
import type { lookup } from 'node:dns'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mayAsk, readRobots } from '../../src/remote/robots.ts'
import { remoteGetOnNode } from '../../src/remote-node.ts'
import { checkLinks } from '../../src/talks/check-links.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY = 86_400
const PAUSE_MS = 40

describe('robots.txt', () => {
  const allows = (text: string, path: string) =>
    mayAsk(readRobots(text, 'Convene'), new URL(`https://x.example${path}`))
  it.each([
    ['', '/a', true],
    ['User-agent: *\nDisallow: /', '/a', false],
    ['User-agent: *\nDisallow:', '/a', true],
    ['\ufeffuser-agent: * # all\r\ndisallow: /private # not this', '/private/a', false],
    ['User-agent: *\nDisallow: /\nAllow: /slides/', '/slides/a.pdf', true],
    ['User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: convene\nDisallow: /no', '/a', true],
    ['User-agent: *\nDisallow: /\n\nUser-agent: convene\nDisallow: /no', '/no', false],
    ['User-agent: other\nUser-agent: convene\nDisallow: /both', '/both', false],
    [
      'User-agent: convene\nDisallow: /one\nSitemap: /x\nUser-agent: other\nUser-agent: Convene\nDisallow: /two',
      '/two',
      false,
    ],
    ['User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf', false],
    ['User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf?x', true],
    ['User-agent: *\nDisallow: /a*b*c', '/axxbxxcxx', false],
    ['User-agent: *\nDisallow: /a*b*c', '/axxcxxb', true],
    ['User-agent: *\nDisallow: /x$', '/x', false],
    ['User-agent: *\nDisallow: /x$', '/xy', true],
    ['Disallow: /\nnonsense\n:::', '/a', true],
  ])('%j lets %s be asked for: %s', (text, path, expected) => expect(allows(text, path)).toBe(expected))

  it('is read in time whatever it says', () => {
    const hostile = `User-agent: *\n${`Disallow: /${'*a'.repeat(240)}$\n`.repeat(2000)}`
    const began = performance.now()
    expect(allows(hostile, `/${'a'.repeat(1900)}b`)).toBe(true)
    expect(performance.now() - began).toBeLessThan(200)
    expect(
      readRobots('User-agent: *\nCrawl-delay: 1e99\nCrawl-delay: -5\nCrawl-delay: x', 'Convene').delaySeconds,
    ).toBe(0)
  })
})

describe('links of talks', () => {
  let world: World
  let servers: Server[]
  let asked: { host: string; path: string; at: number; range: string | undefined }[] = []
  let atOnce = 0
  let mostAtOnce = 0
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  let port: number
  const ok = (response: ServerResponse) => response.writeHead(206, { 'Content-Range': 'bytes 0-0/9' }).end('%')

  /** Every name but one resolves to this machine, which counts as public here. */
  const resolve = ((name: string, _options: unknown, done: (error: Error | null, found?: unknown) => void) =>
    name === 'gone.example'
      ? done(new Error('ENOTFOUND'))
      : done(null, [
          { address: name.startsWith('inside') ? '10.0.0.1' : '127.0.0.1', family: 4 },
        ])) as unknown as typeof lookup

  beforeAll(async () => {
    const server = createServer((request, response) => {
      asked.push({
        host: request.headers.host!.split(':')[0]!,
        path: request.url!,
        at: performance.now(),
        range: request.headers.range,
      })
      atOnce += 1
      mostAtOnce = Math.max(mostAtOnce, atOnce)
      response.on('close', () => {
        atOnce -= 1
      })
      answer(request, response)
    })
    await new Promise<void>((done) =>
      server.listen(8080, '127.0.0.1', done).once('error', () => server.listen(8443, '127.0.0.1', done)),
    )
    port = (server.address() as AddressInfo).port
    servers = [server]
  })
  afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))))
  beforeEach(async () => {
    world = await openWorld()
    world.deps.remoteGet = remoteGetOnNode((address) => address === '127.0.0.1', resolve)
    await world.group()
    asked = []
    mostAtOnce = 0
    answer = ({ url }, response) => (url === '/robots.txt' ? response.writeHead(404).end() : ok(response))
  })
  afterEach(() => world.close())

  const at = (host: string, path: string) => `http://${host}.example:${port}${path}`
  const talk = async (title: string, ...urls: string[]) => {
    const resources = urls.map((url) => ({ type: 'slides', url }))
    const made = await world.api('POST', '/talks', {
      title,
      start: '2022-02-05T10:00:00',
      timeZone: 'UTC',
      group: 'hyperscale',
      speakers: [{ name: 'Ada Lovelace' }],
      resources,
    })
    expect(made.status).toBe(201)
    return made.body
  }
  const check = (more: object = {}) => checkLinks(world.deps, { pauseMs: PAUSE_MS, ...more })
  const stateOf = async (url: string) =>
    (
      await world.db.all<{ status: string; detail: string | null; nextAt: number }>({
        sql: 'SELECT status, detail, next_at AS nextAt FROM links WHERE url = ?',
        params: [url],
      })
    )[0]
  const paths = () => asked.map(({ path }) => path)

  it('are asked for one byte, once a month, however many talks have them', async () => {
    await talk('A', at('a', '/1.pdf'), at('a', '/2.pdf'))
    await talk('B', at('a', '/1.pdf'))
    expect(await check()).toEqual({ checked: 2, dead: 0, later: 0 })
    expect(paths()).toEqual(['/robots.txt', '/1.pdf', '/2.pdf'])
    expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=0-0', 'bytes=0-0'])
    expect(await stateOf(at('a', '/1.pdf'))).toMatchObject({ status: 'ok', nextAt: world.clock.now + 30 * DAY })
    expect((await check()).checked).toBe(0)
    world.clock.now += 31 * DAY
    expect((await check()).checked).toBe(2)
  })

  it('are dead after three days of nothing, say so, and come back', async () => {
    const url = at('a', '/1.pdf')
    const { slug } = await talk('A', url)
    answer = ({ url: path }, response) => response.writeHead(path === '/robots.txt' ? 200 : 404).end()
    for (const status of ['unknown', 'unknown', 'dead']) {
      const before = (await world.api('GET', `/talks/${slug}`)).headers.get('ETag')
      await check()
      expect((await stateOf(url))!.status).toBe(status)
      const after = (await world.api('GET', `/talks/${slug}`)).headers.get('ETag')
      expect(after === before).toBe(status !== 'dead')
      world.clock.now += DAY + 1
    }
    const gaps = (await world.api('GET', '/archive/gaps?lacks=dead', undefined, { token: null })).body.items
    expect(gaps[0].dead).toEqual([
      {
        type: 'slides',
        url,
        detail: 'answers with status 404',
        checked: expect.any(String),
        fallback: `https://web.archive.org/web/20220205100000/${url}`,
      },
    ])
    const { items } = (await world.api('GET', `/talks/${slug}/resources`, undefined, { token: null })).body
    expect(items).toEqual([
      { ...gaps[0].dead[0], checked: undefined, status: 'dead', checkedAt: gaps[0].dead[0].checked },
    ])
    const page = await world.get(`/talks/${slug}`)
    expect(page.text).toContain('This link is dead: it answers with status 404')
    expect(page.text).toContain(`href="https://web.archive.org/web/20220205100000/${url}"`)
    world.clock.now += 7 * DAY
    answer = (_, response) => ok(response)
    await check()
    expect((await stateOf(url))!.status).toBe('ok')
    expect((await world.api('GET', '/archive/gaps?lacks=dead')).body.items).toEqual([])
  })

  it('name another resource of the same type where the talk has one', async () => {
    await talk('A', at('a', '/dead.pdf'), at('a', '/alive.pdf'))
    answer = ({ url }, response) => (url === '/alive.pdf' ? ok(response) : response.writeHead(410).end())
    for (let day = 0; day < 3; day++) {
      await check()
      world.clock.now += DAY + 1
    }
    const [{ dead }] = (await world.api('GET', '/archive/gaps?lacks=dead')).body.items
    expect(dead.map(({ fallback }: { fallback: string }) => fallback)).toEqual([at('a', '/alive.pdf')])
  })

  it('are not dead where a server sends programs away, or is not to be asked', async () => {
    await talk('A', at('a', '/secret.pdf'), at('b', '/x.pdf'))
    answer = ({ url, headers }, response) => {
      if (url === '/robots.txt' && headers.host!.startsWith('b'))
        return response.writeHead(200).end('User-agent: *\nDisallow: /')
      return response.writeHead(url === '/robots.txt' ? 404 : 403).end()
    }
    expect((await check()).checked).toBe(2)
    expect(await stateOf(at('a', '/secret.pdf'))).toMatchObject({
      status: 'unknown',
      detail: 'answers with status 403',
    })
    expect((await stateOf(at('b', '/x.pdf')))!.detail).toContain('robots.txt')
    expect(asked.filter(({ host }) => host === 'b.example').map(({ path }) => path)).toEqual(['/robots.txt'])
  })

  it('are asked for one after the other at a host, with a pause, and at several hosts at once', async () => {
    await talk('A', ...[1, 2, 3, 4].flatMap((n) => [at('a', `/${n}`), at('b', `/${n}`)]))
    answer = ({ url }, response) => {
      setTimeout(() => (url === '/robots.txt' ? response.writeHead(404).end() : ok(response)), 10)
    }
    await check()
    for (const host of ['a.example', 'b.example']) {
      const times = asked.filter((one) => one.host === host).map((one) => one.at)
      expect(times).toHaveLength(5)
      for (const [n, time] of times.entries()) if (n > 0) expect(time - times[n - 1]!).toBeGreaterThan(PAUSE_MS - 5)
    }
    expect(mostAtOnce).toBe(2)
  })

  it('are asked for as seldom as a host wants, and left alone while it has too much', async () => {
    await talk('A', at('slow', '/1'), at('slow', '/2'), at('busy', '/1'), at('busy', '/2'))
    answer = ({ url, headers }, response) => {
      if (url === '/robots.txt') return response.writeHead(200).end('User-agent: *\nCrawl-delay: 3600')
      if (headers.host!.startsWith('busy')) return response.writeHead(429, { 'Retry-After': '7200' }).end()
      return ok(response)
    }
    await check()
    world.clock.now += 3601
    asked = []
    await check()
    expect(asked.map(({ host, path }) => `${host}${path}`).sort()).toEqual(['busy.example/1', 'slow.example/1'])
    world.clock.now += 3601
    asked = []
    await check()
    expect(asked.map(({ host, path }) => `${host}${path}`)).toEqual(['slow.example/2'])
    expect((await stateOf(at('busy', '/1')))!.status).toBe('unknown')
  })

  it('are checked in batches that a platform lets through, each host in its turn', async () => {
    await talk('A', ...Array.from({ length: 60 }, (_, n) => at('a', `/${n}`)), at('b', '/1'))
    const report = await check({ pauseMs: 0 })
    expect(asked.length).toBeLessThanOrEqual(30)
    expect([report.checked, asked.some(({ host }) => host === 'b.example')]).toEqual([20, true])
    expect((await check({ pauseMs: 0, requests: 5 })).checked).toBe(5)
  })

  it('are checked by one process at a time', async () => {
    await talk('A', at('a', '/1'), at('a', '/2'), at('b', '/1'))
    await Promise.all(Array.from({ length: 6 }, () => check()))
    expect(asked.filter(({ path }) => path !== '/robots.txt').length).toBe(3)
  })

  it.each([
    ['an address of one', 'http://10.0.0.1/a'],
    ['this machine', 'http://localhost:8080/a'],
    ['a name of one', 'http://inside.example/a'],
    ['a port of something else', 'http://a.example:22/a'],
  ])('never lead into a private network by %s', async (_, url) => {
    await talk('A', url)
    await check()
    expect(asked).toEqual([])
    expect((await stateOf(url))!.status).toBe('unknown')
  })

  it('are not followed into a private network, nor round and round', async () => {
    await talk('A', at('a', '/in'), at('a', '/metadata'), at('a', '/round'), at('a', '/on'))
    const leads: Record<string, string> = {
      '/in': 'http://127.0.0.1:22/',
      '/metadata': `http://inside.example:${port}/x`,
      '/round': '/round',
      '/on': at('b', '/there'),
    }
    answer = ({ url }, response) => {
      if (leads[url!]) return response.writeHead(302, { Location: leads[url!] }).end()
      return url === '/robots.txt' ? response.writeHead(404).end() : ok(response)
    }
    await check({ requests: 100 })
    expect((await stateOf(at('a', '/in')))!.detail).toContain('leads on to an address that must')
    expect((await stateOf(at('a', '/metadata')))!.detail).toContain('private network')
    expect((await stateOf(at('a', '/round')))!.detail).toBe('leads on more than 3 times')
    expect((await stateOf(at('a', '/on')))!.status).toBe('ok')
    // Where a redirect leads, robots.txt is read too.
    expect(asked.filter(({ host }) => host === 'b.example').map(({ path }) => path)).toEqual(['/robots.txt', '/there'])
  })

  it('end with their server: a name that nobody has, a connection that breaks', async () => {
    await talk('A', at('gone', '/1'), at('a', '/broken'))
    answer = ({ url }, response) => {
      if (url === '/robots.txt') response.writeHead(404).end()
      else response.destroy()
    }
    for (let day = 0; day < 3; day++) {
      await check()
      world.clock.now += DAY + 1
    }
    expect((await stateOf(at('gone', '/1')))!).toMatchObject({ status: 'dead', detail: 'cannot be reached' })
    expect((await stateOf(at('a', '/broken')))!).toMatchObject({ status: 'dead', detail: 'cannot be reached' })
  })

  it('do not die with our own network', async () => {
    await talk('A', at('a', '/1'), at('b', '/1'), at('c', '/1'))
    answer = (_, response) => response.destroy()
    for (let day = 0; day < 5; day++) {
      expect(await check()).toEqual({ checked: 0, dead: 0, later: 3 })
      world.clock.now += DAY + 1
    }
    expect((await stateOf(at('a', '/1')))!.status).toBe('unknown')
    expect(world.logged.at(-1)).toMatchObject({ what: 'links' })
    // One that answers is enough to believe the others.
    answer = ({ url, headers }, response) =>
      headers.host!.startsWith('c') && url !== '/robots.txt' ? ok(response) : response.destroy()
    expect((await check()).checked).toBe(3)
  })

  it('are forgotten when no talk has them', async () => {
    const { slug } = await talk('A', at('a', '/1'))
    await world.api('PUT', `/talks/${slug}/resources`, [])
    await check()
    expect([asked, await stateOf(at('a', '/1'))]).toEqual([[], undefined])
  })
})
