/** Who may do what, by the token or the role that they have; and what a secret link opens. */
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/digest.ts'
import { abilityOf, routeName } from '../../src/http/needs.ts'
import { type Access, abilityNames, anonymous, groupsWith, knownGroups, may, ROLES } from '../../src/tokens/access.ts'
import {
  capabilityWith,
  idOfCapability,
  isCapability,
  isSecret,
  looksLikeCapability,
  newCapability,
} from '../../src/tokens/capability.ts'
import { issueOperatorToken, issueSuccessor, issueToken } from '../../src/tokens/issue.ts'
import { findToken, hasOperatorToken, readTokens } from '../../src/tokens/queries.ts'
import { touchToken } from '../../src/tokens/touch.ts'
import { openWorld, type World } from '../support/world.ts'

const everything: Access = { kind: 'everything' }
const helper: Access = { kind: 'groups', groups: new Map([['a', ROLES.helper]]) }
const both: Access = {
  kind: 'groups',
  groups: new Map<string, readonly (typeof abilityNames)[number][]>([
    ['a', ROLES.helper],
    ['b', ROLES.owner],
  ]),
}

describe('access', () => {
  it('is what the role gives, in the group of the role and in no other', () => {
    for (const ability of abilityNames) {
      expect([ability, may(helper, ability, 'a')]).toEqual([ability, ability === 'see' || ability === 'check-in'])
      expect([ability, may(both, ability, 'b')]).toEqual([ability, true])
      for (const access of [helper, both, anonymous]) {
        expect([ability, may(access, ability, 'c'), may(access, ability, null)]).toEqual([ability, false, false])
        // A role under the name that nothing has.
        expect(may({ kind: 'groups', groups: new Map([['null', ROLES.owner]]) }, ability, null)).toBe(false)
      }
      expect([may(everything, ability, 'c'), may(everything, ability, null)]).toEqual([true, true])
      expect(may(anonymous, ability, 'a')).toBe(false)
    }
  })

  it('names the groups in which something may be done', () => {
    expect(groupsWith(everything, 'team')).toBeNull()
    expect(groupsWith(anonymous, 'see')).toEqual([])
    expect([groupsWith(both, 'see'), groupsWith(both, 'team')]).toEqual([['a', 'b'], ['b']])
    expect([knownGroups(both), knownGroups(anonymous), knownGroups(everything)]).toEqual(['["a","b"]', '[]', '[]'])
  })
})

describe('a secret link', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it('opens the thing of its kind that it names, and nothing else', async () => {
    const id = world.deps.newId()
    const token = newCapability(world.deps, 'rsvp', id)
    expect([idOfCapability('rsvp', token), idOfCapability('feed', token)]).toEqual([id, null])
    expect([await isCapability(token, await sha256(token)), await isCapability(token, await sha256('x'))]).toEqual([
      true,
      false,
    ])
    for (const wrong of [`x${token}`, `${token}x`, token.slice(0, -1), token.toUpperCase(), '', 'rsvp_', `${token}\n`])
      expect([wrong, idOfCapability('rsvp', wrong)]).toEqual([wrong, null])
    expect(newCapability(world.deps, 'rsvp', id)).not.toBe(token)
  })

  it('is told by how it begins, right or wrong', () => {
    for (const kind of ['rsvp', 'feed', 'invite', 'door', 'me', 'handin', 'signin', 'join', 'digest'] as const)
      expect(looksLikeCapability(capabilityWith(kind, 'x', 'y'))).toBe(true)
    for (const text of ['convene_abc', 'xrsvp_a', ' me_a', 'rsvp', ''])
      expect([text, looksLikeCapability(text)]).toEqual([text, false])
  })

  it('has a secret that is what 32 bytes are written as', () => {
    const secret = world.deps.newSecret()
    expect([isSecret(secret), isSecret(`${'a-_Z9'.repeat(8)}abc`)]).toEqual([true, true])
    for (const wrong of [`${secret}a`, `a${secret}`, secret.slice(1), `${secret.slice(1)}+`, `${secret.slice(1)}=`, ''])
      expect([wrong, isSecret(wrong)]).toEqual([wrong, false])
    for (let times = 0; times < 200; times++) {
      const text = world.deps.newSecret()
      const again = btoa(atob(text.replace(/-/g, '+').replace(/_/g, '/')))
      expect(again.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')).toBe(text)
    }
  })
})

