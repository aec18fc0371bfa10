/** Each line that the iCalendar writer makes, letter for letter: what a client shows of an event is this and nothing else. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkedEvent } from '../../src/events/checked.ts'
import { addVevent, newCalendar, renderEvent, rendererOf } from '../../src/events/vevent.ts'
import { MEETUP, openWorld, type World } from '../support/world.ts'

const AT = Date.UTC(2023, 0, 2, 12) / 1000
const URL = 'https://convene.test/e/abc'

/** The lines of an event, unfolded. */
function linesOf(more: object, links?: object[]): string[] {
  const checked = checkedEvent({ ...MEETUP, locations: [], ...more })
  if (!checked.ok) throw new Error(JSON.stringify(checked))
  const one = {
    id: 'abc',
    uid: 'abc@convene.test',
    sequence: 3,
    createdAt: AT,
    updatedAt: AT + 60,
    event: links ? { ...checked.event, links: links as never } : checked.event,
  }
  return renderEvent(one, 'https://convene.test', AT).ics.replaceAll('\r\n ', '').split('\r\n')
}
const linesNamed = (lines: string[], name: string) =>
  lines.filter((line) => new RegExp(`^${name}[:;]`).test(line)).map((line) => line.slice(name.length))

describe('the iCalendar writer', () => {
  it('writes an event', () => {
    expect(linesOf({ title: 'Meetup', description: '', keywords: ['a', 'b'] })).toEqual([
      'BEGIN:VEVENT',
      'UID:abc@convene.test',
      'SEQUENCE:3',
      'DTSTAMP:20230102T120100Z',
      'SUMMARY:Meetup',
      'TRANSP:TRANSPARENT',
      'DESCRIPTION:https://convene.test/e/abc',
      'CATEGORIES:a,b',
      'URL;VALUE=URI:https://convene.test/e/abc',
      'STATUS:CONFIRMED',
      'CREATED:20230102T120000Z',
      'LAST-MODIFIED:20230102T120100Z',
      'DTSTART:20230202T130000Z',
      'DTEND:20230202T170000Z',
      expect.stringMatching(/^COLOR:[a-z]+$/),
      'END:VEVENT',
      '',
    ])
  })

  it('says first how to join, then who speaks, what it is about and where its links lead', () => {
    const lines = linesOf({
      description: 'About it',
      virtualLocations: [{ uri: 'https://a.example/' }, { name: 'Matrix', uri: 'https://b.example/' }],
      links: [
        { href: 'https://x.example/1', title: 'One' },
        { href: 'https://x.example/2', rel: 'log' },
        { href: 'https://x.example/3' },
      ],
    })
    expect(linesNamed(lines, 'DESCRIPTION')).toEqual([
      ':Join: https://a.example/\\nMatrix: https://b.example/\\n\\nAbout it\\n\\nOne: https://x.example/1\\nlog: https://x.example/2\\nLink: https://x.example/3\\n\\nhttps://convene.test/e/abc',
    ])
    const speakers = [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }]
    expect(linesNamed(linesOf({ kind: 'talk', description: '', speakers }), 'DESCRIPTION')).toEqual([
      ':Speakers: Ada Lovelace\\, Grace Hopper\\n\\nhttps://convene.test/e/abc',
    ])
    const stream = linesOf({ kind: 'stream', description: '', channel: { name: 'TV', uri: 'https://tv.example/' } })
    expect(linesNamed(stream, 'DESCRIPTION')).toEqual([':TV: https://tv.example/\\n\\nhttps://convene.test/e/abc'])
    expect(linesNamed(stream, 'LOCATION')).toEqual([':https://tv.example/'])
  })

  it('says that it was called off, and why', () => {
    const calendarOf = (
      status: 'cancelled' | 'confirmed',
      own?: { lines: string[]; stamp: number; isCancelled: boolean },
    ) => {
      const checked = checkedEvent({ ...MEETUP, locations: [], title: 'Meetup', description: '', status })
      if (!checked.ok) throw new Error('no event')
      const calendar = newCalendar()
      const one = { uid: 'u@x', sequence: 1, createdAt: AT, updatedAt: AT, event: checked.event }
      addVevent(calendar, one, URL, own ? { own } : {})
      return calendar.toString().replaceAll('\r\n ', '').split('\r\n')
    }
    const off = calendarOf('cancelled')
    expect([linesNamed(off, 'SUMMARY'), linesNamed(off, 'STATUS')]).toEqual([[':Cancelled: Meetup'], [':CANCELLED']])
    expect(linesNamed(off, 'DESCRIPTION')).toEqual([':This was called off.\\n\\nhttps://convene.test/e/abc'])
    expect(linesNamed(off, 'PRODID')).toEqual([':-//Convene//Convene//EN'])
    const own = calendarOf('confirmed', { lines: ['X-OWN:1'], stamp: AT + 5, isCancelled: true })
    expect([
      linesNamed(own, 'STATUS'),
      linesNamed(own, 'TRANSP'),
      linesNamed(own, 'DTSTAMP'),
      linesNamed(own, 'X-OWN'),
    ]).toEqual([[':CANCELLED'], [':OPAQUE'], [':20230102T120005Z'], [':1']])
    expect(linesNamed(calendarOf('confirmed'), 'STATUS')).toEqual([':CONFIRMED'])
    expect(linesNamed(linesOf({ status: 'tentative' }), 'STATUS')).toEqual([':TENTATIVE'])
  })

  it('says where: the venues; else the room in chat by its name, or where to click', () => {
    const at = (more: object) => linesNamed(linesOf(more), 'LOCATION')
    expect(at({ locations: [{ name: 'Library', address: 'Street 1' }, { name: 'Café' }] })).toEqual([
      ':Library\\, Street 1\\; Café',
    ])
    const chat = { name: '#centos', uri: 'https://web.example/#c', features: ['chat'] }
    expect(at({ virtualLocations: [chat] })).toEqual([':#centos'])
    expect(at({ virtualLocations: [{ ...chat, features: ['video'] }] })).toEqual([':https://web.example/#c'])
    expect(at({ virtualLocations: [{ name: 'Room', uri: 'https://web.example/' }] })).toEqual([':https://web.example/'])
    expect(at({ virtualLocations: [{ uri: 'https://web.example/', features: ['chat'] }] })).toEqual([
      ':https://web.example/',
    ])
    expect(at({})).toEqual([])
  })

  it('lists each way to join (RFC 7986, 5.11)', () => {
    const virtualLocations = [
      { uri: 'https://a.example/' },
      { name: 'Say "hi" ^', uri: 'https://b.example/', features: ['chat', 'video'] },
    ]
    expect(linesNamed(linesOf({ virtualLocations }), 'CONFERENCE')).toEqual([
      ';VALUE=URI:https://a.example/',
      `;VALUE=URI;FEATURE=CHAT,VIDEO;LABEL="Say 'hi' '":https://b.example/`,
    ])
  })

  it('attaches what was handed out, and shows pictures', () => {
    const rels = ['minutes', 'log', 'slides', 'recording', 'captions', 'paper', 'code', 'other', 'enclosure']
    const links = [...rels, 'icon', 'image', 'describedby', undefined].map((rel) => ({
      href: `https://x.example/${rel ?? 'none'}`,
      ...(rel ? { rel } : {}),
    }))
    const lines = linesOf({}, [
      ...links,
      { href: 'https://x.example/pdf', rel: 'slides', contentType: 'application/pdf' },
    ])
    expect(linesNamed(lines, 'ATTACH')).toEqual([
      ...rels.map((rel) => `:https://x.example/${rel}`),
      ';FMTTYPE=application/pdf:https://x.example/pdf',
    ])
    expect(linesNamed(lines, 'IMAGE')).toEqual([
      ';VALUE=URI;DISPLAY=BADGE:https://x.example/icon',
      ';VALUE=URI;DISPLAY=BADGE:https://x.example/image',
    ])
  })

  it('keeps an address whole that holds what texts escape', () => {
    const checked = checkedEvent({ ...MEETUP })
    if (!checked.ok) throw new Error('no event')
    const calendar = newCalendar()
    const one = { uid: 'u@x', sequence: 1, createdAt: AT, updatedAt: AT, event: checked.event }
    addVevent(calendar, one, 'https://convene.test/a,b;c\\d', {})
    expect(calendar.toString()).toContain('URL;VALUE=URI:https://convene.test/a%2Cb%3Bc%5Cd\r\n')
  })

  it('names all that a text depends on besides the event', () => {
    expect(rendererOf('https://convene.test')).toMatch(/^\d+\|[\w.]+\|https:\/\/convene\.test$/)
  })
})

