/** Golden files of our own in the formats of others, and what is at fault in bad ones. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Event, putSchedule, schedule, talksOf } from '../support/schedules.ts'
import { openWorld, type World } from '../support/world.ts'

/** The same talk in every format, as far as each can say it. */
const GOLDEN: Record<string, unknown> = {
  pretalx: {
    count: 1,
    results: [
      {
        code: 'ABCDEF',
        title: 'Feeds that never lie',
        speakers: [{ code: 'GHIJKL', name: 'Zoë Ångström' }],
        submission_type: { en: 'Talk', de: 'Vortrag' },
        track: { id: 4, name: { en: 'Calendars' } },
        state: 'confirmed',
        abstract: 'Short.',
        description: 'Long *text*.',
        duration: 30,
        content_locale: 'en',
        slot: { start: '2023-02-04T10:30:00+01:00', end: '2023-02-04T11:15:00+01:00', room: { en: 'Janson' } },
        tags: ['feeds'],
        resources: [
          { resource: 'https://conf.example/a.pdf', description: 'Slides' },
          { resource: '/media/b.pdf', description: 'On a path' },
        ],
      },
      { code: 'ZZZZZZ', title: 'Withdrawn', state: 'withdrawn' },
    ],
  },
  sessionize: {
    sessions: [
      {
        id: '14022',
        title: 'Feeds that never lie',
        description: 'Short.',
        startsAt: '2023-02-04T10:30:00',
        endsAt: '2023-02-04T11:15:00',
        isServiceSession: false,
        speakers: ['00000000-0000-0000-0000-000000000004'],
        categoryItems: [11, 21, 31, 41],
        roomId: 215,
        recordingUrl: 'https://youtu.be/abc',
      },
      { id: '1', title: 'Lunch', isServiceSession: true, speakers: [], startsAt: '2023-02-04T12:00:00' },
    ],
    speakers: [{ id: '00000000-0000-0000-0000-000000000004', fullName: 'Zoë Ångström' }],
    categories: [
      { title: 'Track', items: [{ id: 11, name: 'Calendars' }] },
      { title: 'Session format', items: [{ id: 21, name: 'Talk' }] },
      { title: 'Language', items: [{ id: 31, name: 'English' }] },
      { title: 'Tags', items: [{ id: 41, name: 'feeds' }] },
    ],
    rooms: [{ id: 215, name: 'Janson' }],
  },
  'sessionize grid': [
    {
      date: '2023-02-04T00:00:00',
      rooms: [
        {
          id: 215,
          name: 'Janson',
          sessions: [
            {
              id: '14022',
              title: 'Feeds that never lie',
              description: 'Short.',
              startsAt: '2023-02-04T10:30:00',
              endsAt: '2023-02-04T11:15:00',
              speakers: [{ id: 'x', name: 'Zoë Ångström' }],
              categories: [
                { name: 'Track', categoryItems: [{ id: 11, name: 'Calendars' }] },
                { name: 'Session format', categoryItems: [{ id: 21, name: 'Talk' }] },
                { name: 'Language', categoryItems: [{ id: 31, name: 'English' }] },
                { name: 'Tags', categoryItems: [{ id: 41, name: 'feeds' }] },
              ],
              room: 'Janson',
            },
          ],
        },
      ],
    },
  ],
  csv:
    'Id,Title,Start,End,Room,Track,Type,Language,Speakers,Tags,Abstract,Slides\r\n' +
    '7,Feeds that never lie,2023-02-04 10:30,2023-02-04 11:15,Janson,Calendars,Talk,en,Zoë Ångström,feeds,Short.,https://conf.example/a.pdf\r\n',
}

