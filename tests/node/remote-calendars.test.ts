/** Calendars of other servers: read, followed, and never a way into a private network. */
import type { lookup } from 'node:dns'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refreshDueCalendars } from '../../src/imports/refresh.ts'
import { faultOfUrl, isPublicAddress } from '../../src/remote/address.ts'
import { fetchText } from '../../src/remote/fetch.ts'
import { remoteGetOnNode } from '../../src/remote-node.ts'
import { openWorld, type World } from '../support/world.ts'

const HOSTILE = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://0/',
  'http://localhost/',
  'http://localhost./',
  'http://a.localhost/',
  'http://metadata.google.internal/',
  'http://printer.local/',
  'http://intranet/',
  'http://10.0.0.1/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001::1]/',
  'http://[2001:db8::1]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[ff02::1]/',
  'http://①②⑦.⓪.⓪.①/',
  'http://example.org:22/',
  'http://example.org:6379/',
  'http://user:password@example.org/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/calendar,BEGIN:VCALENDAR',
  'gopher://example.org/',
  'nothing',
  '',
]

const vevent = (uid: string, title: string, start = '20230210T140000Z') =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20230101T000000Z\r\nDTSTART:${start}\r\nDURATION:PT1H\r\nSUMMARY:${title}\r\nEND:VEVENT\r\n`
const calendar = (...vevents: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n${vevents.join('')}END:VCALENDAR\r\n`

describe('addresses', () => {
  it.each(HOSTILE)('%s is not asked', (url) => expect(faultOfUrl(url)).not.toBeNull())
  it.each(['https://example.org/a.ics', 'http://example.org:8080/', 'https://[2606:4700::1111]/', 'https://1.1.1.1/'])(
    '%s is',
    (url) => expect(faultOfUrl(url)).toBeNull(),
  )
  it.each(['::ffff:1.1.1.1', '::1', 'fe80::1%eth0', '100.127.255.255', 'nonsense', '1.2.3', '1:2:3:4:5:6:7:8:9'])(
    '%s is not public',
    (address) => expect(isPublicAddress(address)).toBe(false),
  )
})

