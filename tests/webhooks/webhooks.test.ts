import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverAll } from '../../src/deliver.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { openWorld, type World } from '../support/world.ts'

type Post = { url: string; headers: Record<string, string>; body: string }
const DAY = 86_400

describe('webhooks', () => {
  let world: World
  let posts: Post[]
  let status: number
  beforeEach(async () => {
    world = await openWorld()
    posts = []
    status = 204
    world.deps.remotePost = async (url, headers, body) => {
      posts.push({ url, headers, body })
      return { status, headers: new Headers({ Location: 'https://elsewhere.example/' }), body: null }
    }
    await world.group()
  })
  afterEach(() => world.close())

  const make = async (more: object = {}) =>
    (await world.api('POST', '/webhooks', { url: 'https://hook.example/in', ...more })).body
  const deliver = async () => {
    posts.length = 0
    await deliverAll(world.deps)
    return posts.map(({ body }) => JSON.parse(body).type)
  }
  const log = async (id: string, query = '') =>
    (await world.api('GET', `/webhooks/${id}/deliveries${query}`)).body.items

  it('are told what happens from then on, thinly and signed, and once', async () => {
    await world.event('hyperscale', { title: 'Before' })
    const hook = await make()
    expect(hook.secret).toMatch(/^whsec_[\w+/]{43}=$/)
    const event = await world.event('hyperscale')
    await world.api(
      'POST',
      `/events/${event.id}/rsvps`,
      { name: 'Canary', email: 'canary@example.org' },
      { token: null },
    )
    expect((await deliver()).sort()).toEqual(['event.created', 'rsvp.answered'])
    for (const { url, headers, body } of posts) {
      expect(url).toBe('https://hook.example/in')
      expect(body).not.toMatch(/canary/i)
      expect(headers['webhook-id']).toBe(JSON.parse(body).id)
      expect(headers['webhook-timestamp']).toBe(String(world.clock.now))
      const { key, expected } = await signatureOf(hook.secret, headers, body)
      expect([key.length, headers['webhook-signature']]).toEqual([32, expected])
    }
    expect(JSON.parse(posts.find(({ body }) => body.includes('event.created'))!.body)).toEqual({
      id: expect.any(String),
      type: 'event.created',
      timestamp: '2023-01-02T12:00:00Z',
      data: {
        id: event.id,
        group: 'hyperscale',
        url: `https://convene.test/api/v1/events/${event.id}`,
        deleted: false,
      },
    })
    expect(await deliver()).toEqual([])
    expect((await log(hook.id)).map(({ type, state, tries }: Record<string, unknown>) => [type, state, tries])).toEqual(
      [
        ['rsvp.answered', 'sent', 1],
        ['event.created', 'sent', 1],
      ],
    )
    expect(JSON.stringify(await world.api('GET', `/webhooks/${hook.id}`))).not.toContain(hook.secret)
  })

  it('verify with the library of Standard Webhooks, for a day with the secret before too', async () => {
    world.clock.now = Math.floor(Date.now() / 1000)
    const hook = await make()
    const rotated = (await world.api('POST', `/webhooks/${hook.id}/rotate`)).body
    expect(rotated.secret).not.toBe(hook.secret)
    await world.event('hyperscale')
    await deliver()
    const { headers, body } = posts[0]!
    for (const secret of [hook.secret, rotated.secret])
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'event.created' })
    expect(() => new Webhook(hook.secret).verify(`${body} `, headers)).toThrow()
    world.clock.now += DAY + 1
    await world.event('hyperscale')
    await deliver()
    expect(posts[0]!.headers['webhook-signature']!.split(' ')).toHaveLength(1)
  })

  it('are told of their group and of the kinds that they chose', async () => {
    await world.group('other')
    const everything = await make({ types: ['event.*'] })
    const ofGroup = await make({ group: 'other', types: ['event.updated', 'group.*'] })
    await world.event('hyperscale')
    const event = await world.event('other')
    await world.api('PATCH', `/events/${event.id}`, { title: 'Moved' })
    await world.api('PATCH', '/groups/hyperscale', { name: 'Other' })
    await deliver()
    const typesOf = async (id: string) => (await log(id)).map(({ type }: { type: string }) => type)
    expect(await typesOf(everything.id)).toEqual(['event.updated', 'event.created', 'event.created'])
    expect(await typesOf(ofGroup.id)).toEqual(['event.updated'])
    await world.api('PATCH', `/webhooks/${ofGroup.id}`, { types: [] })
    await world.event('other')
    await deliver()
    expect(await typesOf(ofGroup.id)).toEqual(['event.created', 'event.updated'])
  })

  it('get the same message under the same name at each try, and after ten it is parked until somebody retries', async () => {
    const hook = await make()
    await world.event('hyperscale')
    const names = new Set<string>()
    const times = new Set<string>()
    let isBroken = true
    world.deps.remotePost = async (url, headers, body) => {
      posts.push({ url, headers, body })
      const isTaken = !isBroken || body.includes('webhook.tested')
      return { status: isTaken ? 200 : 500, headers: new Headers(), body: null }
    }
    for (let n = 0; n < 30; n++) {
      // What is taken in between keeps it from being switched off.
      await world.api('POST', `/webhooks/${hook.id}/test`)
      await deliver()
      for (const { headers, body } of posts) {
        names.add(`${headers['webhook-id']} ${body}`)
        times.add(headers['webhook-timestamp']!)
      }
      world.clock.now += 6 * 3600
    }
    await deliver()
    const parked = await log(hook.id, '?state=failed')
    expect(parked.map(({ type, tries, error }: Record<string, unknown>) => [type, tries, error])).toEqual([
      ['event.created', 10, 'answers with status 500'],
    ])
    const events = [...names].filter((one) => one.includes('event.created'))
    expect(events).toHaveLength(1)
    expect(times.size).toBeGreaterThanOrEqual(10)
    isBroken = false
    const retry = (body: object) => world.api('POST', `/webhooks/${hook.id}/deliveries/retry`, body)
    expect((await retry({ id: 'x' })).body.errors[0].path).toBe('id')
    expect((await retry({ id: parked[0].id })).body).toEqual({ due: 1 })
    expect(await deliver()).toEqual(['event.created'])
    expect(await log(hook.id, '?state=failed')).toEqual([])
  })

  it('are switched off after three days of failures, and their contact gets one mail', async () => {
    const sent: Mail[] = []
    world.deps.mailer = { send: async (mail) => void sent.push(mail) }
    const hook = await make({ contact: 'ada@example.org' })
    const other = await make({ url: 'https://works.example/' })
    world.deps.remotePost = async (url, headers, body) => {
      posts.push({ url, headers, body })
      if (url.includes('hook')) throw new Error('connection refused')
      return { status: 200, headers: new Headers(), body: null }
    }
    for (let hour = 0; hour < 4 * 24; hour++) {
      if (hour % 8 === 0) await world.event('hyperscale', { title: `Event ${hour}` })
      await deliver()
      world.clock.now += 3600
    }
    const { body } = await world.api('GET', `/webhooks/${hook.id}`)
    expect([body.enabled, body.reason]).toEqual([false, 'it failed for three days: cannot be reached'])
    expect(sent.map(({ to, subject }) => [to, subject])).toEqual([['ada@example.org', 'A webhook was switched off']])
    expect((await log(other.id, '?state=sent')).length).toBe(12)
    expect((await log(hook.id, '?state=due')).length).toBe(0)
    expect((await world.api('POST', `/webhooks/${hook.id}/test`)).status).toBe(409)
    expect((await world.api('POST', `/webhooks/${hook.id}/deliveries/retry`, {})).status).toBe(409)

    expect((await world.api('PATCH', `/webhooks/${hook.id}`, { enabled: true })).body).toMatchObject({
      enabled: true,
      reason: null,
    })
    await world.event('hyperscale', { title: 'After' })
    await deliver()
    expect(posts.filter(({ url }) => url.includes('hook'))).toHaveLength(1)
  })

  it('are switched off where they say that they are gone, and follow no redirect', async () => {
    const hook = await make()
    status = 302
    await world.event('hyperscale')
    expect(await deliver()).toEqual(['event.created'])
    expect((await log(hook.id))[0]).toMatchObject({ state: 'due', error: 'answers with status 302' })
    status = 410
    world.clock.now += 60
    expect(await deliver()).toEqual(['event.created'])
    expect((await world.api('GET', `/webhooks/${hook.id}`)).body).toMatchObject({ enabled: false })
    expect((await log(hook.id))[0]).toMatchObject({ state: 'failed' })
  })

  it('are made, seen and changed by who organizes their group, and nobody else', async () => {
    await world.group('other')
    const tokenOf = async (group: string) => (await world.api('POST', '/tokens', { name: 'x', group })).body.token
    const [own, foreign] = [await tokenOf('hyperscale'), await tokenOf('other')]
    const hook = await make({ group: 'hyperscale' })
    const body = { url: 'https://hook.example/', group: 'hyperscale' }
    const paths: [string, string, object?][] = [
      ['GET', `/webhooks/${hook.id}`],
      ['PATCH', `/webhooks/${hook.id}`, { types: [] }],
      ['POST', `/webhooks/${hook.id}/rotate`],
      ['POST', `/webhooks/${hook.id}/test`],
      ['GET', `/webhooks/${hook.id}/deliveries`],
      ['POST', `/webhooks/${hook.id}/deliveries/retry`, {}],
      ['DELETE', `/webhooks/${hook.id}`],
    ]
    const statusesOf = async (token: string | null) => {
      const statuses: number[] = []
      for (const [method, path, input] of paths) statuses.push((await world.api(method, path, input, { token })).status)
      return statuses
    }
    expect(await statusesOf(null)).toEqual(paths.map(() => 401))
    expect(await statusesOf(foreign)).toEqual(paths.map(() => 404))
    expect((await world.api('POST', '/webhooks', body, { token: null })).status).toBe(401)
    expect((await world.api('POST', '/webhooks', body, { token: foreign })).status).toBe(403)
    expect((await world.api('POST', '/webhooks', { url: body.url }, { token: own })).body.errors[0].path).toBe('group')
    expect((await world.api('POST', '/webhooks', body, { token: own })).status).toBe(201)
    const listed = async (token: string | null) => (await world.api('GET', '/webhooks', undefined, { token })).body
    expect([(await listed(own)).items.length, (await listed(foreign)).items.length]).toEqual([2, 0])
    expect((await listed(null)).status).toBe(401)
    expect(await statusesOf(own)).toEqual([200, 200, 200, 202, 200, 200, 204])
    expect((await world.api('GET', `/webhooks/${hook.id}`)).status).toBe(404)
  })

  it.each([
    [{ url: 'http://hook.example/' }, 'url'],
    [{ url: 'https://127.0.0.1/' }, 'url'],
    [{ url: 'https://convene.test/api' }, 'url'],
    [{ url: 'https://hook.example:22/' }, 'url'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ url: '' }, 'url'],
    [{ url: 'https://hook.example/', types: ['*'] }, 'types.0'],
    [{ url: 'https://hook.example/', types: ["event.'"] }, 'types.0'],
    [{ url: 'https://hook.example/', contact: 'a@b, c@d' }, 'contact'],
    [{ url: 'https://hook.example/', group: 'none' }, 'group'],
    [{ url: 'https://hook.example/', secret: 'mine' }, 'secret'],
    [{}, 'url'],
  ])('refuse %j', async (body, path) => {
    const answer = await world.api('POST', '/webhooks', body)
    expect([answer.status, answer.body.errors?.[0].path]).toEqual([422, path])
    expect((await world.api('GET', '/webhooks')).body.items).toEqual([])
  })

  it('are twenty at most, and change only in the version that was read', async () => {
    const made = await Promise.all(
      Array.from({ length: 25 }, () => world.api('POST', '/webhooks', { url: 'https://hook.example/' })),
    )
    expect(made.filter(({ status }) => status === 201)).toHaveLength(20)
    expect(made.find(({ status }) => status !== 201)!.body.reason).toBe('webhooks_full')
    const { body, headers } = made.find(({ status }) => status === 201)!
    const patch = () =>
      world.api(
        'PATCH',
        `/webhooks/${body.id}`,
        { types: ['event.*'] },
        { headers: { 'If-Match': headers.get('ETag')! } },
      )
    expect([(await patch()).status, (await patch()).status]).toEqual([200, 412])
  })

  it('get each message once from any number of processes at once', async () => {
    await make()
    for (let n = 0; n < 30; n++) await world.event('hyperscale', { title: `Event ${n}` })
    await Promise.all(Array.from({ length: 6 }, () => deliverAll(world.deps)))
    expect([posts.length, new Set(posts.map(({ headers }) => headers['webhook-id'])).size]).toEqual([30, 30])
  })
})

/** The signature made from the specification, not by the library that signs. */
async function signatureOf(secret: string, headers: Record<string, string>, body: string) {
  const key = Uint8Array.from(atob(secret.slice('whsec_'.length)), (char) => char.charCodeAt(0))
  const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signed = new TextEncoder().encode(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', hmac, signed))
  return { key, expected: `v1,${btoa(String.fromCharCode(...bytes))}` }
}
