/** Webhooks never lead into a private network: whatever address is given, wherever its name leads, whatever is answered. */
import type { lookup } from 'node:dns'
import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliverAll } from '../../src/deliver.ts'
import { isPublicAddress } from '../../src/remote/address.ts'
import { NotPublic } from '../../src/remote/fetch.ts'
import { remotePostOnNode } from '../../src/remote-node.ts'
import { openWorld, type World } from '../support/world.ts'

const number = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
const PRIVATE_V4 = ['127.0.0.1', '0.0.0.0', '10.0.0.1', '100.64.0.1', '169.254.169.254', '172.16.0.1', '192.168.1.1']
const spellings = (address: string) => [
  address,
  String(number(address)),
  `0x${number(address).toString(16)}`,
  address
    .split('.')
    .map((part) => `0${Number(part).toString(8)}`)
    .join('.'),
  address
    .split('.')
    .map((part) => `0x${Number(part).toString(16)}`)
    .join('.'),
  `[::ffff:${address}]`,
  `[::${address}]`,
  `[64:ff9b::${address}]`,
]
const PRIVATE_V6 = [
  ...[
    '::1',
    '::',
    '0:0:0:0:0:0:0:1',
    'fe80::1',
    'fe80::1%25eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001:db8::1',
  ],
  ...[
    '2002:7f00:1::',
    '2002:a00:1::',
    '2001::1',
    '2001:0:7f00:1::',
    '3fff::1',
    '::ffff:0:127.0.0.1',
    '64:ff9b:1::7f00:1',
    '100::1',
  ],
]
const NAMES = [
  ...[
    'localhost',
    'localhost.',
    'LOCALHOST',
    'a.localhost',
    'printer.local',
    'metadata.google.internal',
    'db.internal.',
  ],
  ...[
    'router.home.arpa',
    'x.onion',
    'intranet',
    'a.test',
    'a.invalid',
    '①②⑦.⓪.⓪.①',
    '127.1',
    '127.0.1',
    '0',
    '017700000001',
  ],
]
const LITERALS = [...PRIVATE_V4.flatMap(spellings), ...PRIVATE_V6.map((one) => `[${one}]`), ...NAMES]
const OTHERS = [
  ...[21, 22, 25, 110, 2375, 3306, 5432, 6379, 9200, 11211].map((port) => `https://public.example:${port}/`),
  ...['http', 'ftp', 'file', 'gopher', 'dict', 'ldap', 'data', 'javascript', 'ws', 'unix'].map(
    (one) => `${one}://public.example/`,
  ),
  ...['user:secret@', 'user@', '127.0.0.1@', '%31@'].map((user) => `https://${user}public.example/`),
  'https://convene.test/api/v1/groups',
  'https://CONVENE.test./',
  'https://',
  'https:///',
  'nothing',
  '//127.0.0.1/',
]
const REFUSED = [...LITERALS.flatMap((host) => [`https://${host}/`, `https://${host}:8443/`]), ...OTHERS]

/** Names that look public and lead somewhere else. */
const LEADS: Record<string, string[]> = {
  'loopback.example': ['127.0.0.1'],
  'loopback6.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'private.example': ['10.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'mixed.example': ['127.0.0.2', '127.0.0.1'],
  'mixed6.example': ['127.0.0.2', '::1'],
  'empty.example': [],
}
/** Nobody listens there; it counts as public here, so that nothing leaves this machine. */
const isPublic = (address: string) => address === '127.0.0.2' || isPublicAddress(address)