describe('a feed', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())
  const feed = async (query = '') => (await world.get(`/g/hyperscale/calendar.ics${query}`)).text

  it('has a reminder in each event that has not been called off, where one is asked for', async () => {
    await world.event('hyperscale', { title: 'One' })
    await world.event('hyperscale', { title: 'Two' })
    const off = await world.event('hyperscale', { title: 'Off' })
    await world.api('POST', `/events/${off.id}/cancel`, {})
    expect(await feed()).not.toContain('VALARM')
    const plain = await feed('?cancelled=keep')
    const text = await feed('?alarm=15m')
    const alarm =
      'BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Reminder\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n'
    expect(text.split(alarm)).toHaveLength(3)
    expect(text).toMatch(/SUMMARY:Cancelled: Off[\s\S]*?END:VEVENT/)
    expect(text.replaceAll(alarm, 'END:VEVENT\r\n').length).toBe((await feed()).length)
    expect(plain.length).toBeGreaterThan(0)
  })

  it('names each zone once, in their order, since the first year that needs it', async () => {
    const weekly = (timeZone: string, year: number) =>
      world.event('hyperscale', { timeZone, start: `${year}-03-01T18:00:00`, recurrenceRule: 'FREQ=WEEKLY' })
    for (const year of [2023, 2019, 2021]) await weekly('Europe/Brussels', year)
    await weekly('America/New_York', 2022)
    const text = await feed()
    expect([...text.matchAll(/^TZID:(.*)\r$/gm)].map(([, zone]) => zone)).toEqual([
      'America/New_York',
      'Europe/Brussels',
    ])
    const brussels = text.slice(text.indexOf('TZID:Europe/Brussels'), text.indexOf('BEGIN:VEVENT'))
    expect(
      Math.min(...[...brussels.matchAll(/^DTSTART:(\d{4})/gm)].map(([, year]) => Number(year))),
    ).toBeLessThanOrEqual(2019)
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n')
  })
})
