import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MEETUP, openWorld, type World } from '../support/world.ts'

const DAY = 24 * 3600

describe('an Idempotency-Key', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const keyed = (key: string) => ({ headers: { 'Idempotency-Key': key } })
  const found = (slug: string, options = keyed('one'), more: object = {}) =>
    world.api('POST', '/groups', { slug, name: 'A', ...more }, options)
  const slugs = async () => (await world.api('GET', '/groups')).body.items.map((one: { slug: string }) => one.slug)
  const stored = () => world.db.all<Record<string, unknown>>({ sql: 'SELECT * FROM idempotency_keys', params: [] })
  const journal = () => world.db.all({ sql: 'SELECT id FROM changes', params: [] })

  it('gives the first answer again, and does nothing a second time', async () => {
    const first = await found('a')
    expect([first.status, first.headers.get('Idempotent-Replayed')]).toEqual([201, null])
    world.clock.now += 3600
    const again = await found('a')
    expect([again.status, again.text]).toEqual([201, first.text])
    for (const name of ['Content-Type', 'Location', 'ETag'])
      expect(again.headers.get(name)).toBe(first.headers.get(name))
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect([await slugs(), (await journal()).length]).toEqual([['a'], 1])
  })

  it('gives a refusal again too, though the reason has gone', async () => {
    await world.group('a')
    expect((await found('a')).status).toBe(409)
    await world.api('DELETE', '/groups/a')
    const again = await found('a')
    expect([again.status, again.body.reason]).toEqual([409, 'slug_taken'])
    expect(again.headers.get('Content-Type')).toBe('application/problem+json')
  })

  it('with another body is refused, and the first answer stays', async () => {
    const first = await found('a')
    const other = await found('b')
    expect([other.status, other.body.reason]).toEqual([422, 'idempotency_mismatch'])
    expect(await slugs()).toEqual(['a'])
    expect((await found('a')).text).toBe(first.text)
  })

  it('is another at another address, and says nothing of one in the query', async () => {
    await world.group('a')
    await world.group('b')
    const made = await Promise.all(
      ['a', 'b'].map((slug) => world.api('POST', `/groups/${slug}/events`, MEETUP, keyed('one'))),
    )
    expect(made.map(({ status }) => status)).toEqual([201, 201])
    expect(made[0]!.body.id).not.toBe(made[1]!.body.id)
    const query = await world.api('POST', '/groups/a/events?dryRun=true', MEETUP, keyed('one'))
    expect(query.status).toBe(422)
  })

  it('is known only to the token that sent it', async () => {
    await world.group('a')
    const tokens = await Promise.all(
      ['one', 'two'].map(async (name) => (await world.api('POST', '/tokens', { name, group: 'a' })).body.token),
    )
    const made = []
    for (const token of tokens)
      made.push(await world.api('POST', '/groups/a/events', MEETUP, { ...keyed('same'), token }))
    expect(made.map(({ status }) => status)).toEqual([201, 201])
    expect(made[0]!.body.id).not.toBe(made[1]!.body.id)
    const stranger = await world.api('POST', '/groups/a/events', MEETUP, { ...keyed('same'), token: null })
    expect(stranger.status).toBe(401)
  })

  it('gives no answer to a token that was revoked', async () => {
    await world.group('a')
    const { token, id } = (await world.api('POST', '/tokens', { name: 'one', group: 'a' })).body
    await world.api('POST', '/groups/a/events', MEETUP, { ...keyed('one'), token })
    await world.api('DELETE', `/tokens/${id}`)
    expect((await world.api('POST', '/groups/a/events', MEETUP, { ...keyed('one'), token })).status).toBe(401)
  })

  it('sent twice at once executes once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => found('a')))
    const by = (status: number) => answers.filter((one) => one.status === status)
    expect(by(201).length + by(409).length).toBe(8)
    expect(by(201).filter(({ headers }) => !headers.has('Idempotent-Replayed'))).toHaveLength(1)
    for (const one of by(409)) {
      expect([one.body.reason, one.headers.get('Retry-After')]).toEqual(['idempotency_in_progress', '1'])
    }
    expect([await slugs(), (await journal()).length]).toEqual([['a'], 1])
    expect((await found('a')).status).toBe(201)
  })

  it('whose request died is free again after a minute, for the same request only', async () => {
    await found('a')
    await world.api('DELETE', '/groups/a')
    await world.db.all({ sql: 'UPDATE idempotency_keys SET status = NULL, answer = NULL', params: [] })
    expect((await found('a')).body.reason).toBe('idempotency_in_progress')
    world.clock.now += 61
    expect((await found('b')).body.reason).toBe('idempotency_mismatch')
    expect((await found('a')).body.reason).toBe('slug_taken')
  })

  it('is forgotten after 24 hours, and not before', async () => {
    await found('a')
    world.clock.now += DAY
    expect((await found('b')).status).toBe(422)
    world.clock.now += 1
    expect((await found('b')).status).toBe(201)
    expect([await slugs(), (await stored()).length]).toEqual([['a', 'b'], 1])
  })

  it('keeps nothing that can be read: neither key nor body nor answer', async () => {
    await world.group('a')
    const event = await world.event('a')
    const guest = { name: 'Ada Lovelace', email: 'ada@example.org' }
    const options = { ...keyed('my-key'), token: null }
    const made = await world.api('POST', `/events/${event.id}/rsvps`, guest, options)
    const again = await world.api('POST', `/events/${event.id}/rsvps`, guest, options)
    expect([made.status, again.text]).toEqual([201, made.text])
    const kept = JSON.stringify(await stored())
    for (const secret of ['my-key', 'Ada', 'ada@', made.body.id, made.body.manageToken, event.id])
      expect(kept).not.toContain(secret)
  })

  it.each(['', 'two words', 'x'.repeat(201)])('is refused where it is %j', async (key) => {
    const answer = await found('a', keyed(key))
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'Idempotency-Key'])
    expect(await slugs()).toEqual([])
  })

  it('means nothing where a request may be repeated anyway', async () => {
    await world.group('a')
    const options = keyed('one')
    for (const name of ['B', 'C'])
      expect((await world.api('PATCH', '/groups/a', { name }, options)).body.name).toBe(name)
    expect(await stored()).toEqual([])
  })
})
