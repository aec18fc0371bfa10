/** The guests of an event at the organizer's desk, and what a group says of itself. */
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

describe('the guests of an event', () => {
  it('are heard afterwards', async () => {
    const { world, mine } = twins
    const page = `/events/${mine.event}/guests`
    expect((await ask('organizer', 'GET', page)).text).toContain('Nothing yet.')
    const { now } = world.clock
    world.clock.now += 60 * 86_400
    const said = await world.submit(`/rsvp/${mine.rsvpToken}/feedback`, { text: 'More <b>chairs</b>' })
    world.clock.now = now
    expect(said.status).toBe(303)
    expect((await ask('organizer', 'GET', page)).text).toContain('More &lt;b&gt;chairs&lt;/b&gt;')
  })

  it('are shown as they stand, are approved, cancelled and written to', async () => {
    const { world } = twins
    const event = await world.event('mine', { rsvp: { approval: true } })
    const page = `/events/${event.id}/guests`
    const answer = async (name: string, more = {}) =>
      (
        await world.api(
          'POST',
          `/events/${event.id}/rsvps`,
          { name, email: `${name}@x.example`, ...more },
          { token: null },
        )
      ).body
    const ada = await answer('Ada')
    await answer('Grace', { response: 'declined' })
    const shown = async (query: string) => {
      const { text } = await ask('organizer', 'GET', `${page}${query}`)
      return ['Ada', 'Grace'].filter((name) => text.includes(`${name}@x.example`))
    }
    expect(await shown('')).toEqual(['Ada', 'Grace'])
    expect([await shown('?show=pending'), await shown('?show=declined')]).toEqual([['Ada'], ['Grace']])
    expect([await shown('?q=gra'), await shown('?attendance=remote')]).toEqual([['Grace'], []])
    const send = (fields: Record<string, string>) => ask('organizer', 'POST', page, fields)
    const placeOf = async () => (await world.api('GET', `/rsvps/${ada.id}`)).body.place
    expect((await send({ do: 'anything', guest: ada.id })).status).toBe(409)
    expect(await placeOf()).toBe('pending')
    expect((await send({ do: 'approve', guest: ada.id })).status).toBe(303)
    expect(await placeOf()).toBe('seat')
    const empty = await send({ do: 'message', subject: '', text: 'Bring cake', to: 'coming' })
    expect([empty.status, empty.text.includes('id="subject-fault"'), empty.text.includes('Bring cake')]).toEqual([
      422,
      true,
      true,
    ])
    expect((await send({ do: 'message', subject: 'Cake', text: 'Bring cake', to: 'coming' })).status).toBe(303)
    const door = await send({ do: 'door' })
    expect(door.headers.get('Location')).toMatch(/\/door\//)
    expect((await send({ do: 'cancel', guest: ada.id })).status).toBe(303)
    expect(await placeOf()).toBe(null)
  })

  it('are nobody else’s, nor of another event', async () => {
    const { mine, twin, world } = twins
    const page = `/events/${mine.event}/guests`
    for (const [name, status] of [
      ['helper', 403],
      ['member', 403],
      ['anonymous', 303],
      ['owner of the twin', 404],
    ] as const)
      expect([name, (await ask(name, 'GET', page)).status]).toEqual([name, status])
    for (const guest of [twin.rsvp!, mine.standing!, '../events'])
      expect((await ask('organizer', 'POST', page, { do: 'cancel', guest })).status).toBe(409)
    expect((await world.api('GET', `/rsvps/${mine.standing}`)).body.response).toBe('accepted')
  })
})

describe('what a group says of itself', () => {
  it('is changed by its organizers, once it is right', async () => {
    const { text } = await ask('organizer', 'GET', '/edit')
    const version = /name="version" value="([^"]*)"/.exec(text)![1]!.replaceAll('&quot;', '"')
    const fields = { name: 'Mine', description: 'About us', timeZone: 'Europe/Nowhere', visibility: 'public', version }
    const wrong = await ask('organizer', 'POST', '/edit', fields)
    expect([wrong.status, wrong.text.includes('id="timeZone-fault"'), wrong.text.includes('About us')]).toEqual([
      422,
      true,
      true,
    ])
    const right = { ...fields, timeZone: 'Europe/Brussels' }
    expect((await ask('organizer', 'POST', '/edit', right)).status).toBe(303)
    expect((await twins.world.api('GET', '/groups/mine')).body.description).toBe('About us')
    expect((await ask('organizer', 'POST', '/edit', right)).status).toBe(412)
    expect((await ask('helper', 'POST', '/edit', right)).status).toBe(403)
  })
})
