import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, MEETUP, openWorld, type World } from '../support/world.ts'

const MEETING = {
  title: 'SIG meeting',
  kind: 'meeting',
  start: '2022-12-07T16:00:00',
  timeZone: 'UTC',
  duration: 'PT1H',
  recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2',
}
const FIRST = '20221207T160000Z'
const SECOND = '20221221T160000Z'
const NEXT = '20230104T160000Z'

describe('the record of a date', () => {
  let world: World
  let id: string
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    id = (await world.event('hyperscale', MEETING)).id
  })
  afterEach(() => world.close())

  const path = (date: string) => `/events/${id}/occurrences/${date}/record`
  const patch = (date: string, body: unknown, options = {}) => world.api('PATCH', path(date), body, options)
  const read = async (date: string) => (await world.api('GET', path(date), undefined, { token: null })).body
  const calendar = async () => (await world.get('/g/hyperscale/calendar.ics')).text.replace(/\r\n /g, '')
  const lineOf = (text: string, name: string) => new RegExp(`^${name}[^:]*:(.*)\\r?$`, 'm').exec(text)?.[1]

  it('says before what is to come up, and afterwards what was', async () => {
    expect((await patch(NEXT, { agenda: ['Kernel', { text: 'Images', by: 'ngompa' }] })).status).toBe(200)
    expect((await read(NEXT)).agenda).toEqual([
      { text: 'Kernel', by: null },
      { text: 'Images', by: 'ngompa' },
    ])
    expect((await world.get(`/e/${id}/${NEXT}`)).text).toContain('Images<span class="meta"> – ngompa')
    const written = await patch(SECOND, {
      topics: [{ title: 'systemd <252>', notes: ['It builds.'] }],
      decisions: ['We ship it.'],
      actions: [{ text: 'ship it', owner: 'anita' }],
      attendance: [{ name: 'anita' }, { name: 'davide', lines: 12 }],
      recording: 'https://video.example/21',
      slides: 'https://slides.example/21',
      log: 'https://log.example/21',
    })
    expect(written.body).toMatchObject({
      topics: [{ title: 'systemd <252>', notes: ['It builds.'] }],
      decisions: ['We ship it.'],
      actions: [{ text: 'ship it', owner: 'anita', done: false, occurrence: SECOND }],
      attendance: [
        { name: 'anita', lines: null },
        { name: 'davide', lines: 12 },
      ],
      links: [
        { rel: 'log', href: 'https://log.example/21' },
        { rel: 'recording', href: 'https://video.example/21' },
        { rel: 'slides', href: 'https://slides.example/21' },
      ],
      missing: [],
    })
    const page = (await world.get(`/e/${id}/${SECOND}`)).text
    for (const words of [
      'systemd &lt;252&gt;',
      'It builds.',
      'We ship it.',
      'anita, davide',
      'href="https://video.example/21"',
    ])
      expect(page).toContain(words)
  })

  it('puts its links into the calendar entry of that date, whose SEQUENCE and LAST-MODIFIED move on', async () => {
    const before = await calendar()
    world.clock.now += 3600
    await patch(SECOND, { agenda: ['Only on the page'] })
    expect(await calendar()).toBe(before)
    const { sequence } = (await world.api('GET', `/events/${id}`)).body
    await patch(SECOND, { recording: 'https://video.example/21' })
    const after = await calendar()
    const entry = after.slice(after.indexOf('RECURRENCE-ID:20221221T160000Z') - 800)
    expect(entry).toContain('ATTACH:https://video.example/21')
    expect(after.match(/https:\/\/video\.example\/21/g)).toHaveLength(2)
    expect(lineOf(after, 'SEQUENCE')).toBe(String(sequence + 1))
    expect(lineOf(after, 'LAST-MODIFIED')).toBe('20230102T130000Z')
    expect(lineOf(before, 'SEQUENCE')).toBe(String(sequence))
    // The same again is no change, and the title of that date can be changed without losing it.
    await patch(SECOND, { recording: 'https://video.example/21' })
    expect(await calendar()).toBe(after)
    await world.api('PUT', `/events/${id}/occurrences/${SECOND}`, { title: 'The last one' })
    expect(await calendar()).toContain('ATTACH:https://video.example/21')
    await patch(SECOND, { recording: null })
    expect(await calendar()).not.toContain('video.example')
  })

  it('does so for a single event too, and mails nobody', async () => {
    const meetup = await world.event('hyperscale', MEETUP)
    await world.api('POST', `/events/${meetup.id}/rsvps`, { name: 'A', email: 'a@example.org', response: 'accepted' })
    const at = `/events/${meetup.id}/occurrences/20230202T130000Z/record`
    expect((await world.api('PATCH', at, { slides: 'https://slides.example/1' })).status).toBe(200)
    const { body } = await world.api('GET', `/events/${meetup.id}`)
    expect([body.sequence, body.links]).toEqual([1, [{ rel: 'slides', href: 'https://slides.example/1' }]])
    const rows = await world.db.all<{ payload: string }>({
      sql: "SELECT payload FROM changes WHERE subject_id = ? AND kind = 'record.written'",
      params: [meetup.id],
    })
    expect(rows.map(({ payload }) => JSON.parse(payload))).toEqual([{ occurrence: '20230202T130000Z' }])
  })

  it('carries what is open over to the next agenda until it is done', async () => {
    await patch(FIRST, { actions: [{ text: 'write docs', owner: 'neal' }, { text: 'fix CI' }] })
    const [docs, ci] = (await read(FIRST)).actions
    expect((await read(FIRST)).carriedOver).toEqual([])
    expect((await read(NEXT)).carriedOver.map(({ text }: { text: string }) => text)).toEqual(['write docs', 'fix CI'])
    expect((await world.get(`/e/${id}/${NEXT}`)).text).toContain('write docs')
    expect((await world.api('PATCH', `/events/${id}/actions/${docs.id}`, { done: true })).body).toMatchObject({
      done: true,
    })
    expect((await read(NEXT)).carriedOver.map(({ text }: { text: string }) => text)).toEqual(['fix CI'])
    // Sent again, it is not done anew; left out, it is gone.
    await patch(FIRST, { actions: [{ text: 'write docs', owner: 'neal', done: true }] })
    expect((await read(FIRST)).actions).toEqual([{ ...docs, done: true }])
    const open = await world.api('GET', '/groups/hyperscale/actions', undefined, { token: null })
    expect(open.body.items).toEqual([])
    expect((await world.api('PATCH', `/events/${id}/actions/${ci.id}`, { done: true })).status).toBe(404)
    const other = await world.event('hyperscale', HANGOUT)
    expect((await world.api('PATCH', `/events/${other.id}/actions/${docs.id}`, { done: false })).status).toBe(404)
  })

  it('lists all dates with what is there and what is missing', async () => {
    await patch(FIRST, { topics: [{ title: 'A' }], log: 'https://log.example/1', attendance: [{ name: 'anita' }] })
    await world.api('POST', `/events/${id}/occurrences/${NEXT}/cancel`, {})
    const { text } = await world.get(`/e/${id}/dates`)
    const plain = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(plain).toContain('2 held, 1 cancelled, 1 with something missing')
    expect(plain).toContain('Minutes, Log, 1 were there')
    expect(plain).toContain('missing: minutes, log')
    expect((await world.get(`/e/${id}`)).text).toContain(`href="/e/${id}/dates"`)
  })

  it('does not count who asked for it, on no date', async () => {
    await patch(FIRST, { attendance: [{ name: '@anita:fedora.im' }, { name: 'davide' }] })
    expect((await world.api('PUT', '/groups/hyperscale/uncounted/Anita')).status).toBe(204)
    expect((await read(FIRST)).attendance).toEqual([{ name: 'davide', lines: null }])
    expect((await world.get(`/e/${id}/${FIRST}`)).text).not.toContain('anita')
    await world.api('DELETE', '/groups/hyperscale/uncounted/anita')
    expect((await read(FIRST)).attendance).toHaveLength(2)
  })

  it('goes with its date where the series is moved', async () => {
    await patch(FIRST, { agenda: ['A'], actions: [{ text: 'B' }], log: 'https://log.example/1' })
    await world.api('PATCH', `/events/${id}`, { start: '2022-12-07T15:00:00' })
    expect(await read('20221207T150000Z')).toMatchObject({
      agenda: [{ text: 'A' }],
      actions: [{ text: 'B' }],
      links: [{ rel: 'log' }],
    })
    const dates = await world.api('GET', `/events/${id}/occurrences?to=2022-12-08T00:00:00Z`)
    expect(dates.body.items.map(({ start }: { start: string }) => start)).toEqual(['2022-12-07T15:00:00'])
  })

  it.each([
    [{}, ''],
    [{ agenda: [''] }, 'agenda.0'],
    [{ recording: 'javascript:alert(1)' }, 'recording'],
    [{ topics: [{ title: 'A\u0000' }] }, 'topics.0.title'],
    [{ actions: [{ text: 'A', owner: 5 }] }, 'actions.0.owner'],
    [{ colour: 'red' }, 'colour'],
  ])('of %j is refused, and nothing is written', async (body, at) => {
    const { status, body: answer } = await patch(FIRST, body)
    expect([status, answer.errors[0].path]).toEqual([422, at])
    expect(await world.db.all({ sql: 'SELECT * FROM records', params: [] })).toEqual([])
  })

  it('is not written by strangers, for no date, or over another version', async () => {
    expect((await patch('20221208T160000Z', { agenda: ['A'] })).status).toBe(404)
    expect((await patch(FIRST, { agenda: ['A'] }, { token: null })).status).toBe(401)
    const tag = (await patch(FIRST, { agenda: ['A'] })).headers.get('ETag')!
    expect((await patch(FIRST, { agenda: ['B'] }, { headers: { 'If-Match': tag } })).status).toBe(200)
    expect((await patch(FIRST, { agenda: ['C'] }, { headers: { 'If-Match': tag } })).status).toBe(412)
    const both = await Promise.all([patch(FIRST, { agenda: ['D'] }), patch(FIRST, { decisions: ['E'] })])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(await read(FIRST)).toMatchObject({ agenda: [{ text: 'D' }], decisions: ['E'] })
  })
})
