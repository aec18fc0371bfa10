import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROLES, type Role } from '../../src/tokens/access.ts'
import { linkIn, mailbox, signIn, type Visitor, visitor } from '../support/visitor.ts'
import { BASE_URL, MEETUP, openWorld, type World } from '../support/world.ts'

describe('the team of a group', () => {
  let world: World
  let box: ReturnType<typeof mailbox>
  beforeEach(async () => {
    world = await openWorld()
    box = mailbox(world)
    await world.group('a')
    await world.group('b')
  })
  afterEach(() => world.close())

  const invite = (role: Role, email: string, group = 'a') =>
    world.api('POST', `/groups/${group}/team-invitations`, { email, role })
  /** Somebody with this role, signed in. */
  async function member(role: Role, email = `${role}@example.org`, group = 'a'): Promise<Visitor> {
    const person = await signIn(world, box, email)
    const { url } = (await invite(role, email, group)).body
    const joined = await person.submit(url.slice(BASE_URL.length))
    expect([joined.status, joined.headers.get('Location')]).toEqual([303, '/manage'])
    return person
  }
  const team = async (group = 'a') =>
    (await world.api('GET', `/groups/${group}/team`)).body.items.map((one: { email: string; role: string }) => [
      one.email,
      one.role,
    ])
  const idOf = async (email: string) =>
    (await world.api('GET', '/groups/a/team')).body.items.find((one: { email: string }) => one.email === email).id
  /** The API as a page of ours asks it. */
  const call = (person: Visitor, method: string, path: string, body?: unknown) =>
    world.request(method, `/api/v1${path}`, body, {
      token: null,
      headers: { Cookie: `__Host-session=${person.jar.get('__Host-session')}`, Origin: BASE_URL },
    })

  it('is asked to join by mail, by somebody who had no account', async () => {
    const invited = await invite('organizer', 'Ada@example.org')
    expect([invited.status, invited.body.email, invited.body.expires]).toEqual([
      201,
      'ada@example.org',
      '2023-01-09T12:00:00Z',
    ])
    const [mail] = await box.deliver()
    expect([mail!.to, mail!.subject]).toEqual(['ada@example.org', 'Join the team of The a group'])
    const ada = visitor(world)
    const link = linkIn(mail!)
    expect((await ada.get(link)).text).toContain(`/sign-in?return=${encodeURIComponent(link)}`)
    expect((await ada.submit(link)).headers.get('Location')).toBe('/sign-in')
    await ada.submit('/sign-in', { email: 'ada@example.org', return: link })
    const [signInMail] = await box.deliver()
    expect((await ada.submit(linkIn(signInMail!))).headers.get('Location')).toBe(link)
    expect((await ada.get(link)).text).toContain('You are signed in as ada@example.org')
    expect(await team()).toEqual([])
    const before = ada.jar.get('__Host-session')
    expect((await ada.submit(link)).status).toBe(303)
    expect(ada.jar.get('__Host-session')).not.toBe(before)
    expect(await team()).toEqual([['ada@example.org', 'organizer']])
    expect((await ada.get('/manage')).text).toMatch(/The a group<\/a> <span class="badge">organizer/)
    expect((await ada.submit(link)).status).toBe(404)
    // The link that was shown to who invited is the same invitation.
    const eve = await signIn(world, box, 'eve@example.org')
    expect((await eve.submit(invited.body.url.slice(BASE_URL.length))).status).toBe(404)
  })

  it('takes an invitation once, of many at once', async () => {
    const { url } = (await invite('helper', 'x@example.org')).body
    const people = []
    for (let n = 0; n < 8; n++) people.push(await signIn(world, box, `guest${n}@example.org`))
    const all = await Promise.all(people.map((one) => one.submit(url.slice(BASE_URL.length))))
    expect(all.map(({ status }) => status).sort()).toEqual([303, ...Array(7).fill(404)])
    expect(await team()).toHaveLength(1)
  })

  it('takes no invitation that is withdrawn, too old, or of a group that is gone', async () => {
    const ada = await signIn(world, box, 'ada@example.org')
    const links: string[] = []
    for (const group of ['a', 'a', 'b']) {
      const { body } = await invite('member', 'ada@example.org', group)
      links.push(body.url.slice(BASE_URL.length))
      if (links.length === 1) await world.api('DELETE', `/groups/a/team-invitations/${body.id}`)
    }
    expect((await ada.submit(links[0]!)).status).toBe(404)
    await world.api('DELETE', '/groups/b')
    expect([(await ada.get(links[2]!)).status, (await ada.submit(links[2]!)).status]).toEqual([404, 404])
    world.clock.now += 6 * 86_400
    const again = await signIn(world, box, 'ada@example.org')
    expect((await again.get(links[1]!)).status).toBe(200)
    world.clock.now += 86_400
    expect((await again.submit(links[1]!)).status).toBe(404)
  })

  it('lets scanners look at an invitation', async () => {
    await invite('helper', 'ada@example.org')
    const link = linkIn((await box.deliver())[0]!)
    const scanner = visitor(world)
    await scanner.send('HEAD', link)
    for (let times = 0; times < 3; times++) expect((await scanner.get(link)).status).toBe(200)
    const ada = await signIn(world, box, 'ada@example.org')
    for (let times = 0; times < 3; times++) await ada.get(link)
    expect(await team()).toEqual([])
    expect((await ada.submit(link)).status).toBe(303)
  })

  it('does what the table of roles says', async () => {
    const event = await world.event('a')
    const { id: rsvp } = (
      await world.api('POST', `/events/${event.id}/rsvps`, { name: 'G', email: 'g@example.org', response: 'accepted' })
    ).body
    const tries = {
      'check-in': ['POST', `/rsvps/${rsvp}/check-in`, {}],
      guests: ['GET', `/events/${event.id}/rsvps`],
      events: ['PATCH', `/events/${event.id}`, { title: 'New' }],
      talks: ['POST', '/conferences', { slug: 'c', title: 'C', group: 'a' }],
      group: ['PATCH', '/groups/a', { description: 'New' }],
      team: ['GET', '/groups/a/team'],
      delete: ['DELETE', '/groups/a'],
    } as const
    for (const role of ['member', 'helper', 'organizer', 'owner'] as const) {
      const person = await member(role)
      for (const [ability, [method, path, body]] of Object.entries(tries)) {
        const { status } = await call(person, method, path, body)
        const isDone = (ROLES[role] as readonly string[]).includes(ability)
        expect([role, ability, ![401, 403, 404].includes(status)]).toEqual([role, ability, isDone])
        if (ability === 'talks' && isDone) await world.api('DELETE', '/conferences/c')
      }
    }
    // The group of the same name elsewhere is none of theirs.
    const owner = await member('owner', 'other@example.org', 'b')
    expect((await call(owner, 'PATCH', '/groups/a', { description: 'x' })).status).toBe(403)
  })

  it('sees a private group, which is nobody else’s to know of', async () => {
    await world.group('secret', { visibility: 'private' })
    const person = await member('member', 'm@example.org', 'secret')
    const stranger = await member('owner', 's@example.org', 'b')
    const event = await world.event('secret', MEETUP)
    for (const path of ['/groups/secret', `/events/${event.id}`]) {
      expect((await call(person, 'GET', path)).status).toBe(200)
      const missing = await call(stranger, 'GET', path.replace('secret', 'nothing').replace(event.id, event.uid))
      const foreign = await call(stranger, 'GET', path)
      expect([foreign.status, foreign.text]).toEqual([404, missing.text])
    }
  })

  it('puts no talk into a conference of another group', async () => {
    await world.api('POST', '/conferences', { slug: 'of-b', title: 'B', group: 'b' })
    await world.api('POST', '/conferences', { slug: 'of-all', title: 'All' })
    const owner = await member('owner')
    const put = async (conference: string) =>
      (await call(owner, 'POST', '/talks', { title: 'T', conference, group: 'a' })).status
    expect([await put('of-b'), await put('of-all')]).toEqual([403, 201])
  })

  it('changes and leaves, at once', async () => {
    const owner = await member('owner')
    const other = await member('organizer')
    const id = await idOf('organizer@example.org')
    const path = '/manage/groups/a/team'
    expect((await other.get(path)).status).toBe(403)
    expect((await other.submit(path, { do: 'change', account: id, role: 'owner' })).status).toBe(403)
    expect((await owner.get(path)).text).toContain('organizer@example.org')
    expect((await owner.submit(path, { do: 'change', account: id, role: 'helper' })).status).toBe(303)
    expect((await call(other, 'PATCH', '/groups/a', { description: 'x' })).status).toBe(403)
    expect((await owner.submit(path, { do: 'change', account: id, role: 'king' })).status).toBe(422)
    expect((await owner.submit(path, { do: 'invite', email: 'no address', role: 'helper' })).status).toBe(422)
    expect((await owner.submit(path, { do: 'invite', email: 'new@example.org', role: 'helper' })).status).toBe(303)
    expect((await owner.get(path)).text).toContain('new@example.org')
    expect((await other.submit('/manage/groups/a/leave')).status).toBe(303)
    expect(await team()).toEqual([['owner@example.org', 'owner']])
    expect((await other.submit('/manage/groups/a/leave')).status).toBe(404)
    expect((await other.get('/manage/groups/b/team')).status).toBe(404)
  })

  it('keeps its last owner, whoever asks', async () => {
    const owner = await member('owner')
    await member('organizer')
    const id = await idOf('owner@example.org')
    expect((await owner.submit('/manage/groups/a/leave')).status).toBe(409)
    expect((await world.api('DELETE', `/groups/a/team/${id}`)).body.reason).toBe('last_owner')
    expect((await world.api('PATCH', `/groups/a/team/${id}`, { role: 'member' })).body.reason).toBe('last_owner')
    expect((await world.api('PATCH', `/groups/a/team/${id}`, { role: 'owner' })).status).toBe(204)
    // An invitation to less does not take it away either.
    const { url } = (await invite('member', 'owner@example.org')).body
    expect((await owner.submit(url.slice(BASE_URL.length))).status).toBe(303)
    expect(await team()).toContainEqual(['owner@example.org', 'owner'])
    expect((await world.api('DELETE', `/groups/b/team/${id}`)).status).toBe(404)
  })

  it('keeps one of its owners when all leave at once', async () => {
    const owners: Visitor[] = []
    for (let n = 0; n < 4; n++) owners.push(await signIn(world, box, `owner${n}@example.org`))
    for (let round = 0; round < 10; round++) {
      const group = `r${round}`
      await world.group(group)
      for (const [n, owner] of owners.entries())
        await owner.submit((await invite('owner', `owner${n}@example.org`, group)).body.url.slice(BASE_URL.length))
      const { items } = (await world.api('GET', `/groups/${group}/team`)).body
      const left = await Promise.all(
        owners.map((owner, n) =>
          n % 2 === 0
            ? owner.submit(`/manage/groups/${group}/leave`)
            : world.api('PATCH', `/groups/${group}/team/${items[n].id}`, { role: 'member' }),
        ),
      )
      expect((await team(group)).filter(([, role]: string[]) => role === 'owner')).toHaveLength(1)
      expect(left.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(1)
    }
  })

  it('journals what it did, without addresses', async () => {
    await member('owner')
    const journal = await world.db.all<{ kind: string; payload: string }>({
      sql: "SELECT kind, payload FROM changes WHERE kind LIKE 'team.%' ORDER BY seq",
      params: [],
    })
    expect(journal).toEqual([
      { kind: 'team.invited', payload: '{"role":"owner"}' },
      { kind: 'team.joined', payload: '{"role":"owner"}' },
    ])
  })

  describe('makes tokens', () => {
    let owner: Visitor
    beforeEach(async () => {
      owner = await member('owner')
    })
    const make = (body: object) => call(owner, 'POST', '/tokens', { name: 'door', group: 'a', ...body })

    it('for its group and for some verbs', async () => {
      const event = await world.event('a')
      const made = await make({ verbs: ['see', 'events'] })
      expect([made.status, made.body.verbs, made.body.lastUsed]).toEqual([201, ['see', 'events'], null])
      const { token } = made.body
      expect((await world.api('PATCH', `/events/${event.id}`, { title: 'N' }, { token })).status).toBe(200)
      expect((await world.api('GET', `/events/${event.id}/rsvps`, undefined, { token })).status).toBe(403)
      expect((await world.api('GET', '/tokens', undefined, { token })).status).toBe(403)
      expect((await world.api('PATCH', '/groups/b', { description: 'x' }, { token })).status).toBe(403)
      const { items } = (await call(owner, 'GET', '/tokens')).body
      expect(items.map((one: { name: string; lastUsed: string }) => [one.name, one.lastUsed])).toEqual([
        ['door', '2023-01-02T12:00:00Z'],
      ])
    })

    it('for no other group, for nothing more than it may itself, and not for all', async () => {
      expect((await make({ group: 'b' })).status).toBe(403)
      expect((await call(owner, 'POST', '/tokens', { name: 'all' })).status).toBe(403)
      expect((await world.api('POST', '/tokens', { name: 'all', verbs: ['see'] })).body.errors[0].path).toBe('verbs')
      expect((await make({ verbs: ['fly'] })).status).toBe(422)
      const { token } = (await make({ verbs: ['team', 'see'] })).body
      expect((await world.api('POST', '/tokens', { name: 'x', group: 'a' }, { token })).status).toBe(403)
      expect((await world.api('POST', '/tokens', { name: 'x', group: 'a', verbs: ['see'] }, { token })).status).toBe(
        201,
      )
    })

    it('sees and revokes its own only', async () => {
      const foreign = (await world.api('POST', '/tokens', { name: 'of b', group: 'b' })).body
      const own = (await make({})).body
      expect((await call(owner, 'GET', '/tokens')).body.items.map((one: { id: string }) => one.id)).toEqual([own.id])
      const missing = await call(owner, 'DELETE', '/tokens/nothing')
      for (const [method, path] of [
        ['DELETE', `/tokens/${foreign.id}`],
        ['POST', `/tokens/${foreign.id}/rotate`],
      ] as const) {
        const refused = await call(owner, method, path)
        expect([refused.status, refused.text]).toEqual([404, missing.text])
      }
      expect((await call(owner, 'DELETE', `/tokens/${own.id}`)).status).toBe(204)
      expect((await world.api('GET', '/groups', undefined, { token: own.token })).status).toBe(401)
      expect((await world.api('GET', '/groups', undefined, { token: foreign.token })).status).toBe(200)
    })

    it('that are replaced while both live for a day', async () => {
      const old = (await make({ verbs: ['see'], expires: '2023-02-01T12:00:00Z' })).body
      world.clock.now += 3600
      const next = (await call(owner, 'POST', `/tokens/${old.id}/rotate`)).body
      expect([next.name, next.verbs, next.expires]).toEqual(['door', ['see'], '2023-02-01T13:00:00Z'])
      const statuses = async () =>
        Promise.all(
          [old, next].map(async ({ token }) => (await world.api('GET', '/groups', undefined, { token })).status),
        )
      expect(await statuses()).toEqual([200, 200])
      world.clock.now += 86_400
      expect(await statuses()).toEqual([401, 200])
      world.clock.now += 31 * 86_400
      expect(await statuses()).toEqual([401, 401])
    })
  })
})