describe('a calendar that a group subscribes to', () => {
  let world: World
  let server: Server
  let url: string
  let answer: (response: ServerResponse, path: string, headers: Record<string, unknown>) => void
  let asked = 0
  /** The name resolves to this machine, which counts as public here. */
  const toLocalhost = ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
    done(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof lookup

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1
      answer(response, request.url!, request.headers)
    })
    await new Promise<void>((done) =>
      server.listen(8080, '127.0.0.1', done).once('error', () => server.listen(8443, '127.0.0.1', done)),
    )
    url = `http://calendar.example:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise<void>((done) => server.close(() => done())))
  beforeEach(async () => {
    world = await openWorld()
    world.deps.remoteGet = remoteGetOnNode((address) => address === '127.0.0.1', toLocalhost)
    await world.group()
    asked = 0
  })
  afterEach(() => world.close())

  const serve = (text: string, headers: Record<string, string> = {}) => {
    answer = (response) => response.writeHead(200, { 'Content-Type': 'text/calendar', ...headers }).end(text)
  }
  const subscribe = (address = `${url}/a.ics`, more: object = {}) =>
    world.api('POST', '/groups/hyperscale/calendars', { url: address, ...more })
  const titles = async () =>
    (await world.api('GET', '/groups/hyperscale/events')).body.items.map(
      ({ title, status }: { title: string; status: string }) => `${title} ${status}`,
    )
  const later = async () => {
    world.clock.now += 3700
    await refreshDueCalendars(world.deps)
  }

  it('is read at once and again, and changes here what changed there', async () => {
    serve(calendar(vevent('a@x', 'One'), vevent('b@x', 'Two', '20230211T140000Z')), { ETag: '"1"' })
    const dry = await world.api('POST', '/groups/hyperscale/calendars?dryRun=true', { url: `${url}/a.ics` })
    expect([dry.status, dry.body.report.created.map(({ title }: { title: string }) => title), await titles()]).toEqual([
      200,
      ['One', 'Two'],
      [],
    ])
    const made = await subscribe()
    expect([made.status, made.body.report.created.length]).toEqual([201, 2])
    const before = (await world.get('/g/hyperscale/calendar.ics')).text

    answer = (response, _, headers) => response.writeHead(headers['if-none-match'] === '"1"' ? 304 : 500).end()
    await later()
    expect((await world.get('/g/hyperscale/calendar.ics')).text).toBe(before)

    const { items } = (await world.api('GET', '/groups/hyperscale/events')).body
    await world.api('PATCH', `/events/${items[0].id}`, { description: 'ours' })
    serve(calendar(vevent('a@x', 'One, later', '20230210T150000Z'), vevent('b@x', 'Two', '20230211T140000Z')))
    await later()
    const [first, second] = (await world.api('GET', '/groups/hyperscale/events')).body.items
    expect(first).toMatchObject({ title: 'One, later', description: 'ours', start: '2023-02-10T15:00:00' })
    expect(second.sequence).toBe(0)
  })

  it('calls off what is gone there, and takes it back when it is there again', async () => {
    serve(
      calendar(
        vevent('a@x', 'One'),
        vevent('b@x', 'Two', '20230211T140000Z'),
        vevent('c@x', 'Past', '20220101T140000Z'),
      ),
    )
    await subscribe()
    serve(calendar(vevent('a@x', 'One')))
    await later()
    expect(await titles()).toEqual(['Past confirmed', 'One confirmed', 'Two cancelled'])
    serve(calendar(vevent('a@x', 'One'), vevent('b@x', 'Two', '20230211T140000Z')))
    await later()
    expect(await titles()).toEqual(['Past confirmed', 'One confirmed', 'Two confirmed'])
  })

  it.each([
    ['404', (response: ServerResponse) => response.writeHead(404).end(), 'answers with status 404'],
    [
      'a web page',
      (response: ServerResponse) => response.writeHead(200).end('<html>secret</html>'),
      'gives no calendar, but a web page',
    ],
    ['nothing', (response: ServerResponse) => response.writeHead(200).end(), 'gives no calendar, but something else'],
    [
      'a redirect home',
      (response: ServerResponse) => response.writeHead(302, { Location: 'http://127.0.0.1:22/' }).end(),
      'leads on to an address that',
    ],
    [
      'a redirect to itself',
      (response: ServerResponse) => response.writeHead(302, { Location: '/again' }).end(),
      'leads on more than 3 times',
    ],
    [
      'an end in the middle',
      (response: ServerResponse) => {
        response.writeHead(200, { 'Content-Length': '100' })
        response.write('BEGIN')
        response.destroy()
      },
      'cannot be reached',
    ],
    [
      'a bomb',
      (response: ServerResponse) =>
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * 1024 * 1024))),
      'gives more than 16 MiB',
    ],
  ])('is refused where it gives %s, and nothing stays', async (_, give, message) => {
    answer = give as typeof answer
    const refused = await subscribe()
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'url'])
    expect(refused.body.errors[0].message).toContain(message)
    expect(refused.text).not.toContain('secret')
    expect((await world.api('GET', '/groups/hyperscale/calendars')).body.items).toEqual([])
    expect(await titles()).toEqual([])
  })

  it('keeps its events and says why when it fails later, and is asked less often', async () => {
    serve(calendar(vevent('a@x', 'One')))
    const { body } = await subscribe()
    answer = (response) => response.writeHead(500).end()
    await later()
    const failed = await world.api('GET', `/groups/hyperscale/calendars/${body.id}`)
    expect(failed.body).toMatchObject({ failures: 1, error: 'answers with status 500' })
    expect(await titles()).toEqual(['One confirmed'])
    asked = 0
    await later()
    expect(asked).toBe(0)
    await later()
    expect(asked).toBe(1)
  })

  it('is read by one process at a time', async () => {
    serve(calendar(vevent('a@x', 'One')))
    await subscribe()
    asked = 0
    world.clock.now += 3700
    await Promise.all(Array.from({ length: 8 }, () => refreshDueCalendars(world.deps)))
    expect(asked).toBe(1)
  })

  it('is for organizers, once for each address, and leaves its events behind', async () => {
    serve(calendar(vevent('a@x', 'One')))
    const { body } = await subscribe(`${url}/a.ics`, { every: 'PT2H' })
    expect(body.every).toBe('PT2H')
    expect((await subscribe()).body.reason).toBe('calendar_taken')
    expect((await world.api('GET', '/groups/hyperscale/calendars', undefined, { token: null })).status).toBe(401)
    for (const every of ['PT1M', 'P30D', 'often']) {
      const refused = await subscribe(`${url}/b.ics`, { every })
      expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'every'])
    }
    const path = `/groups/hyperscale/calendars/${body.id}`
    expect((await world.api('PATCH', path, { every: 'PT30M' })).body.every).toBe('PT30M')
    expect((await world.api('POST', `${path}/refresh`)).body.report.unchanged).toBe(1)
    expect((await world.api('DELETE', path)).status).toBe(204)
    expect((await world.api('GET', path)).status).toBe(404)
    expect(await titles()).toEqual(['One confirmed'])
  })

  it('does not lead into a private network by a name, nor by one that changes its mind', async () => {
    const answers = ['93.184.216.34', '127.0.0.1']
    let looked = 0
    const rebinding = ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(null, [{ address: answers[looked++] ?? '127.0.0.1', family: 4 }])) as unknown as typeof lookup
    serve(calendar())
    looked = 1
    const refused = await fetchText(remoteGetOnNode(undefined, rebinding), `${url}/a.ics`)
    expect(refused).toMatchObject({ errors: [{ message: 'must not lead into a private network' }] })
    expect(asked).toBe(0)
    const both = ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ])) as unknown as typeof lookup
    expect(await fetchText(remoteGetOnNode(undefined, both), `${url}/a.ics`)).toMatchObject({ ok: false })
    expect(asked).toBe(0)
  })
})
