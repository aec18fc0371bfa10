import { XMLParser, XMLValidator } from 'fast-xml-parser'
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runScheduled } from '../../src/scheduled.ts'
import { openWorld, type World } from '../support/world.ts'

const vevents = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')
const FORMATS = ['ics', 'jcal', 'jscal', 'atom', 'rss', 'feed.json']

const CONFERENCE = {
  slug: 'conf-2023',
  title: 'Conf 2023',
  starts: '2023-02-04',
  ends: '2023-02-05',
  timeZone: 'Europe/Brussels',
  venue: 'ULB',
  city: 'Brussels',
}
const TALK = {
  conference: 'conf-2023',
  title: 'Feeds that never lie',
  abstract: 'On **feeds**, [at length](https://a.example/x).\n\n- one\n- two',
  track: 'Calendars',
  room: 'K.1.105',
  start: '2023-02-04T10:30:00',
  duration: 'PT25M',
  keywords: ['ics'],
  speakers: [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }],
  resources: [
    { type: 'slides', url: 'https://a.example/slides.pdf', title: 'Slides', mimeType: 'application/pdf' },
    { type: 'recording', url: 'https://a.example/talk.webm' },
  ],
}

/** A schedule of these talks, as `schedule.xml` says it. */
const scheduleOf = (talks: [id: number, title: string, room: string, speakers: string[]][], city = 'Brussels') =>
  `<schedule><conference><title>Imported</title><start>2023-02-04</start><city>${city}</city>
    <time_zone_name>Europe/Brussels</time_zone_name></conference><day index="1" date="2023-02-04">${talks
      .map(
        ([id, title, room, speakers]) => `<room name="${room}"><event id="${id}"><title>${title}</title>
        <date>2023-02-04T10:${10 + (id % 50)}:00+01:00</date><start>10:${10 + (id % 50)}</start><duration>00:25</duration><room>${room}</room>
        <persons>${speakers.map((name) => `<person>${name}</person>`).join('')}</persons></event></room>`,
      )
      .join('')}</day></schedule>`

