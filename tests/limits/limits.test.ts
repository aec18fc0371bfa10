/** Who asks too often waits; nobody else does. */
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryBrake } from '../../src/limits/brake.ts'
import { forwardedFor, limitOf, networkOf } from '../../src/limits/rules.ts'
import { forgetLimits, take } from '../../src/limits/take.ts'
import { unsafeSettings } from '../../src/settings.ts'
import { openWorld, type World } from '../support/world.ts'

const TEN = { name: 'test', burst: 10, perMinute: 6, isExact: true }

describe('a bucket', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it('gives 10 of 500 who ask at once, and 3 of 500 thirty seconds later', async () => {
    const ask = async () =>
      (await Promise.all(Array.from({ length: 500 }, () => take(world.deps, TEN, '192.0.2.1')))).filter(
        (wait) => wait === null,
      )
    expect((await ask()).length).toBe(10)
    world.clock.now += 30
    expect((await ask()).length).toBe(3)
    expect(await take(world.deps, TEN, '192.0.2.1')).toBe(10)
    expect(await take(world.deps, TEN, '192.0.2.2')).toBe(null)
    // A clock that steps back gives nothing.
    world.clock.now -= 3600
    expect(await take(world.deps, TEN, '192.0.2.1')).not.toBe(null)
    expect(JSON.stringify(await world.db.all(sql`SELECT * FROM limits`))).not.toContain('192.0.2')
    world.clock.now += 86_400
    await forgetLimits(world.deps)
    expect(await world.db.all(sql`SELECT key FROM limits`)).toEqual([])
    expect((await ask()).length).toBe(10)
    // 1,500 statements: a busy machine takes its time.
  }, 30_000)

  it('lets a network ask for links as often as people do, and says how long to wait; another one goes on', async () => {
    await world.group()
    world.deps.mailer = { async send() {} }
    let client = '198.51.100.7'
    const deps = { ...world.deps, clientOf: () => client, brake: memoryBrake(world.deps.now) }
    Object.assign(world.deps, deps)
    const ask = (n: number) => world.submit('/g/hyperscale/digest', { email: `a${n}@example.org` })
    const all = []
    for (let n = 0; n < 12; n++) all.push((await ask(n)).status)
    expect(all).toEqual([...Array(10).fill(200), 429, 429])
    const refused = await ask(99)
    expect([refused.headers.get('Retry-After'), refused.text.includes('Please wait 360 seconds')]).toEqual([
      '360',
      true,
    ])
    expect((await world.db.all(sql`SELECT id FROM digests`)).length).toBe(10)
    client = '198.51.100.8'
    expect((await ask(100)).status).toBe(200)
    // The last 64 bits are the client's to choose.
    client = '2001:db8:1:2::1'
    for (let n = 0; n < 10; n++) await ask(200 + n)
    client = '2001:db8:1:2:ffff::9'
    expect((await ask(300)).status).toBe(429)
    client = '2001:db8:1:3::1'
    expect((await ask(301)).status).toBe(200)
    for (const own of ['127.0.0.1', '10.0.0.3', '::1', 'nonsense']) {
      client = own
      for (let n = 0; n < 12; n++) expect([own, (await ask(400)).status]).toEqual([own, 200])
    }
  })

  it('is of no account to organizers, and answers the API with a problem', async () => {
    await world.group()
    const event = await world.event('hyperscale', { rsvp: {} })
    Object.assign(world.deps, { clientOf: () => '203.0.113.9' })
    const answer = (n: number, token: string | null) =>
      world.api(
        'POST',
        `/events/${event.id}/rsvps`,
        { name: `G${n}`, email: `g${n}@example.org` },
        token === null ? { token } : {},
      )
    for (let n = 0; n < 60; n++) expect((await answer(n, null)).status).toBe(201)
    const refused = await answer(60, null)
    expect([refused.status, refused.body.reason, refused.headers.get('Retry-After')]).toEqual([
      429,
      'too_many_requests',
      '3',
    ])
    expect((await answer(61, 'operator')).status).toBe(201)
    // Whatever a client claims.
    const claims = { 'X-Forwarded-For': '192.0.2.77', Forwarded: 'for=192.0.2.77' }
    const claimed = await world.api('POST', `/events/${event.id}/rsvps`, {}, { token: null, headers: claims })
    expect(claimed.status).toBe(429)
  })
})

describe('who is limited', () => {
  it('is a network', () => {
    const networks = [
      '192.0.2.1',
      '::ffff:192.0.2.1',
      '2001:db8::1',
      '2001:DB8:0:0:5::1',
      '[2001:db8::1]',
      '172.16.3.4',
      'fe80::1%eth0',
      '',
      '1.2.3',
    ]
    expect(networks.map(networkOf)).toEqual([
      '192.0.2.1',
      '192.0.2.1',
      '2001:db8:0:0',
      '2001:db8:0:0',
      '2001:db8:0:0',
      null,
      null,
      null,
      null,
    ])
    expect(forwardedFor('6.6.6.6, 192.0.2.1, 10.0.0.1', 2)).toBe('192.0.2.1')
    expect(forwardedFor('192.0.2.1', 2)).toBe(undefined)
    expect(forwardedFor(null, 1)).toBe(undefined)
  })

  it('has a limit where it costs something', () => {
    const limits = [
      limitOf('POST', '/sign-in', ''),
      limitOf('GET', '/talks', '?q=btrfs'),
      limitOf('GET', '/talks', '?q='),
      limitOf('POST', '/api/v1/groups', ''),
      limitOf('POST', '/e/01h/20230118T220000Z', ''),
    ]
    expect(limits.map((one) => one?.name ?? null)).toEqual(['sign-in', 'search', null, null, 'rsvp'])
  })
})

describe('settings', () => {
  it('that put people at risk are named, with how to mend them', () => {
    const good = { baseUrl: 'https://events.example.org', adminToken: 'k3Jd82nQwe9Xz-7Lp0Vb5Tr1Yc6Hs4Gf' }
    expect(unsafeSettings(good)).toEqual([])
    const faultsOf = (more: object) => unsafeSettings({ ...good, ...more }).map((fault) => fault.split(' ')[0])
    expect(faultsOf({ baseUrl: 'http://events.example.org' })).toEqual(['BASE_URL'])
    expect(faultsOf({ baseUrl: 'events.example.org' })).toEqual(['BASE_URL'])
    expect(faultsOf({ adminToken: 'short' })).toEqual(['ADMIN_TOKEN'])
    expect(faultsOf({ adminToken: 'x'.repeat(40) })).toEqual(['ADMIN_TOKEN'])
    expect(faultsOf({ mailUrl: 'console:', mailInSecret: 'secret' })).toEqual(['MAIL_IN_SECRET', 'MAIL_URL'])
    for (const here of [
      'http://localhost:8787',
      'http://127.0.0.1:1',
      'http://[::1]:1',
      'http://convene.test',
      'http://192.168.1.5',
      'http://convene',
    ])
      expect([here, faultsOf({ baseUrl: here, adminToken: 'x'.repeat(40), mailUrl: 'console:' })]).toEqual([here, []])
    for (const fault of unsafeSettings({ ...good, adminToken: 'a-secret-of-mine' }))
      expect(fault).not.toContain('a-secret-of-mine')
  })
})
