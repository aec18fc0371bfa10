/** The page behind a manage link: what the guest has in words, the code, the dates, the data. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const HYBRID = { locations: [{ name: 'Library' }], virtualLocations: [{ name: 'Call', uri: 'https://meet.example/x' }] }
const RULE = 'A free place goes to the first in line whose whole party fits; who is passed over keeps the place.'
const JANUARY = '20230118T220000Z'

describe('the manage page', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const make = (more: object): Promise<{ id: string }> => world.event('hyperscale', more)
  const answer = async (event: { id: string }, name: string, more: object = {}) =>
    (
      await world.api(
        'POST',
        `/events/${event.id}/rsvps`,
        { name, email: `${name.toLowerCase()}@example.org`, ...more },
        { token: null },
      )
    ).body
  const plain = (html: string) =>
    html
      .replace(/^.*<main[^>]*>/s, '')
      .replace(/<\/(p|li|h\d|dd|button)>/g, '\n')
      .replace(/<.*?>/g, '')
      .replaceAll('&#39;', "'")
  const page = async (one: { manageToken: string }) => plain((await world.get(`/rsvp/${one.manageToken}`)).text)
  const submit = async (path: string, fields: Record<string, string>) => {
    const sent = await world.submit(path, fields)
    const to = sent.headers.get('Location')
    return { status: sent.status, text: plain(to ? (await world.get(to.replace(/#.*/, ''))).text : sent.text) }
  }
  /** An unconfirmed answer's link, as the mail would bring it. */
  const linkOf = async (event: { id: string }, name: string) => {
    await world.submit(`/e/${event.id}`, { name, email: `${name}@example.org`, response: 'accepted' })
    const [{ id }] = (await world.api('GET', `/events/${event.id}/rsvps?q=${name}`)).body.items
    const token = `rsvp_${id}_${'s'.repeat(43)}`
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
    const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    await world.db.all({ sql: 'INSERT INTO rsvp_links VALUES (?, ?, ?)', params: [id, hash, 0] })
    return { manageToken: token, id }
  }

  it('says the place, the way and the rule in words, and where to go or how to join', async () => {
    const event = await make({ ...HYBRID, rsvp: { capacity: { inPerson: 1, remote: 1 }, guestsMax: 1 } })
    const seated = await page(await answer(event, 'Ada'))
    expect(seated).toContain('You have a seat in the room.')
    expect(seated).toContain('Library')
    expect(seated).not.toContain('Call')
    const both = await page(await answer(event, 'Bob', { attendance: 'remote', waitsFor: 'inPerson' }))
    expect(both).toContain('You take part from elsewhere and are number 1 in line for a seat in the room.')
    expect(both).toContain(RULE)
    expect(both).toContain('Call')
    expect(both).not.toContain('Library')
    const inLine = await page(await answer(event, 'Cid'))
    expect(inLine).toContain('You are number 2 in line for the room.')
    expect(inLine).toContain(RULE)
    expect(inLine).not.toMatch(/Library|Call/)
    expect(await page(await answer(event, 'Dan', { attendance: 'remote' }))).toContain(
      'You are number 1 in line to take part from elsewhere.',
    )
  })

  it('shows the code for the door to who has a seat in the room, and to nobody else', async () => {
    const event = await make({ ...HYBRID, rsvp: { capacity: { inPerson: 1 } } })
    const ada = await answer(event, 'Ada')
    const { text } = await world.get(`/rsvp/${ada.manageToken}`)
    expect(text).toContain(`src="/qr.svg?path=${encodeURIComponent(`/check-in/${ada.id}`)}"`)
    const end = ada.id.slice(-6).toUpperCase()
    expect(text).toContain(`${end.slice(0, 3)}-${end.slice(3)}`)
    const qr = await world.get(`/qr.svg?path=${encodeURIComponent(`/check-in/${ada.id}`)}`)
    expect(qr.headers.get('Content-Type')).toBe('image/svg+xml')
    for (const more of [{ attendance: 'remote' }, {}, { response: 'declined' }, { response: 'tentative' }]) {
      const other = await answer(event, `Guest${JSON.stringify(more).replace(/\W/g, '')}`, more)
      expect((await world.get(`/rsvp/${other.manageToken}`)).text).not.toContain('qr.svg')
    }
  })

  it('tells until when a place is held, and confirms by a button', async () => {
    const event = await make({ rsvp: { capacity: { inPerson: 5 }, confirmation: 'email' } })
    const ada = await linkOf(event, 'ada')
    const bob = await linkOf(event, 'bob')
    const before = await page(ada)
    expect(before).toContain('Your answer is not confirmed yet.')
    expect(before).toContain('A place is held for you until 14:00 (Europe/Brussels). Confirm it by then.')
    expect(await page(bob)).toContain('Confirm it, and you get a place if one is free, else a place in line.')
    expect(before).toContain('Confirm my answer')
    const after = await submit(`/rsvp/${ada.manageToken}`, { confirm: 'yes' })
    expect([after.status, after.text.includes('You have a seat.')]).toEqual([303, true])
    expect(after.text).not.toContain('Confirm my answer')
    world.clock.now += 3600
    expect(await page(bob)).not.toContain('A place is held')
  })

  it('says that an answer waits for approval', async () => {
    const event = await make({ rsvp: { approval: true } })
    await world.submit(`/e/${event.id}`, { name: 'Ada', email: 'ada@example.org', response: 'accepted' })
    const ada = await linkOf(event, 'bob')
    const text = await page(ada)
    expect(text).toContain('Your answer waits for the organizers to approve it.')
    expect(text).not.toContain('Confirm my answer')
  })

  it('lists the next dates of a standing answer, skips one and takes that back', async () => {
    const series = await make({ ...HANGOUT, rsvp: { capacity: { remote: 1 } } })
    const ada = await answer(series, 'Ada')
    const waiting = await answer(series, 'Bob', { occurrence: JANUARY })
    expect(waiting.place).toBe('waitlist')
    const first = await page(ada)
    expect(first).toContain('You have a seat on every date.')
    expect(first.match(/^\s*You have a seat\.$/gm)).toHaveLength(6)
    const path = `/rsvp/${ada.manageToken}/${JANUARY}`
    const skipped = await submit(path, { do: 'skip' })
    expect(skipped.status).toBe(303)
    expect(skipped.text).toContain('You skip this date.')
    expect(await page(waiting)).toContain('You have a seat.')
    const back = await submit(path, { do: 'take-back' })
    expect(back.text).toContain('You are number 1 in line.')
    const form = await world.get(path)
    expect([form.status, form.text.includes('name="email"')]).toEqual([200, false])
    expect((await submit(path, { name: 'Ada', response: 'tentative' })).text).toContain('You may come.')
    expect((await submit(path, { name: '', response: 'accepted' })).status).toBe(422)
    for (const wrong of ['20230119T220000Z', '2023', '1']) {
      expect((await world.get(`/rsvp/${ada.manageToken}/${wrong}`)).status).toBe(404)
      expect((await world.submit(`/rsvp/${ada.manageToken}/${wrong}`, { do: 'skip' })).status).toBe(404)
    }
    expect((await world.get(`/rsvp/${waiting.manageToken}/${JANUARY}`)).status).toBe(404)
  })

  it('shows names only to those whom the event shows them, of those who agreed, on the dates they come', async () => {
    const series = await make({ ...HANGOUT, rsvp: { guestList: 'guests' } })
    const ada = await answer(series, 'Ada', { showName: true })
    const bob = await answer(series, 'Bob', { showName: false })
    const cid = await answer(series, 'Cid', { occurrence: JANUARY, showName: true })
    const no = await answer(series, 'Nora', { response: 'declined', showName: true })
    expect(await page(bob)).toContain('Who is coming')
    expect(await page(bob)).toContain('Ada')
    expect(await page(ada)).not.toContain('Bob')
    expect(await page(no)).not.toContain('Ada')
    const at = async (path: string) => plain((await world.get(path)).text)
    expect(await at(`/e/${series.id}/${JANUARY}`)).not.toContain('Who is coming')
    await world.api('PATCH', `/events/${series.id}`, { rsvp: { guestList: 'everyone' } })
    const open = await at(`/e/${series.id}/${JANUARY}`)
    expect([open.includes('Ada'), open.includes('Cid'), open.includes('Bob'), open.includes('Nora')]).toEqual([
      true,
      true,
      false,
      false,
    ])
    await world.submit(`/rsvp/${ada.manageToken}/${JANUARY}`, { do: 'skip' })
    expect(await at(`/e/${series.id}/${JANUARY}`)).not.toContain('Ada')
    await world.api('PATCH', `/events/${series.id}`, { rsvp: { guestList: 'nobody' } })
    expect(await page(cid)).not.toContain('Who is coming')
  })

  it('gives all that is kept as a file, and erases it in two steps', async () => {
    const event = await make({ rsvp: { capacity: { inPerson: 1 }, questions: [{ id: 'diet', label: 'Diet' }] } })
    const ada = await answer(event, 'Ada', { answers: { diet: 'vegan' }, note: 'Hello' })
    const bob = await answer(event, 'Bob')
    const path = `/rsvp/${ada.manageToken}`
    const file = await world.get(`${path}/data`)
    expect(file.headers.get('Content-Disposition')).toMatch(/^attachment; filename="my-answer-.*\.json"$/)
    expect(file.headers.get('Cache-Control')).toBe('no-store')
    expect(file.body).toEqual(
      (await world.api('GET', `/rsvps/${ada.id}/export`, undefined, { token: ada.manageToken })).body,
    )
    expect(file.body.rsvps[0]).toMatchObject({ name: 'Ada', answers: { diet: 'vegan' }, note: 'Hello' })

    const unsure = await world.submit(`${path}/erase`, {})
    expect([unsure.status, (await world.get(path)).status]).toEqual([303, 200])
    const erased = await world.submit(`${path}/erase`, { sure: 'yes' })
    expect([erased.status, plain(erased.text).includes('Nothing here names you any more.')]).toEqual([200, true])
    for (const gone of [path, `${path}/data`]) expect((await world.get(gone)).status).toBe(404)
    expect((await world.submit(`${path}/erase`, { sure: 'yes' })).status).toBe(404)
    expect(JSON.stringify(await world.db.all({ sql: 'SELECT * FROM rsvps', params: [] }))).not.toMatch(
      // Of a word by itself: an id can have these letters by chance.
      /\bada\b|ada@|vegan|hello/i,
    )
    expect(await page(bob)).toContain('You have a seat.')
  })

  it('changes nothing when it is only looked at, by any of its addresses', async () => {
    const series = await make({ ...HANGOUT, rsvp: {} })
    const ada = await answer(series, 'Ada')
    const state = () =>
      Promise.all(['rsvps', 'changes'].map((table) => world.db.all({ sql: `SELECT * FROM ${table}`, params: [] })))
    const before = await state()
    for (const path of ['', '/data', `/${JANUARY}`, `/${JANUARY}?do=skip`, '?confirm=yes', '?cancel=yes'])
      expect((await world.get(`/rsvp/${ada.manageToken}${path}`)).status).toBe(200)
    expect((await world.get(`/rsvp/${ada.manageToken}/erase?sure=yes`)).status).toBe(404)
    expect(await state()).toEqual(before)
  })
})
