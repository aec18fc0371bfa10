/** Where one joins: an address that stays, and leads to where the room is; streams, live and afterwards. */
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { mailbox } from '../support/visitor.ts'
import { BASE_URL, HANGOUT, MEETUP, openWorld, type World } from '../support/world.ts'

const at = (text: string) => Date.parse(text) / 1000
const ROOM = HANGOUT.virtualLocations[0]!.uri

describe('the address at which one joins', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const visit = async (path: string, time: string) => {
    world.clock.now = at(time)
    const { status, headers, text } = await world.get(path)
    return { status, to: headers.get('Location'), refresh: headers.get('Refresh'), text }
  }

  it('opens a quarter of an hour before, leads to the room that is there, and afterwards to the recording', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, join: {} })
    const path = `/e/${series.id}/join`
    const early = await visit(path, '2023-01-18T21:40:00Z')
    expect([early.status, early.refresh, early.to]).toEqual([200, '300', null])
    expect(early.text).toContain('13:45')
    expect(early.text).not.toContain(ROOM)
    expect(await visit(path, '2023-01-18T21:45:00Z')).toMatchObject({ status: 302, to: ROOM })
    // Of each date, too.
    expect((await visit(`/e/${series.id}/20230215T220000Z/join`, '2023-01-18T21:45:00Z')).status).toBe(200)
    expect((await visit(`/e/${series.id}/20230216T220000Z/join`, '2023-01-18T21:45:00Z')).status).toBe(404)

    // Swapped, closed and opened again within the call.
    const put = (room: object) => world.api('PUT', `/events/${series.id}/join`, room)
    expect((await put({ uri: 'https://other.example/room', dialIn: [] })).status).toBe(200)
    expect((await visit(path, '2023-01-18T22:05:00Z')).to).toBe('https://other.example/room')
    await put({ closed: true })
    const closed = await visit(path, '2023-01-18T22:05:01Z')
    expect([closed.status, closed.refresh, closed.text.includes('closed at the moment')]).toEqual([200, '15', true])
    await put({ uri: ROOM, dialIn: ['+32 2 555 12 12, code 4711#'] })
    const phone = await visit(path, '2023-01-18T22:06:00Z')
    expect([phone.status, phone.text.includes('+32 2 555 12 12, code 4711#'), phone.text.includes(ROOM)]).toEqual([
      200,
      true,
      true,
    ])
    expect((await world.api('DELETE', `/events/${series.id}/join`)).status).toBe(204)
    expect((await visit(path, '2023-01-18T22:07:00Z')).to).toBe(ROOM)
    // Closed is closed, also where one date had got a room of its own.
    await put({ uri: 'https://other.example/room', occurrence: '20230118T220000Z' })
    expect((await visit(path, '2023-01-18T22:07:01Z')).to).toBe('https://other.example/room')
    expect((await put({ closed: true })).body.standing).toBe('closed')
    expect((await visit(path, '2023-01-18T22:07:02Z')).to).toBe(null)
    await world.api('DELETE', `/events/${series.id}/join`)
    for (const wrong of [
      {},
      { uri: 'javascript:alert(1)' },
      { uri: 'https://x.example/\r\nX: y' },
      { uri: ROOM, occurrence: '20230119T000000Z' },
    ])
      expect([wrong, (await put(wrong)).status]).toEqual([wrong, 422])
    expect((await world.api('PUT', `/events/${series.id}/join`, { closed: true }, { token: null })).status).toBe(401)

    const recording = { links: [{ href: 'https://video.example/18', rel: 'recording' }] }
    await world.api('PUT', `/events/${series.id}/occurrences/20230118T220000Z`, recording)
    expect((await visit(`/e/${series.id}/20230118T220000Z/join`, '2023-01-20T00:00:00Z')).to).toBe(
      'https://video.example/18',
    )
    await world.api('POST', `/events/${series.id}/occurrences/20230215T220000Z/cancel`, { reason: 'Snow.' })
    expect((await visit(`/e/${series.id}/20230215T220000Z/join`, '2023-02-15T22:00:00Z')).text).toContain('Snow.')
  })

  it('stands in public feeds, pages and the API in place of the room, where the organizer wants that', async () => {
    const hidden = await world.event('hyperscale', { ...HANGOUT, join: {} })
    const override = { virtualLocations: [{ name: 'Elsewhere', uri: 'https://meet.example/other' }] }
    await world.api('PUT', `/events/${hidden.id}/occurrences/20230215T220000Z`, override)
    const open = await world.event('hyperscale', { ...HANGOUT, join: { address: 'room' } })
    expect((await world.get(`/e/${open.id}.ics`)).text).toContain(ROOM)
    for (const path of [
      `/e/${hidden.id}.ics`,
      `/e/${hidden.id}`,
      `/e/${hidden.id}/20230215T220000Z`,
      `/api/v1/events/${hidden.id}`,
      `/api/v1/events/${hidden.id}/occurrences`,
      `/embed/e/${hidden.id}`,
      ...['ics', 'json', 'jscal', 'jcal', 'atom', 'rss'].map((ending) => `/e/${hidden.id}.${ending}`),
    ]) {
      const { status, text } = await world.get(path)
      if (status === 404) continue
      expect([path, status, text.replaceAll('\r\n ', '').includes('meet.example')]).toEqual([path, 200, false])
    }
    expect((await world.get(`/e/${hidden.id}.ics`)).text.replaceAll('\r\n ', '')).toContain(
      `${BASE_URL}/e/${hidden.id}/join`,
    )
    // Its organizers see the room.
    expect((await world.api('GET', `/events/${hidden.id}`)).body.virtualLocations[0].uri).toBe(ROOM)
  })

  it('asks for an answer only where the event does, and takes the link of one', async () => {
    const join = { needsRsvp: true }
    const virtualLocations = [{ uri: ROOM }, { uri: 'tel:+3225551212' }]
    const call = { ...MEETUP, locations: [], virtualLocations, rsvp: {}, join }
    const event = await world.event('hyperscale', call)
    const box = mailbox(world)
    const guest = { name: 'Ada', email: 'ada@example.org' }
    const { body } = await world.api('POST', `/events/${event.id}/rsvps`, guest, { token: null })
    const [mail] = await box.deliver()
    expect(mail!.text).toMatch(/Join: https:\/\/convene\.test\/rsvp\/rsvp_\S+\/join/)
    const stranger = await visit(`/e/${event.id}/join`, '2023-02-02T13:00:00Z')
    expect([stranger.status, stranger.to, stranger.text.includes(ROOM)]).toEqual([200, null, false])
    for (const path of [
      `/e/${event.id}`,
      `/e/${event.id}.ics`,
      `/api/v1/events/${event.id}`,
      `/api/v1/events/${event.id}/join`,
    ])
      expect([path, (await world.get(path)).text.includes('5551212')]).toEqual([path, false])
    const own = /https:\/\/convene\.test(\/rsvp\/\S+\/join)/.exec(mail!.text)![1]!
    const door = (await visit(own, '2023-02-02T13:00:00Z')).text
    expect([door.includes(ROOM), door.includes('+3225551212')]).toEqual([true, true])
    expect((await world.api('GET', `/events/${event.id}/join`, undefined, { token: null })).body).toMatchObject({
      standing: 'open',
      needsRsvp: true,
      room: null,
    })
    await world.api('PATCH', `/rsvps/${body.id}`, { response: 'declined' }, { token: body.manageToken })
    expect((await visit(own, '2023-02-02T13:00:00Z')).text).not.toContain(ROOM)
  })
})

