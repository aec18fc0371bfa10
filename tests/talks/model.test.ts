/** What is known of a talk, its resources and its conference besides their texts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putSchedule, schedule } from '../support/schedules.ts'
import { openWorld, type World } from '../support/world.ts'

describe('a talk', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const talkIn = async (conference: string) => (await world.api('GET', `/talks?conference=${conference}`)).body.items[0]

  it('has a state, a licence, and resources with licence, size and quality', async () => {
    const recording = { type: 'recording', url: 'https://a.example/b.webm', language: 'en', mimeType: 'video/webm' }
    const sent = {
      title: 'Feeds',
      start: '2023-02-04T10:00:00',
      status: 'tentative',
      licence: 'MIT OR Apache-2.0',
      doNotRecord: true,
      resources: [{ ...recording, licence: 'CC-BY-4.0', size: 104_857_600, quality: '1080p' }],
    }
    const made = await world.api('POST', '/talks', sent)
    expect(made.body).toMatchObject(sent)
    const page = (await world.get('/talks/feeds')).text
    expect(page).toContain('MIT OR Apache-2.0')
    expect(page).toContain('1080p, en, 105 MB, CC-BY-4.0, a.example')
    expect((await world.api('PATCH', '/talks/feeds', { licence: null, doNotRecord: false })).body).toMatchObject({
      licence: null,
      doNotRecord: false,
    })
  })

  it.each([
    ['licence', 'Creative Commons', 'licence'],
    ['licence', 'MIT OR', 'licence'],
    ['status', 'gone', 'status'],
    ['doNotRecord', 'yes', 'doNotRecord'],
    ['resources', [{ type: 'slides', url: 'https://a.example/', size: -1 }], 'resources.0.size'],
    ['resources', [{ type: 'slides', url: 'https://a.example/', licence: 'X' }], 'resources.0.licence'],
  ])('with the %s %j is refused', async (name, value, path) => {
    const answer = await world.api('POST', '/talks', { title: 'T', [name]: value })
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, path])
  })

  it('that is called off says so wherever it is shown, and lacks nothing', async () => {
    await putSchedule(world, 'conf', schedule([{ title: 'Feeds' }, { title: 'Stays' }]))
    const slug = (await talkIn('conf')).slug
    const before = (await world.get('/conferences/conf/calendar.ics')).text
    await world.api('PATCH', '/talks/conf-feeds', { status: 'cancelled' })
    const calendar = (await world.get('/conferences/conf/calendar.ics')).text
    expect([before, calendar].map((text) => text.match(/STATUS:CANCELLED/g)?.length ?? 0)).toEqual([0, 1])
    expect(calendar).toContain('SUMMARY:Cancelled: Feeds')
    expect((await world.get('/talks/conf-feeds')).text).toContain('Called off.')
    expect((await world.get('/talks/conf-feeds')).text).toContain('EventCancelled')
    expect((await world.get('/conferences/conf')).text).toContain('called off')
    expect((await world.api('GET', '/conferences/conf/schedule.xml')).text).not.toContain('Feeds')
    expect((await world.api('GET', '/conferences/conf/schedule.csv')).text).toContain('cancelled')
    world.clock.now = Date.UTC(2023, 5) / 1000
    const gaps = (await world.api('GET', '/archive/gaps')).body.items
    expect(gaps.map(({ title }: { title: string }) => title)).toEqual(['Stays'])
    expect(slug).toBe('conf-stays')
  })

  it('that goes from its schedule is called off, and is on again when it is back', async () => {
    await putSchedule(world, 'conf', schedule([{ title: 'One' }, { title: 'Two' }]))
    await putSchedule(world, 'conf', schedule([{ title: 'One' }]))
    expect((await world.api('GET', '/talks/conf-two')).body.status).toBe('cancelled')
    const back = await putSchedule(world, 'conf', schedule([{ title: 'One' }, { title: 'Two' }]))
    expect(back.body.changelog).toMatchObject({ restored: 1, cancelled: 0 })
    expect((await world.api('GET', '/talks/conf-two')).body.status).toBe('confirmed')
  })

  it('brings what its source says of recording and licence, and gives it on', async () => {
    await putSchedule(world, 'conf', schedule([{ recording_license: 'CC BY-SA 4.0', do_not_record: true }]))
    expect(await talkIn('conf')).toMatchObject({ licence: 'CC-BY-SA-4.0', doNotRecord: true })
    for (const extension of ['json', 'xml', 'csv']) {
      const { text } = await world.api('GET', `/conferences/conf/schedule.${extension}`)
      await putSchedule(world, `by-${extension}`, text, '', extension)
      expect([extension, await talkIn(`by-${extension}`)]).toEqual([
        extension,
        expect.objectContaining({ licence: 'CC-BY-SA-4.0', doNotRecord: true, status: 'confirmed' }),
      ])
    }
    const odd = await putSchedule(world, 'odd', schedule([{ recording_license: 'all mine' }]))
    expect(odd.body.notes).toEqual([expect.stringContaining('a licence without an SPDX name was left out: "all mine"')])
    const url = 'https://creativecommons.org/licenses/by/3.0/de/'
    await putSchedule(world, 'cc', schedule([{ recording_license: url }]))
    expect((await talkIn('cc')).licence).toBe('CC-BY-3.0')
  })

  it('brings size and height of recordings from voctoweb', async () => {
    const file = {
      recording_url: 'https://a.example/a.mp4',
      mime_type: 'video/mp4',
      language: 'eng',
      size: 100,
      height: 1080,
    }
    const event = {
      guid: '7ee5f2a0-0f13-4d6c-9d2e-000000000001',
      title: 'T',
      persons: ['Ada'],
      date: '2023-02-04T10:00:00Z',
      recordings: [file],
    }
    await putSchedule(world, 'ccc', { title: 'C', events: [event] })
    expect((await talkIn('ccc')).resources[0]).toMatchObject({ size: 104_857_600, quality: '1080p', language: 'en' })
  })

  it('stands in the days, rooms and tracks of its conference', async () => {
    const events = [{ track: 'B' }, { track: 'A', start: '16:30' }, { track: 'A', start: '12:00' }]
    await putSchedule(world, 'conf', schedule(events))
    await world.api('PATCH', '/talks/conf-talk-3', { status: 'cancelled' })
    expect((await world.api('GET', '/conferences/conf/programme')).body).toEqual({
      days: [{ date: '2023-02-04', start: '2023-02-04T10:00:00+01:00', end: '2023-02-04T17:00:00+01:00', talks: 2 }],
      rooms: [{ name: 'Janson', talks: 2 }],
      tracks: [
        { name: 'A', talks: 1 },
        { name: 'B', talks: 1 },
      ],
    })
    expect((await world.api('GET', '/conferences/none/programme')).status).toBe(404)
  })
})
