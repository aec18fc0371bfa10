/** Persons: one behind several names and addresses, and nobody any more where they ask for it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putSchedule, schedule } from '../support/schedules.ts'
import { openWorld, type World } from '../support/world.ts'

const CANARY = 'Cuckoo Canary'

describe('a person of the archive', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const talk = async (title: string, ...names: string[]) => {
    const sent = { title, start: '2023-02-04T10:00:00', speakers: names.map((name) => ({ name })) }
    return (await world.api('POST', '/talks', sent)).body
  }
  const speaker = async (slug: string) => (await world.api('GET', `/speakers/${slug}`)).body
  const titles = async (query: string) =>
    (await world.api('GET', `/talks?${query}`)).body.items.map(({ title }: { title: string }) => title)

  it('is made one of two, whose talks, names and addresses all lead to the one that stays', async () => {
    await talk('One', 'Zoë Ångström')
    await talk('Two', 'Z. Angstrom', 'Ada')
    await talk('Both', 'Zoë Ångström', 'Z. Angstrom')
    const made = await world.api('POST', '/subscriptions', { speakers: ['z-angstrom'] })
    const before = await world.get('/speakers/zoe-angstrom/calendar.ics')
    const merged = await world.api('POST', '/speakers/zoe-angstrom/merge', { from: 'z-angstrom' })
    expect([merged.status, merged.body.aliases]).toEqual([200, ['Z. Angstrom']])

    expect(await titles('speaker=zoe-angstrom')).toEqual(['Both', 'Two', 'One'])
    expect(await titles('speaker=z-angstrom')).toEqual(['Both', 'Two', 'One'])
    expect((await world.api('GET', '/talks/both')).body.speakers).toEqual([
      { slug: 'zoe-angstrom', name: 'Zoë Ångström' },
    ])
    expect((await world.api('GET', '/talks/two')).body.speakers.map((one: { name: string }) => one.name)).toEqual([
      'Zoë Ångström',
      'Ada',
    ])
    for (const [path, to] of [
      ['/api/v1/speakers/z-angstrom', '/api/v1/speakers/zoe-angstrom'],
      ['/speakers/z-angstrom', '/speakers/zoe-angstrom'],
      ['/speakers/z-angstrom/calendar.ics?x=1', '/speakers/zoe-angstrom/calendar.ics?x=1'],
      ['/speakers/z-angstrom/podcast.video.rss', '/speakers/zoe-angstrom/podcast.video.rss'],
    ] as const) {
      const answer = await world.get(path)
      expect([path, answer.status, answer.headers.get('Location')]).toEqual([path, 301, to])
    }
    const after = await world.get('/speakers/zoe-angstrom/calendar.ics')
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'))
    expect(after.text.match(/BEGIN:VEVENT/g)).toHaveLength(3)
    const chosen = await world.get(`/f/${made.body.id}/calendar.ics`)
    expect(chosen.text.match(/BEGIN:VEVENT/g)).toHaveLength(3)
    expect((await world.get('/speakers/zoe-angstrom')).text).toContain('Also known as Z. Angstrom')
    // The next talk under the old name is this person's, and search finds it by the name that is shown.
    expect((await talk('Three', 'z.  ANGSTROM')).speakers[0].slug).toBe('zoe-angstrom')
    expect(await titles('q=ångström')).toHaveLength(4)
    expect((await titles('q="z. angstrom"')).sort()).toEqual(['Both', 'One', 'Three', 'Two'])
  })

  it('stays one in an import of the old name, which changes nothing twice', async () => {
    const file = schedule([{ title: 'Feeds', persons: [{ id: 1, name: 'Old Name' }] }])
    await putSchedule(world, 'conf', file)
    await world.api('PATCH', '/speakers/old-name', { name: 'New Name', biography: 'Writes *calendars*.' })
    const again = await putSchedule(world, 'conf', file)
    expect(again.body.talks).toEqual({ created: 0, updated: 0, unchanged: 1 })
    await putSchedule(world, 'other', file)
    expect((await world.api('GET', '/talks?conference=other')).body.items[0].speakers).toEqual([
      { slug: 'old-name', name: 'New Name' },
    ])
    expect(await speaker('old-name')).toMatchObject({ name: 'New Name', aliases: ['Old Name'] })
    expect(await titles('q="new name"')).toHaveLength(2)
  })

  it('has names that are nobody else’s', async () => {
    await talk('One', 'Ada', 'Grace')
    expect((await world.api('PATCH', '/speakers/ada', { aliases: ['grace'] })).body.reason).toBe('name_taken')
    expect((await world.api('PATCH', '/speakers/ada', { name: 'GRACE' })).body.reason).toBe('name_taken')
    await world.api('PATCH', '/speakers/ada', { aliases: ['Countess', 'countess', 'Ada'] })
    expect((await speaker('ada')).aliases).toEqual(['countess'])
    expect((await world.api('POST', '/speakers', { name: 'COUNTESS' })).body.reason).toBe('name_taken')
    expect((await world.api('POST', '/speakers', { name: 'New', aliases: ['Ada'] })).body.reason).toBe('name_taken')
    expect((await world.api('POST', '/speakers', { name: 'Ada B', website: 'https://ada.example/' })).status).toBe(201)
  })

  it('is merged and changed by the operator alone, with itself or nobody never, and by one at a time', async () => {
    await world.group('sig')
    const { body: made } = await world.api('POST', '/tokens', { name: 'x', group: 'sig' })
    await talk('One', 'Ada', 'Grace')
    for (const [method, path, body] of [
      ['POST', '/speakers', { name: 'X' }],
      ['PATCH', '/speakers/ada', { name: 'X' }],
      ['POST', '/speakers/ada/merge', { from: 'grace' }],
      ['DELETE', '/speakers/ada', undefined],
    ] as const) {
      expect((await world.api(method, path, body, { token: null })).status).toBe(401)
      expect((await world.api(method, path, body, { token: made.token })).status).toBe(403)
    }
    for (const from of ['ada', 'nobody'])
      expect((await world.api('POST', '/speakers/ada/merge', { from })).body.errors).toEqual([
        { path: 'from', message: 'is no other speaker here' },
      ])
    expect((await world.api('POST', '/speakers/nobody/merge', { from: 'ada' })).status).toBe(404)
    const stale = { headers: { 'If-Match': '"older"' } }
    expect((await world.api('DELETE', '/speakers/ada', undefined, stale)).status).toBe(412)
    const both = await Promise.all([
      world.api('POST', '/speakers/ada/merge', { from: 'grace' }),
      world.api('POST', '/speakers/grace/merge', { from: 'ada' }),
    ])
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(both.find(({ status }) => status !== 200)!.status).toBeLessThan(500)
  })

  it('is in nothing any more after they asked for it, and in no import that comes', async () => {
    const persons = [
      { id: 7, name: CANARY },
      { id: 8, name: 'Ada' },
    ]
    const file = schedule([
      { title: 'Birds', persons, attachments: [{ url: 'https://a.example/b.mp4', type: 'recording' }] },
    ])
    await putSchedule(world, 'conf', file)
    await talk('Alone', CANARY)
    await world.api('PATCH', '/speakers/cuckoo-canary', { aliases: ['C. Canary'] })
    await world.api('POST', '/talks/alone/hand-ins', { name: CANARY })
    const { body: chosen } = await world.api('POST', '/subscriptions', {
      speakers: ['cuckoo-canary'],
      conferences: ['conf'],
    })
    expect((await world.api('DELETE', '/speakers/cuckoo-canary')).status).toBe(204)

    const again = await putSchedule(world, 'conf', file)
    expect(again.body.talks).toEqual({ created: 0, updated: 0, unchanged: 1 })
    await putSchedule(
      world,
      'later',
      schedule([
        {
          title: 'More',
          persons: [
            { id: 1, name: 'c. canary' },
            { id: 2, name: CANARY },
          ],
        },
      ]),
    )
    const refused = await world.api('POST', '/talks', { title: 'X', speakers: [{ name: 'Ada' }, { name: CANARY }] })
    expect(refused.body.errors).toEqual([{ path: 'speakers.1', message: 'asked to be left out of this archive' }])

    const paths = [
      'talks',
      'talks/alone',
      'talks?q=canary',
      'speakers',
      'conferences/conf',
      'conferences/conf/schedule.xml',
      'conferences/conf/schedule.json',
      'conferences/conf/schedule.csv',
      'conferences/conf/versions',
      'archive/gaps',
      'talks/alone/hand-ins',
      'backup',
    ]
    const pages = [
      '/',
      '/talks',
      '/talks?q=canary',
      '/talks/alone',
      '/talks/conf-birds',
      '/conferences/conf',
      '/conferences/conf?view=grid',
      '/archive/gaps',
      '/calendar.ics',
      '/talks.atom',
      '/talks.rss',
      '/talks.feed.json',
      '/podcast.video.rss',
      `/f/${chosen.id}/calendar.ics`,
      ...['ics', 'jcal', 'jscal', 'atom', 'rss', 'feed.json'].map((end) => `/conferences/conf/calendar.${end}`),
      `/oembed?url=${encodeURIComponent('https://convene.test/talks/conf-birds')}`,
    ]
    for (const answer of [
      ...(await Promise.all(paths.map((path) => world.api('GET', `/${path}`)))),
      ...(await Promise.all(pages.map((path) => world.get(path)))),
    ]) {
      expect(answer.status).toBe(200)
      const link = answer.text.replace(/q=canary|value="canary"|“canary”/g, '').replace(/"choice":"[^}]*\}"/g, '')
      expect(link).not.toMatch(/canary/i)
    }
    for (const path of [
      '/speakers/cuckoo-canary',
      '/api/v1/speakers/cuckoo-canary',
      '/speakers/cuckoo-canary/calendar.ics',
    ])
      expect([path, (await world.get(path)).status]).toEqual([path, 404])
    expect((await world.api('GET', '/talks/conf-birds')).body.speakers).toEqual([{ slug: 'ada', name: 'Ada' }])
    // Who comes back says so themselves.
    expect((await world.api('POST', '/speakers', { name: CANARY })).status).toBe(201)
    expect((await talk('Back', CANARY)).speakers).toHaveLength(1)
  })
})
