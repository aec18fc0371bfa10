import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

describe('the site', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it('tells its health and which zone data it has', async () => {
    const { status, body } = await world.get('/healthz')
    expect([status, body.status, /^20\d\d[a-z]$/.test(body.zoneData)]).toEqual([200, 'ok', true])
  })

  it('draws addresses of its own as QR codes, and no others', async () => {
    const code = await world.get(`/qr.svg?path=${encodeURIComponent('/g/sig/calendar.ics?kind=meetup')}`)
    expect([code.status, code.headers.get('Content-Type'), code.text.startsWith('<svg')]).toEqual([
      200,
      'image/svg+xml',
      true,
    ])
    for (const path of [
      '',
      '//evil.example/',
      'https://evil.example/',
      '/<script>',
      '/a b',
      `/${'x'.repeat(400)}`,
      '/a\r\nb',
    ])
      expect([path, (await world.get(`/qr.svg?path=${encodeURIComponent(path)}`)).status]).toEqual([path, 422])
  })

  it('offers a calendar to the programs that people have', async () => {
    await world.group('sig')
    const { text } = await world.get('/g/sig')
    const address = encodeURIComponent('https://convene.test/g/sig/calendar.ics')
    for (const link of [
      'webcal://convene.test/g/sig/calendar.ics',
      `https://outlook.live.com/calendar/0/addfromweb?url=${address}`,
      `https://calendar.google.com/calendar/r?cid=${encodeURIComponent('webcal://convene.test/g/sig/calendar.ics')}`,
      '/qr.svg?path=%2Fg%2Fsig%2Fcalendar.ics',
    ])
      expect(text).toContain(link)
  })
})

describe('a form', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group('sig')
  })
  afterEach(() => world.close())

  it('that cannot be read is refused, wherever it is sent', async () => {
    const { id } = await world.event('sig')
    const post = (path: string, type: string, body: string) =>
      world.request('POST', path, body, { token: null, headers: { 'Content-Type': type } })
    for (const path of [`/e/${id}`, `/embed/e/${id}`, '/subscribe', '/rsvp/x'])
      expect([path, (await post(path, 'multipart/form-data; boundary=x', 'garbage')).status]).toEqual([path, 422])
    // A form of another kind has no field that is known.
    for (const type of ['text/plain', 'application/json', 'image/png', ''])
      expect([type, (await post(`/embed/e/${id}`, type, '{"name":"Ada"')).status]).toEqual([type, 422])
    expect(await world.db.all({ sql: 'SELECT id FROM rsvps', params: [] })).toEqual([])
  })

  it('says what is wrong in words that follow the name of the field', async () => {
    const { id } = await world.event('sig')
    const { text } = await world.submit(`/embed/e/${id}`, {
      name: 'x'.repeat(500),
      email: 'a@example.org',
      response: 'perhaps',
      guests: '99',
    })
    expect([...text.matchAll(/<span class="fault"[^>]*>(.*?)<\/span>/g)].map(([, fault]) => fault)).toEqual([
      'This must have at most 200 characters.',
      'This must be one of accepted, tentative, declined.',
    ])
  })
})