describe('streams', () => {
  it('announce themselves an hour before and when they begin, are live on pages and in the API, and become their recording', async () => {
    const world = await openWorld()
    await world.group()
    const box = mailbox(world)
    await world.submit('/g/hyperscale/digest', { email: 'ada@example.org', streams: 'yes' })
    await world.submit('/g/hyperscale/digest', { email: 'calm@example.org' })
    await runScheduled(world.deps)
    for (const { text } of [...box.sent]) await world.submit(/test(\/digests\/\S+)/.exec(text)![1]!, { do: 'confirm' })
    const stream = await world.event('hyperscale', {
      ...MEETUP,
      title: 'Live coding',
      kind: 'stream',
      rsvp: undefined,
      channel: { name: 'Our channel', uri: 'https://video.example/live', platform: 'peertube' },
    })
    const runAt = async (time: string) => {
      world.clock.now = at(time)
      box.sent.length = 0
      await Promise.all([1, 2, 3].map(() => runScheduled(world.deps)))
      return box.sent.map(({ to, subject }) => [to, subject])
    }
    // The month of February.
    expect((await runAt('2023-02-02T11:55:00Z')).length).toBe(2)
    expect(await runAt('2023-02-02T12:05:00Z')).toEqual([['ada@example.org', 'Soon live: Live coding']])
    expect(box.sent[0]!.text).toContain('https://video.example/live')
    expect((await world.api('GET', '/live', undefined, { token: null })).body.items).toEqual([])
    expect(await runAt('2023-02-02T13:01:00Z')).toEqual([])
    const live = await world.api('GET', '/live?kind=stream', undefined, { token: null })
    expect(live.body.items).toMatchObject([{ title: 'Live coding', channel: { uri: 'https://video.example/live' } }])
    for (const path of ['/', '/g/hyperscale', `/e/${stream.id}`])
      expect((await world.get(path)).text).toContain('Live now')
    const told = await world.db.all(
      sql<{ kind: string }>`SELECT kind FROM changes WHERE kind LIKE 'stream.%' ORDER BY seq`,
    )
    expect(told.map(({ kind }) => kind)).toEqual(['stream.soon', 'stream.live'])

    await runAt('2023-02-02T18:00:00Z')
    const links = [{ href: 'https://video.example/recorded', rel: 'recording' }]
    await world.api('PATCH', `/events/${stream.id}`, { links })
    for (const path of [`/e/${stream.id}`, `/e/${stream.id}.ics`]) {
      const { text } = await world.get(path)
      expect([path, text.includes('video.example/live'), text.includes('video.example/recorded')]).toEqual([
        path,
        false,
        true,
      ])
    }
    expect((await world.api('GET', '/live', undefined, { token: null })).body.items).toEqual([])
    await world.close()
  })
})
