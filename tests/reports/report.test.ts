import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guestsOf } from '../support/rsvps.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const MEETING = {
  title: 'SIG *meeting* <b>',
  kind: 'meeting',
  start: '2022-10-05T16:00:00',
  timeZone: 'UTC',
  duration: 'PT1H',
  recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2',
  recurrenceOverrides: { '2022-11-30T16:00:00': { status: 'cancelled', reason: 'Nobody is there.' } },
}

describe('the report of a group', () => {
  let world: World
  let meeting: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    meeting = await world.event('hyperscale', MEETING)
    await world.event('hyperscale', HANGOUT)
    for (const [name, joinedOn] of [
      ['Old Hand', '2022-02-01'],
      ['New [Face]', '2022-11-02'],
    ])
      expect((await world.api('POST', '/groups/hyperscale/members', { name, joined: joinedOn })).status).toBe(201)
  })
  afterEach(() => world.close())

  const report = (query: string, accept = 'application/json', token: string | null = null) =>
    world.api('GET', `/groups/hyperscale/report?${query}`, undefined, { token, headers: { Accept: accept } })

  it('counts members, dates, minutes, guests and talks of a quarter beside those of the one before', async () => {
    await world.api('PUT', `/events/${meeting.id}/occurrences/20221019T160000Z/minutes`, {
      text: 'Agreed.',
      url: 'https://log.example/19',
    })
    const guests = guestsOf(world)
    const meetup = await world.event('hyperscale', {
      title: 'Meetup',
      kind: 'meetup',
      start: '2022-12-20T10:00:00',
      timeZone: 'Europe/Brussels',
      duration: 'PT3H',
    })
    world.clock.now = Date.UTC(2022, 11, 1) / 1000
    const guest = await guests.answer(meetup, 1)
    await guests.answer(meetup, 2)
    expect((await world.api('POST', `/rsvps/${guest.body.id}/check-in`, {})).status).toBe(200)
    world.clock.now = Date.UTC(2023, 0, 2) / 1000
    const talk = { title: 'On systemd', group: 'hyperscale', speakers: [{ name: 'Ada' }] }
    expect((await world.api('POST', '/talks', { ...talk, start: '2022-11-08T10:00:00', timeZone: 'UTC' })).status).toBe(
      201,
    )
    const { status, body } = await report('quarter=2022Q4')
    expect(status).toBe(200)
    expect(body.period).toEqual({ quarter: '2022Q4', from: '2022-10-01', to: '2022-12-31' })
    expect(body.counts).toMatchObject({ members: 2, joined: 1, meeting: 6, meetup: 1, talks: 1 })
    expect(body.before).toMatchObject({ quarter: '2022Q3', counts: { members: 1, joined: 0, meeting: 0 } })
    expect(body.members.joined).toMatchObject([{ name: 'New [Face]', joined: '2022-11-02' }])
    expect(body.dates.meeting).toHaveLength(7)
    expect(body.dates.meeting[1]).toMatchObject({ minutes: { url: 'https://log.example/19' }, status: 'confirmed' })
    expect(body.dates.meeting[4]).toMatchObject({ status: 'cancelled', reason: 'Nobody is there.' })
    expect(body.dates.meetup).toMatchObject([{ seats: 2, came: 1 }])
    expect(body.talks.given).toMatchObject([{ title: 'On systemd', speakers: ['Ada'], slides: null }])
    expect(body.missing.map(({ what }: { what: string }) => what)).toEqual([
      ...Array(5).fill('minutes'),
      'slides',
      'recording',
    ])
    expect((await report('from=2022-10-01&to=2022-12-31')).body.counts).toEqual(body.counts)
  })

  it('comes as Markdown in which no name is more than a name, and as a page', async () => {
    const { text, headers } = await report('quarter=2022Q4', 'text/markdown')
    expect(headers.get('Content-Type')).toBe('text/markdown; charset=utf-8')
    expect(text).toContain('New: New \\[Face\\].')
    expect(text).toContain('SIG \\*meeting\\* \\<b\\>')
    expect(text).toContain('cancelled: Nobody is there.')
    const browser = await report('quarter=2022Q4', 'text/html,application/xhtml+xml,*/*;q=0.8')
    expect([browser.status, browser.headers.get('Location')]).toEqual([303, '/g/hyperscale/reports/2022Q4'])
    const page = await world.get('/g/hyperscale/reports/2022Q4')
    expect(page.status).toBe(200)
    expect(page.text).toContain('New [Face]')
    expect(page.text).not.toContain('<b>')
    expect(page.text).toContain('href="/g/hyperscale/reports/2022Q3"')
  })

  it('refuses quarters and days that are none', async () => {
    for (const [query, path] of [
      ['quarter=2022Q5', 'quarter'],
      ['quarter=22Q1', 'quarter'],
      ['quarter=0001Q1', 'quarter'],
      ['quarter=2022Q4&from=2022-01-01', 'quarter'],
      ['', 'from'],
      ['from=2022-01-01', 'to'],
      ['from=2022-02-30&to=2022-03-01', 'from'],
      ['from=2022-03-01&to=2022-02-01', 'to'],
      ['from=2012-03-01&to=2022-02-01', 'to'],
      ['from=0001-01-01&to=0001-01-02', 'from'],
      ['from=9999-12-30&to=9999-12-31', 'from'],
      ['from=2200-12-31&to=2201-01-01', 'to'],
    ]) {
      const { status, body } = await report(query!)
      expect([query, status, body.errors?.[0]?.path]).toEqual([query, 422, path])
    }
    for (const name of ['2022Q5', '0000-01-01--0000-01-02', '9999-12-31--9999-12-31', '2022-1-1--2022-02-01'])
      expect([name, (await world.get(`/g/hyperscale/reports/${name}`)).status]).toEqual([name, 404])
    // The first and the last that there are, though nothing is before and after them.
    for (const name of ['1900Q1', '2200Q4', '1900-01-01--1900-01-02', '2200-12-31--2200-12-31'])
      expect([name, (await world.get(`/g/hyperscale/reports/${name}`)).status]).toEqual([name, 200])
    expect((await report('quarter=1900Q1')).body.before.quarter).toBe('1899Q4')
    expect((await world.get('/g/hyperscale/reports')).headers.get('Location')).toBe('/g/hyperscale/reports/2023Q1')
    expect((await world.get('/g/nothing/reports/2022Q4')).status).toBe(404)
    expect((await world.api('GET', '/groups/nothing/report?quarter=2022Q4')).status).toBe(404)
  })

  it('is known of a private group to its organizers only', async () => {
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'private' })
    expect((await report('quarter=2022Q4')).status).toBe(404)
    expect((await world.api('GET', '/groups/hyperscale/report?quarter=2022Q4')).status).toBe(200)
    expect((await world.get('/g/hyperscale/reports/2022Q4')).status).toBe(404)
  })

  it('takes what only a person can write, is published once, and then stays as it is', async () => {
    const path = '/groups/hyperscale/reports/2022Q4'
    const sections = [
      { title: 'Summary', text: 'A **good** quarter.' },
      { title: 'Issues for the board', text: 'None.' },
    ]
    expect((await world.api('PUT', path, { sections })).status).toBe(200)
    expect((await world.api('GET', path, undefined, { token: null })).status).toBe(404)
    expect((await report('quarter=2022Q4', 'text/markdown')).text).not.toContain('good')
    const draft = (
      await world.api('GET', '/groups/hyperscale/report?quarter=2022Q4', undefined, {
        headers: { Accept: 'text/markdown' },
      })
    ).text
    expect(draft.indexOf('A **good** quarter.')).toBeLessThan(draft.indexOf('## Membership'))
    expect(draft.indexOf('## Issues for the board')).toBeGreaterThan(draft.indexOf('## Meetings'))

    const etag = (await world.get('/g/hyperscale/calendar.atom')).headers.get('ETag')
    await world.api('PUT', '/groups/hyperscale/reports/2022Q3', { title: 'Third quarter' })
    expect((await world.api('POST', '/groups/hyperscale/reports/2022Q3/publish')).status).toBe(200)
    const all = await Promise.all([1, 2, 3].map(() => world.api('POST', `${path}/publish`)))
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const { body } = await world.api('GET', path, undefined, { token: null })
    expect(body).toMatchObject({
      previous: '2022Q3',
      published: '2023-01-02T12:00:00Z',
      report: { counts: { joined: 1 } },
    })
    expect(body.markdown).toContain('Before: [2022Q3](<https://convene.test/g/hyperscale/reports/2022Q3>).')

    // Who joins now joins too late for it.
    await world.api('POST', '/groups/hyperscale/members', { name: 'Late', joined: '2022-12-01' })
    const page = (await world.get('/g/hyperscale/reports/2022Q4')).text
    expect([page.includes('Late'), page.includes('Published on 2 January 2023')]).toEqual([false, true])
    expect((await world.api('PUT', path, { sections: [] })).body.reason).toBe('report_published')
    const listed = await world.api('GET', '/groups/hyperscale/reports', undefined, { token: null })
    expect(listed.body.items.map(({ name }: { name: string }) => name)).toEqual(['2022Q4', '2022Q3'])
    const feed = await world.get('/g/hyperscale/calendar.atom')
    expect(feed.text).toContain('/g/hyperscale/reports/2022Q4')
    expect(feed.headers.get('ETag')).not.toBe(etag)
    expect((await world.get('/g/hyperscale/calendar.ics')).text).not.toContain('report')
  })

  it('names no talk as coming that was called off', async () => {
    const talk = { title: 'Off the list', group: 'hyperscale', start: '2023-02-08T10:00:00', timeZone: 'UTC' }
    await world.api('POST', '/talks', { ...talk, status: 'cancelled' })
    expect((await report('quarter=2022Q4', 'text/markdown')).text).not.toContain('Off the list')
    await world.api('POST', '/talks', { ...talk, title: 'On the list' })
    expect((await report('quarter=2022Q4', 'text/markdown')).text).toContain('On the list')
  })

  it('follows the template of the group, and names what is wrong in it', async () => {
    const wrong = await world.api('PATCH', '/groups/hyperscale', { reportTemplate: '# {{title}}\n{{weather}}' })
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'reportTemplate'])
    await world.api('PATCH', '/groups/hyperscale', {
      reportTemplate: 'Dear board,\n\n{{ section: Plans }}\n\n{{membership}}\n\n{{sections}}\n',
    })
    const plans = { sections: [{ title: 'Plans', text: 'Ship it.' }] }
    const { title, sections } = (await world.api('PUT', '/groups/hyperscale/reports/2022Q4', plans)).body
    // What was read can be written again.
    expect((await world.api('PUT', '/groups/hyperscale/reports/2022Q4', { title, sections })).status).toBe(200)
    const { body } = await world.api('POST', '/groups/hyperscale/reports/2022Q4/publish')
    expect(body.markdown).toMatch(/^Dear board,\n\n## Plans\n\nShip it\.\n\n## Membership\n/)
    expect(body.markdown).not.toContain('## Meetings')
    expect(body.markdown.split('Ship it.')).toHaveLength(2)
  })

  it('refuses periods that are none or not over, and sections of one title', async () => {
    for (const name of ['2022Q5', '2022-02-30--2022-03-01', '2022-03-01--2022-02-01', 'x'])
      for (const answer of [
        await world.api('PUT', `/groups/hyperscale/reports/${name}`, {}),
        await world.api('POST', `/groups/hyperscale/reports/${name}/publish`),
      ])
        expect([name, answer.status]).toEqual([name, 404])
    const early = await world.api('POST', '/groups/hyperscale/reports/2023Q1/publish')
    expect([early.status, early.body.errors]).toEqual([
      422,
      [{ path: 'name', message: 'must be over: it ends on 2023-03-31' }],
    ])
    const twice = [1, 2].map(() => ({ title: 'Plans', text: 'x' }))
    const { status, body } = await world.api('PUT', '/groups/hyperscale/reports/2022Q4', { sections: twice })
    expect([status, body.errors[0].path]).toEqual([422, 'sections'])
    expect((await world.api('PUT', '/groups/hyperscale/reports/2022Q4', {}, { token: null })).status).toBe(401)
  })
})
