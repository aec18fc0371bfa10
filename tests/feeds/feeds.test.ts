import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const vevents = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
const summaries = (text: string) => vevents(text).map((one) => one.getFirstPropertyValue('summary'))
/** Long lines unfolded, as a client reads them. */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

describe('feeds', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  it('hold the events of everybody, of a group and of one', async () => {
    await world.group('other')
    const { id } = await world.event('hyperscale')
    await world.event('other', { title: 'Elsewhere', start: '2023-02-03T14:00:00' })
    expect(summaries((await world.get('/calendar.ics')).text)).toEqual(['Meetup in Brussels', 'Elsewhere'])
    expect(summaries((await world.get('/g/other/calendar.ics')).text)).toEqual(['Elsewhere'])
    expect(summaries((await world.get(`/e/${id}.ics`)).text)).toEqual(['Meetup in Brussels'])
  })

  it('are valid line by line: CRLF, 75 octets, one calendar, a filler where nothing is in them', async () => {
    await world.event('hyperscale', { title: 'Größe 😀'.repeat(30), description: 'a, b; c\\d\ne' })
    for (const path of ['/calendar.ics', '/g/hyperscale/calendar.ics?kind=stream']) {
      const { text, headers } = await world.get(path)
      expect(headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
      expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
      expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(new ICAL.Component(ICAL.parse(text)).getAllSubcomponents().length).toBeGreaterThan(0)
    }
    expect(vevents((await world.get('/calendar.ics')).text)[0]!.getFirstPropertyValue('description')).toContain(
      'a, b; c\\d\ne',
    )
  })

  it('show a series once, in its zone, with its rule, its moved date and without the one called off', async () => {
    const { id, uid } = await world.event('hyperscale', HANGOUT)
    await world.api('PUT', `/events/${id}/occurrences/20230215T220000Z`, { start: '2023-02-16T14:00:00' })
    await world.api('POST', `/events/${id}/occurrences/20230315T210000Z/cancel`, { reason: 'SCALE' })
    const { text } = await world.get('/calendar.ics')
    const lines = unfolded(text)
    expect(lines).toContain('DTSTART;TZID=America/Los_Angeles:20230118T140000')
    expect(lines).toContain('RRULE:FREQ=MONTHLY;BYDAY=3WE')
    expect(lines).toContain('EXDATE;TZID=America/Los_Angeles:20230315T140000')
    expect(lines).toContain('RECURRENCE-ID;TZID=America/Los_Angeles:20230215T140000')
    expect(lines).toContain('CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL="Video call":https://meet.example/hangout')
    expect(lines.filter((line) => line === `UID:${uid}`)).toHaveLength(2)
    expect(lines.filter((line) => line === 'BEGIN:VTIMEZONE')).toHaveLength(1)
    expect(instants(text, '2023-05-01')).toEqual([
      '2023-01-18T22:00:00Z',
      '2023-02-16T22:00:00Z',
      '2023-04-19T21:00:00Z',
    ])
    const marked = (await world.get('/calendar.ics?cancelled=mark')).text
    expect(summaries(marked)).toContain('Cancelled: Monthly hangout')
    expect(unfolded(marked)).not.toContain('EXDATE;TZID=America/Los_Angeles:20230315T140000')
  })

  /** The starts that ical.js, the engine of Thunderbird, makes of a feed of one series. */
  function instants(text: string, until: string): string[] {
    const calendar = new ICAL.Component(ICAL.parse(text))
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
    const [master, ...exceptions] = calendar.getAllSubcomponents('vevent')
    const event = new ICAL.Event(master!, { exceptions: exceptions.map((one) => new ICAL.Event(one)) as never })
    const found: string[] = []
    const iterator = event.iterator()
    for (let next = iterator.next(); next && next.toString() < until; next = iterator.next()) {
      found.push(`${event.getOccurrenceDetails(next).startDate.convertToZone(ICAL.Timezone.utcTimezone).toString()}`)
    }
    return found
  }

  it('answer an unchanged poll with 304 and a changed one with the change', async () => {
    const { id } = await world.event('hyperscale')
    for (const path of ['/calendar.ics', '/g/hyperscale/calendar.ics', `/e/${id}.ics`]) {
      const first = await world.get(path)
      const tag = first.headers.get('ETag')!
      expect(tag).toMatch(/^"[^"]+"$/)
      const poll = await world.get(path, { 'If-None-Match': tag })
      expect([poll.status, poll.text, poll.headers.get('ETag')]).toEqual([304, '', tag])
      expect((await world.get(path, { 'If-Modified-Since': first.headers.get('Last-Modified')! })).status).toBe(304)
      expect((await world.get(path)).text).toBe(first.text)
      await world.api('PATCH', `/events/${id}`, { description: `changed before ${path}` })
      const changed = await world.get(path, { 'If-None-Match': tag })
      expect(changed.status).toBe(200)
      expect(changed.text).toContain('changed before')
    }
  })

  it('read one row for an unchanged poll on D1', async () => {
    await world.event('hyperscale')
    const tag = (await world.get('/calendar.ics')).headers.get('ETag')!
    world.costs()
    expect((await world.get('/calendar.ics', { 'If-None-Match': tag })).status).toBe(304)
    const spent = world.costs()
    if (spent) expect(spent).toEqual({ read: 1, written: 0, statements: 1 })
  })

  it('keep an event that was called off for 30 days, marked, and then drop it', async () => {
    const { id } = await world.event('hyperscale')
    await world.api('POST', `/events/${id}/cancel`, { reason: 'Trains are on strike' })
    const [vevent] = vevents((await world.get('/calendar.ics')).text)
    expect(vevent!.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(vevent!.getFirstPropertyValue('summary')).toBe('Cancelled: Meetup in Brussels')
    expect(vevent!.getFirstPropertyValue('sequence')).toBe(1)
    expect(summaries((await world.get('/calendar.ics?cancelled=hide')).text)).toEqual([])
    const tag = (await world.get('/calendar.ics')).headers.get('ETag')!
    const { runScheduled } = await import('../../src/scheduled.ts')
    await runScheduled(world.deps)
    expect((await world.get('/calendar.ics', { 'If-None-Match': tag })).status).toBe(304)
    world.clock.now += 31 * 86_400
    await runScheduled(world.deps)
    const later = await world.get('/calendar.ics', { 'If-None-Match': tag })
    expect([later.status, summaries(later.text)]).toEqual([200, []])
  })

  it('narrow a group to kinds and tags', async () => {
    await world.event('hyperscale', { keywords: ['centos'] })
    await world.event('hyperscale', HANGOUT)
    const of = async (query: string) => summaries((await world.get(`/g/hyperscale/calendar.ics?${query}`)).text)
    expect(await of('kind=hangout')).toEqual(['Monthly hangout'])
    expect(await of('kind=hangout,meetup')).toEqual(['Monthly hangout', 'Meetup in Brussels'])
    expect(await of('tag=centos')).toEqual(['Meetup in Brussels'])
    expect(await of('tag=nothing')).toEqual([])
  })

  it('of a private group, a deleted event and nothing at all are 404, and say nothing of who comes', async () => {
    await world.group('secret', { visibility: 'private' })
    const hidden = await world.event('secret', { title: 'Hidden' })
    const { id } = await world.event('hyperscale')
    await world.api(
      'POST',
      `/events/${id}/rsvps`,
      { name: 'Canary Person', email: 'canary@example.org' },
      { token: null },
    )
    expect((await world.get(`/e/${id}.ics`)).text).not.toMatch(/canary|ATTENDEE/i)
    expect((await world.get('/calendar.ics')).text).not.toContain('Hidden')
    await world.api('DELETE', `/events/${id}`)
    for (const path of [
      '/g/secret/calendar.ics',
      `/e/${hidden.id}.ics`,
      `/e/${id}.ics`,
      '/g/nobody/calendar.ics',
      '/e/x.ics',
    ]) {
      expect([path, (await world.get(path)).status]).toEqual([path, 404])
    }
  })

  it('remind only who asks for it, and never of what was called off', async () => {
    const off = await world.event('hyperscale', { title: 'Off' })
    await world.api('POST', `/events/${off.id}/cancel`, {})
    await world.event('hyperscale', HANGOUT)
    expect((await world.get('/calendar.ics')).text).not.toContain('VALARM')
    for (const [asked, trigger] of [
      ['15m', '-PT15M'],
      ['2h', '-PT2H'],
      ['1d', '-P1D'],
    ]) {
      const reminded = vevents((await world.get(`/calendar.ics?alarm=${asked}`)).text)
      const triggers = reminded.map((one) =>
        one.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')?.toString(),
      )
      expect(triggers.sort()).toEqual([trigger, undefined])
    }
    for (const nonsense of ['', '15', '-5m', '99d', '1m%0D%0AX:y'])
      expect((await world.get(`/calendar.ics?alarm=${nonsense}`)).text).not.toContain('VALARM')
  })

  it('carry what was handed out, a picture and a colour', async () => {
    await world.event('hyperscale', {
      kind: 'talk',
      links: [
        { rel: 'slides', href: 'https://a.example/slides.pdf' },
        { rel: 'recording', href: 'https://a.example/talk.webm' },
        { rel: 'image', href: 'https://a.example/logo.png' },
        { rel: 'agenda', href: 'https://a.example/agenda' },
      ],
    })
    const lines = unfolded((await world.get('/calendar.ics')).text)
    expect(lines.filter((line) => /^(ATTACH|IMAGE|COLOR)/.test(line))).toEqual([
      'ATTACH:https://a.example/slides.pdf',
      'ATTACH:https://a.example/talk.webm',
      'IMAGE;VALUE=URI;DISPLAY=BADGE:https://a.example/logo.png',
      'COLOR:mediumpurple',
    ])
  })

  it('are there as soon as their group is, and go with it', async () => {
    expect((await world.get('/g/hyperscale/calendar.ics')).status).toBe(200)
    expect((await world.api('DELETE', '/groups/hyperscale')).status).toBe(204)
    expect((await world.get('/g/hyperscale/calendar.ics')).status).toBe(404)
  })

  it('vanish when their group becomes private, and come back when it is public again', async () => {
    const { id } = await world.event('hyperscale')
    const paths = ['/g/hyperscale/calendar.ics', `/e/${id}.ics`]
    const statuses = () => Promise.all(paths.map(async (path) => (await world.get(path)).status))
    const all = async () => summaries((await world.get('/calendar.ics')).text)
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'private' })
    expect([await statuses(), await all()]).toEqual([[404, 404], []])
    await world.api('PATCH', `/events/${id}`, { title: 'Quietly changed' })
    expect([await statuses(), await all()]).toEqual([[404, 404], []])
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'public' })
    expect([await statuses(), await all()]).toEqual([[200, 200], ['Quietly changed']])
  })

  it('get another version with each change, also with the second in one second', async () => {
    const { id } = await world.event('hyperscale')
    const paths = ['/calendar.ics', '/g/hyperscale/calendar.ics', `/e/${id}.ics`]
    for (const change of [
      () => world.api('PATCH', `/events/${id}`, { title: 'One' }),
      () => world.api('PATCH', `/events/${id}`, { title: 'Two' }),
      () => world.api('PATCH', '/groups/hyperscale', { visibility: 'private' }),
      () => world.api('PATCH', '/groups/hyperscale', { visibility: 'public' }),
    ]) {
      const before = await Promise.all(paths.map((path) => world.get(path)))
      await change()
      for (const [at, path] of paths.entries()) {
        const since = before[at]!.headers.get('Last-Modified')
        if (since === null) continue
        const after = await world.get(path, { 'If-Modified-Since': since })
        expect([path, after.status]).not.toEqual([path, 304])
      }
    }
    const named = await world.get('/g/hyperscale/calendar.ics')
    await world.api('PATCH', '/groups/hyperscale', { name: 'Hyper' })
    const renamed = await world.get('/g/hyperscale/calendar.ics', { 'If-None-Match': named.headers.get('ETag')! })
    expect([renamed.status, renamed.text.includes('NAME:Hyper')]).toEqual([200, true])
  })

  it('have all-day events as dates and a date added to a series as an event of its own', async () => {
    await world.event('hyperscale', {
      title: 'FOSDEM',
      kind: 'conference',
      start: '2023-02-04T00:00:00',
      timeZone: null,
      showWithoutTime: true,
      duration: 'P2D',
      rsvp: undefined,
    })
    await world.event('hyperscale', { ...HANGOUT, recurrenceOverrides: { '2023-01-25T14:00:00': {} } })
    const lines = unfolded((await world.get('/calendar.ics')).text)
    expect(lines).toContain('DTSTART;VALUE=DATE:20230204')
    expect(lines).toContain('DTEND;VALUE=DATE:20230206')
    expect(lines).toContain('DTSTART:20230125T220000Z')
    expect(lines.some((line) => line.startsWith('RDATE'))).toBe(false)
  })
})
