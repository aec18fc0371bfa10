/** Webhooks and tokens at the organizer's desk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTwins } from '../support/twins.ts'

let twins: Awaited<ReturnType<typeof openTwins>>
beforeAll(async () => {
  twins = await openTwins()
})
afterAll(() => twins.world.close())

const ask = (name: string, method: string, path: string, fields?: Record<string, string>) =>
  twins.world.request(method, `/manage/groups/mine${path}`, fields && new URLSearchParams(fields).toString(), {
    token: null,
    headers: {
      ...twins.actors.find((one) => one.name === name)!.headers,
      ...(fields ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
    },
  })

describe('tokens', () => {
  it('are made with the verbs that were ticked, shown once, and revoked', async () => {
    const wrong = await ask('owner', 'POST', '/tokens', { name: '', 'verb.guests': 'yes' })
    expect([wrong.status, wrong.text.includes('id="name-fault"')]).toEqual([422, true])
    const made = await ask('owner', 'POST', '/tokens', { name: 'Badge printer', 'verb.guests': 'yes' })
    const token = /<pre[^>]*>([^<]+)<\/pre>/.exec(made.text)![1]!
    const { mine, world } = twins
    const reads = () => world.api('GET', `/events/${mine.event}/rsvps`, undefined, { token })
    expect((await reads()).status).toBe(200)
    expect((await world.api('PATCH', '/groups/mine', { name: 'X' }, { token })).status).toBe(403)
    const list = (await ask('owner', 'GET', '/tokens')).text
    expect([list.includes('Badge printer'), list.includes(token)]).toEqual([true, false])
    const id = /value="([^"]+)"/.exec(
      list.slice(list.lastIndexOf('name="token"', list.indexOf('Revoke', list.indexOf('Badge printer')))),
    )![1]!
    expect((await ask('owner', 'POST', '/tokens', { do: 'revoke', token: id })).status).toBe(303)
    expect((await reads()).status).toBe(401)
    expect((await ask('owner', 'POST', '/tokens', { do: 'revoke', token: twins.twin.token! })).status).toBe(409)
    for (const name of ['organizer', 'helper']) expect((await ask(name, 'GET', '/tokens')).status).toBe(403)
  })
})

describe('webhooks', () => {
  it('are added, paused, given another secret and taken away, by organizers of their group', async () => {
    const wrong = await ask('organizer', 'POST', '/webhooks', { url: 'ftp://x', types: '', contact: '' })
    expect([wrong.status, wrong.text.includes('id="url-fault"'), wrong.text.includes('ftp://x')]).toEqual([
      422,
      true,
      true,
    ])
    const made = await ask('organizer', 'POST', '/webhooks', { url: 'https://x.example/h', types: 'event.*' })
    expect(made.text).toMatch(/<pre[^>]*>whsec_/)
    const { items } = (await twins.world.api('GET', '/webhooks')).body
    const { id } = items.find(({ url }: { url: string }) => url === 'https://x.example/h')
    const act = (verb: string) => ask('organizer', 'POST', `/webhooks/${id}`, { do: verb })
    const enabled = async () => (await twins.world.api('GET', `/webhooks/${id}`)).body.enabled
    expect([(await act('off')).status, await enabled()]).toEqual([303, false])
    expect((await act('tested')).status).toBe(409)
    expect([(await act('on')).status, await enabled()]).toEqual([303, true])
    expect((await act('rotate')).text).toMatch(/<pre[^>]*>whsec_/)
    expect((await act('tested')).status).toBe(303)
    expect((await ask('organizer', 'GET', `/webhooks/${id}`)).status).toBe(200)
    expect((await act('constructor')).status).toBe(404)
    expect((await ask('organizer', 'GET', `/webhooks/${twins.twin.webhook}`)).status).toBe(404)
    expect((await ask('helper', 'POST', `/webhooks/${id}`, { do: 'gone' })).status).toBe(403)
    expect([(await act('gone')).status, (await twins.world.api('GET', `/webhooks/${id}`)).status]).toEqual([303, 404])
  })
})

describe('the log', () => {
  it('shows who changed what, escaped, to organizers', async () => {
    const { world, mine } = twins
    await world.api('PATCH', `/events/${mine.event}`, { title: '<i>Renamed</i>' })
    const { status, text } = await ask('organizer', 'GET', '/audit')
    expect(status).toBe(200)
    expect(text).toContain('The operator: event updated')
    expect(text).toContain('<ins>&lt;i&gt;Renamed&lt;/i&gt;</ins>')
    expect((await ask('helper', 'GET', '/audit')).status).toBe(403)
  })
})
