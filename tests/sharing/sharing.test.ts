/** What others make of our pages: search engines, chats and websites that show them. */
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { coloursOf, looksOf, textOn } from '../../src/sharing/colours.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.group('sig')
})
afterEach(() => world.close())

const ZOOM = { name: 'Call', uri: 'https://meet.example/x' }

describe('linked data of an event', () => {
  const dataOf = async (path: string) => {
    const { text } = await world.get(path)
    return JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)![1]!)
  }

  it('tells when, where, by whom and that it can be answered', async () => {
    const { id } = await world.event('sig', {
      locations: [{ name: 'Library', address: 'Main street 1', geo: '50.8,4.3' }],
    })
    expect(await dataOf(`/e/${id}`)).toMatchObject({
      '@type': 'Event',
      url: `https://convene.test/e/${id}`,
      startDate: '2023-02-02T14:00:00+01:00',
      endDate: '2023-02-02T18:00:00+01:00',
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      location: {
        '@type': 'Place',
        name: 'Library',
        address: 'Main street 1',
        geo: { latitude: 50.8, longitude: 4.3 },
      },
      organizer: { '@type': 'Organization', name: 'The sig group', url: 'https://convene.test/g/sig' },
      offers: { '@type': 'Offer', price: 0, availability: 'https://schema.org/InStock' },
      remainingAttendeeCapacity: 3,
    })
  })

  it.each([
    [{ virtualLocations: [ZOOM] }, 'Online'],
    [{ virtualLocations: [ZOOM], locations: [{ name: 'Library' }] }, 'Mixed'],
    [{}, 'Offline'],
  ])('tells how to attend %j: %s', async (places, mode) => {
    const { id } = await world.event('sig', places)
    expect((await dataOf(`/e/${id}`)).eventAttendanceMode).toBe(`https://schema.org/${mode}EventAttendanceMode`)
  })

  it('tells from when an event was moved, and that one was cancelled', async () => {
    const { id } = await world.event('sig')
    await world.api('PATCH', `/events/${id}`, { title: 'Another title' })
    expect((await dataOf(`/e/${id}`)).previousStartDate).toBeUndefined()
    await world.api('PATCH', `/events/${id}`, { start: '2023-02-03T14:00:00' })
    await world.api('PATCH', `/events/${id}`, { description: 'More words' })
    expect(await dataOf(`/e/${id}`)).toMatchObject({
      startDate: '2023-02-03T14:00:00+01:00',
      previousStartDate: '2023-02-02T14:00:00+01:00',
      eventStatus: 'https://schema.org/EventRescheduled',
    })
    await world.api('POST', `/events/${id}/cancel`, {})
    const cancelled = await dataOf(`/e/${id}`)
    expect([cancelled.eventStatus, cancelled.offers]).toEqual(['https://schema.org/EventCancelled', undefined])
  })

  it('tells from when one date of a series was moved, and of no other', async () => {
    const { id } = await world.event('sig', HANGOUT)
    await world.api('PUT', `/events/${id}/occurrences/20230118T220000Z`, { start: '2023-01-19T14:00:00' })
    const moved = await dataOf(`/e/${id}/20230118T220000Z`)
    expect([moved.startDate, moved.previousStartDate, moved.superEvent['@type']]).toEqual([
      '2023-01-19T14:00:00-08:00',
      '2023-01-18T14:00:00-08:00',
      'EventSeries',
    ])
    expect((await dataOf(`/e/${id}/20230215T220000Z`)).eventStatus).toBe('https://schema.org/EventScheduled')
  })

  it('tells that nothing is left, and gives whole days as days', async () => {
    const { id } = await world.event('sig', { rsvp: { capacity: { inPerson: 1 } } })
    await world.api('POST', `/events/${id}/rsvps`, { name: 'Ada', email: 'ada@example.org' })
    const full = await dataOf(`/e/${id}`)
    expect([full.offers.availability, full.remainingAttendeeCapacity]).toEqual(['https://schema.org/SoldOut', 0])
    const day = await world.event('sig', {
      start: '2023-02-04T00:00:00',
      timeZone: null,
      duration: 'P2D',
      showWithoutTime: true,
    })
    const data = await dataOf(`/e/${day.id}`)
    expect([data.startDate, data.endDate]).toEqual(['2023-02-04', '2023-02-05'])
  })

  it('lets nothing out of its element', async () => {
    const { id } = await world.event('sig', { title: '</script><script>alert(1)</script>', description: '<!--' })
    const { text } = await world.get(`/e/${id}`)
    expect(text).not.toContain('<script>alert')
    expect((await dataOf(`/e/${id}`)).name).toContain('</script>')
  })
})

