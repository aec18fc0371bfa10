/** Every route, asked for by everybody, with one's own things and with the twin group's. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.ts'
import { NEEDS, routeName } from '../../src/http/needs.ts'
import { fillPath, isOwned, namedIn, SAMPLES } from '../support/route-samples.ts'
import { type Actor, fingerprint, isAllowed, openTwins } from '../support/twins.ts'

const routes = [
  ...new Map(
    app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => [routeName(method, path), { method, path }]),
  ),
].map(([name, route]) => ({ name, ...route, needs: [NEEDS[name] ?? []].flat() }))

/** The API, but for what is not about who asks: a provider's signature has tests of its own. */
const api = routes.filter(({ path, needs }) => path.startsWith('/api/v1/') && !needs.includes('provider'))
/** A link is for one thing: `me` needs a mail that was opened (tests/feeds/personal.test.ts has it). */
const asked = api.filter(({ needs }) => !needs.some((need) => need === 'link:me'))

describe('the table of routes', () => {
  it('has each route, and none that is not there', () => {
    expect(routes.map(({ name }) => name).filter((name) => !(name in NEEDS))).toEqual([])
    const there = new Set(routes.map(({ name }) => name))
    expect(Object.keys(NEEDS).filter((name) => !there.has(name))).toEqual([])
  })

  it('lets nothing write by being public but what guests do and what makes nothing of others', () => {
    const writes = routes.filter(({ method, needs }) => method !== 'GET' && needs.includes('public'))
    expect(writes.map(({ name }) => name).sort()).toEqual([
      'POST /api/v1/events/:id/rsvps',
      'POST /api/v1/subscriptions',
      'POST /e/:id',
      'POST /e/:id/:recurrenceId',
      'POST /embed/e/:id',
      'POST /embed/e/:id/:recurrenceId',
      'POST /g/:slug/digest',
      'POST /sign-in',
      'POST /sign-in/code',
      'POST /sign-in/passkey',
      'POST /sign-in/passkey/begin',
      'POST /sign-out',
      'POST /subscribe',
    ])
  })
})