describe('the feeds of talks', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.api('POST', '/conferences', CONFERENCE)
  })
  afterEach(() => world.close())

  const add = async (more: object = {}) => {
    const made = await world.api('POST', '/talks', { ...TALK, ...more })
    if (made.status !== 201) throw new Error(made.text)
    return made.body as { id: string; slug: string }
  }
  const conf = (end = 'ics', slug = 'conf-2023') => `/conferences/${slug}/calendar.${end}`
  const of = (slug: string, end = 'ics') => `/speakers/${slug}/calendar.${end}`
  const titles = async (path: string) =>
    vevents((await world.get(path)).text).map((one) => one.getFirstPropertyValue('summary'))
  const tagsOf = async (paths: string[]) =>
    Promise.all(paths.map(async (path) => (await world.get(path)).headers.get('ETag')))
  /** What a change touches of these feeds: true where the version is another one afterwards. */
  const touched = async (paths: string[], change: () => Promise<unknown>) => {
    const before = await tagsOf(paths)
    world.clock.now += 60
    await change()
    const after = await tagsOf(paths)
    return paths.map((_, at) => before[at] !== after[at])
  }
  const importAs = async (slug: string, xml: string) => {
    const answer = await world.api('PUT', `/conferences/${slug}/schedule.xml`, xml, {
      headers: { 'Content-Type': 'application/xml' },
    })
    if (answer.status !== 200) throw new Error(answer.text)
    return answer.body.talks
  }

  it('say of a talk when and where it is, who speaks on what, and what was handed out', async () => {
    const { id, slug } = await add()
    const { text, headers } = await world.get(conf())
    expect(headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
    const lines = unfolded(text)
    for (const line of [
      'NAME:Conf 2023',
      `UID:${id}@convene.test`,
      'SEQUENCE:0',
      'DTSTAMP:20230102T120000Z',
      'LAST-MODIFIED:20230102T120000Z',
      'DTSTART;TZID=Europe/Brussels:20230204T103000',
      'DTEND;TZID=Europe/Brussels:20230204T105500',
      'SUMMARY:Feeds that never lie',
      'LOCATION:K.1.105\\, ULB\\, Brussels',
      'CATEGORIES:ics,Calendars',
      `URL;VALUE=URI:https://convene.test/talks/${slug}`,
      'ATTACH;FMTTYPE=application/pdf:https://a.example/slides.pdf',
      'ATTACH:https://a.example/talk.webm',
    ])
      expect(lines).toContain(line)
    expect(lines.filter((line) => line === 'BEGIN:VTIMEZONE')).toHaveLength(1)
    expect(text).not.toMatch(/ATTENDEE|ORGANIZER|METHOD|VALARM/)
    const [vevent] = vevents(text)
    expect(vevent!.getFirstPropertyValue('description')).toBe(
      [
        'Speakers: Ada Lovelace, Grace Hopper',
        'On feeds, at length (https://a.example/x).\n\n- one\n- two',
        'Slides: https://a.example/slides.pdf\nrecording: https://a.example/talk.webm',
        `https://convene.test/talks/${slug}`,
      ].join('\n\n'),
    )
    for (const zone of new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vtimezone'))
      ICAL.TimezoneService.register(new ICAL.Timezone(zone))
    const event = new ICAL.Event(vevent!)
    expect(
      [event.startDate, event.endDate].map((at) => at.convertToZone(ICAL.Timezone.utcTimezone).toString()),
    ).toEqual(['2023-02-04T09:30:00Z', '2023-02-04T09:55:00Z'])
  })

  it('hold what is public and has a time: of a conference, or of a speaker wherever they spoke', async () => {
    await add()
    await add({ title: 'Elsewhere', conference: undefined, timeZone: 'UTC', speakers: [{ name: 'Ada Lovelace' }] })
    await add({ title: 'Some day', start: undefined })
    const deleted = await add({ title: 'Deleted' })
    await world.api('DELETE', `/talks/${deleted.slug}`)
    expect(await titles(conf())).toEqual(['Feeds that never lie'])
    expect((await titles(of('ada-lovelace'))).sort()).toEqual(['Elsewhere', 'Feeds that never lie'])
    expect(await titles(of('grace-hopper'))).toEqual(['Feeds that never lie'])
    expect(unfolded((await world.get(of('ada-lovelace'))).text)).toContain('DTSTART:20230204T103000Z')
  })

  it('are described like the others', async () => {
    const { paths } = (await world.get('/openapi.json')).body
    const feeds = Object.keys(paths).filter((path) => path.endsWith('.{format}'))
    expect(feeds).toHaveLength(10)
    const { parameters } = paths['/conferences/{slug}/calendar.{format}'].get
    expect(parameters.map(({ name }: { name: string }) => name)).toEqual([
      'slug',
      'format',
      'room',
      'track',
      'language',
      'has',
      'alarm',
    ])
  })

  it('are narrowed to rooms and tracks as written; what nobody knows gives an empty calendar', async () => {
    await add()
    await add({ title: 'B', room: 'Janson, left', track: 'Mail' })
    for (const [query, expected] of [
      ['room=K.1.105', ['Feeds that never lie']],
      ['room=K.1.105,Nowhere', ['Feeds that never lie']],
      ['room=Janson,%20left', ['B']],
      ['track=Mail,Calendars', ['Feeds that never lie', 'B']],
      ['track=Mail&room=K.1.105', []],
      ['track=mail', []],
      ['room=', ['Feeds that never lie', 'B']],
    ] as const)
      expect([query, await titles(`${conf()}?${query}`)]).toEqual([query, expected])
    expect((await world.get(`${conf()}?room=x`)).text).toContain('BEGIN:VTIMEZONE')
  })

  it('come in every format, with the same bytes twice, 304, HEAD and gzip', async () => {
    await add({ title: ']]> <b>&</b>; a, b\\' })
    for (const end of FORMATS)
      for (const path of [conf(end), of('ada-lovelace', end)]) {
        const one = await world.get(path)
        expect([path, one.status, (await world.get(path)).text === one.text]).toEqual([path, 200, true])
        const [tag, since] = [one.headers.get('ETag')!, one.headers.get('Last-Modified')!]
        world.costs()
        expect([path, (await world.get(path, { 'If-None-Match': tag })).status]).toEqual([path, 304])
        const spent = world.costs()
        if (spent) expect(spent).toEqual({ read: 1, written: 0, statements: 1 })
        expect((await world.get(path, { 'If-Modified-Since': since })).status).toBe(304)
        const head = await world.request('HEAD', path, undefined, { token: null })
        expect([head.status, head.text, head.headers.get('ETag')]).toEqual([200, '', tag])
      }
    const zipped = await world.get(conf(), { 'Accept-Encoding': 'gzip' })
    expect(zipped.headers.get('Content-Encoding')).toBe('gzip')
    const [text, json] = [(await world.get(conf())).text, JSON.parse((await world.get(conf('jcal'))).text)]
    const known = JSON.stringify(ICAL.parse(text)).replace(/\["(name|color)",\{\},"unknown"/g, '["$1",{},"text"')
    expect(json).toEqual(JSON.parse(known))
    const { entries } = JSON.parse((await world.get(conf('jscal'))).text)
    expect(entries).toMatchObject([
      {
        start: '2023-02-04T10:30:00',
        timeZone: 'Europe/Brussels',
        duration: 'PT25M',
        locations: { 1: { name: 'K.1.105', description: 'ULB, Brussels' } },
        keywords: { ics: true, Calendars: true },
        links: { 1: { rel: 'slides', contentType: 'application/pdf' } },
      },
    ])
    for (const end of ['atom', 'rss']) {
      const { text: xml } = await world.get(conf(end))
      expect(XMLValidator.validate(xml)).toBe(true)
      const parsed = new XMLParser().parse(xml)
      expect([parsed.feed?.entry ?? parsed.rss.channel.item].flat()).toHaveLength(1)
    }
    expect(JSON.parse((await world.get(conf('feed.json'))).text).items[0]).toMatchObject({
      title: ']]> <b>&</b>; a, b\\',
      tags: ['ics', 'Calendars'],
    })
  })

  it('of nobody, of a deleted conference and of who speaks no more are 404', async () => {
    const { slug } = await add()
    for (const path of [conf('ics', 'nope'), of('nobody'), '/conferences/a%2Fb/calendar.ics', conf('pdf')])
      expect([path, (await world.get(path)).status]).toEqual([path, 404])
    expect((await world.get(of('ada-lovelace'))).status).toBe(200)
    await world.api('DELETE', `/talks/${slug}`)
    expect([(await world.get(of('ada-lovelace'))).status, await titles(conf())]).toEqual([404, []])
    await add()
    expect((await world.get(of('ada-lovelace'))).status).toBe(200)
    await world.api('DELETE', '/conferences/conf-2023')
    expect([(await world.get(of('ada-lovelace'))).status, (await world.get(conf())).status]).toEqual([404, 404])
    const left = await world.db.all({ sql: `SELECT feed FROM feed_versions WHERE feed LIKE '%/%'`, params: [] })
    expect(left).toEqual([])
  })

  it('change with their own talks alone, for who spoke before and for who speaks then', async () => {
    await world.api('POST', '/conferences', { ...CONFERENCE, slug: 'other' })
    const { slug } = await add({ speakers: [{ name: 'Ada Lovelace' }] })
    await add({ title: 'Second', speakers: [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }] })
    await add({ title: 'Third', conference: 'other', speakers: [{ name: 'Joan Clarke' }] })
    const paths = [conf(), of('ada-lovelace'), of('grace-hopper'), of('joan-clarke'), conf('ics', 'other')]
    const patch = (body: object) => touched(paths, () => world.api('PATCH', `/talks/${slug}`, body))
    expect(await patch({ title: 'Renamed' })).toEqual([true, true, false, false, false])
    expect(await patch({ title: 'Renamed' })).toEqual([false, false, false, false, false])
    expect(await patch({ speakers: [{ name: 'Joan Clarke' }] })).toEqual([true, true, false, true, false])
    expect(await titles(of('joan-clarke'))).toEqual(['Renamed', 'Third'])
    expect(await titles(of('ada-lovelace'))).toEqual(['Second'])
    expect(await touched(paths, () => world.api('DELETE', `/talks/${slug}`))).toEqual([true, false, false, true, false])
    const place = () => world.api('PATCH', '/conferences/conf-2023', { city: 'Gent' })
    expect(await touched(paths, place)).toEqual([true, true, true, false, false])
    const renamed = () => world.api('PATCH', '/conferences/conf-2023', { title: 'Conf' })
    expect(await touched(paths, renamed)).toEqual([true, false, false, false, false])
    expect(unfolded((await world.get(conf())).text)).toEqual(
      expect.arrayContaining(['NAME:Conf', 'SEQUENCE:1', 'LOCATION:K.1.105\\, ULB\\, Gent']),
    )
  })

  it('raise SEQUENCE with what a subscriber sees and with nothing else', async () => {
    const { id, slug } = await add()
    const seen = async () => {
      const [one] = vevents((await world.get(conf())).text)
      return ['uid', 'sequence', 'dtstamp', 'last-modified'].map((name) => String(one!.getFirstPropertyValue(name)))
    }
    let sequence = 0
    for (const [patch, grows] of [
      [{ title: 'Another' }, true],
      [{ abstract: 'Another' }, false],
      [{ start: '2023-02-04T11:30:00' }, true],
      [{ timeZone: 'Europe/London' }, true],
      [{ duration: 'PT50M' }, true],
      [{ room: 'Janson' }, true],
      [{ room: null }, true],
      [{ keywords: ['a'], track: 'Other', resources: [] }, false],
      [{ speakers: [{ name: 'Joan Clarke' }] }, false],
      [{ title: 'Another', room: null }, false],
    ] as const) {
      const before = await seen()
      world.clock.now += 60
      await world.api('PATCH', `/talks/${slug}`, patch)
      sequence += Number(grows)
      const [uid, is, stamp, modified] = await seen()
      expect([patch, uid, is, stamp]).toEqual([patch, `${id}@convene.test`, String(sequence), modified])
      expect(stamp! >= before[2]!).toBe(true)
    }
  })

  it('stay what they are over a second import, and change with what changed in a third', async () => {
    const first = scheduleOf([
      [1, 'One', 'Janson', ['Ada Lovelace']],
      [2, 'Two', 'Lameere', ['Grace Hopper']],
    ])
    await importAs('imported', first)
    const paths = [conf('ics', 'imported'), of('ada-lovelace'), of('grace-hopper')]
    const bodies = () => Promise.all(paths.map(async (path) => (await world.get(path)).text))
    const before = await bodies()
    expect(await touched(paths, () => importAs('imported', first))).toEqual([false, false, false])
    expect(await bodies()).toEqual(before)
    const third = scheduleOf([
      [1, 'One', 'Janson', ['Ada Lovelace']],
      [2, 'Two', 'Janson', ['Joan Clarke']],
    ])
    expect(await touched(paths, () => importAs('imported', third))).toEqual([true, false, true])
    expect((await world.get(of('grace-hopper'))).status).toBe(404)
    expect(await titles(of('joan-clarke'))).toEqual(['Two'])
    const revisions = vevents((await world.get(paths[0]!)).text).map((one) => [
      one.getFirstPropertyValue('uid') ===
        vevents(before[0]!)[Number(one.getFirstPropertyValue('summary') === 'Two')]!.getFirstPropertyValue('uid'),
      one.getFirstPropertyValue('sequence'),
    ])
    expect(revisions).toEqual([
      [true, 0],
      [true, 1],
    ])
    const moved = scheduleOf(
      [
        [1, 'One, retold', 'Janson', ['Ada Lovelace']],
        [2, 'Two', 'Janson', ['Joan Clarke']],
      ],
      'Gent',
    )
    await importAs('imported', moved)
    expect(vevents((await world.get(paths[0]!)).text).map((one) => one.getFirstPropertyValue('sequence'))).toEqual([
      1, 2,
    ])
  })

  it('of a large import take a bounded number of statements', async () => {
    const talks = Array.from({ length: 780 }, (_, n) => [n + 1, `Talk ${n}`, 'Janson', [`Speaker ${n % 300}`]] as const)
    let statements = 0
    const batch: typeof world.deps.db.batch = (list) => {
      statements += list.length
      return world.db.batch(list)
    }
    const { db } = world.deps
    world.deps.db = { ...db, batch }
    await importAs('large', scheduleOf(talks.map((one) => [...one] as never)))
    world.deps.db = db
    expect(statements).toBeLessThan(25)
    expect(await titles(conf('ics', 'large'))).toHaveLength(780)
    expect(await titles(of('speaker-7'))).toHaveLength(3)
  })

  it('of a private group are not there, and come and go with its visibility', async () => {
    await world.group('sig', { visibility: 'private' })
    await world.api('POST', '/conferences', { ...CONFERENCE, slug: 'inner', group: 'sig' })
    await add({ title: 'Hidden', conference: 'inner', speakers: [{ name: 'Ada Lovelace' }, { name: 'Joan Clarke' }] })
    await add({ title: 'Open', speakers: [{ name: 'Ada Lovelace' }] })
    const inner = conf('ics', 'inner')
    const statuses = async () =>
      Promise.all([inner, of('joan-clarke'), of('ada-lovelace')].map(async (path) => (await world.get(path)).status))
    expect([await statuses(), await titles(of('ada-lovelace'))]).toEqual([[404, 404, 200], ['Open']])
    const show = (visibility: string) =>
      touched([of('ada-lovelace'), conf()], () => world.api('PATCH', '/groups/sig', { visibility }))
    expect(await show('public')).toEqual([true, false])
    expect([await statuses(), (await titles(of('ada-lovelace'))).sort()]).toEqual([
      [200, 200, 200],
      ['Hidden', 'Open'],
    ])
    expect(await show('private')).toEqual([true, false])
    expect([await statuses(), await titles(of('ada-lovelace'))]).toEqual([[404, 404, 200], ['Open']])
    await world.api('PATCH', '/talks/inner-hidden', { title: 'Still hidden' })
    expect([await statuses(), await titles(of('ada-lovelace'))]).toEqual([[404, 404, 200], ['Open']])
  })

  it('are in UTC where programs may read the wall clock differently', async () => {
    await add({ start: '2023-10-29T02:30:00', duration: 'PT1H' })
    expect(unfolded((await world.get(conf())).text)).toEqual(
      expect.arrayContaining(['DTSTART:20231029T003000Z', 'DTEND:20231029T013000Z']),
    )
  })

  it('follow the zone data: SEQUENCE grows where the instant moved, and a UID from before them is made', async () => {
    const moved = await add({ title: 'Moved' })
    const still = await add({ title: 'Still' })
    const set = (sql: string, ...params: unknown[]) => world.db.all({ sql, params })
    await set(`UPDATE talks SET ics_renderer = 'older', uid = ''`)
    await set('UPDATE talks SET starts_at = starts_at + 3600 WHERE id = ?', moved.id)
    const [before] = await tagsOf([conf()])
    world.clock.now += 60
    await runScheduled(world.deps)
    const { text, headers } = await world.get(conf())
    expect(headers.get('ETag')).not.toBe(before)
    const known = vevents(text).map((one) =>
      ['summary', 'uid', 'sequence', 'last-modified'].map((name) => String(one.getFirstPropertyValue(name))),
    )
    expect(known).toEqual([
      ['Moved', `${moved.id}@convene.test`, '1', '2023-01-02T12:01:00Z'],
      ['Still', `${still.id}@convene.test`, '0', '2023-01-02T12:00:00Z'],
    ])
    const tag = headers.get('ETag')!
    await runScheduled(world.deps)
    expect((await world.get(conf(), { 'If-None-Match': tag })).status).toBe(304)
  })
})
