import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import type { Deps } from '../../src/deps.ts'
import { bodiesInMemory } from '../../src/http/bodies.ts'
import { openWorld, type World } from '../support/world.ts'

describe('the body of a feed', () => {
  let world: World
  let deps: Deps
  let reads: number
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    for (let n = 0; n < 5; n++) await world.event('hyperscale', { title: `Meetup ${n}` })
    reads = 0
    const batch: Deps['db']['batch'] = (statements) => {
      reads += 1
      return world.db.batch(statements)
    }
    deps = { ...world.deps, bodies: bodiesInMemory(100_000), db: { ...world.db, batch } }
  })
  afterEach(() => world.close())

  const get = (query = '', headers: Record<string, string> = {}, method = 'GET') =>
    app.request(`https://convene.test/g/hyperscale/calendar.ics${query}`, { method, headers }, deps)
  const unzipped = async (answer: Response) =>
    new Response(new Blob([await answer.arrayBuffer()]).stream().pipeThrough(new DecompressionStream('gzip'))).text()

  it('is made once for each version, whatever else the query says', async () => {
    const first = await (await get()).text()
    for (const query of ['', '?utm=1', '?utm=2']) expect(await (await get(query)).text()).toBe(first)
    expect(reads).toBe(1)
    expect(await (await get('?kind=hangout')).text()).not.toContain('Meetup')
    await world.event('hyperscale', { title: 'Another' })
    expect(await (await get()).text()).toContain('Another')
  })

  it('is never the one of another query that only reads like it', async () => {
    await world.event('hyperscale', { kind: 'hangout', title: 'Tagged', keywords: ['a'] })
    expect(await (await get('?kind=hangout%26tag%3Da')).text()).not.toContain('Tagged')
    expect(await (await get('?kind=hangout&tag=a')).text()).toContain('Tagged')
  })

  it('comes compressed where that is asked for, with a tag of its own that is known again', async () => {
    const plain = await get()
    const zipped = await get('', { 'Accept-Encoding': 'br, gzip;q=0.8' })
    expect([zipped.headers.get('Content-Encoding'), zipped.headers.get('Vary')]).toEqual(['gzip', 'Accept-Encoding'])
    expect(await unzipped(zipped)).toBe(await plain.text())
    const tags = [plain, zipped].map(({ headers }) => headers.get('ETag')!)
    expect(tags[0]).not.toBe(tags[1])
    for (const tag of tags)
      expect((await get('', { 'If-None-Match': tag, 'Accept-Encoding': 'gzip' })).status).toBe(304)
    for (const never of ['gzip;q=0', 'identity', 'br'])
      expect((await get('', { 'Accept-Encoding': never })).headers.get('Content-Encoding')).toBeNull()
  })

  it('has the same headers with HEAD, and no body', async () => {
    const [whole, head] = [await get(), await get('', {}, 'HEAD')]
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers))
    expect(await head.text()).toBe('')
  })

  it('is forgotten when there is no room, the one used longest ago first', async () => {
    const bodies = bodiesInMemory(100)
    const bytes = (n: number) => new Uint8Array(20).fill(n)
    for (let n = 0; n < 5; n++) await bodies.put(`${n}`, bytes(n))
    await bodies.get('0')
    await bodies.put('5', bytes(5))
    const there = await Promise.all(['0', '1', '2', '5'].map(async (key) => (await bodies.get(key))?.[0]))
    expect(there).toEqual([0, undefined, 2, 5])
    await bodies.put('large', new Uint8Array(50))
    expect(await bodies.get('large')).toBeUndefined()
  })
})
