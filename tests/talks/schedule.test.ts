import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <conference><title>Conf &amp; more</title><acronym>conf-2023</acronym><start>2023-02-04</start><end>2023-02-05</end>
    <time_zone_name>Europe/Brussels</time_zone_name><url>https://conf.example/</url></conference>
  <day index="1" date="2023-02-04"><room name="Janson"><event id="7" guid="7ee5f2a0-0f13-4d6c-9d2e-000000000007">
    <title>Feeds &lt;that&gt; never lie</title><subtitle>Or do they?</subtitle><date>2023-02-04T10:30:00+01:00</date>
    <start>10:30</start><duration>00:25</duration><room>Janson</room><track>Calendars</track><type>talk</type>
    <language>en</language><abstract>&lt;p&gt;Short.&lt;/p&gt;</abstract><description>Long "text" &amp; more</description>
    <persons><person id="3">Ada Lovelace</person><person id="4">Zoë Ångström</person></persons>
    <attachments><attachment type="slides" href="https://conf.example/a.pdf">Slides</attachment></attachments>
    <links><link href="https://conf.example/a.webm">Video</link><link href="https://conf.example/x?a=1&amp;b=2">More</link></links>
  </event></room></day>
  <day index="2" date="2023-02-05"><room name="Lameere"><event id="8"><title>After midnight</title>
    <start>00:30</start><duration>01:30</duration><persons><person id="3">Ada Lovelace</person></persons></event></room></day>
</schedule>`

describe('a schedule', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const put = (slug: string, extension: string, body: unknown) =>
    world.api('PUT', `/conferences/${slug}/schedule.${extension}`, body, {
      headers: { 'Content-Type': `application/${extension}` },
    })
  const get = (slug: string, extension: string, headers: Record<string, string> = {}) =>
    world.get(`/api/v1/conferences/${slug}/schedule.${extension}`, headers)
  const talksOf = async (slug: string) =>
    (await world.api('GET', `/talks?conference=${slug}`)).body.items.map(
      ({ id, slug: _, conference, created, updated, url, ...talk }: Record<string, unknown>) => talk,
    )

  it.each(['xml', 'json'])('goes out as %s and comes in again as the same talks', async (extension) => {
    expect((await put('first', 'xml', XML)).body.talks).toEqual({ created: 2, updated: 0, unchanged: 0 })
    const written = (await get('first', extension)).text
    const again = await put('second', extension, written)
    expect([again.status, again.body.talks]).toEqual([200, { created: 2, updated: 0, unchanged: 0 }])
    const talks = await talksOf('first')
    expect(talks.map(({ title }: { title: string }) => title)).toEqual(['After midnight', 'Feeds <that> never lie'])
    // What had no address of its own has one here, which the format can say.
    const own = (talk: Record<string, unknown>) => ({ ...talk, website: null })
    expect((await talksOf('second')).map(own)).toEqual(talks.map(own))
    expect((await put('first', extension, written)).body.talks.created).toBe(0)
  })

  it('has days, rooms and times of its own zone', async () => {
    await put('first', 'xml', XML)
    const { schedule } = JSON.parse((await get('first', 'json')).text)
    expect([schedule.version, schedule.conference.time_zone_name]).toEqual(['2023-01-02T12:00:00Z', 'Europe/Brussels'])
    expect(
      schedule.conference.days.map(({ date, rooms }: { date: string; rooms: object }) => [date, Object.keys(rooms)]),
    ).toEqual([
      ['2023-02-04', ['Janson']],
      ['2023-02-05', ['Lameere']],
    ])
    expect(schedule.conference.days[0].rooms.Janson[0]).toMatchObject({
      id: 7,
      date: '2023-02-04T10:30:00+01:00',
      duration: '00:25',
      persons: [
        { id: 3, name: 'Ada Lovelace' },
        { id: 4, name: 'Zoë Ångström' },
      ],
    })
  })

  it('has the same bytes and tag until something changes', async () => {
    await put('first', 'xml', XML)
    const [one, two] = [await get('first', 'xml'), await get('first', 'xml')]
    expect(two.text).toBe(one.text)
    const tag = one.headers.get('ETag')!
    expect((await get('first', 'xml', { 'If-None-Match': tag })).status).toBe(304)
    world.clock.now += 60
    const { items } = (await world.api('GET', '/talks')).body
    await world.api('PATCH', `/talks/${items[0].slug}`, { title: 'New' })
    expect((await get('first', 'xml', { 'If-None-Match': tag })).status).toBe(200)
  })

  it('of an unknown conference is not found', async () => {
    expect((await get('nope', 'xml')).status).toBe(404)
    expect((await get('nope', 'json')).status).toBe(404)
  })

  const event = (more: object) => ({
    schedule: {
      conference: {
        title: 'C',
        days: [{ date: '2023-02-04', rooms: { A: [{ id: 1, title: 'T', start: '10:00', ...more }] } }],
      },
    },
  })

  it.each([
    ['xml', '<!DOCTYPE x [<!ENTITY a "b">]><schedule/>', 422, ''],
    ['xml', `${'<a>'.repeat(100_000)}`, 422, ''],
    ['xml', '<schedule><conference>', 422, ''],
    ['xml', XML.replace('Europe/Brussels', 'Mars/Olympus'), 422, 'conference.time_zone_name'],
    ['xml', XML.replace('<title>After midnight</title>', ''), 422, 'day 2, event 8, title'],
    ['xml', XML.replace('<start>00:30</start>', '<start>noon</start>'), 422, 'day 2, event 8, start'],
    ['xml', XML.replace('event id="8"', 'event id="7"'), 422, 'event 7'],
    ['json', '{', 400, undefined],
    ['json', '[]', 422, ''],
    ['json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 422, ''],
    ['json', { schedule: {} }, 422, 'schedule.conference'],
    ['json', event({ title: ['T'] }), 422, 'schedule.conference.days.0.rooms.A.0.title'],
    ['json', event({ start: '25:99' }), 422, 'day 1, event 1, start'],
    ['json', event({ title: 'x'.repeat(501) }), 422, 'day 1, event 1, title'],
  ])('of bad %s is refused with its place, and nothing is written: %.40j', async (extension, body, status, path) => {
    const answer = await put('bad', extension, body)
    expect([answer.status, answer.body.errors?.[0].path]).toEqual([status, path])
    expect((await world.api('GET', '/conferences/bad')).status).toBe(404)
    expect((await world.api('GET', '/talks')).body.items).toEqual([])
  })

  // Each of these kept a search for its end busy for hours, once.
  it.each(['<!--', '<a ', '<![CDATA[', '<script', ' \t', '<?', '&'])(
    'of a million %j is refused at once',
    async (part) => {
      expect((await put('bad', 'xml', part.repeat(1_000_000))).status).toBe(422)
      const html = part.repeat(100_000).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
      const hostile = XML.replace('&lt;p&gt;Short.', html)
      expect([200, 422]).toContain((await put('bad', 'xml', hostile)).status)
    },
  )
})
