import { XMLParser, XMLValidator } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const MEDIA = {
  ics: 'text/calendar; charset=utf-8',
  jcal: 'application/calendar+json; charset=utf-8',
  jscal: 'application/jscalendar+json;type=group',
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  'feed.json': 'application/feed+json; charset=utf-8',
}
const ODD = [
  'a, b; c\\d "e"',
  ']]> <script>alert(1)</script> & more',
  'שלום ☕ 👩🏽‍💻',
  'x\ufffey',
  "O'Hara",
  '{"a":1}',
]

describe('every format of a feed', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    await world.event('hyperscale', {
      ...HANGOUT,
      keywords: ['centos', 'a, b'],
      description: '**Bold** and [a link](https://a.example/?x=1&y=2)',
      recurrenceRule: 'FREQ=MONTHLY;BYDAY=3WE;COUNT=12',
      recurrenceOverrides: {
        '2023-02-15T14:00:00': { start: '2023-02-16T14:00:00', title: 'Moved' },
        '2023-03-15T14:00:00': { status: 'cancelled', reason: 'Holidays' },
        '2023-04-19T14:00:00': { excluded: true },
        '2023-05-25T14:00:00': {},
      },
    })
    await world.event('hyperscale', {
      locations: [{ name: 'Room 1', address: 'Street 2', geo: '50.84,4.35' }],
      links: [{ href: 'https://l.example/' }],
    })
    for (const title of ODD) await world.event('hyperscale', { title, description: title })
    const off = await world.event('hyperscale', { title: 'Off' })
    await world.api('POST', `/events/${off.id}/cancel`, { reason: 'Trains' })
  })
  afterEach(() => world.close())

  const feed = (extension: string, query = '') => world.get(`/g/hyperscale/calendar.${extension}${query}`)

  it.each(Object.entries(MEDIA))(
    '%s has its media type, a tag, 304 and the same bytes twice, at every address',
    async (extension, media) => {
      const { id } = (await world.api('GET', '/groups/hyperscale/events')).body.items[0]
      for (const path of ['/calendar', '/g/hyperscale/calendar', `/e/${id}`]) {
        const one = await world.get(`${path}.${extension}`)
        expect([path, one.status, one.headers.get('Content-Type')]).toEqual([path, 200, media])
        expect((await world.get(`${path}.${extension}`)).text).toBe(one.text)
        const again = await world.get(`${path}.${extension}`, { 'If-None-Match': one.headers.get('ETag')! })
        expect(again.status).toBe(304)
      }
      expect((await feed(extension)).text).toContain('Meetup in Brussels')
      expect((await feed(extension, '?kind=hangout')).text).not.toContain('Meetup in Brussels')
      expect(
        [(await feed(extension)).text, (await feed(extension, '?cancelled=hide')).text].map((text) =>
          text.includes('Off'),
        ),
      ).toEqual([true, false])
      expect((await world.get(`/g/nobody/calendar.${extension}`)).status).toBe(404)
    },
  )

  it('jCal is what ical.js makes of the same calendar', async () => {
    for (const query of ['', '?cancelled=mark']) {
      const [text, json] = [(await feed('ics', query)).text, JSON.parse((await feed('jcal', query)).text)]
      // RFC 7986 says that these are text, which ical.js does not know.
      const known = JSON.stringify(ICAL.parse(text)).replace(/\["(name|color)",\{\},"unknown"/g, '["$1",{},"text"')
      expect(json).toEqual(JSON.parse(known))
    }
  })

  it('JSCalendar has the event as it was sent, with its rule and its changed dates', async () => {
    const group = JSON.parse((await feed('jscal')).text)
    expect([group['@type'], group.entries.length]).toEqual(['Group', 3 + ODD.length])
    const hangout = group.entries.find(({ title }: { title: string }) => title === 'Monthly hangout')
    expect(hangout).toMatchObject({
      '@type': 'Event',
      start: '2023-01-18T14:00:00',
      timeZone: 'America/Los_Angeles',
      duration: 'PT1H',
      recurrenceRules: [
        {
          '@type': 'RecurrenceRule',
          frequency: 'monthly',
          byDay: [{ '@type': 'NDay', day: 'we', nthOfPeriod: 3 }],
          count: 12,
        },
      ],
      recurrenceOverrides: {
        '2023-02-15T14:00:00': { start: '2023-02-16T14:00:00', title: 'Moved' },
        '2023-03-15T14:00:00': { excluded: true },
        '2023-04-19T14:00:00': { excluded: true },
        '2023-05-25T14:00:00': {},
      },
      keywords: { centos: true, 'a, b': true },
      virtualLocations: {
        1: { '@type': 'VirtualLocation', uri: 'https://meet.example/hangout', features: { video: true } },
      },
    })
    const marked = JSON.parse((await feed('jscal', '?cancelled=mark')).text)
    expect(JSON.stringify(marked)).toContain('"status":"cancelled"')
  })

  it.each(['atom', 'rss'])('%s is well-formed, whatever the texts hold', async (extension) => {
    const { text } = await feed(extension)
    expect(XMLValidator.validate(text)).toBe(true)
    expect(text).not.toMatch(/<script|[\ufffe\uffff]/)
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(text)
    const entries = extension === 'atom' ? parsed.feed.entry : parsed.rss.channel.item
    const titles = entries.map(({ title }: { title: string | { '#text': string } }) =>
      typeof title === 'string' ? title : title['#text'],
    )
    expect(titles).toEqual(expect.arrayContaining(['Monthly hangout', 'Cancelled: Off', 'a, b; c\\d "e"']))
    expect(text).toContain('&lt;strong&gt;Bold&lt;/strong&gt;')
  })

  it('JSON Feed has each event once, the newest change first', async () => {
    world.clock.now += 60
    const { items } = (await world.api('GET', '/groups/hyperscale/events?kind=hangout')).body
    await world.api('PATCH', `/events/${items[0].id}`, { title: 'Renamed' })
    const news = JSON.parse((await feed('feed.json')).text)
    expect([news.version, news.items[0].title, news.items.length]).toEqual([
      'https://jsonfeed.org/version/1.1',
      'Renamed',
      3 + ODD.length,
    ])
    expect(news.items[0]).toMatchObject({
      date_modified: '2023-01-02T12:01:00Z',
      date_published: '2023-01-02T12:00:00Z',
      tags: ['centos', 'a, b'],
    })
  })
})
