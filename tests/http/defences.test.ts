/** What keeps other websites, forged hosts, link scanners and strangers' links from doing anything. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownPath } from '../../src/accounts/rules.ts'
import { app } from '../../src/app.ts'
import { deliverDigests } from '../../src/digests/deliver.ts'
import { askForDigest } from '../../src/digests/subscribe.ts'
import { feedFormats } from '../../src/feeds/index.ts'
import { NEEDS, routeName } from '../../src/http/needs.ts'
import { createPersonalFeed } from '../../src/personal/create.ts'
import { fillPath, SAMPLES } from '../support/route-samples.ts'
import { DATE, fingerprint, openTwins } from '../support/twins.ts'
import { mailbox, visitor } from '../support/visitor.ts'
import { BASE_URL } from '../support/world.ts'

const routes = app.routes
  .filter(({ method }) => method !== 'ALL')
  .map(({ method, path }) => ({
    method,
    path,
    name: routeName(method, path),
    needs: [NEEDS[routeName(method, path)] ?? []].flat(),
  }))
const withoutIds = (text: string) => text.replace(/[\w-]{26,}/g, '')
const unique = <T extends { name: string }>(all: T[]) => [...new Map(all.map((one) => [one.name, one])).values()]

describe('a community on the internet', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>
  /** Each secret link there is, by what its parameter is called. */
  let links: Record<string, string>
  beforeAll(async () => {
    twins = await openTwins()
    const { world, mine } = twins
    const box = mailbox(world)
    const me = await createPersonalFeed(world.deps, '1@mine.example')
    const person = visitor(world)
    const email = (await world.db.all<{ email: string }>({ sql: 'SELECT email FROM accounts LIMIT 1', params: [] }))[0]!
      .email
    await person.submit('/sign-in', { email })
    await askForDigest(world.deps, mine.groupId!, { email: 'digest@example.org', language: null, streams: false })
    await deliverDigests(world.deps)
    const digest = /\/digests\/(digest_\S+)/.exec(box.sent[0]!.text)![1]!
    const mail = (await box.deliver()).find(({ subject }) => subject.startsWith('Sign in'))!
    links = {
      '/rsvp/:token': mine.rsvpToken!,
      '/rsvp/:token/:date': mine.standingToken!,
      '/door/:token': mine.doorToken!,
      '/subscribe/:secret': mine.feedToken!,
      '/hand-in/:token': mine.handinToken!,
      '/join/:token': mine.joinToken!,
      '/me/:secret': me,
      '/digests/:token': digest,
      '/sign-in/:token': /\/sign-in\/(signin_\S+)/.exec(mail.text)![1]!,
    }
  })
  afterAll(() => twins.world.close())

  const secretFor = (path: string) =>
    links[path.replace(/\{[^/]*\}/g, '')] ?? links[`/${path.split('/').slice(1, 3).join('/')}`]
  const pathWith = (path: string, secret: string) =>
    path.replace(/:(token|secret)/, secret).replace(/:date\{[^/]*\}/, DATE)

  it('reads no token of the API from a cookie, and no session from a header', async () => {
    const { world, mine, actors } = twins
    const session = actors.find((one) => one.name === 'owner')!.headers.Cookie!.split('=')[1]!
    for (const headers of [
      { Cookie: `__Host-session=${mine.tokenText}` },
      { Cookie: `Authorization=${mine.tokenText}` },
    ]) {
      const answer = await world.request('GET', `/api/v1/events/${mine.event}/rsvps`, undefined, {
        token: null,
        headers,
      })
      expect(answer.status).toBe(401)
    }
    expect((await world.api('GET', '/groups', undefined, { token: session })).status).toBe(401)
    expect((await world.get(`/api/v1/events/${mine.event}/rsvps?token=${mine.tokenText}`)).status).toBe(401)
  })

  it('changes nothing when a scanner follows every secret link, and each still works after', async () => {
    const { world, mine } = twins
    const secret = unique(
      routes.filter(
        ({ method, path, needs }) =>
          method === 'GET' && !path.startsWith('/api/') && needs.some((need) => need.startsWith('link:')),
      ),
    )
    expect(secret.length).toBeGreaterThan(9)
    const before = await fingerprint(world)
    for (const { path, name } of secret) {
      const address = pathWith(path, secretFor(path)!)
      for (const method of ['HEAD', 'GET', 'GET', 'GET'])
        for (const headers of [{}, { 'Sec-Purpose': 'prefetch', 'User-Agent': 'LinkScanner/1.0' }]) {
          const { status } = await world.request(method, address, undefined, {
            token: null,
            headers: headers as Record<string, string>,
          })
          // A link to sign in is nothing in a browser that did not ask for it.
          expect([name, status]).toEqual([name, path.startsWith('/sign-in') ? 404 : 200])
        }
    }
    for (const [header, path] of [
      [mine.rsvpToken, `/rsvps/${mine.rsvp}`],
      [mine.rsvpToken, `/rsvps/${mine.rsvp}/export`],
      [mine.feedToken, `/subscriptions/${mine.feed}`],
      [links['/me/:secret'], '/me/stars'],
    ])
      for (const method of ['HEAD', 'GET', 'GET', 'GET'])
        expect([path, (await world.api(method, path!, undefined, { token: header! })).status]).toEqual([path, 200])
    expect(await fingerprint(world)).toBe(before)
  })

  it('answers every link that is wrong in the same way', async () => {
    const { world, twin } = twins
    const secret = unique(
      routes.filter(({ path, needs }) => !path.startsWith('/api/') && needs.some((need) => need.startsWith('link:'))),
    )
    for (const { method, path, name } of secret) {
      const right = secretFor(path)!
      const [kind, id] = right.split('_')
      const wrong = [
        'no-token-at-all',
        `${kind}_${'0'.repeat(26)}_${'A'.repeat(43)}`,
        `${kind}_${id}_${'A'.repeat(43)}`,
        right.slice(0, -1),
        `${right}A`,
        right.replace(/^[a-z]+_/, kind === 'door' ? 'rsvp_' : 'door_'),
        kind === 'rsvp' ? twin.doorToken! : twin.rsvpToken!,
      ]
      const all = []
      for (const token of wrong) {
        const answer = await world.request(method, pathWith(path, token), method === 'GET' ? undefined : 'do=x', {
          token: null,
          headers: {
            Origin: BASE_URL,
            ...(method === 'GET' ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
          },
        })
        all.push([answer.status, answer.text.replaceAll(token, '')])
      }
      const [first] = all
      expect([name, ...new Set(all.map((one) => JSON.stringify(one)))]).toEqual([name, JSON.stringify(first)])
      // Who is not signed in is asked to do that first.
      expect([name, first![0]]).toEqual([name, name === 'POST /join/:token' ? 303 : 404])
    }
  })

  describe('on every page', () => {
    const pages = () => {
      const { mine } = twins
      const fixed = [
        '/',
        '/calendar',
        '/talks',
        '/archive/gaps',
        '/docs',
        '/embed',
        '/subscribe',
        '/sign-in',
        '/sign-in/code',
        '/sign-out',
        '/nowhere',
        '/account',
        '/manage',
        '/manage/groups/mine/team',
        '/sign-in/with/nobody',
        '/check-in/x',
      ]
      const own = [
        `/g/mine`,
        `/g/mine/calendar`,
        `/g/mine/reports/2023Q1`,
        `/e/${mine.event}`,
        `/e/${mine.series}`,
        `/e/${mine.series}/${DATE}`,
        `/conferences/mine-conf`,
        `/talks/${mine.talk}`,
        `/speakers/${mine.speaker}`,
        `/embed/e/${mine.event}`,
        `/embed/g/mine`,
        `/embed/talks/${mine.talk}`,
      ]
      return [
        ...fixed,
        ...own,
        ...Object.entries(links).map(([path, secret]) => pathWith(path.replace('/:date', `/${DATE}`), secret)),
      ]
    }

    it('lets nothing inline or foreign run, and tells browsers to be strict', async () => {
      const { world, actors } = twins
      const { Cookie } = actors.find((one) => one.name === 'owner')!.headers
      for (const path of pages()) {
        const page = await world.get(path, { Accept: 'text/html', Cookie: Cookie! })
        const { headers, text } = page
        const isHtml = headers.get('Content-Type')?.startsWith('text/html') === true
        expect([path, isHtml]).toEqual([path, true])
        const policy = headers.get('Content-Security-Policy') ?? ''
        expect([path, policy]).toEqual([
          path,
          expect.stringContaining("default-src 'none'; script-src 'self'; style-src 'self'"),
        ])
        expect([path, policy]).toEqual([
          path,
          expect.stringContaining(
            "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; upgrade-insecure-requests",
          ),
        ])
        expect(policy).not.toMatch(/unsafe|\*(?!\.)/)
        expect([path, policy.includes("frame-ancestors 'none'")]).toEqual([path, !path.startsWith('/embed/')])
        for (const [name, value] of [
          ['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'],
          ['X-Content-Type-Options', 'nosniff'],
          ['Cross-Origin-Opener-Policy', 'same-origin'],
          ['Cross-Origin-Resource-Policy', path.startsWith('/embed/') ? 'cross-origin' : 'same-origin'],
        ] as const)
          expect([path, name, headers.get(name)]).toEqual([path, name, value])
        expect([path, headers.get('Permissions-Policy')]).toEqual([
          path,
          expect.stringContaining('microphone=(), geolocation=()'),
        ])
        expect([path, headers.get('Referrer-Policy')]).toEqual([
          path,
          expect.stringMatching(/^(no-referrer|same-origin)$/),
        ])
        const inline = text.match(
          /<style|<script(?![^>]*(?:src=|type="application\/ld\+json"))|\s(?:style|on[a-z]+)="|href="javascript:/gi,
        )
        expect([path, inline]).toEqual([path, null])
      }
    })

    it('keeps what is somebody’s own out of caches', async () => {
      const { world, actors } = twins
      const { Cookie } = actors.find((one) => one.name === 'owner')!.headers
      for (const path of [
        '/account',
        '/manage',
        '/manage/groups/mine/team',
        '/sign-in',
        ...Object.entries(links).map(([one, secret]) => pathWith(one.replace('/:date', `/${DATE}`), secret)),
      ])
        expect([path, (await world.get(path, { Cookie: Cookie! })).headers.get('Cache-Control')]).toEqual([
          path,
          'no-store',
        ])
      const api = await world.get('/api/v1/groups/mine/team', { Cookie: Cookie! })
      expect([api.status, api.headers.get('Cache-Control'), api.headers.get('Vary')]).toEqual([
        200,
        'private, no-store',
        'Authorization, Cookie',
      ])
    })
  })

  it('makes every absolute address from BASE_URL, whatever the request says of its host', async () => {
    const { world, mine } = twins
    const EVIL = 'evil.example'
    const names = [
      'Host',
      'X-Forwarded-Host',
      'X-Host',
      'X-Original-Host',
      'X-Forwarded-Server',
      'X-HTTP-Host-Override',
      'X-Original-URL',
      'X-Rewrite-URL',
      'X-Forwarded-Proto',
      'X-Forwarded-Prefix',
    ]
    const variants: Record<string, string>[] = [
      ...names.map((name) => ({ [name]: EVIL })),
      { Host: `${EVIL}:443` },
      { Host: `convene.test:${EVIL}` },
      { Host: `convene.test, ${EVIL}` },
      { Host: `convene.test@${EVIL}` },
      { Host: `${EVIL}#convene.test` },
      { Forwarded: `host=${EVIL};proto=http` },
      { Forwarded: `for=1.2.3.4;host="${EVIL}"` },
      { Host: EVIL, 'X-Forwarded-Host': EVIL },
      { Referer: `https://${EVIL}/`, Host: EVIL },
      { Via: `1.1 ${EVIL}`, 'X-Forwarded-For': EVIL },
    ]
    expect(variants).toHaveLength(20)
    const paths = [
      '/',
      '/calendar.ics',
      '/g/mine',
      '/g/mine/calendar.atom',
      `/e/${mine.event}`,
      `/e/${mine.event}.ics`,
      '/openapi.json',
      '/api/v1/groups',
      `/api/v1/events/${mine.event}`,
      '/talks',
      '/talks.rss',
      '/sitemap.xml',
      '/robots.txt',
      '/embed.js',
      '/oembed?url=https://convene.test/talks/x',
      '/sign-in',
      '/docs',
      '/nowhere',
    ]
    for (const path of paths) {
      const clean = await world.get(path)
      for (const [at, headers] of variants.entries()) {
        // As the line of the request has it, too: an absolute one beats the Host header.
        const origin = [BASE_URL, `http://${EVIL}`, `https://${EVIL}:8443`][at % 3]
        const answer = await app.request(`${origin}${path}`, { headers }, world.deps)
        const text = await answer.text()
        expect([path, headers, (text + [...answer.headers].join()).includes(EVIL)]).toEqual([path, headers, false])
        // Forms have secrets of their own each time.
        expect(withoutIds(text)).toBe(withoutIds(clean.text))
      }
    }
    const box = mailbox(world)
    const { email } = (
      await world.db.all<{ email: string }>({ sql: 'SELECT email FROM accounts ORDER BY id DESC LIMIT 1', params: [] })
    )[0]!
    await app.request(
      `http://${EVIL}/sign-in`,
      {
        method: 'POST',
        body: new URLSearchParams({ email }),
        headers: { Host: EVIL, 'X-Forwarded-Host': EVIL, Origin: BASE_URL },
      },
      world.deps,
    )
    const mails = await box.deliver()
    expect(mails.some(({ text }) => text.includes(`${BASE_URL}/sign-in/`))).toBe(true)
    expect(JSON.stringify(mails)).not.toContain(EVIL)
  }, 30_000)

  it('has the private feeds closed to caches and referrers', async () => {
    const { world } = twins
    for (const { extension } of feedFormats) {
      const feed = await world.get(`/me/${links['/me/:secret']}/calendar.${extension}`)
      expect([extension, feed.status, feed.headers.get('Referrer-Policy')]).toEqual([extension, 200, 'no-referrer'])
    }
  })
})