describe('a route', () => {
  it('has one name, whatever pattern its parameters have and whatever format it is asked in', () => {
    expect(
      [
        ['GET', '/g/:group/calendar.ics'],
        ['HEAD', '/g/:group/calendar.feed.json'],
        ['GET', '/conferences/:slug/podcast.audio.rss'],
        ['GET', '/api/v1/x/:id{[0-9]+}/y'],
        ['GET', '/e/:file{[0-9a-z]+\\.(ics|jcal)}'],
        ['POST', '/x/:id{[0-9]+}'],
        ['GET', '/calendar.icsx'],
        ['GET', '/x{[0-9a-z]+\\.(ics)}/y'],
      ].map(([method, path]) => routeName(method!, path!)),
    ).toEqual([
      'GET /g/:group/calendar.*',
      'GET /g/:group/calendar.*',
      'GET /conferences/:slug/podcast.audio.*',
      'GET /api/v1/x/:id/y',
      'GET /e/:file.*',
      'POST /x/:id',
      'GET /calendar.icsx',
      'GET /x/y',
    ])
  })

  it('that asks who is asking without a line in the table is a fault', async () => {
    const asked = async (path: string, method = 'GET') => {
      const app = new Hono()
      app.onError(({ message }, c) => c.text(message, 500))
      app.all(path, (c) => c.text(abilityOf(c as never)))
      const answer = await app.request(path, { method })
      return method === 'HEAD' ? answer.status : answer.text()
    }
    expect(await asked('/nowhere')).toBe('GET /nowhere asks who is asking, and http/needs.ts does not say what for')
    expect(await asked('/talks')).toMatch(/^GET \/talks asks who/)
    expect(await asked('/api/v1/groups', 'POST')).toBe('team')
    expect(await asked('/manage/groups/:slug/events')).toBe('events')
    expect(await asked('/manage/groups/:slug/events', 'HEAD')).toBe(200)
  })
})

describe('a token', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.api('POST', '/groups', { slug: 'mine', name: 'Mine' })
  })
  afterEach(() => world.close())
  const issue = async (more: object = {}) => {
    const [group] = await world.db.all<{ id: string }>({ sql: 'SELECT id FROM groups', params: [] })
    return issueToken(world.deps, { name: 'A', groupId: group!.id, expiresAt: null, verbs: null, ...more })
  }
  const find = async (secret: string) => findToken(world.db, await sha256(secret), world.clock.now)

  it('of the operator is made once, whoever starts at the same time', async () => {
    expect(await hasOperatorToken(world.db)).toBe(false)
    const made = await Promise.all(Array.from({ length: 5 }, () => issueOperatorToken(world.deps)))
    const [secret, ...others] = made.filter((one) => one !== null)
    expect([secret?.startsWith('convene_'), secret?.length, others]).toEqual([true, 51, []])
    expect(await hasOperatorToken(world.db)).toBe(true)
    expect((await find(secret!))?.id).toBe('operator')
    expect(await issueOperatorToken(world.deps)).toBeNull()
    // One of a group is none of the operator's.
    await world.db.all({ sql: 'UPDATE tokens SET revoked_at = 1', params: [] })
    await issue()
    expect(await hasOperatorToken(world.db)).toBe(false)
  })

  it('that says nothing may do all but the team', async () => {
    const { secret } = await issue()
    expect(secret).toMatch(/^convene_[\w-]{43}$/)
    expect((await world.api('PATCH', '/groups/mine', { name: 'X' }, { token: secret })).status).toBe(200)
    expect((await world.api('GET', '/groups/mine/team', undefined, { token: secret })).status).toBe(403)
  })

  it('is noted as used to the hour', async () => {
    const { secret } = await issue()
    const used = async () => (await find(secret))!.lastUsedAt
    const use = async (at: number) => {
      world.clock.now = at
      await touchToken(world.deps, (await find(secret))!)
      return used()
    }
    const first = world.clock.now
    expect(await used()).toBeNull()
    expect(await use(first)).toBe(first)
    expect(await use(first + 3599)).toBe(first)
    expect(await use(first + 3600)).toBe(first + 3600)
    // Within the hour nothing is even asked of the database.
    let asked = 0
    const db: typeof world.db = {
      ...world.db,
      all: (query) => {
        asked++
        return world.db.all(query)
      },
    }
    await touchToken({ ...world.deps, db }, (await find(secret))!)
    expect(asked).toBe(0)
  })

  it('has a successor for as long, while it lives for a day more', async () => {
    const now = world.clock.now
    const { token, secret } = await issue({ expiresAt: now + 10 * 86_400, verbs: '["see"]' })
    world.clock.now += 100
    const next = await issueSuccessor(world.deps, token.id, null)
    expect(next).toMatchObject({ ok: true, token: { name: 'A', verbs: '["see"]', expiresAt: now + 100 + 10 * 86_400 } })
    expect((await find(secret))?.expiresAt).toBe(now + 100 + 86_400)
    const unending = await issue()
    expect(await issueSuccessor(world.deps, unending.token.id, null)).toMatchObject({
      ok: true,
      token: { expiresAt: null },
    })
    expect((await find(unending.secret))?.expiresAt).toBe(now + 100 + 86_400)
    const soon = await issue({ expiresAt: now + 3600 })
    expect((await issueSuccessor(world.deps, soon.token.id, null)).ok).toBe(true)
    expect((await find(soon.secret))?.expiresAt).toBe(now + 3600)
  })

  it('that is dead or of another group has none', async () => {
    const { token } = await issue({ expiresAt: world.clock.now + 60 })
    expect(await issueSuccessor(world.deps, token.id, ['other'])).toMatchObject({ ok: false, reason: 'not_found' })
    expect(await issueSuccessor(world.deps, token.id, [])).toMatchObject({ ok: false })
    expect((await issueSuccessor(world.deps, token.id, [token.groupId!])).ok).toBe(true)
    world.clock.now += 60
    expect(await issueSuccessor(world.deps, token.id, null)).toMatchObject({ ok: false, reason: 'not_found' })
    expect(await readTokens(world.db, ['other'], 10)).toEqual([])
    expect(await readTokens(world.db, null, 10)).toHaveLength(2)
  })
})