describe('a webhook', () => {
  let touched = 0
  let asked: string[] = []
  let rebinds = 0
  const listeners: Server[] = []
  const canaries: string[] = []
  const resolve = ((name: string, _: unknown, done: (error: Error | null, found?: unknown) => void) => {
    asked.push(name)
    // Public when somebody looks, and private the next time.
    const rebound = rebinds++ % 2 === 0 ? ['127.0.0.2'] : ['127.0.0.1']
    const found = name.startsWith('rebinding') ? rebound : (LEADS[name] ?? ['127.0.0.2'])
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }) as unknown as typeof lookup
  const post = remotePostOnNode(isPublic, resolve)
  const send = (url: string, by = post) => by(url, {}, '{}', AbortSignal.timeout(5000))
  let world: World

  beforeAll(async () => {
    for (const host of ['127.0.0.1', '::1']) {
      for (const port of [443, 8443, 0]) {
        const server = createServer((socket) => {
          touched++
          socket.destroy()
        })
        // A port that something else has, or an address that this machine has not, is left out.
        const isUp = await new Promise<boolean>((done) => {
          server.once('error', () => done(false))
          server.listen(port, host, () => done(true))
        })
        if (!isUp) continue
        listeners.push(server)
        canaries.push(`${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`)
      }
    }
  })
  afterAll(() => Promise.all(listeners.map((server) => new Promise((done) => server.close(done)))))
  beforeEach(async () => {
    touched = 0
    asked = []
    world = await openWorld()
    world.deps.remotePost = post
  })
  afterEach(() => world.close())

  it(`to one of ${REFUSED.length} addresses is refused when it is made and when it is changed`, async () => {
    expect(REFUSED.length).toBeGreaterThan(120)
    const { body: hook } = await world.api('POST', '/webhooks', { url: 'https://public.example/' })
    for (const url of REFUSED) {
      const made = await world.api('POST', '/webhooks', { url })
      expect([url, made.status, made.body.errors?.[0].path]).toEqual([url, 422, 'url'])
      const patched = await world.api('PATCH', `/webhooks/${hook.id}`, { url })
      expect([url, patched.status]).toEqual([url, 422])
    }
    expect([touched, asked]).toEqual([0, []])
  })

  it('is checked at each delivery, so that none of them is touched where it is stored all the same', async () => {
    await world.group()
    for (const url of REFUSED) {
      const { body } = await world.api('POST', '/webhooks', { url: 'https://public.example/', types: ['event.*'] })
      await world.db.all({ sql: 'UPDATE webhooks SET url = ? WHERE id = ?', params: [url, body.id] })
      // Twenty are the most.
      await world.api('POST', `/webhooks/${body.id}/test`)
      await deliverAll(world.deps)
      const [delivery] = (await world.api('GET', `/webhooks/${body.id}/deliveries`)).body.items
      expect([url, delivery.state, delivery.error]).toEqual([url, 'due', expect.stringMatching(/^the address must/)])
      await world.api('DELETE', `/webhooks/${body.id}`)
    }
    expect([touched, asked]).toEqual([0, []])
  })

  it('whose name leads into a private network, all the way or in part, or only the next time, is not followed there', async () => {
    await world.group()
    const hosts = [...Object.keys(LEADS), 'rebinding.example']
    const ids: string[] = []
    for (const host of hosts) {
      const { status, body } = await world.api('POST', '/webhooks', { url: `https://${host}:8443/` })
      expect(status).toBe(201)
      ids.push(body.id)
    }
    for (let n = 0; n < 4; n++) {
      await world.event('hyperscale', { title: `Event ${n}` })
      await deliverAll(world.deps)
      world.clock.now += 3600
    }
    expect(touched).toBe(0)
    expect(new Set(asked)).toEqual(new Set(hosts))
    for (const [at, host] of hosts.entries()) {
      const { items } = (await world.api('GET', `/webhooks/${ids[at]}/deliveries`)).body
      expect(items.length).toBeGreaterThan(0)
      const tried = items.filter(({ tries }: { tries: number }) => tries > 0)
      const errors = new Set(tried.map(({ error }: { error: string }) => error))
      if (!host.startsWith('rebinding'))
        expect([host, [...errors]]).toEqual([host, ['must not lead into a private network']])
    }
  })

  it('that leads on elsewhere is not followed, and nothing of its answer is told', async () => {
    const redirecting = createHttp((_, response) => {
      const location = `http://${canaries[0]}/`
      response.writeHead(307, { Location: location }).end('secret '.repeat(100_000))
    })
    await new Promise<void>((done) => redirecting.listen(0, '127.0.0.2', done))
    const { port } = redirecting.address() as AddressInfo
    await world.group()
    world.deps.remotePost = (_, headers, body, signal) => post(`http://public.example:${port}/`, headers, body, signal)
    const { body: hook } = await world.api('POST', '/webhooks', { url: 'https://public.example/' })
    await world.event('hyperscale')
    await deliverAll(world.deps)
    const log = await world.api('GET', `/webhooks/${hook.id}/deliveries`)
    expect(log.body.items[0].error).toBe('answers with status 307')
    expect(log.text).not.toContain('secret')
    expect(touched).toBe(0)
    redirecting.closeAllConnections()
    await new Promise((done) => redirecting.close(done))
  })

  it('would touch them where addresses were not checked (the control)', async () => {
    const careless = remotePostOnNode(() => true, resolve)
    const ports = canaries.filter((one) => one.startsWith('127')).map((one) => one.split(':')[1])
    for (const port of ports) {
      await expect(send(`http://loopback.example:${port}/`)).rejects.toBeInstanceOf(NotPublic)
      expect(touched).toBe(0)
      await send(`http://loopback.example:${port}/`, careless).catch(() => null)
      expect(touched).toBe(1)
      touched = 0
    }
  })
})