describe('a cookie', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>
  beforeAll(async () => {
    twins = await openTwins()
  })
  afterAll(() => twins.world.close())

  describe('takes writes by a cookie from its own pages alone', () => {
    const ORIGINS = [
      BASE_URL,
      'https://evil.example',
      'null',
      'http://convene.test',
      'https://a.convene.test',
      'https://convene.test:444',
    ]
    const SITES = ['same-origin', 'same-site', 'cross-site', 'none']
    const TYPES = [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/json',
      'application/json; charset=utf-8',
      'application/unheard-of',
      '',
    ]
    const acting = unique(
      routes.filter(
        ({ method, path, needs }) =>
          method !== 'GET' &&
          (path.startsWith('/api/v1/') ? !needs.includes('provider') : /^\/(account|manage|join|sign-)/.test(path)),
      ),
    )

    it.each(acting.map((route) => [route.name, route] as const))('%s', async (name, { method, path }) => {
      const { world, mine, actors } = twins
      const cookie = actors.find((one) => one.name === 'owner')!.headers.Cookie!
      const filled =
        path.startsWith('/api/') || path.startsWith('/manage')
          ? fillPath(path, (one) => mine[one]!)
          : path.replace(/:\w+/g, 'x')
      const before = await fingerprint(world)
      for (const Origin of [...ORIGINS, undefined])
        for (const site of SITES)
          for (const type of TYPES) {
            if (Origin === BASE_URL && site === 'same-origin') continue
            const { body } = SAMPLES[name] ?? {}
            const answer = await world.request(method, filled, type.startsWith('app') ? body : undefined, {
              token: null,
              headers: {
                Cookie: cookie,
                'Sec-Fetch-Site': site,
                ...(Origin === undefined ? {} : { Origin }),
                ...(type ? { 'Content-Type': type } : {}),
              },
            })
            // A form that cannot be read is refused as that, whoever sends it.
            const isRefused = answer.status === 403 || (answer.status === 422 && !path.startsWith('/api/'))
            expect([Origin, site, type, answer.status, isRefused]).toEqual([Origin, site, type, answer.status, true])
          }
      expect(await fingerprint(world)).toBe(before)
      // The same from one of its own pages is not refused for where it comes from.
      const own = await world.request(
        method,
        filled.replace(/[^/]*$/, (last) => (method === 'DELETE' ? 'absent' : last)),
        '{',
        {
          token: null,
          headers: { Cookie: cookie, Origin: BASE_URL, 'Sec-Fetch-Site': 'same-origin' },
        },
      )
      expect(own.text).not.toMatch(/only our own pages|not sent from a page of ours/)
    })
  })
})

