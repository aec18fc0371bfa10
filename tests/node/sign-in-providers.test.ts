/** Signing in with real providers: oidc-provider over HTTP, and a server that speaks as GitHub does. */

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { providersIn } from '../../src/accounts/schema.ts'
import { connect, listen } from '../../src/server.ts'
import { freePort } from '../support/sqld.ts'
import { ADMIN } from '../support/world.ts'

const CLIENT = { clientId: 'convene', clientSecret: 'a-secret-of-the-client-that-is-long' }
/** What the provider knows of who signs in there. */
const people: Record<string, object> = {
  ada: { email: 'Ada@example.org', email_verified: true, name: 'Ada Lovelace' },
  eve: { email: 'ada@example.org', email_verified: false, name: 'Eve' },
  nobody: {},
}

const serve = (port: number, handle: RequestListener): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(handle)
    server.listen(port, () => resolve(server))
  })

/** A browser that follows what it is sent to, until an address that is asked for. */
function browser() {
  const jar = new Map<string, Map<string, string>>()
  const cookiesOf = (url: string) => {
    const { port } = new URL(url)
    if (!jar.has(port)) jar.set(port, new Map())
    return jar.get(port)!
  }
  async function send(
    url: string,
    fields?: Record<string, string>,
  ): Promise<{ url: string; status: number; text: string }> {
    const cookies = cookiesOf(url)
    const answer = await fetch(url, {
      redirect: 'manual',
      method: fields ? 'POST' : 'GET',
      headers: {
        Cookie: [...cookies].map((one) => one.join('=')).join('; '),
        ...(fields ? { Origin: new URL(url).origin } : {}),
      },
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (/Max-Age=0|expires=Thu, 01 Jan 1970/i.test(cookie)) cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    const to = answer.headers.get('Location')
    if (to === null) return { url, status: answer.status, text: await answer.text() }
    const next = new URL(to, url).href
    return stopAt?.test(next) ? { url: next, status: answer.status, text: '' } : send(next)
  }
  let stopAt: RegExp | null = null
  return {
    jar,
    cookiesOf,
    until(pattern: RegExp | null) {
      stopAt = pattern
    },
    send,
  }
}

describe('signing in with a provider', () => {
  let app: Awaited<ReturnType<typeof listen>>
  let connected: Awaited<ReturnType<typeof connect>>
  const servers: Server[] = []
  let url: string
  let folder: string
  let logged: Record<string, unknown>[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-providers-'))
    const [port, oidcPort, hubPort] = [await freePort(), await freePort(), await freePort()]
    url = `http://localhost:${port}`
    const issuer = `http://localhost:${oidcPort}`
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: [`${url}/sign-in/with/fedora/callback`],
        },
      ],
      pkce: { required: () => true },
      claims: { email: ['email', 'email_verified'], profile: ['name'] },
      cookies: { keys: ['a-key-of-the-tests'] },
      findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    })
    servers.push(await serve(oidcPort, provider.callback()))
    servers.push(await serve(hubPort, gitHub))
    connected = await connect({
      databaseUrl: `file:${join(folder, 'convene.db')}`,
      baseUrl: url,
      adminToken: ADMIN,
      signInProviders: JSON.stringify([
        { id: 'fedora', name: 'Fedora', issuer, ...CLIENT },
        { id: 'github', name: 'GitHub', kind: 'github', issuer: `http://localhost:${hubPort}`, ...CLIENT },
        { id: 'gone', name: 'Gone', issuer: `http://localhost:${await freePort()}`, ...CLIENT },
      ]),
    })
    connected.deps.log = (entry) => logged.push(entry)
    app = await listen(connected.deps, port)
  })
  beforeEach(() => {
    logged = []
  })
  afterAll(async () => {
    await app.close()
    for (const server of servers) server.close()
    connected.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** What GitHub answers: no discovery, no ID token, addresses apart from the user. */
  let expected: { challenge: string; code: string } = { challenge: '', code: '' }
  let addresses: object[] = []
  const gitHub: RequestListener = (request, response) => {
    const asked = new URL(request.url!, 'http://localhost')
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (asked.pathname === '/login/oauth/authorize') {
      const query = asked.searchParams
      expected = { challenge: query.get('code_challenge')!, code: 'code-of-github' }
      const back = new URL(query.get('redirect_uri')!)
      back.search = String(new URLSearchParams({ code: expected.code, state: query.get('state')! }))
      response.writeHead(302, { Location: back.href })
      return response.end()
    }
    if (asked.pathname === '/login/oauth/access_token') {
      let sent = ''
      request.on('data', (data) => {
        sent += data
      })
      request.on('end', async () => {
        const fields = new URLSearchParams(sent)
        const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(fields.get('code_verifier')!))
        const isRight =
          fields.get('code') === expected.code &&
          fields.get('client_secret') === CLIENT.clientSecret &&
          Buffer.from(digest).toString('base64url') === expected.challenge
        // It says 200 to what is wrong, too.
        json(
          isRight
            ? { access_token: 'gho_token', token_type: 'bearer', scope: 'user:email' }
            : { error: 'bad_verification_code' },
        )
      })
      return
    }
    if (request.headers.authorization !== 'Bearer gho_token') return json({}, 401)
    if (asked.pathname === '/api/v3/user') return json({ id: 42, login: 'grace', name: null })
    if (asked.pathname === '/api/v3/user/emails') return json(addresses)
    return json({}, 404)
  }

  const rows = (sql: string) => connected.deps.db.all<Record<string, unknown>>({ sql, params: [] })

  /** Signs in at the provider's own pages, as far as where it sends one back to. */
  async function atProvider(login: string, person = browser(), to = '/account') {
    person.until(/\/callback/)
    const form = await person.send(`${url}/sign-in/with/fedora?return=${encodeURIComponent(to)}`)
    const action = /action="([^"]+)"/.exec(form.text)![1]!
    const consent = await person.send(new URL(action, form.url).href, { prompt: 'login', login, password: 'x' })
    const next = /action="([^"]+)"/.exec(consent.text)![1]!
    const back = await person.send(new URL(next, consent.url).href, { prompt: 'consent' })
    expect(back.url).toContain(`${url}/sign-in/with/fedora/callback?`)
    person.until(null)
    return { person, back: back.url }
  }

  it('offers them where one signs in', async () => {
    const page = await browser().send(`${url}/sign-in?return=/account`)
    for (const id of ['fedora', 'github', 'gone']) expect(page.text).toContain(`/sign-in/with/${id}?return=%2Faccount`)
  })

  it('goes there and back with PKCE, state and nonce, and is signed in', async () => {
    const { person, back } = await atProvider('ada')
    const page = await person.send(back)
    expect([page.url, page.status]).toEqual([`${url}/account`, 200])
    expect(page.text).toContain('ada@example.org')
    expect(await rows('SELECT email, name FROM accounts')).toEqual([{ email: 'ada@example.org', name: 'Ada Lovelace' }])
    // The same answer again signs nobody in.
    const again = await browser().send(back)
    expect([again.status, await rows('SELECT count(*) AS n FROM sessions')]).toEqual([502, [{ n: 1 }]])
    const same = await atProvider('ada')
    await same.person.send(same.back)
    expect(await rows('SELECT count(*) AS n FROM accounts')).toEqual([{ n: 1 }])
  })

  it('gives an address that the provider has not checked no account of that address', async () => {
    const { person, back } = await atProvider('eve')
    const page = await person.send(back)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Eve')
    expect(await rows("SELECT email FROM accounts WHERE name = 'Eve'")).toEqual([{ email: null }])
    const nameless = await atProvider('nobody')
    expect((await nameless.person.send(nameless.back)).text).toContain('Somebody')
  })

  it('takes no answer that another browser, another state or another provider began', async () => {
    const sessions = await rows('SELECT count(*) AS n FROM sessions')
    const { person, back } = await atProvider('ada')
    expect((await browser().send(back)).status).toBe(502)
    const forged = new URL(back)
    forged.searchParams.set('state', 'x'.repeat(43))
    expect((await person.send(forged.href)).status).toBe(502)
    // What was begun is over with the first answer, right or wrong.
    expect((await person.send(back)).status).toBe(502)
    const other = await atProvider('ada')
    expect((await other.person.send(other.back.replace('/fedora/', '/github/'))).status).toBe(502)
    const mixed = await atProvider('ada')
    expect((await mixed.person.send(mixed.back.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fevil.example'))).status).toBe(
      502,
    )
    const wrong = await atProvider('ada')
    expect((await wrong.person.send(wrong.back.replace(/code=[^&]*/, 'code=guessed'))).status).toBe(502)
    expect(await rows('SELECT count(*) AS n FROM sessions')).toEqual(sessions)
    expect(JSON.stringify(logged)).not.toMatch(/code=|guessed|secret|@/)
  })

  it('says so where the provider is not there, says no, or is none', async () => {
    expect((await browser().send(`${url}/sign-in/with/gone`)).status).toBe(502)
    expect((await browser().send(`${url}/sign-in/with/nobody`)).status).toBe(404)
    expect((await browser().send(`${url}/sign-in/with/nobody/callback?code=x&state=y`)).status).toBe(404)
    const { person, back } = await atProvider('ada')
    const denied = new URL(back)
    denied.searchParams.delete('code')
    denied.searchParams.set('error', 'access_denied')
    expect((await person.send(denied.href)).status).toBe(502)
    const broken = browser()
    broken.cookiesOf(url).set('provider', '%7Bnot-json')
    expect((await broken.send(back)).status).toBe(502)
  })

  it('goes on only to paths of ours', async () => {
    const { person, back } = await atProvider('ada', browser(), '//evil.example/x')
    expect((await person.send(back)).url).toBe(`${url}/manage`)
  })

  it('signs in with GitHub, by the checked address', async () => {
    addresses = [
      { email: 'old@example.org', primary: false, verified: true },
      { email: 'Grace@example.org', primary: true, verified: true },
    ]
    const person = browser()
    const page = await person.send(`${url}/sign-in/with/github?return=/account`)
    expect([page.url, page.status, page.text.includes('grace@example.org')]).toEqual([`${url}/account`, 200, true])
    addresses = [{ email: 'ada@example.org', primary: true, verified: false }]
    await browser().send(`${url}/sign-in/with/github`)
    expect(
      await rows(
        "SELECT subject FROM identities WHERE issuer NOT IN (SELECT issuer FROM identities WHERE subject = 'ada')",
      ),
    ).toEqual([{ subject: '42' }])
  })
})

describe('the setting of providers', () => {
  const one = { id: 'a', name: 'A', issuer: 'https://id.example', clientId: 'x', clientSecret: 'hidden-secret' }
  it.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    ['no issuer', JSON.stringify([{ ...one, issuer: undefined }])],
    ['plain http', JSON.stringify([{ ...one, issuer: 'http://id.example' }])],
    ['an unknown member', JSON.stringify([{ ...one, secret: 'hidden-secret' }])],
    ['one id twice', JSON.stringify([one, one])],
    ['an id that is a path', JSON.stringify([{ ...one, id: '../x' }])],
  ])('is refused at the start with %s, in words without the secret', (_, setting) => {
    expect(() => providersIn(setting)).toThrow(/^SIGN_IN_PROVIDERS/)
    expect(() => providersIn(setting)).not.toThrow(/hidden/)
  })
})