describe('Open Graph', () => {
  it('names the page by one address, however it was asked for', async () => {
    const { id } = await world.event('sig')
    const { text } = await world.get(`/e/${id}?utm_source=x`)
    expect(text).toContain(`<link rel="canonical" href="https://convene.test/e/${id}"`)
    expect(text).toContain(`<meta property="og:url" content="https://convene.test/e/${id}"`)
    // A single event is at its date's address too.
    expect((await world.get(`/e/${id}/20230202T130000Z`)).text).toContain(`href="https://convene.test/e/${id}"/>`)
  })

  it('shows a picture where one can be drawn', async () => {
    const { id } = await world.event('sig')
    expect((await world.get(`/e/${id}`)).text).not.toContain('og:image')
    const drawn: string[] = []
    world.deps.drawPicture = async (svg) => {
      drawn.push(svg)
      return new Uint8Array([137, 80, 78, 71])
    }
    const pictureOf = async () =>
      /<meta property="og:image" content="https:\/\/convene.test(.*?)"/.exec((await world.get(`/e/${id}`)).text)?.[1]
    const path = await pictureOf()
    expect(path).toContain(`/pictures/e/${id}.png?v=`)
    await world.api('PATCH', `/events/${id}`, { description: 'Other words' })
    expect(await pictureOf()).not.toBe(path)
    const { status, headers } = await world.get(`/pictures/e/${id}.png`)
    expect([status, headers.get('Content-Type')]).toEqual([200, 'image/png'])
    expect(drawn[0]).toContain('Meetup in Brussels')
    for (const path of ['e/none', 'g/none', 'talks/none', 'conferences/none', 'constructor/x', '__proto__/x', 'e/..'])
      expect([path, (await world.get(`/pictures/${path}.png`)).status]).toEqual([path, 404])
    await world.api('PATCH', '/groups/sig', { visibility: 'private' })
    expect((await world.get(`/pictures/e/${id}.png`)).status).toBe(404)
  })

  it('writes titles into pictures as text', async () => {
    const drawn: string[] = []
    world.deps.drawPicture = async (svg) => {
      drawn.push(svg)
      return new Uint8Array()
    }
    for (const title of ['</text><image href="https://evil.example/"/>', '&amp;"\'', '漢字', 'x'.repeat(300), '🎉']) {
      const { id } = await world.event('sig', { title })
      expect([title, (await world.get(`/pictures/e/${id}.png`)).status]).toEqual([title, 200])
    }
    expect(drawn.join()).not.toMatch(/<image|href="/)
    expect(drawn[2]).not.toContain('漢字')
  })
})

describe('the sitemap', () => {
  const paths = (text: string) =>
    [...text.matchAll(/<loc>https:\/\/convene\.test(.*?)<\/loc>/g)].map(([, path]) => path)

  it('has every public page with when it changed, and no private one', async () => {
    const { id } = await world.event('sig')
    await world.group('secret', { visibility: 'private' })
    const hidden = await world.event('secret')
    const gone = await world.event('sig')
    await world.api('DELETE', `/events/${gone.id}`)
    await world.api('POST', '/conferences', { slug: 'conf', title: 'Conf', timeZone: 'UTC', group: 'sig' })
    await world.api('POST', '/talks', { title: 'A talk', conference: 'conf', speakers: [{ name: 'Ada' }] })
    const { text, headers } = await world.get('/sitemap.xml')
    expect(headers.get('Content-Type')).toBe('application/xml; charset=utf-8')
    expect(paths(text)).toEqual([
      '/',
      '/calendar',
      '/talks',
      '/g/sig',
      `/e/${id}`,
      '/conferences/conf',
      '/talks/conf-a-talk',
      '/speakers/ada',
    ])
    expect(text).toContain('<lastmod>2023-01-02T12:00:00Z</lastmod>')
    expect(text).not.toContain(hidden.id)
    for (const path of paths(text)) expect([path, (await world.get(path!)).status]).toEqual([path, 200])
    expect((await world.get('/sitemap-1.xml')).status).toBe(200)
    for (const path of ['/sitemap-2.xml', '/sitemap-0.xml', '/sitemap-99999.xml', '/sitemap-x.xml'])
      expect([path, (await world.get(path)).status]).toEqual([path, 404])
  })

  it('is an index of parts where it is large', async () => {
    await world.db.batch([
      sql`INSERT INTO groups (id, slug, name, description, visibility, time_zone, links, created_at, updated_at, change_id)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10050)
        SELECT 'many' || (100000 + i), 'many-' || i, 'Many', '', 'public', 'UTC', '[]', 1, 86400 + i, 'c' FROM n` as never,
    ])
    const { text } = await world.get('/sitemap.xml')
    expect(text).toContain('<sitemapindex')
    expect(paths(text)).toEqual(['/sitemap-1.xml', '/sitemap-2.xml'])
    const parts = await Promise.all(paths(text).map(async (path) => paths((await world.get(path!)).text)))
    expect(parts.map(({ length }) => length)).toEqual([10_003, 51])
    expect(new Set(parts.flat()).size).toBe(10_054)
  })

  it('is named in robots.txt, which forbids no feed', async () => {
    const { text } = await world.get('/robots.txt')
    expect(text).toContain('Sitemap: https://convene.test/sitemap.xml')
    expect(text).not.toMatch(/Disallow: \/(g|e|calendar|\s|$)/m)
  })
})

describe('oEmbed of pages', () => {
  const ask = (path: string, more = '') =>
    world.get(`/oembed?url=${encodeURIComponent(`https://convene.test${path}`)}${more}`)

  it('gives the form of an event, the calendar of a group and the talks of a conference as frames', async () => {
    const { id } = await world.event('sig', { title: 'A "quoted" event' })
    await world.api('POST', '/conferences', { slug: 'conf', title: 'Conf', timeZone: 'UTC' })
    expect((await world.get(`/e/${id}`)).text).toContain(
      `type="application/json+oembed" href="/oembed?url=https%3A%2F%2Fconvene.test%2Fe%2F${id}"`,
    )
    const { body } = await ask(`/e/${id}`)
    expect(body).toMatchObject({
      type: 'rich',
      title: 'A "quoted" event',
      width: 640,
      height: 720,
      author_name: 'The sig group',
    })
    expect(body.html).toBe(
      `<iframe src="https://convene.test/embed/e/${id}" width="640" height="720" title="A &quot;quoted&quot; event" frameborder="0"></iframe>`,
    )
    expect((await ask('/g/sig', '&maxwidth=300&maxheight=400')).body).toMatchObject({ width: 300, height: 400 })
    expect((await ask('/conferences/conf')).body.html).toContain('/embed/conferences/conf')
    expect((await ask(`/e/${id}/20230202T130000Z`)).body.html).toContain(`/embed/e/${id}/20230202T130000Z`)
    for (const path of ['/e/none', '/g/none', `/e/${id}/20230202T140000Z`, `/e/${id}/x`, '/g/sig/calendar', '/rsvp/x'])
      expect([path, (await ask(path)).status]).toEqual([path, 404])
  })
})

describe('colours of other websites', () => {
  it('become a sheet, and nothing else does', () => {
    expect(coloursOf({ scheme: 'dark', accent: '#fc0', paper: 'rgb(1, 2, 3)' })).toMatch(
      /^:root \{ color-scheme: dark; --accent: #fc0; --paper: rgb\(1, 2, 3\); --on-accent: #000;/,
    )
    for (const bad of [
      'red;}',
      'url(//evil.example)',
      'var(--x)',
      '#ggg',
      'rgb(1,2,3);x',
      'rgb(url(x))',
      'expression(1)',
      '</style>',
      'a'.repeat(500),
    ])
      expect([bad, coloursOf({ accent: bad, ink: bad, scheme: bad, unknown: bad })]).toEqual([bad, ''])
    for (const bad of ["'", '"Noto', 'x;}', 'url(x)', 'a\'b"c\'d"', '\\27'])
      expect([bad, coloursOf({ font: bad })]).toEqual([bad, ''])
    expect(coloursOf({ font: '"Noto Sans", Georgia, serif' })).toContain('font-family: "Noto Sans", Georgia, serif')
  })

  it('have a text on them that can be read', () => {
    expect([textOn('#fff'), textOn('#000000'), textOn('rgb(253, 186, 116)'), textOn('oklch(1 0 0)')]).toEqual([
      '#000',
      '#fff',
      '#000',
      null,
    ])
  })

  it('go along from page to page, and nothing else does', () => {
    expect(looksOf({ accent: '#fff', month: '2026-11', scheme: 'dark', ink: undefined })).toBe(
      'accent=%23fff&scheme=dark',
    )
  })

  it('are served as they are, to everybody', async () => {
    const { text, headers } = await world.get('/embed/colours.css?accent=%23fc0&accent=red')
    expect([headers.get('Content-Type'), text.includes('--accent: #fc0')]).toEqual(['text/css; charset=utf-8', true])
    expect((await world.get('/embed/colours.css')).status).toBe(200)
    expect((await world.get('/embed.js')).text).toContain('"https://convene.test"')
  })
})