describe('where one goes after signing in', () => {
  const OURS = [
    '/',
    '/account',
    '/manage/groups/a/team',
    '/e/01?x=1',
    '/join/join_x',
    '/a//b',
    '/%2f%2fe',
    '/manage?next=//e',
    '/?u=https://e',
  ]
  const THEIRS = [
    '',
    'account',
    'e.example',
    '.',
    '..',
    './account',
    '../account',
    '?x',
    '#x',
    '//e',
    '///e',
    '////e',
    '//e/%2f..',
    '/\\e',
    '\\\\e',
    '\\/e',
    '/\\/e',
    '/\\\\e',
    '//\\e',
    '/.//e',
    '/..//e',
    '/./\\e',
    '/x/..//e',
    'https://e',
    'http://e',
    'HTTPS://e',
    'https:e',
    'https:/e',
    'https:\\\\e',
    'https:///e',
    '//convene.test@e',
    'https://convene.test@e',
    'https://convene.test.e',
    'https://convene.test',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc',
    'blob:x',
    'mailto:x@e',
    '/\t/e',
    '/\n/e',
    '/\r/e',
    '\t//e',
    '\n//e',
    ' //e',
    '/ /e',
    '/\u0000/e',
    '/account\r\nSet-Cookie: a=b',
    '/\u2028/e',
    '/①',
    '//①.e',
    '／／e',
    '/／e',
    '/\uff0fe',
    '/é',
    '/account ',
    `/${'a'.repeat(600)}`,
  ]
  it('is a path of ours, of 60 addresses that are none and some that are', () => {
    expect(THEIRS).toHaveLength(60)
    expect(THEIRS.map((text) => [text, ownPath(text, BASE_URL)])).toEqual(THEIRS.map((text) => [text, '/manage']))
    for (const path of OURS) {
      const to = new URL(ownPath(path, BASE_URL), BASE_URL)
      expect([path, to.origin, to.pathname + to.search]).toEqual([path, BASE_URL, path])
    }
    for (const other of [undefined, null, 5, {}, ['/account']]) expect(ownPath(other, BASE_URL)).toBe('/manage')
  })
})
