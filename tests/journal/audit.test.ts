/** Who changed what, with what stood there before: kept with the change itself. */
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { mailbox, signIn } from '../support/visitor.ts'
import { BASE_URL, openWorld, type World } from '../support/world.ts'

type Entry = {
  type: string
  actor: { kind: string; name: string | null }
  changed: Record<string, object>
  subject: string
}

describe('the audit log', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const entries = async (query = '', token?: string): Promise<Entry[]> => {
    const { status, body } = await world.api(
      'GET',
      `/groups/hyperscale/audit${query}`,
      undefined,
      token ? { token } : {},
    )
    expect(status).toBe(200)
    return body.items
  }

  it('has who made each change and what differs, whichever way they came in', async () => {
    const event = await world.event('hyperscale')
    const made = (await world.api('POST', '/tokens', { name: 'Our bot', group: 'hyperscale' })).body
    const token = made.token as string
    await world.api('PATCH', `/events/${event.id}`, { title: 'Renamed', description: 'New' }, { token })
    const box = mailbox(world)
    const ada = await signIn(world, box, 'ada@example.org')
    const asked = { email: 'ada@example.org', role: 'owner' }
    const { url } = (await world.api('POST', '/groups/hyperscale/team-invitations', asked)).body
    await ada.submit(url.slice(BASE_URL.length))
    const headers = { Cookie: `__Host-session=${ada.jar.get('__Host-session')}`, Origin: BASE_URL }
    const byAda = (method: string, path: string, body: unknown) =>
      world.request(method, `/api/v1${path}`, body, { token: null, headers })
    expect((await byAda('PATCH', '/groups/hyperscale', { description: 'Ours' })).status).toBe(200)

    const [group, , , renamed] = await entries()
    expect(group).toMatchObject({
      type: 'group.updated',
      actor: { kind: 'account' },
      changed: { description: { before: '', after: 'Ours' } },
    })
    expect(Object.keys(group!.changed)).toEqual(['description'])
    expect(renamed).toMatchObject({
      type: 'event.updated',
      subject: event.id,
      actor: { kind: 'token', name: 'Our bot' },
      changed: { title: { before: 'Meetup in Brussels', after: 'Renamed' }, description: { before: '', after: 'New' } },
    })
    expect((await entries(`?subject=${event.id}`)).map(({ type, actor }) => [type, actor.kind])).toEqual([
      ['event.updated', 'token'],
      ['event.created', 'operator'],
    ])
    const first = await world.api('GET', '/groups/hyperscale/audit?limit=2')
    expect([first.body.items.length, typeof first.body.next]).toEqual([2, 'string'])
  })

  it('has nothing of what guests do, names none of them, and is for organizers', async () => {
    const event = await world.event('hyperscale')
    const guest = { name: 'Canary', email: 'canary@example.org' }
    const { body } = await world.api('POST', `/events/${event.id}/rsvps`, guest, { token: null })
    await world.api('PATCH', `/rsvps/${body.id}`, { note: 'Canary' }, { token: body.manageToken })
    await world.api('POST', `/rsvps/${body.id}/cancel`, { reason: 'Full' })
    const { text } = await world.api('GET', '/groups/hyperscale/audit')
    expect(text).not.toContain('anary')
    expect((await entries()).map(({ type }) => type)).toEqual(['rsvp.cancelled', 'event.created', 'group.created'])
    expect((await world.api('GET', '/groups/hyperscale/audit', undefined, { token: null })).status).toBe(401)
  })

  it('notes nothing of a change that is refused or fails, and everybody’s own of many at once', async () => {
    const event = await world.event('hyperscale')
    const before = (await entries()).length
    await world.api('PATCH', `/events/${event.id}`, { title: '' })
    await world.api('PATCH', `/events/${event.id}`, { title: 'x' }, { headers: { 'If-Match': '"old"' } })
    expect((await entries()).length).toBe(before)
    const tokens = await Promise.all(
      [1, 2, 3, 4].map(
        async (n) =>
          (await world.api('POST', '/tokens', { name: `Token ${n}`, group: 'hyperscale' })).body.token as string,
      ),
    )
    await Promise.all(
      tokens.flatMap((token, n) =>
        [1, 2, 3].map((m) =>
          world.api('POST', '/groups/hyperscale/members', { name: `Member ${n + 1} of ${m}` }, { token }),
        ),
      ),
    )
    const members = (await entries('?limit=200')).filter(({ type }) => type === 'member.joined')
    expect(members.length).toBe(12)
    const names = await world.db.all(sql<{
      name: string
      actor: string
    }>`SELECT members.name AS name, tokens.name AS actor
      FROM audit JOIN changes ON changes.seq = audit.seq JOIN members ON members.id = changes.subject_id
        JOIN tokens ON 'token:' || tokens.id = audit.actor`)
    expect(names.length).toBe(12)
    for (const { name, actor } of names) expect(name.slice(7, 8)).toBe(actor.slice(6))
    expect(await world.db.all(sql`SELECT actor FROM acting`)).toEqual([{ actor: null }])

    world.clock.now += 401 * 86_400
    await runScheduled(world.deps)
    expect(await entries()).toEqual([])
  })
})
