import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { isLong, noteFigures } from '../support/reliability.ts'
import { codeIn, linkIn, mailbox, signIn, type Visitor, visitor } from '../support/visitor.ts'
import { openWorld, type World } from '../support/world.ts'

const ADA = 'ada@example.org'
const MINUTE = 60
const DAY = 86_400

describe('signing in by mail', () => {
  let world: World
  let box: ReturnType<typeof mailbox>
  let ada: Visitor
  beforeEach(async () => {
    world = await openWorld()
    box = mailbox(world)
    ada = visitor(world)
    await addAccount(ADA)
  })
  afterEach(() => world.close())

  const addAccount = (email: string) =>
    world.db.all({
      sql: 'INSERT INTO accounts (id, email, name, created_at) VALUES (?, ?, ?, 0)',
      params: [world.deps.newId(), email, email],
    })
  const ask = async (browser: Visitor, email = ADA, more: Record<string, string> = {}) => {
    const asked = await browser.submit('/sign-in', { email, ...more })
    expect([asked.status, asked.headers.get('Location')]).toEqual([303, '/sign-in/code'])
    return (await box.deliver())[0]!
  }
  const isSignedIn = async (browser: Visitor) => (await browser.get('/account')).status === 200
  const count = async (table: string) =>
    (await world.db.all<{ n: number }>({ sql: `SELECT count(*) AS n FROM ${table}`, params: [] }))[0]!.n
  /** Every row of every table, but for when something was last seen. */
  const everything = async () => {
    const tables = await world.db.all<{ name: string }>({
      sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_fts%' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      params: [],
    })
    const rows = await Promise.all(
      tables.map(({ name }) => world.db.all({ sql: `SELECT * FROM "${name}"`, params: [] })),
    )
    return JSON.stringify(rows)
  }

  it('takes a link that was asked for here, and goes where one wanted to go', async () => {
    const mail = await ask(ada, 'Ada@Example.org ', { return: '/account' })
    expect([mail.to, mail.subject]).toEqual([ADA, 'Sign in to Convene'])
    expect((await ada.get(linkIn(mail))).text).toContain('Sign in here')
    expect(await isSignedIn(ada)).toBe(false)
    const entered = await ada.submit(linkIn(mail))
    expect([entered.status, entered.headers.get('Location')]).toEqual([303, '/account'])
    const cookie = entered.headers.getSetCookie().find((one) => one.startsWith('__Host-session='))!
    for (const part of ['; Path=/', '; HttpOnly', '; Secure', '; SameSite=Lax']) expect(cookie).toContain(part)
    expect(cookie).not.toContain('Domain')
    const page = await ada.get('/account')
    expect(page.text).toContain('Firefox on Linux')
    expect([page.headers.get('Cache-Control'), page.headers.get('Referrer-Policy')]).toEqual([
      'no-store',
      'same-origin',
    ])
    expect((await ada.submit(linkIn(mail))).status).toBe(404)
  })

  it('takes the code where it was asked for, for who reads mail on another device', async () => {
    const mail = await ask(ada)
    const phone = visitor(world)
    expect((await phone.get(linkIn(mail))).status).toBe(404)
    expect((await phone.submit(linkIn(mail))).status).toBe(404)
    expect((await phone.submit('/sign-in/code', { code: codeIn(mail) })).status).toBe(422)
    expect((await ada.submit('/sign-in/code', { code: codeIn(mail) })).status).toBe(303)
    expect(await isSignedIn(ada)).toBe(true)
    expect((await ada.submit('/sign-in/code', { code: codeIn(mail) })).status).toBe(422)
  })

  it('takes five codes and no sixth, the right one neither', async () => {
    const mail = await ask(ada)
    const wrong = codeIn(mail) === '0000 0000' ? '00000001' : '00000000'
    for (let tries = 1; tries <= 5; tries++) await ada.submit('/sign-in/code', { code: wrong })
    expect((await ada.submit('/sign-in/code', { code: codeIn(mail) })).status).toBe(422)
    expect(await isSignedIn(ada)).toBe(false)
    // The link of the same mail is another secret.
    expect((await ada.submit(linkIn(mail))).status).toBe(303)
  })

  it('counts codes that are tried at once', async () => {
    const mail = await ask(ada)
    const wrong = codeIn(mail) === '0000 0000' ? '00000001' : '00000000'
    await Promise.all(Array.from({ length: 30 }, () => ada.submit('/sign-in/code', { code: wrong })))
    const [row] = await world.db.all<{ tries: number }>({ sql: 'SELECT tries FROM sign_ins', params: [] })
    expect(row!.tries).toBe(5)
  })

  it.each([
    ['no digits', 'abcdefgh'],
    ['too few', '1234'],
    ['nothing', ''],
    ['too much', '1'.repeat(400)],
  ])('refuses a code of %s in words', async (_, code) => {
    await ask(ada)
    expect((await ada.submit('/sign-in/code', { code })).status).toBe(422)
  })

  it('opens one session for a link that is sent fifty times at once', async () => {
    const mail = await ask(ada)
    const before = new Map(ada.jar)
    const all = await Promise.all(
      Array.from({ length: 50 }, () => {
        const tab = visitor(world)
        for (const [name, value] of before) tab.jar.set(name, value)
        return tab.submit(linkIn(mail))
      }),
    )
    expect(all.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(all.filter(({ status }) => status === 404)).toHaveLength(49)
    expect(await count('sessions')).toBe(1)
  })

  it('lets scanners look at a link as often as they like', async () => {
    const mail = await ask(ada)
    const before = await everything()
    const scanner = visitor(world, 'LinkScanner/1.0')
    await scanner.send('HEAD', linkIn(mail))
    for (let times = 0; times < 3; times++) await scanner.get(linkIn(mail))
    await ada.send('HEAD', linkIn(mail))
    for (let times = 0; times < 3; times++)
      await ada.send('GET', linkIn(mail), undefined, { 'Sec-Purpose': 'prefetch' })
    expect(await everything()).toBe(before)
    expect((await ada.submit(linkIn(mail))).status).toBe(303)
  })

  it('lasts ten minutes', async () => {
    const mail = await ask(ada)
    world.clock.now += 10 * MINUTE
    expect((await ada.submit(linkIn(mail))).status).toBe(404)
    const again = await ask(ada)
    world.clock.now += 10 * MINUTE - 1
    expect((await ada.submit(linkIn(again))).status).toBe(303)
  })

  it('voids a link when its browser asks for another', async () => {
    const first = await ask(ada)
    const cookie = new Map(ada.jar)
    const second = await ask(ada)
    const old = visitor(world)
    for (const [name, value] of cookie) old.jar.set(name, value)
    expect((await old.submit(linkIn(first))).status).toBe(404)
    expect((await ada.submit(linkIn(second))).status).toBe(303)
  })

  it('answers known and unknown addresses alike, and writes to the known only', async () => {
    const known = await visitor(world).submit('/sign-in', { email: ADA })
    const unknown = await visitor(world).submit('/sign-in', { email: 'nobody@example.org' })
    const shape = (one: typeof known) => [
      one.status,
      one.text,
      [...one.headers].map(([name, value]) => [name, name === 'set-cookie' ? value.replace(/=[^;]*/, '=') : value]),
    ]
    expect(shape(known)).toEqual(shape(unknown))
    expect((await box.deliver()).map(({ to }) => to)).toEqual([ADA])
    expect(await count('accounts')).toBe(1)
  })

  it('asks the database the same for both', async () => {
    const asked: string[][] = []
    const { batch } = world.deps.db
    world.deps.db.batch = ((statements: never[]) => {
      asked.push(statements.map(() => 'one'))
      return batch(statements)
    }) as typeof batch
    await visitor(world).submit('/sign-in', { email: ADA })
    await visitor(world).submit('/sign-in', { email: 'nobody@example.org' })
    expect(asked[0]).toEqual(asked[1])
  })

  it('sends an address three mails in a quarter of an hour, whoever asks', async () => {
    await Promise.all(Array.from({ length: 8 }, () => visitor(world).submit('/sign-in', { email: ADA })))
    expect(await box.deliver()).toHaveLength(3)
    world.clock.now += 15 * MINUTE
    await visitor(world).submit('/sign-in', { email: ADA })
    expect(await box.deliver()).toHaveLength(1)
  })

  it('sends all of many that are due', async () => {
    for (let n = 0; n < 45; n++) {
      await addAccount(`a${n}@example.org`)
      await visitor(world).submit('/sign-in', { email: `a${n}@example.org` })
    }
    expect(new Set((await box.deliver()).map(({ to }) => to)).size).toBe(45)
    expect(await box.deliver()).toEqual([])
  })

  it('keeps no secret', async () => {
    const mail = await ask(ada)
    const token = linkIn(mail).split('/').at(-1)!
    const browser = [...ada.jar.values()][0]!.split('.')[1]!
    await ada.submit(linkIn(mail))
    const session = ada.jar.get('__Host-session')!
    const stored = await everything()
    for (const secret of [token, browser, session]) expect(stored).not.toContain(secret)
    expect(JSON.stringify(world.logged)).not.toMatch(/ada@|signin_/)
  })

  it.each([
    ['no address', ''],
    ['two', 'ada@example.org,eve@example.org'],
    ['a line of a header', 'ada@example.org\r\nBcc: eve@example.org'],
    ['one of 400 characters', `${'a'.repeat(390)}@example.org`],
  ])('refuses %s with the form and a reason', async (_, email) => {
    const refused = await ada.submit('/sign-in', { email })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('must')
    expect(await count('sign_ins')).toBe(0)
  })

  it('takes no form from elsewhere', async () => {
    for (const Origin of [
      'https://evil.example',
      'null',
      'http://convene.test',
      'https://convene.test.evil.example',
      '',
    ])
      expect((await ada.submit('/sign-in', { email: ADA }, { Origin })).status).toBe(403)
    expect((await ada.submit('/sign-in', { email: ADA }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect(await count('sign_ins')).toBe(0)
  })

  it('says so where no mail goes out', async () => {
    delete world.deps.mailer
    expect((await ada.get('/sign-in')).text).toContain('No mail goes out')
  })

  it.runIf(isLong)(
    'takes as long for known addresses as for unknown',
    async () => {
      for (let n = 0; n < 1000; n++) await addAccount(`known${n}@example.org`)
      const times: { isKnown: boolean; ms: number }[] = []
      for (let n = 0; n < 2000; n++) {
        const isKnown = n % 2 === 0
        const browser = visitor(world)
        const start = performance.now()
        await browser.submit('/sign-in', { email: `${isKnown ? 'known' : 'nobody'}${n >> 1}@example.org` })
        times.push({ isKnown, ms: performance.now() - start })
      }
      // Mann–Whitney: how often a known address took longer than an unknown one.
      times.sort((a, b) => a.ms - b.ms)
      const ranks = times.flatMap(({ isKnown }, at) => (isKnown ? [at + 1] : []))
      const auc = (ranks.reduce((sum, rank) => sum + rank, 0) - (1000 * 1001) / 2) / 1_000_000
      noteFigures('Sign-in: how often a known address takes longer than an unknown one', {
        auc: auc.toFixed(3),
        samples: 2000,
      })
      expect(auc).toBeGreaterThan(0.45)
      expect(auc).toBeLessThan(0.55)
    },
    120_000,
  )

  it('forgets what opens nothing any more', async () => {
    const mail = await ask(ada)
    await ada.submit(linkIn(mail))
    const phone = await signIn(world, box, ADA)
    await ada.submit('/sign-out')
    await runScheduled(world.deps)
    expect(await count('sessions')).toBe(2)
    world.clock.now += DAY
    await runScheduled(world.deps)
    expect([await count('sessions'), await count('sign_ins'), await isSignedIn(phone)]).toEqual([1, 0, true])
    world.clock.now += 7 * DAY
    await runScheduled(world.deps)
    expect([await count('sessions'), await count('accounts')]).toEqual([0, 1])
  })

  describe('gives a session that', () => {
    beforeEach(async () => {
      ada = await signIn(world, box, ADA)
    })

    it('ends when it is signed out of, on the server too', async () => {
      const cookie = ada.jar.get('__Host-session')!
      expect((await ada.get('/sign-out')).status).toBe(200)
      expect(await isSignedIn(ada)).toBe(true)
      expect((await ada.submit('/sign-out')).status).toBe(303)
      ada.jar.set('__Host-session', cookie)
      expect(await isSignedIn(ada)).toBe(false)
    })

    it('lasts seven days unused and thirty at all', async () => {
      for (let days = 0; days < 29; days++) {
        world.clock.now += DAY
        expect(await isSignedIn(ada)).toBe(true)
      }
      world.clock.now += DAY
      expect(await isSignedIn(ada)).toBe(false)
      const other = await signIn(world, box, ADA)
      world.clock.now += 7 * DAY
      expect(await isSignedIn(other)).toBe(false)
    })

    it('is listed, and ended from another browser', async () => {
      const phone = await signIn(world, box, ADA)
      const page = (await phone.get('/account')).text
      const [id] = [...page.matchAll(/name="session" value="([^"]+)"/g)].map(([, one]) => one!)
      expect(page.match(/Firefox on Linux/g)).toHaveLength(2)
      await phone.submit('/account', { do: 'revoke', session: id! })
      expect([await isSignedIn(ada), await isSignedIn(phone)]).toEqual([false, true])
    })

    it('ends all others', async () => {
      const [phone, tablet] = [await signIn(world, box, ADA), await signIn(world, box, ADA)]
      await phone.submit('/account', { do: 'revoke-others' })
      expect([await isSignedIn(ada), await isSignedIn(phone), await isSignedIn(tablet)]).toEqual([false, true, false])
    })

    it('gets another secret', async () => {
      const old = ada.jar.get('__Host-session')!
      await ada.submit('/account', { do: 'rotate' })
      expect(ada.jar.get('__Host-session')).not.toBe(old)
      expect(await isSignedIn(ada)).toBe(true)
      ada.jar.set('__Host-session', old)
      expect(await isSignedIn(ada)).toBe(false)
    })

    it('is nobody else’s to end', async () => {
      await addAccount('eve@example.org')
      const eve = await signIn(world, box, 'eve@example.org')
      const [mine] = await world.db.all<{ id: string }>({
        sql: 'SELECT id FROM sessions ORDER BY id LIMIT 1',
        params: [],
      })
      await eve.submit('/account', { do: 'revoke', session: mine!.id })
      expect(await isSignedIn(ada)).toBe(true)
    })

    it('leads to the groups, and from there to the sign-in', async () => {
      expect((await ada.get('/manage')).text).toContain('You are in no group')
      const stranger = await visitor(world).get('/manage')
      expect([stranger.status, stranger.headers.get('Location')]).toEqual([303, '/sign-in?return=%2Fmanage'])
    })
  })
})