describe('a schedule', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const put = (name: string, body: unknown, query = '?timeZone=Europe/Brussels') =>
    putSchedule(world, 'conf', body, query, name === 'csv' ? 'csv' : 'json')

  it.each(Object.entries(GOLDEN))('in the format %s is read', async (name, body) => {
    const answer = await put(name, body)
    expect([answer.status, answer.body.format, answer.body.talks]).toEqual([
      200,
      name.split(' ')[0],
      { created: 1, updated: 0, unchanged: 0 },
    ])
    const [talk, ...rest] = await talksOf(world, 'conf')
    expect(rest).toEqual([])
    expect(talk).toMatchObject({
      title: 'Feeds that never lie',
      abstract: 'Short.',
      start: '2023-02-04T10:30:00',
      timeZone: 'Europe/Brussels',
      duration: 'PT45M',
      room: 'Janson',
      track: 'Calendars',
      type: 'Talk',
      language: 'en',
      keywords: ['feeds'],
      speakers: [{ name: 'Zoë Ångström' }],
    })
    expect((await put(name, body)).body.talks).toEqual({ created: 0, updated: 0, unchanged: 1 })
  })

  it('in no format that is known is refused', async () => {
    for (const body of [{}, [], [1], { a: { b: 1 } }, 'null', '7', '"text"']) {
      const answer = await put('json', body)
      expect([body, answer.status]).toEqual([body, 422])
    }
    expect((await putSchedule(world, 'conf', '<rss><channel/></rss>', '', 'xml')).body.errors[0].message).toContain(
      'schedule.xml, nodes.xml',
    )
    expect((await put('csv', 'id,name\n1,x\n')).body.errors).toEqual([
      { path: 'line 1, title', message: 'is a column that is needed' },
    ])
  })

  it.each(['xml', 'json', 'csv'])('of hostile text goes out as %s and comes in as it was', async (extension) => {
    const talk = (title: string, more: Event = {}) => ({ title, track: title, ...more })
    const events = [
      talk('=HYPERLINK("https://evil.example")', { abstract: "'+1\nsecond line" }),
      talk('</title><script>alert(1)</script> & ]]> "quoted", \'single\'; 100 %'),
      talk('مؤتمر العربية', { persons: [{ id: 1, name: 'محمد الخوارزمي' }] }),
      talk('日本語の話 👩‍👩‍👧 𝔘𝔫𝔦', { persons: [{ id: 2, name: '山田太郎' }], room: '大ホール' }),
      talk('Ελληνικά, עברית, हिन्दी, ภาษาไทย', { persons: [{ name: 'Александр Пушкин' }, { name: "O'Brien-Ñandú" }] }),
      talk('__proto__', { room: '__proto__', persons: [{ name: 'constructor' }] }),
    ]
    const sent = schedule(events)
    const first = await putSchedule(world, 'conf', JSON.stringify(sent))
    expect([first.status, first.body.talks?.created]).toEqual([200, 6])
    const { text } = await world.get(`/api/v1/conferences/conf/schedule.${extension}`)
    const again = await putSchedule(world, 'copy', text, '', extension)
    expect([again.status, again.body.talks.created]).toEqual([200, 6])
    const own = ({ id: _, slug: __, conference: ___, created, updated, url, website, ...talk }: Event) => talk
    expect((await talksOf(world, 'copy')).map(own)).toEqual((await talksOf(world, 'conf')).map(own))
    expect((await talksOf(world, 'conf')).map(({ title }) => title)).toEqual(events.map(({ title }) => title))
  })

  const bad: [string, Event, string][] = [
    ['no title', { title: null }, 'day 1, event 2, title'],
    ['a title that is a list', { title: ['x'] }, 'schedule.conference.days.0.rooms.Janson.1.title'],
    ['no id', { id: null }, 'day 1, event ?'],
    ['another one’s id', { id: 1 }, 'event 1'],
    ['no time', { start: '' }, 'day 1, event 2, start'],
    ['a time that no day has', { start: '25:61' }, 'day 1, event 2, start'],
    ['a date that no month has', { date: '2023-02-30T10:00:00+01:00', start: '' }, 'day 1, event 2, start'],
    ['a year past all zones', { date: '9999-01-01T10:00:00+01:00' }, 'day 1, event 2, start'],
    ['a title of 600 letters', { title: 'x'.repeat(600) }, 'day 1, event 2, title'],
    [
      '60 speakers',
      { persons: Array.from({ length: 60 }, (_, at) => ({ name: `S${at}` })) },
      'day 1, event 2, speakers',
    ],
  ]

  it.each(bad)(
    'with a talk that has %s is refused, or with ?partial=true imported without it',
    async (_, event, path) => {
      const body = schedule([{}, event, {}])
      const refused = await put('json', body)
      expect([refused.status, refused.body.errors?.map((one: { path: string }) => one.path)]).toEqual([422, [path]])
      expect((await world.api('GET', '/conferences/conf')).status).toBe(404)
      const partial = await put('json', body, '?partial=true')
      expect([partial.status, partial.body.faults, partial.body.talks.created]).toEqual([200, refused.body.errors, 2])
      expect((await talksOf(world, 'conf')).map(({ title }) => title)).toEqual(['Talk 1', 'Talk 3'])
      // What could not be read is not gone.
      await put('json', schedule([{}, {}, {}]))
      expect((await put('json', body, '?partial=true')).body.changelog.cancelled).toBe(0)
    },
  )

  it('takes talks without an end, a room or a day of the conference', async () => {
    const answer = await put('json', schedule([{ duration: '', room: '' }, { date: '2031-01-01T10:00:00+01:00' }]))
    expect(answer.body.notes).toEqual(['day 1, event 1: has no duration that can be read: ""'])
    expect((await talksOf(world, 'conf')).map(({ duration, start }) => [duration, start])).toEqual([
      [null, '2023-02-04T10:00:00'],
      ['PT30M', '2031-01-01T10:00:00'],
    ])
  })

  it('drops control characters and halves of characters', async () => {
    const text = 'a\\u0000b\\u0007c\\u202ed\\ud800e'
    const body = JSON.stringify(schedule([{ title: '@', abstract: '@', room: '@', persons: [{ name: '@' }] }]))
    const answer = await put('json', body.replaceAll('@', text))
    expect(answer.status).toBe(200)
    expect((await talksOf(world, 'conf'))[0]).toMatchObject({ title: 'abcd�e', room: 'abcd�e' })
    expect(
      (await putSchedule(world, 'other', (await world.get('/api/v1/conferences/conf/schedule.xml')).text, '', 'xml'))
        .status,
    ).toBe(200)
  })

  it('with a zone that is none is refused, or read in the zone that the request names', async () => {
    const body = schedule([{}], { time_zone_name: 'Mars/Olympus' })
    expect((await put('json', body)).body.errors[0].path).toBe('conference.time_zone_name')
    const partial = await put('json', body, '?partial=true&timeZone=Asia/Tokyo')
    expect([partial.status, (await talksOf(world, 'conf'))[0]!.timeZone]).toEqual([200, 'Asia/Tokyo'])
  })

  it('that is nested, empty or cut off is refused at once', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const deepMap = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    for (const body of [
      deep,
      deepMap,
      `{"schedule":${deep}}`,
      `{"events":${deep}}`,
      `{"sessions":${deepMap}}`,
      '',
      '{"events":[',
    ]) {
      expect([400, 422]).toContain((await put('json', body)).status)
    }
    expect((await put('csv', '"'.repeat(1_000_000))).status).toBe(422)
    expect((await put('csv', '')).status).toBe(422)
    // Unknown members may be as deep as they like: nobody looks.
    expect(
      (await put('json', JSON.stringify(schedule([{}])).replace('"version"', `"deep":${deep},"version"`))).status,
    ).toBe(200)
  })

  it('names the line of a table that is at fault', async () => {
    const csv = 'title;start;room\nGood;2023-02-04T10:00;A\n;2023-02-04T10:00;A\nNo time;soon;A\nUntimed;;\n'
    expect((await put('csv', csv)).body.errors).toEqual([
      { path: 'line 3', message: 'has neither id nor guid' },
      { path: 'line 4, start', message: 'is no time of a day: soon' },
    ])
    expect((await put('csv', csv, '?partial=true')).body.talks.created).toBe(2)
  })
})
