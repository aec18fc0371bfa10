/** Forms of people whom nobody knows: when they were shown, and the work that a browser did. Nobody fails without JavaScript. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isProof, stampOf, standingOfForm } from '../../src/limits/stamp.ts'
import { openWorld, type World } from '../support/world.ts'

const hidden = (page: string, name: string) =>
  new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

/** What a browser does before it sends the form. */
async function work(stamp: string): Promise<string> {
  for (let n = 0; ; n++) if (await isProof(stamp, String(n))) return String(n)
}

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.group()
})
afterEach(() => world.close())

describe('a stamp', () => {
  it('holds for its form alone, from two seconds on and for a day, past midnight too', async () => {
    const secret = world.deps.newSecret()
    world.clock.now = Date.UTC(2023, 0, 1, 23, 50) / 1000
    const stamp = await stampOf(world.deps, secret)
    const standing = (more: object = {}) => standingOfForm(world.deps, { secret, stamp, ...more })
    expect([await standing(), await standing({ stamp: '' })]).toEqual(['quick', 'plain'])
    world.clock.now += 2
    expect(await standing()).toBe('plain')
    const proof = await work(stamp)
    expect(await standing({ proof })).toBe('proven')
    for (const wrong of ['', '-1', `${proof}0`.padEnd(11, '0'), 'x', '1e3'])
      expect(await standing({ proof: wrong })).toBe('plain')
    expect(await standing({ secret: world.deps.newSecret(), proof })).toBe('foreign')
    for (const other of [`1${stamp}`, `${stamp}0`, stamp.replace(/.$/, (end) => (end === '0' ? '1' : '0')), 'x', '.'])
      expect([other, await standing({ stamp: other, proof })]).toEqual([other, 'foreign'])
    world.clock.now += 86_398
    expect(await standing()).toBe('plain')
    world.clock.now += 1
    expect(await standing({ proof })).toBe('foreign')
    world.clock.now -= 86_402
    expect(await standing()).toBe('foreign')
  })
})

describe('an answer', () => {
  const open = async (path: string) => {
    const { text } = await world.get(path)
    return { secret: hidden(text, 'secret'), stamp: hidden(text, 'stamp') }
  }
  const many = (n: number, each: (n: number) => Promise<{ status: number }>) =>
    Promise.all(Array.from({ length: n }, (_, at) => each(at).then(({ status }) => status)))
  const counted = (all: number[]) =>
    Object.fromEntries([...new Set(all)].sort().map((status) => [status, all.filter((one) => one === status).length]))
  const answer = (path: string, n: number, more: Record<string, string> = {}) =>
    world.submit(path, { name: `Guest ${n}`, email: `g${n}@example.org`, response: 'accepted', ...more })

  it('of a crowd behind one address gets through with the work; of those without, some do and the rest wait', async () => {
    const event = await world.event('hyperscale', { rsvp: {} })
    const path = `/e/${event.id}`
    Object.assign(world.deps, { clientOf: () => '203.0.113.9' })
    const worked = async (n: number) => {
      const form = await open(path)
      return answer(path, n, { ...form, proof: await work(form.stamp) })
    }
    const slow = async (n: number) => answer(path, 100 + n)
    expect(counted(await many(32, slow))).toEqual({ 303: 30, 429: 2 })
    expect(counted(await many(25, worked))).toEqual({ 303: 25 })
    // Work that was done once is no work for another guest.
    const form = await open(path)
    const spent = { ...form, proof: await work(form.stamp) }
    expect([(await answer(path, 800, spent)).status, (await answer(path, 801, spent)).status]).toEqual([303, 429])
    const waits = await answer(path, 900)
    expect(waits.text).toContain('Please wait 15 seconds')
    expect(waits.text).toContain('value="Guest 900"')
    world.clock.now += 15
    expect((await answer(path, 900)).status).toBe(303)
  })

  it('proves its address by mail where too many came without the work, and mails go out', async () => {
    world.deps.mailer = { async send() {} }
    const event = await world.event('hyperscale', { rsvp: {} })
    const path = `/e/${event.id}`
    Object.assign(world.deps, { clientOf: () => '203.0.113.9' })
    expect(counted(await many(33, (n) => answer(path, n)))).toEqual({ 202: 3, 303: 30 })
  })

  it('that was filled in within a moment counts for more; another form’s stamp asks for one more click, with all that was typed', async () => {
    const event = await world.event('hyperscale', { rsvp: {} })
    const path = `/e/${event.id}`
    Object.assign(world.deps, { clientOf: () => '203.0.113.10' })
    expect(counted(await many(11, async (n) => answer(path, n, await open(path))))).toEqual({ 303: 10, 429: 1 })
    const form = await open(path)
    const old = await answer(path, 50, { ...form, secret: world.deps.newSecret(), note: 'typed' })
    expect([old.status, old.text.includes('send it again'), old.text.includes('typed</textarea>')]).toEqual([
      422,
      true,
      true,
    ])
    world.clock.now += 2
    const again = { secret: hidden(old.text, 'secret'), stamp: hidden(old.text, 'stamp') }
    const first = await answer(path, 50, again)
    expect(first.status).toBe(303)
    // Sent twice is once.
    expect((await answer(path, 50, again)).headers.get('Location')).toBe(first.headers.get('Location'))
    const frame = await open(`/embed${path}`)
    expect((await answer(`/embed${path}`, 60, { ...frame, proof: await work(frame.stamp) })).status).toBe(200)
  })
})
