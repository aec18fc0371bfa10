import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const calendar = (...vevents: string[][]) =>
  ['BEGIN:VCALENDAR', ...vevents.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']), 'END:VCALENDAR'].join(
    '\r\n',
  )

const HANGOUT = [
  'UID:hangout@old.example',
  'DTSTART;TZID="/mozilla.org/20070129_1/America/Los_Angeles":20230118T140000',
  'DTEND;TZID=Pacific Standard Time:20230118T150000',
  'RRULE:FREQ=MONTHLY;BYDAY=3WE',
  'EXDATE;TZID=America/Los_Angeles:20230315T140000',
  'SUMMARY:Hangout\\, monthly\\; with',
  '  friends',
  'LOCATION:https://meet.example/hangout',
  'CATEGORIES:centos,hyper\\,scale',
  'STATUS:CONFIRMED',
]
const MOVED = [
  'UID:hangout@old.example',
  'RECURRENCE-ID:20230215T220000Z',
  'DTSTART:20230216T220000Z',
  'DTEND:20230216T230000Z',
  'SUMMARY:Hangout\\, monthly\\; with friends',
  'LOCATION:https://meet.example/hangout',
]

describe('a calendar of another program', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group('sig', { timeZone: 'Europe/Brussels' })
    await world.group('other')
  })
  afterEach(() => world.close())

  const send = (text: string, query = '', group = 'sig') =>
    world.api('POST', `/groups/${group}/import${query}`, text, { headers: { 'Content-Type': 'text/calendar' } })
  const only = async () => {
    const { items } = (await world.api('GET', '/groups/sig/events')).body
    expect(items).toHaveLength(1)
    return (await world.api('GET', `/events/${items[0].id}`)).body
  }

  it('comes in with zone, rule, changed dates and UID', async () => {
    const imported = await send(calendar(HANGOUT, MOVED))
    expect([imported.status, imported.body.created.length, imported.body.notes]).toEqual([200, 1, []])
    expect(await only()).toMatchObject({
      uid: 'hangout@old.example',
      title: 'Hangout, monthly; with friends',
      kind: 'hangout',
      start: '2023-01-18T14:00:00',
      timeZone: 'America/Los_Angeles',
      duration: 'PT1H',
      recurrenceRule: 'FREQ=MONTHLY;BYDAY=3WE',
      recurrenceOverrides: {
        '2023-02-15T14:00:00': { start: '2023-02-16T14:00:00' },
        '2023-03-15T14:00:00': { excluded: true },
      },
      virtualLocations: [{ uri: 'https://meet.example/hangout', features: ['video'] }],
      keywords: ['centos', 'hyper,scale'],
    })
  })

  it('changes at a second import what changed there, and keeps what was edited here', async () => {
    await send(calendar(HANGOUT))
    const before = await only()
    await world.api('PATCH', `/events/${before.id}`, { description: 'Ours', keywords: ['ours'] })
    expect((await send(calendar(HANGOUT))).body).toMatchObject({
      created: [],
      updated: [],
      unchanged: [{ id: before.id }],
    })
    const later = HANGOUT.map((line) => line.replace('140000', '130000').replace('150000', '140000'))
    const dry = await send(calendar(later), '?dryRun=true')
    expect([dry.body.updated.length, (await only()).start]).toEqual([1, before.start])
    await send(calendar(later))
    expect(await only()).toMatchObject({
      id: before.id,
      uid: before.uid,
      start: '2023-01-18T13:00:00',
      description: 'Ours',
    })
    await world.api('PATCH', `/events/${before.id}`, { title: 'Our title' })
    const renamed = later.map((line) => line.replace(/^SUMMARY:.*/, 'SUMMARY:Their title'))
    const third = await send(calendar(renamed.map((line) => line.replace(/^LOCATION:.*/, 'LOCATION:Elsewhere'))))
    expect((await only()).title).toBe('Our title')
    expect(third.body.notes.join()).toContain('kept as it was edited here, though its source changed too: title')
  })

  it('reads a time without a zone in the zone of its calendar, else in that of the group', async () => {
    const lines = ['UID:a', 'DTSTART:20230601T100000', 'SUMMARY:A']
    await send(calendar(lines))
    expect((await only()).timeZone).toBe('Europe/Brussels')
    await world.api('DELETE', `/events/${(await only()).id}`)
    await send(
      calendar(['UID:b', ...lines.slice(1)]).replace('BEGIN:VEVENT', 'X-WR-TIMEZONE:Asia/Tokyo\r\nBEGIN:VEVENT'),
    )
    expect((await only()).timeZone).toBe('Asia/Tokyo')
  })

  it('brings no UID in that another event has, nor one that would break a line', async () => {
    await send(calendar(HANGOUT), '', 'other')
    await send(calendar(HANGOUT))
    expect((await only()).uid).toMatch(/@convene\.test$/)
    for (const uid of ['a\\nATTENDEE:mailto:x@y', 'a b', 'ü', '"', 'a;b', 'x'.repeat(300), 'a\u0000b'])
      expect((await send(calendar([`UID:${uid}`, 'DTSTART:20230601T100000Z', `SUMMARY:${uid}`]))).status).toBe(200)
    const feed = (await world.get('/g/sig/calendar.ics')).text
    const uids = feed.match(/^UID:.*$/gm)!
    expect([
      uids.length,
      uids.every((line) => /^UID:[0-9a-z]{26}@convene\.test/.test(line)),
      feed.includes('\nATTENDEE'),
    ]).toEqual([8, true, false])
  })

  it.each([
    ['no calendar at all', 'hello', 'line 1'],
    ['a line that is none', calendar(HANGOUT).replace('STATUS:CONFIRMED', 'STATUS'), 'line 12'],
    ['an event without an end', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n', 'line 1'],
    ['no UID', calendar(['DTSTART:20230601T100000Z']), 'line 2'],
    ['no DTSTART', calendar(['UID:a']), 'line 2, UID a'],
    ['a day that is not', calendar(['UID:a', 'DTSTART:20230230T100000Z']), 'line 2, UID a'],
    ['an unknown zone', calendar(['UID:a', 'DTSTART;TZID=Mars/Olympus:20230601T100000']), 'line 2, UID a'],
    [
      'an end before its start',
      calendar(['UID:a', 'DTSTART:20230601T100000Z', 'DTEND:20230601T090000Z']),
      'line 2, UID a',
    ],
    ['every second', calendar(['UID:a', 'DTSTART:20230601T100000Z', 'RRULE:FREQ=SECONDLY']), 'line 2, UID a'],
    [
      'ten billion',
      calendar(['UID:a', 'DTSTART:20230601T100000Z', 'RRULE:FREQ=DAILY;COUNT=10000000000']),
      'line 2, UID a',
    ],
    [
      '10,000 RDATEs',
      calendar([
        'UID:a',
        'DTSTART:20230601T100000Z',
        `RDATE:${Array.from({ length: 10_000 }, (_, n) => `20${String(n).padStart(2, '0').slice(-2)}0101T${String(n % 24).padStart(2, '0')}0000Z`)}`,
      ]),
      'line 2, UID a, recurrenceOverrides',
    ],
    ['a tower of components', 'BEGIN:VCALENDAR\r\n'.repeat(1000), 'line 9'],
  ])('with %s is refused with its place; the rest of it comes in where that is asked for', async (_, text, place) => {
    const refused = await send(text)
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, place])
    expect((await world.api('GET', '/groups/sig/events')).body.items).toEqual([])
    const good = text.replace(
      'END:VCALENDAR',
      `BEGIN:VEVENT\r\nUID:good\r\nDTSTART:20230601T100000Z\r\nSUMMARY:Good\r\nEND:VEVENT\r\nEND:VCALENDAR`,
    )
    const partial = await send(good, '?partial=true')
    expect([partial.status, partial.body.faults.length > 0]).toEqual([200, true])
    if (good !== text) expect(partial.body.created.map(({ title }: { title: string }) => title)).toContain('Good')
  })
})
