import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FOREIGN_SCRIPT } from '../support/scripts.ts'
import { openWorld, type World } from '../support/world.ts'

describe('the pages of an event', () => {
  let world: World
  let event: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    event = await world.event('hyperscale', {
      description: 'Bring **snacks** <script>alert(1)</script> [x](javascript:alert(1))',
      rsvp: { capacity: { inPerson: 1 }, guestsMax: 1, questions: [{ id: 'diet', label: 'Dietary needs' }] },
    })
  })
  afterEach(() => world.close())

  const answer = (n: number, more: Record<string, string> = {}) =>
    world.submit(`/e/${event.id}`, {
      name: `Guest ${n}`,
      email: `guest${n}@example.org`,
      response: 'accepted',
      ...more,
    })

  it('show it at home, in its group and by itself, with its form and no script of a guest', async () => {
    for (const path of ['/', '/g/hyperscale', `/e/${event.id}`]) {
      const page = await world.get(path)
      expect([path, page.status]).toEqual([path, 200])
      expect(page.text).toContain('Meetup in Brussels')
      expect(page.text).not.toMatch(FOREIGN_SCRIPT)
      expect(page.text).not.toContain('javascript:alert(1)"')
      expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    }
    const { text } = await world.get(`/e/${event.id}`)
    expect(text).toContain('<strong>snacks</strong>')
    expect(text).toContain('Thursday 2 February 2023, 14:00–18:00 (Europe/Brussels)')
    expect(text).toContain('Dietary needs')
  })

  it('take an answer and lead to its manage page, which changes and cancels it', async () => {
    const sent = await answer(1, { 'answers.diet': 'none', guests: '0' })
    expect(sent.status).toBe(303)
    const manage = sent.headers.get('Location')!
    expect(manage).toMatch(/^\/rsvp\/rsvp_/)
    const page = await world.get(manage)
    expect(page.text).toContain('You have a seat.')
    expect(page.headers.get('Cache-Control')).toBe('no-store')
    const second = await answer(2)
    expect((await world.get(second.headers.get('Location')!)).text).toContain('number 1 in line')

    const changed = await world.submit(manage, { name: 'Ada', response: 'accepted', 'answers.diet': 'vegan' })
    expect([changed.status, changed.headers.get('Location')]).toEqual([303, `${manage}?saved`])
    expect((await world.get(manage)).text).toContain('Ada')
    const refused = await world.submit(manage, { name: 'Ada', response: 'accepted', guests: '1' })
    expect(refused.status).toBe(409)

    await world.submit(manage, { cancel: 'yes' })
    expect((await world.get(manage)).text).toContain('You are not coming.')
    expect((await world.get(second.headers.get('Location')!)).text).toContain('You have a seat.')
  })

  it('change nothing when they are only looked at', async () => {
    const manage = (await answer(1)).headers.get('Location')!
    const state = () => world.db.all({ sql: 'SELECT * FROM rsvps', params: [] })
    const before = await state()
    for (const path of [manage, `${manage}?saved`, `/e/${event.id}`]) await world.get(path)
    await world.request('HEAD', manage, undefined, { token: null })
    expect(await state()).toEqual(before)
  })

  it('name the field that is at fault and keep what was typed', async () => {
    const sent = await answer(1, { email: 'no address', note: 'typed' })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('id="email-fault"')
    expect(sent.text).toContain('typed')
    expect(await world.db.all({ sql: 'SELECT id FROM rsvps', params: [] })).toEqual([])
  })

  it('ask again where what only a program sees was filled in, and lose nothing that was typed', async () => {
    const sent = await answer(1, { fax: '+1 555', note: 'typed' })
    expect([sent.status, sent.text.includes('Please send it again'), sent.text.includes('typed')]).toEqual([
      422,
      true,
      true,
    ])
    expect(sent.text).not.toContain('+1 555')
    expect(await world.db.all({ sql: 'SELECT id FROM rsvps', params: [] })).toEqual([])
  })

  it('say nothing to who answers with the address of somebody else', async () => {
    await answer(1)
    const again = await answer(1, { name: 'Mallory' })
    expect(again.status).toBe(202)
    expect(again.text).not.toContain('rsvp_')
  })

  it('are 404 for what is not there, with a page for people and a problem for programs', async () => {
    const page = await world.get('/nothing', { Accept: 'text/html' })
    expect([page.status, page.headers.get('Content-Type')]).toEqual([404, 'text/html; charset=UTF-8'])
    expect((await world.get('/nothing')).headers.get('Content-Type')).toBe('application/problem+json')
    for (const path of [
      '/e/nothing',
      '/g/nothing',
      '/rsvp/nothing',
      `/rsvp/rsvp_${'0'.repeat(26)}_${'a'.repeat(43)}`,
    ]) {
      expect([path, (await world.get(path)).status]).toEqual([path, 404])
    }
  })

  it('describe the API from its own schemas', async () => {
    const { body } = await world.get('/openapi.json')
    expect(Object.keys(body.paths)).toContain('/api/v1/events/{id}/rsvps')
    expect((await world.get('/docs')).text).toContain('/api/v1/events/{id}/rsvps')
    expect((await world.get('/healthz')).body.status).toBe('ok')
    expect((await world.get('/style.css')).status).toBe(200)
  })
})
