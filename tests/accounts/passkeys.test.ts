import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { authenticator, type Bent, certified, selfSigned } from '../support/authenticator.ts'
import { mailbox, signIn, type Visitor, visitor } from '../support/visitor.ts'
import { BASE_URL, openWorld, type World } from '../support/world.ts'

const ADA = 'ada@example.org'
const MINUTE = 60
type Device = Awaited<ReturnType<typeof authenticator>>

describe('a passkey', () => {
  let world: World
  let ada: Visitor
  let device: Device
  beforeEach(async () => {
    world = await openWorld()
    ada = await signIn(world, mailbox(world), ADA)
    device = await authenticator(BASE_URL)
  })
  afterEach(() => world.close())

  const beginAt = async (who: Visitor, path: string) => {
    const begun = await who.submit(`${path}/begin`)
    expect([begun.status, begun.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    return JSON.parse(begun.text) as { challenge: string }
  }
  const finishAt = (who: Visitor, path: string, answer: object, more = {}) =>
    who.submit(path, { credential: JSON.stringify(answer), ...more })
  const add = async (with_ = device, bent: Bent = {}) =>
    finishAt(ada, '/account/passkeys', await with_.create(await beginAt(ada, '/account/passkeys'), bent))
  const enter = async (who: Visitor, bent: Bent = {}, more = {}) =>
    finishAt(who, '/sign-in/passkey', await device.get(await beginAt(who, '/sign-in/passkey'), bent), more)
  const isSignedIn = async (who: Visitor) => (await who.get('/account')).status === 200
  const rows = (table: string) => world.db.all<Record<string, unknown>>({ sql: `SELECT * FROM ${table}`, params: [] })

  it('is added, signs in elsewhere without a mail, and goes where one wanted to go', async () => {
    expect((await add()).status).toBe(303)
    expect((await ada.get('/account')).text).toContain('never used')
    const phone = visitor(world, 'Mozilla/5.0 (iPhone) Safari/600')
    const entered = await enter(phone, {}, { return: '/account' })
    expect([entered.status, entered.headers.get('Location')]).toEqual([303, '/account'])
    expect((await phone.get('/account')).text).toContain(ADA)
    expect((await phone.get('/account')).text).not.toContain('never used')
    expect([...phone.jar.keys()]).toEqual(['__Host-session'])
    expect((await enter(visitor(world), {}, { return: '//evil.example/' })).headers.get('Location')).toBe('/manage')
  })

  it('asks for a key that the device finds by itself, behind its lock, for this host alone', async () => {
    const asked = JSON.parse((await ada.submit('/account/passkeys/begin')).text)
    expect(asked).toMatchObject({
      rp: { id: 'convene.test' },
      user: { name: ADA },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [],
    })
    await add()
    const again = JSON.parse((await ada.submit('/account/passkeys/begin')).text)
    expect(again.excludeCredentials).toEqual([{ type: 'public-key', id: device.id }])
    // Who comes without having said who they are learns nothing of anybody's keys.
    const stranger = JSON.parse((await visitor(world).submit('/sign-in/passkey/begin')).text)
    expect(Object.keys(stranger).sort()).toEqual(['challenge', 'rpId', 'timeout', 'userVerification'])
  })

  it('is removed by its owner, and by nobody else', async () => {
    await add()
    const eve = await signIn(world, mailbox(world), 'eve@example.org')
    await eve.submit('/account', { do: 'remove-passkey', passkey: device.id })
    expect(await rows('passkeys')).toHaveLength(1)
    await ada.submit('/account', { do: 'remove-passkey', passkey: device.id })
    expect(await rows('passkeys')).toHaveLength(0)
    expect((await enter(visitor(world))).status).toBe(422)
    expect(await isSignedIn(ada)).toBe(true)
  })

  const BENT: [string, Bent][] = [
    ['made on another website', { origin: 'https://convene.test.evil.example' }],
    ['made under http', { origin: BASE_URL.replace('https', 'http') }],
    ['made for another host', { rpId: 'evil.example' }],
    ['made without the lock of the device', { flags: 1 | 64 }],
    ['made while nobody was there', { flags: 4 | 64 }],
    ['made for something else', { type: 'payment.get' }],
  ]
  it.each([...BENT, ['that brings certificates to be looked at', { attestation: certified }] as [string, Bent]])(
    'refuses a key %s',
    async (_, bent) => {
      expect((await add(device, bent)).status).toBe(422)
      expect(await rows('passkeys')).toEqual([])
      // The control: the same device, unbent.
      expect((await add()).status).toBe(303)
    },
  )

  it.each(BENT)('refuses a signature %s', async (_, { flags, ...bent }) => {
    await add()
    const who = visitor(world)
    expect((await enter(who, flags ? { flags: flags & ~64 } : bent)).status).toBe(422)
    expect(await isSignedIn(who)).toBe(false)
    expect((await enter(who)).status).toBe(303)
  })

  it('takes a key that a device signed with itself, as some do unasked', async () => {
    expect((await add(device, { attestation: () => certified() })).status).toBe(422)
    expect((await add(device, { attestation: selfSigned })).status).toBe(303)
    expect((await enter(visitor(world))).status).toBe(303)
  })

  it('refuses a signature of another device in its name', async () => {
    await add()
    const who = visitor(world)
    const thief = await authenticator(BASE_URL)
    const forged = await thief.get(await beginAt(who, '/sign-in/passkey'))
    expect((await finishAt(who, '/sign-in/passkey', { ...forged, id: device.id, rawId: device.id })).status).toBe(422)
  })

  it('refuses a copy that has not counted on, and takes a device that does not count', async () => {
    await add(device, { count: 5 })
    expect((await enter(visitor(world), { count: 6 })).status).toBe(303)
    expect((await enter(visitor(world), { count: 6 })).status).toBe(422)
    expect((await enter(visitor(world), { count: 3 })).status).toBe(422)
    const still = await authenticator(BASE_URL)
    await add(still, { count: 0 })
    for (let times = 0; times < 2; times++) {
      const who = visitor(world)
      const answer = await still.get(await beginAt(who, '/sign-in/passkey'), { count: 0 })
      expect((await finishAt(who, '/sign-in/passkey', answer)).status).toBe(303)
    }
  })

  it('takes an answer in the browser that asked, for ten minutes, and once of fifty at once', async () => {
    await add()
    const who = visitor(world)
    const answer = await device.get(await beginAt(who, '/sign-in/passkey'))
    expect((await finishAt(visitor(world), '/sign-in/passkey', answer)).status).toBe(422)
    const kept = [...who.jar]
    const tabs = Array.from({ length: 50 }, () => {
      const tab = visitor(world)
      for (const [name, value] of kept) tab.jar.set(name, value)
      return tab
    })
    const all = await Promise.all(tabs.map((tab) => finishAt(tab, '/sign-in/passkey', answer)))
    expect(all.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 422)).toHaveLength(49)
    expect(await rows('sessions')).toHaveLength(2)

    const late = await device.get(await beginAt(who, '/sign-in/passkey'))
    world.clock.now += 10 * MINUTE
    expect((await finishAt(who, '/sign-in/passkey', late)).status).toBe(422)
    await runScheduled(world.deps)
    expect(await rows('passkey_challenges')).toEqual([])
  })

  it('takes what was asked for signing in for nothing else, and nobody else’s', async () => {
    const { challenge } = await beginAt(ada, '/sign-in/passkey')
    expect((await finishAt(ada, '/account/passkeys', await device.create({ challenge }))).status).toBe(422)
    const eve = await signIn(world, mailbox(world), 'eve@example.org')
    const hers = await beginAt(eve, '/account/passkeys')
    ada.jar.set('__Host-passkey', eve.jar.get('__Host-passkey')!)
    expect((await finishAt(ada, '/account/passkeys', await device.create(hers))).status).toBe(422)
    expect(await rows('passkeys')).toEqual([])
  })

  it('is one of twenty at most, and of one account alone', async () => {
    for (let at = 0; at < 20; at++) expect((await add(await authenticator(BASE_URL))).status).toBe(303)
    expect((await add()).status).toBe(422)
    expect(await rows('passkeys')).toHaveLength(20)
    const eve = await signIn(world, mailbox(world), 'eve@example.org')
    const answer = await device.create(await beginAt(eve, '/account/passkeys'))
    expect((await finishAt(eve, '/account/passkeys', answer)).status).toBe(303)
    await ada.submit('/account', { do: 'remove-passkey', passkey: (await rows('passkeys'))[0]!.id as string })
    expect((await add()).status).toBe(422)
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an answer with holes', '{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30"}}'],
    ['numbers for texts', '{"id":1,"rawId":2,"type":"public-key","response":3}'],
    ['much', `{"id":"${'a'.repeat(100_000)}"}`],
    ['an object of objects', `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`],
  ])('refuses %s in words, and changes nothing', async (_, credential) => {
    await add()
    for (const path of ['/sign-in/passkey', '/account/passkeys']) {
      await beginAt(ada, path)
      const answer = await ada.submit(path, { credential })
      expect([path, answer.status]).toEqual([path, 422])
      expect(answer.text).toContain('role="alert"')
    }
    expect(await rows('passkeys')).toHaveLength(1)
  })

  it('asks who is not signed in to sign in, and tells nobody else', async () => {
    const nobody = visitor(world)
    for (const path of ['/account/passkeys', '/account/passkeys/begin'])
      expect((await nobody.submit(path)).headers.get('Location')).toBe('/sign-in')
    for (const path of ['/sign-in/passkey', '/sign-in/passkey/begin', '/account/passkeys/begin'])
      expect((await ada.submit(path, {}, { Origin: 'https://evil.example' })).status).toBe(403)
  })
})