describe('the API', () => {
  let twins: Awaited<ReturnType<typeof openTwins>>
  let isUsed = true
  // What only reads leaves the world as it was for the next route.
  beforeEach(async () => {
    if (!isUsed) return
    await twins?.world.close()
    twins = await openTwins()
    isUsed = false
  })
  afterAll(() => twins.world.close())

  const ask = (actor: Actor, { method, name }: { method: string; name: string }, path: string, body?: unknown) => {
    const sample = SAMPLES[name]
    return twins.world.request(method, path + (sample?.query ?? ''), body ?? sample?.body, {
      token: null,
      headers: { ...actor.headers, ...(sample?.type ? { 'Content-Type': sample.type } : {}) },
    })
  }
  /** Of this group, in some way: who might reach over. */
  const CURIOUS = ['anonymous', 'its guest', 'helper', 'organizer', 'owner', 'token']
  const isCurious = ({ name }: Actor) => CURIOUS.includes(name)
  const isRefusal = (status: number) => status === 401 || status === 403 || status === 404

  /** Who has a list of their own there, with nothing of this group in it. */
  const hasOwn = (actor: Actor, name: string) =>
    (name === 'GET /api/v1/tokens' && actor.name === 'owner of the twin') ||
    (name === 'GET /api/v1/webhooks' &&
      ['owner', 'organizer', 'token'].some((one) => actor.name === `${one} of the twin`))

  it('takes no twin’s thing in a body', async () => {
    const { world, mine, twin, actors } = twins
    for (const name of ['owner', 'token']) {
      const { headers } = actors.find((one) => one.name === name)!
      const join = (id: string) =>
        world.request(
          'POST',
          '/api/v1/groups/mine/import/join',
          { events: [mine.event, id], timeZone: 'UTC' },
          { token: null, headers },
        )
      const [theirs, none] = [await join(twin.event!), await join('absent')]
      expect([theirs.status, theirs.text]).toEqual([none.status, none.text])
    }
  })

  it('lists to the owner of the twin nothing but what is of the twin', async () => {
    const { world, twin, actors } = twins
    const owner = actors.find(({ name }) => name === 'owner of the twin')!
    const { body } = await world.request('GET', '/api/v1/tokens', undefined, { token: null, headers: owner.headers })
    expect(body.items.map(({ group }: { group: string }) => group)).toEqual([twin.groupId])
  })

  it.each(asked.map((route) => [route.name, route] as const))('%s', async (name, route) => {
    const { world, mine, twin } = twins
    // A guest's token is for one answer.
    const actors = twins.actors.map((one) =>
      one.link === 'link:rsvp' && namedIn(route.path).includes('standing')
        ? { ...one, headers: { Authorization: `Bearer ${mine.standingToken}` } }
        : one,
    )
    const own = fillPath(route.path, (one) => mine[one]!)
    const before = await fingerprint(world)
    for (const actor of actors.filter((one) => !isAllowed(one, route.needs, true) && !hasOwn(one, name))) {
      const answer = await ask(actor, route, own)
      expect([actor.name, answer.status, isRefusal(answer.status)]).toEqual([actor.name, answer.status, true])
      if (actor.isDead || (actor.name === 'anonymous' && !route.needs.includes('link:feed')))
        expect([name, answer.status]).toEqual([name, 401])
      expect(answer.text).not.toContain('Canary of twin')
    }

    // Somebody else's thing is a thing that is not there, wherever in the path it stands.
    const owned = namedIn(route.path).filter(isOwned)
    const isOfNobody = owned.some((one) => one === 'speaker')
    for (const actor of isOfNobody ? [] : actors.filter(isCurious)) {
      for (const foreign of new Set([...owned, 'all'])) {
        if (owned.length === 0) break
        const isForeign = (one: string) => foreign === 'all' || foreign === one
        const path = fillPath(route.path, (one) => (isForeign(one) ? twin[one]! : mine[one]!))
        const nothing = fillPath(route.path, (one) => (isForeign(one) ? `absent-${one}`.toLowerCase() : mine[one]!))
        const [theirs, none] = [await ask(actor, route, path), await ask(actor, route, nothing)]
        expect([actor.name, path, theirs.status, theirs.text]).toEqual([actor.name, path, none.status, none.text])
        expect([actor.name, path, isRefusal(theirs.status)]).toEqual([actor.name, path, true])
      }
    }
    if (owned.length === 0 && SAMPLES[name]?.body && (SAMPLES[name].body as { group?: string }).group)
      for (const actor of actors.filter(isCurious)) {
        const of = async (group: string) => {
          const { status, text } = await ask(actor, route, own, { ...(SAMPLES[name]!.body as object), group })
          return [actor.name, status, text]
        }
        expect(await of('twin')).toEqual(await of('absent'))
      }
    expect(await fingerprint(world)).toBe(before)
    isUsed = route.method !== 'GET'
    const { also = [] } = SAMPLES[name] ?? {}
    for (const [at, actor] of actors.filter((one) => isAllowed(one, route.needs, true)).entries()) {
      const answer = await ask(actor, route, own)
      const isFine =
        answer.status < 300 ||
        also.includes(answer.status) ||
        (at > 0 && route.method !== 'GET' && ![401, 403].includes(answer.status))
      expect([actor.name, answer.status, isFine, answer.text.slice(0, 300)]).toEqual([
        actor.name,
        answer.status,
        true,
        answer.text.slice(0, 300),
      ])
      if (!actor.isOperator && !actor.name.includes('twin')) expect(answer.text).not.toContain('Canary of twin')
    }
    if (route.method === 'GET') expect(await fingerprint(world)).toBe(before)
  })
})
