/** The door: a link for volunteers, check-in by name and by code, undo, and who came without an answer. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const guest = (name: string, more: object = {}) => ({
  name,
  email: `${name
    .normalize('NFKD')
    .replace(/[^\w ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')}@example.org`,
  ...more,
})

describe('a door link', () => {
  let world: World
  let event: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    event = await world.event('hyperscale')
  })
  afterEach(() => world.close())

  const make = (body?: object, id = event.id) => world.api('POST', `/events/${id}/door`, body)
  const open = async (url: string) => (await world.get(new URL(url).pathname)).status

  it('is made by organizers only, shown once, kept as a hash, listed and taken back', async () => {
    const made = await make({ name: 'Front door' })
    expect([made.status, made.headers.get('Cache-Control')]).toEqual([201, 'no-store'])
    expect(made.body).toEqual({
      id: expect.any(String),
      name: 'Front door',
      occurrence: null,
      created: '2023-01-02T12:00:00Z',
      until: '2023-02-03T17:00:00Z',
      token: expect.stringMatching(/^door_[0-9a-z]{26}_[\w-]{43}$/),
      url: `https://convene.test/door/${made.body.token}`,
    })
    const second = await make()
    expect(second.body.name).toBe('Door')
    const { token, url: _, ...shown } = made.body
    const list = await world.api('GET', `/events/${event.id}/door`)
    expect(list.body.items[0]).toEqual(shown)
    expect(list.body.items).toHaveLength(2)
    expect(JSON.stringify(await world.db.all({ sql: 'SELECT * FROM door_links', params: [] }))).not.toContain(token)
    for (const [method, path] of [
      ['POST', `/events/${event.id}/door`],
      ['GET', `/events/${event.id}/door`],
      ['DELETE', `/events/${event.id}/door/${made.body.id}`],
    ] as const) {
      expect((await world.api(method, path, undefined, { token: null })).status).toBe(401)
      expect((await world.api(method, path, undefined, { token })).status).toBe(401)
    }
    expect(await open(made.body.url)).toBe(200)
    for (const _ of [1, 2])
      expect((await world.api('DELETE', `/events/${event.id}/door/${made.body.id}`)).status).toBe(204)
    expect(await open(made.body.url)).toBe(404)
    expect(await open(second.body.url)).toBe(200)
    expect((await world.api('GET', `/events/${event.id}/door`)).body.items).toHaveLength(1)
    const kinds = await world.db.all({
      sql: `SELECT kind FROM changes WHERE kind LIKE 'door.%' ORDER BY seq`,
      params: [],
    })
    expect(kinds).toEqual([{ kind: 'door.created' }, { kind: 'door.created' }, { kind: 'door.revoked' }])
  })

  it('is good until a day after the event, wherever that has been moved', async () => {
    const { url } = (await make()).body
    world.clock.now = Date.UTC(2023, 1, 3, 16, 59) / 1000
    expect(await open(url)).toBe(200)
    world.clock.now += 60
    expect(await open(url)).toBe(404)
    await world.api('PATCH', `/events/${event.id}`, { start: '2023-02-03T14:00:00' })
    expect(await open(url)).toBe(200)
    await world.api('DELETE', `/events/${event.id}`)
    expect(await open(url)).toBe(404)
  })

  it('opens nothing where the token is wrong, and never a page that is kept, found or followed', async () => {
    const { url, token } = (await make()).body
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    for (const other of [wrong, 'nothing', token.replace('door_', 'rsvp_')]) {
      expect((await world.get(`/door/${other}`)).status).toBe(404)
      expect((await world.submit(`/door/${other}`, { do: 'walk-in', name: 'Eve' })).status).toBe(404)
    }
    const page = await world.get(new URL(url).pathname)
    expect(page.headers.get('Cache-Control')).toBe('no-store')
    expect(page.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(page.headers.get('Permissions-Policy')).toContain('camera=(self)')
    expect(page.text).toContain('noindex')
    expect((await world.get('/')).headers.get('Permissions-Policy')).toContain('camera=()')
    expect((await world.get('/door.js')).headers.get('Content-Type')).toContain('text/javascript')
    expect(await world.db.all({ sql: 'SELECT id FROM rsvps', params: [] })).toEqual([])
  })

  it.each([
    [{ occurrence: '20230119T220000Z' }, 'occurrence'],
    [{ occurrence: 'tomorrow' }, 'occurrence'],
    [{ name: '' }, 'name'],
    [{ name: 'a\u202eb' }, 'name'],
    [{ nmae: 'x' }, 'nmae'],
  ])('is not made with %j', async (body, path) => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    const refused = await make(body, series.id)
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, path])
    expect(await world.db.all({ sql: 'SELECT id FROM door_links', params: [] })).toEqual([])
  })
})

describe('at the door', () => {
  let world: World
  let event: { id: string }
  let door: string
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    event = await world.event('hyperscale', {
      locations: [{ name: 'Library' }],
      virtualLocations: [{ uri: 'https://meet.example/x' }],
      rsvp: {
        capacity: { inPerson: 2, remote: null },
        guestsMax: 2,
        questions: [{ id: 'diet', label: 'Diet' }],
      },
    })
    door = await doorOf(event.id)
  })
  afterEach(() => world.close())

  const doorOf = async (id: string, body?: object) =>
    new URL((await world.api('POST', `/events/${id}/door`, body)).body.url).pathname
  const answer = async (name: string, more: object = {}, id = event.id) =>
    (await world.api('POST', `/events/${id}/rsvps`, guest(name, more), { token: null })).body
  const send = async (fields: Record<string, string>, at = door) => {
    const sent = await world.submit(at, fields)
    const page = sent.status === 303 ? await world.get(sent.headers.get('Location')!) : sent
    const said = (role: string) =>
      new RegExp(`role="${role}"><p>(.*?)</p>`).exec(page.text)?.[1]?.replaceAll(/<.*?>/g, '')
    return { status: sent.status, page: page.text, said: said('status'), alert: said('alert') }
  }
  const list = async (query = '', at = door) =>
    [...(await world.get(`${at}${query}`)).text.matchAll(/<p class="title">(.*?)<\/p>/g)].map(([, name]) => name)
  const numbers = async (at = door) =>
    [...(await world.get(at)).text.matchAll(/<dd><strong>(\d+)<\/strong> here, (\d+) expected/g)].map((found) => [
      Number(found[1]),
      Number(found[2]),
    ])
  const read = async ({ id }: { id: string }) => (await world.api('GET', `/rsvps/${id}`)).body
  const journal = async () =>
    (
      await world.db.all<{ kind: string; payload: string }>({
        sql: `SELECT kind, payload FROM changes WHERE kind LIKE 'rsvp.check%' ORDER BY seq`,
        params: [],
      })
    ).map(({ kind, payload }) => [kind, JSON.parse(payload).by])

  it('guests are found by a part of their name whatever its accents, by address and by code', async () => {
    const jurgen = await answer('Jürgen Škoda')
    await answer('Ada Lovelace', { answers: { diet: 'secretly vegan' }, note: 'a private note' })
    await answer('Zoë', { attendance: 'remote' })
    expect(await list()).toEqual(['Ada Lovelace', 'Jürgen Škoda', 'Zoë'])
    expect(await list('?q=jurgen+SK')).toEqual(['Jürgen Škoda'])
    expect(await list('?q=ZOE')).toEqual(['Zoë'])
    expect(await list('?q=ada.lovelace@')).toEqual(['Ada Lovelace'])
    expect(await list('?q=example.org')).toEqual([])
    const code = jurgen.id.slice(-6)
    for (const typed of [
      code,
      `${code.slice(0, 3)}-${code.slice(3)}`.toUpperCase(),
      code.replaceAll('0', 'O').replaceAll('1', 'I'),
      jurgen.id,
      `https://convene.test/check-in/${jurgen.id}`,
    ]) {
      expect(await list(`?q=${encodeURIComponent(typed)}`)).toEqual(['Jürgen Škoda'])
      expect(await list(`?code=${encodeURIComponent(typed)}`)).toEqual(['Jürgen Škoda'])
    }
    const all = (await world.get(door)).text
    expect(all).not.toMatch(/vegan|private note|@example\.org/)
    expect((await world.get(`${door}?q=ada.lovelace@`)).text).toContain('ada.lovelace@example.org')
    expect(await list('?q=%3Cscript%3E')).toEqual([])
  })

  it('two guests of one name are told apart without their addresses', async () => {
    await answer('Sam', { email: 'sam1@example.org' })
    await answer('Sam', { email: 'zam@example.com' })
    const { text } = await world.get(door)
    expect([text.includes('s…@example.org'), text.includes('z…@example.com'), text.includes('sam1')]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('guests are checked in, in the room or from elsewhere, once, and undone', async () => {
    const ada = await answer('Ada', { guests: 1 })
    const zoe = await answer('Zoë', { attendance: 'remote' })
    expect(await numbers()).toEqual([
      [0, 2],
      [0, 1],
    ])
    for (const _ of [1, 2]) {
      const sent = await send({ do: 'check-in inPerson', guest: ada.id })
      expect([sent.status, sent.said]).toEqual([303, 'Ada is checked in.'])
    }
    expect((await send({ do: 'check-in remote', guest: zoe.id })).said).toBe('Zoë is checked in.')
    expect(await numbers()).toEqual([
      [2, 2],
      [1, 1],
    ])
    expect(await read(zoe)).toMatchObject({ came: 'remote', checkedIn: '2023-01-02T12:00:00Z' })
    for (const _ of [1, 2])
      expect((await send({ do: 'undo', guest: ada.id })).said).toBe('Ada is not checked in any more.')
    expect(await read(ada)).toMatchObject({ came: null, checkedIn: null, place: 'seat', guests: 1 })
    expect(await numbers()).toEqual([
      [0, 2],
      [1, 1],
    ])
    expect(await journal()).toEqual([
      ['rsvp.checked-in', 'door'],
      ['rsvp.checked-in', 'door'],
      ['rsvp.check-in-undone', 'door'],
    ])
  })

  it('who has no seat is let in by hand only, and is back in their place in line when that is undone', async () => {
    await answer('Ada', { guests: 1 })
    const first = await answer('First', { guests: 1 })
    const second = await answer('Second')
    const no = await answer('No', { response: 'declined' })
    const { text } = await world.get(door)
    expect(text).toContain('Number 2 in line.')
    expect(text).toContain('Let in anyway')
    const refused = await send({ do: 'check-in inPerson', guest: second.id })
    expect([refused.status, refused.alert]).toEqual([409, 'No place. Nothing was changed; look at Second again.'])
    expect(await read(second)).toMatchObject({ place: 'waitlist', checkedIn: null })
    for (const one of [first, no]) {
      expect((await send({ do: 'let-in inPerson', guest: one.id })).status).toBe(303)
      expect(await read(one)).toMatchObject({ place: 'seat', response: 'accepted', position: null, came: 'inPerson' })
    }
    expect(await numbers()).toEqual([
      [3, 5],
      [0, 0],
    ])
    await send({ do: 'undo', guest: first.id })
    await send({ do: 'undo', guest: no.id })
    expect(await read(first)).toMatchObject({ place: 'waitlist', position: 1, checkedIn: null })
    expect(await read(second)).toMatchObject({ place: 'waitlist', position: 2 })
    expect(await read(no)).toMatchObject({ place: null, response: 'declined' })
    expect(await numbers()).toEqual([
      [0, 2],
      [0, 0],
    ])
  })

  it('who is not confirmed or not approved is shown as such', async () => {
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { approval: true } })
    await answer('Ada')
    expect((await world.get(door)).text).toContain('An organizer has not approved it yet.')
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { confirmation: 'email', approval: false } })
    await answer('Bob')
    expect((await world.get(door)).text).toContain('This answer is not confirmed.')
  })

  it('somebody without an answer is added and counted, once for a form sent twice, and taken out again', async () => {
    await answer('Ada', { guests: 1 })
    const walkIn = { do: 'walk-in', key: '0'.repeat(26), name: ' Walter ', persons: '3', attendance: 'inPerson' }
    for (const _ of [1, 2]) expect((await send(walkIn)).said).toBe('Walter is checked in.')
    expect(await numbers()).toEqual([
      [3, 5],
      [0, 0],
    ])
    const [walter] = (await world.api('GET', `/events/${event.id}/rsvps?q=walter`)).body.items
    expect(walter).toMatchObject({ source: 'door', guests: 2, email: '' })
    expect((await send({ do: 'undo', guest: walter.id })).said).toBe('Walter is not checked in any more.')
    expect(await numbers()).toEqual([
      [0, 2],
      [0, 0],
    ])
    const ada = await send({ do: 'walk-in', name: 'Somebody', email: 'ADA@example.org' })
    expect(ada.said).toBe('Ada is checked in.')
    expect(await list()).toEqual(['Ada and 1 more'])
  })

  it.each([
    ['nobody', { name: '' }, 'name'],
    ['a name written backwards', { name: 'a\u202eb' }, 'name'],
    ['a name of 10,000 letters', { name: 'x'.repeat(10_000) }, 'name'],
    ['an address that is none', { name: 'Eve', email: 'nowhere' }, 'email'],
    ['no person', { name: 'Eve', persons: '0' }, 'guests'],
    ['a billion persons', { name: 'Eve', persons: '1e9' }, 'guests'],
    ['many persons', { name: 'Eve', persons: 'many' }, 'guests'],
    ['a way that is none', { name: 'Eve', attendance: 'astral' }, 'attendance'],
  ])('%s is no guest: the fault is named and nothing stored', async (_, fields: Record<string, string>, path) => {
    const sent = await send({ do: 'walk-in', ...fields })
    expect(sent.status).toBe(422)
    expect(sent.page).toMatch(new RegExp(`id="${path === 'guests' ? 'persons' : path}-fault"`))
    expect(await world.db.all({ sql: 'SELECT id FROM rsvps', params: [] })).toEqual([])
  })

  it('guests of another event, another date and nobody are out of reach', async () => {
    const other = await world.event('hyperscale', { title: 'Other' })
    const stranger = await answer('Stranger', {}, other.id)
    const ada = await answer('Ada')
    for (const id of [stranger.id, 'nobody', ''])
      expect((await send({ do: 'check-in inPerson', guest: id })).status).toBe(404)
    expect((await send({ do: 'explode', guest: ada.id })).status).toBe(404)
    expect((await read(stranger)).checkedIn).toBeNull()
    expect(await list(`?code=${stranger.id}`)).toEqual([])
    expect(await list(`?done=${stranger.id}`)).toEqual(['Ada'])
  })

  it('a GET changes nothing', async () => {
    const ada = await answer('Ada')
    const state = () => world.db.all({ sql: 'SELECT * FROM rsvps', params: [] })
    const before = await state()
    for (const path of [
      door,
      `${door}?done=${ada.id}`,
      `${door}?code=${ada.id}`,
      `${door}?do=check-in&guest=${ada.id}`,
      `/check-in/${ada.id}`,
    ])
      expect((await world.get(path)).status).toBe(200)
    expect(await state()).toEqual(before)
  })

  it('a code shows the same to everybody, and opens nothing', async () => {
    const ada = await answer('Ada')
    const known = await world.get(`/check-in/${ada.id}`)
    const unknown = await world.get(`/check-in/${'0'.repeat(26)}`)
    expect(known.text).toBe(unknown.text)
    expect(known.text).toContain('Show this at the door')
    expect(known.headers.get('Cache-Control')).toBe('no-store')
    const read = (token: string) => world.api('GET', `/rsvps/${ada.id}`, undefined, { token })
    expect([(await read(ada.id)).status, (await read(`rsvp_${ada.id}`)).status]).toEqual([401, 404])
  })

  it('a long list comes in pages of 50, in as many statements as a short one', async () => {
    let statements = 0
    const { batch, all } = world.deps.db
    world.deps.db.all = (statement) => {
      statements += 1
      return all(statement)
    }
    world.deps.db.batch = (many) => {
      statements += many.length
      return batch(many)
    }
    await answer('Ada')
    statements = 0
    await list()
    const short = statements
    for (let n = 10; n < 70; n++) await answer(`Guest ${n}`)
    statements = 0
    expect((await list()).length).toBe(50)
    expect(statements).toBe(short)
    expect(await list('?page=2')).toHaveLength(11)
    expect(await list('?page=999')).toEqual([])
    expect(await list('?page=-1')).toHaveLength(50)
  })

  describe('of a series', () => {
    const JANUARY = '20230118T220000Z'
    const FEBRUARY = '20230215T220000Z'
    let series: { id: string }
    let date: string
    beforeEach(async () => {
      series = await world.event('hyperscale', { ...HANGOUT, rsvp: { capacity: { remote: 3 } } })
      date = await doorOf(series.id, { occurrence: JANUARY })
    })

    it('a standing answer is checked in for that date only, and holds for it again when undone', async () => {
      const ada = await answer('Ada', {}, series.id)
      const bob = await answer('Bob', { occurrence: JANUARY }, series.id)
      await answer('Carl', { occurrence: FEBRUARY }, series.id)
      expect(await list('', date)).toEqual(['Ada', 'Bob'])
      expect(await numbers(date)).toEqual([[0, 2]])
      expect((await send({ do: 'check-in remote', guest: ada.id }, date)).said).toBe('Ada is checked in.')
      await send({ do: 'check-in remote', guest: bob.id }, date)
      expect(await numbers(date)).toEqual([[2, 2]])
      expect(await read(ada)).toMatchObject({ checkedIn: null, place: 'seat' })
      expect(await list(`?code=${ada.id}`, date)).toEqual(['Ada'])
      const next = await doorOf(series.id, { occurrence: FEBRUARY })
      expect(await numbers(next)).toEqual([[0, 2]])

      const undone = await send({ do: 'undo', guest: ada.id }, date)
      expect(undone.said).toBe('Ada is not checked in any more.')
      expect(await numbers(date)).toEqual([[1, 2]])
      expect(
        await world.db.all({ sql: 'SELECT count(*) AS n FROM rsvps WHERE email = ?', params: ['ada@example.org'] }),
      ).toEqual([{ n: 1 }])
      expect((await send({ do: 'check-in remote', guest: ada.id }, date)).said).toBe('Ada is checked in.')
    })

    it('who answered that date otherwise is found as they answered it', async () => {
      await answer('Ada', {}, series.id)
      const skipped = await answer('Ada', { occurrence: JANUARY, response: 'declined' }, series.id)
      expect(await list('', date)).toEqual([])
      expect(await list('?q=ada', date)).toEqual(['Ada'])
      expect(await numbers(date)).toEqual([[0, 0]])
      await send({ do: 'let-in remote', guest: skipped.id }, date)
      expect(await numbers(date)).toEqual([[1, 1]])
      await send({ do: 'undo', guest: skipped.id }, date)
      expect(await numbers(date)).toEqual([[0, 0]])
    })

    it('somebody with a standing answer who is added by hand is one guest', async () => {
      await answer('Ada', {}, series.id)
      expect((await send({ do: 'walk-in', name: 'A.', email: 'ada@example.org' }, date)).said).toBe(
        'Ada is checked in.',
      )
      expect(await numbers(date)).toEqual([[1, 1]])
    })

    it('a link to all dates opens the one that is on, and leads to the others', async () => {
      const all = await doorOf(series.id)
      await answer('Ada', { occurrence: FEBRUARY }, series.id)
      expect(await list('', all)).toEqual([])
      expect(await list(`?date=${FEBRUARY}`, all)).toEqual(['Ada'])
      expect((await world.get(`${all}?date=20230119T220000Z`)).status).toBe(404)
      world.clock.now = Date.UTC(2023, 1, 15, 21, 30) / 1000
      expect(await list('', all)).toEqual(['Ada'])
      expect((await world.get(`${all}?date=${JANUARY}`)).status).toBe(404)
      expect((await world.get(date)).status).toBe(404)
      expect((await world.get(all)).text).toContain(`${all}?date=20230315T210000Z`)
    })

    it('the API asks for the date of a standing answer', async () => {
      const ada = await answer('Ada', {}, series.id)
      const vague = await world.api('POST', `/rsvps/${ada.id}/check-in`)
      expect([vague.status, vague.body.errors[0].path]).toEqual([422, 'occurrence'])
      const made = await world.api('POST', `/rsvps/${ada.id}/check-in`, { occurrence: JANUARY })
      expect(made.body).toMatchObject({ occurrence: JANUARY, checkedIn: '2023-01-02T12:00:00Z', came: 'remote' })
      const undone = await world.api('DELETE', `/rsvps/${ada.id}/check-in?occurrence=${JANUARY}`)
      expect([undone.status, undone.body.checkedIn]).toEqual([200, null])
    })
  })

  it('forty taps at once on one guest without a seat are one seat and one check-in, and forty undo it once', async () => {
    await answer('Ada', { guests: 1 })
    const bob = await answer('Bob')
    await Promise.all(Array.from({ length: 40 }, () => send({ do: 'let-in inPerson', guest: bob.id })))
    expect(await read(bob)).toMatchObject({ place: 'seat', came: 'inPerson' })
    expect(await numbers()).toEqual([
      [1, 3],
      [0, 0],
    ])
    const undone = await Promise.all(Array.from({ length: 40 }, () => send({ do: 'undo', guest: bob.id })))
    expect(new Set(undone.map(({ status }) => status))).toEqual(new Set([303]))
    expect(await read(bob)).toMatchObject({ place: 'waitlist', position: 1, came: null })
    expect(await journal()).toEqual([
      ['rsvp.checked-in', 'door'],
      ['rsvp.check-in-undone', 'door'],
    ])
  })
})
