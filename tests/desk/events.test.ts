/** The organizer's desk: events and series by forms, as a browser without JavaScript sends them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, openTwins } from '../support/twins.ts'

let twins: Awaited<ReturnType<typeof openTwins>>
beforeAll(async () => {
  twins = await openTwins()
})
afterAll(() => twins.world.close())

const actor = (name: string): Actor => twins.actors.find((one) => one.name === name)!
const ask = (name: string, method: string, path: string, fields?: Record<string, string>, headers = {}) =>
  twins.world.request(method, path, fields && new URLSearchParams(fields).toString(), {
    token: null,
    headers: {
      ...actor(name).headers,
      ...(fields ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    },
  })
const get = (path: string) => ask('organizer', 'GET', path)
const send = (path: string, fields: Record<string, string>) => ask('organizer', 'POST', path, fields)
const hidden = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)![1]!.replaceAll('&quot;', '"')

const DESK = '/manage/groups/mine'
const SERIES = {
  title: 'Weekly breakfast',
  kind: 'meeting',
  status: 'confirmed',
  start: '2023-01-11T09:00',
  timeZone: 'Europe/Brussels',
  hours: '1',
  repeat: 'weekly',
  'rsvp.enabled': 'yes',
  questions: 'Dietary needs | text | required',
}

async function made(more: Record<string, string> = {}): Promise<string> {
  const form = await get(`${DESK}/events/new`)
  const answer = await send(`${DESK}/events/new`, {
    ...SERIES,
    ...more,
    key: hidden(form.text, 'key'),
    do: 'save',
  })
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([303, ''])
  return /events\/([^?]+)/.exec(answer.headers.get('Location')!)![1]!
}
const event = async (id: string) => (await twins.world.api('GET', `/events/${id}`)).body
const dates = async (id: string) =>
  (await twins.world.api('GET', `/events/${id}/occurrences?from=2023-01-02T00:00:00Z&to=2023-02-10T00:00:00Z`)).body
    .items

describe('the desk', () => {
  it('shows a series before it saves it, and then saves what was shown', async () => {
    const shown = await send(`${DESK}/events/new`, { ...SERIES, do: 'preview' })
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('Before it is saved')
    expect(shown.text).toContain('Wednesday 18 January 2023, 09:00–10:00 (Europe/Brussels)')
    const before = await twins.world.api('GET', '/groups/mine/events')
    expect(before.body.items.some(({ title }: { title: string }) => title === SERIES.title)).toBe(false)
    const id = await made()
    expect(await event(id)).toMatchObject({
      recurrenceRule: 'FREQ=WEEKLY;BYDAY=WE',
      duration: 'PT1H',
      rsvp: { questions: [{ id: 'q1', label: 'Dietary needs', required: true }] },
    })
    expect((await get(`${DESK}/events/${id}?done=made`)).text).toContain('It is in the calendar.')
  })

  it('makes one event of a form that is sent twice', async () => {
    const key = hidden((await get(`${DESK}/events/new`)).text, 'key')
    const sent = { ...SERIES, title: 'Sent twice', key, do: 'save' }
    const [first, second] = [await send(`${DESK}/events/new`, sent), await send(`${DESK}/events/new`, sent)]
    expect(second.headers.get('Location')).toBe(first.headers.get('Location'))
  })

  it('keeps what was typed and names each fault beside its field', async () => {
    const answer = await send(`${DESK}/events/new`, {
      ...SERIES,
      title: '',
      timeZone: 'Mars/Olympus"><b>',
      'rsvp.capacity.inPerson': 'many',
      description: '</textarea><script>',
      do: 'save',
    })
    expect(answer.status).toBe(422)
    for (const id of ['title', 'timeZone', 'rsvp-capacity-inPerson'])
      expect([id, answer.text.includes(`id="${id}-fault"`), answer.text.includes(`href="#${id}"`)]).toEqual([
        id,
        true,
        true,
      ])
    expect(answer.text).toContain('value="Mars/Olympus&quot;&gt;&lt;b&gt;"')
    expect(answer.text).toContain('&lt;/textarea&gt;&lt;script&gt;')
    expect(answer.text).not.toContain('<script>')
  })

  it.each([
    [{ start: '' }, 'start'],
    [{ hours: '-3' }, 'hours'],
    [{ repeat: 'rule', recurrenceRule: 'FREQ=SOMETIMES' }, 'recurrenceRule'],
    [{ until: '2020-01-01' }, 'repeat'],
    [{ until: '2023-05-01', count: '3' }, 'repeat'],
    [{ questions: 'What? | telepathy' }, 'questions'],
    [{ kind: '', status: 'x' }, 'kind'],
  ])('refuses %j', async (fields, id) => {
    const answer = await send(`${DESK}/events/new`, { ...SERIES, ...(fields as object), do: 'save' })
    expect([answer.status, answer.text.includes(`id="${id}-fault"`)]).toEqual([422, true])
  })

  it('moves one date, calls another off, and changes all later ones, nothing else', async () => {
    const id = await made()
    const page = `${DESK}/events/${id}`
    const version = async (path: string) => hidden((await get(path)).text, 'version')
    const one = `${page}/dates/20230118T080000Z`
    const moved = await send(one, {
      title: SERIES.title,
      start: '2023-01-19T10:00',
      duration: '2023-01-19T11:00',
      version: await version(one),
      do: 'save',
    })
    expect(moved.status).toBe(303)
    const off = `${page}/cancel?date=20230125T080000Z`
    const called = await send(`${page}/cancel`, {
      scope: 'one',
      date: '20230125T080000Z',
      reason: 'Strike',
      version: await version(off),
    })
    expect(called.status).toBe(303)
    expect((await dates(id)).slice(0, 4).map((d: { start: string; status: string }) => [d.start, d.status])).toEqual([
      ['2023-01-11T09:00:00', 'confirmed'],
      ['2023-01-19T10:00:00', 'confirmed'],
      ['2023-01-25T09:00:00', 'cancelled'],
      ['2023-02-01T09:00:00', 'confirmed'],
    ])
    const later = `${page}/dates/20230201T080000Z/later`
    const form = { ...SERIES, start: '2023-02-01T09:00', minutes: '0', 'rsvp.waitlist': 'yes', 'rsvp.guestsMax': '0' }
    const split = await send(later, { ...form, title: 'Brunch', version: await version(later), do: 'save' })
    expect(split.status).toBe(303)
    const other = /events\/([^?]+)/.exec(split.headers.get('Location')!)![1]!
    expect(await event(other)).toMatchObject({ title: 'Brunch', start: '2023-02-01T09:00:00' })
    expect((await dates(id)).length).toBe(3)
  })

  it('gives the later part of a series of so many dates what is left of them', async () => {
    const id = await made({ count: '5' })
    const later = `${DESK}/events/${id}/dates/20230125T080000Z/later`
    const { text } = await get(later)
    expect(/name="count"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="count"/.exec(text)!.slice(1).find(Boolean)).toBe('3')
    const form = { ...SERIES, start: '2023-01-26T09:00', count: '3', version: hidden(text, 'version') }
    const split = await send(later, { ...form, do: 'save' })
    const other = /events\/([^?]+)/.exec(split.headers.get('Location')!)![1]!
    expect((await event(other)).recurrenceRule).toBe('FREQ=WEEKLY;BYDAY=TH;COUNT=3')
  })

  it('says what subscribers will see of a change, and that changes of single dates fall away', async () => {
    const id = await made()
    const one = `${DESK}/events/${id}/dates/20230118T080000Z`
    await send(one, { title: 'Special', start: '2023-01-18T09:00', duration: '2023-01-18T10:00', do: 'save' })
    const edit = `${DESK}/events/${id}/edit`
    const version = hidden((await get(edit)).text, 'version')
    const change = { ...SERIES, start: '2023-01-12T09:00', version }
    const shown = await send(edit, { ...change, do: 'preview' })
    expect(shown.text).toMatch(/Gone from calendars[\s\S]*What was changed on 1 single dates falls away/)
    expect((await send(edit, { ...change, do: 'save' })).status).toBe(303)
    expect(await event(id)).toMatchObject({ recurrenceRule: 'FREQ=WEEKLY;BYDAY=TH', recurrenceOverrides: {} })
    // Whoever saves what was opened before that is told so, and overwrites nothing.
    const late = await send(edit, { ...change, title: 'Too late', do: 'save' })
    expect([late.status, late.text.includes('Somebody changed it'), late.text.includes('Too late')]).toEqual([
      412,
      true,
      true,
    ])
    expect((await event(id)).title).toBe(SERIES.title)
  })

  it('takes along what was said of a date when the series moves within the day', async () => {
    const id = await made()
    const one = `${DESK}/events/${id}/dates/20230118T080000Z`
    await send(one, { title: 'Special', start: '2023-01-18T09:00', duration: '2023-01-18T10:00', do: 'save' })
    const edit = `${DESK}/events/${id}/edit`
    const change = { ...SERIES, start: '2023-01-11T11:00', version: hidden((await get(edit)).text, 'version') }
    expect((await send(edit, { ...change, do: 'preview' })).text).not.toContain('falls away')
    expect((await send(edit, { ...change, do: 'save' })).status).toBe(303)
    expect((await event(id)).recurrenceOverrides).toEqual({ '2023-01-18T11:00:00': { title: 'Special' } })
  })

  it('opens to nobody but who may, and takes no form from elsewhere', async () => {
    const { mine, twin } = twins
    const paths = [
      '/events',
      '/events/new',
      `/events/${mine.event}`,
      `/events/${mine.series}/edit`,
      `/events/${mine.series}/cancel`,
      `/events/${mine.series}/dates/20230118T220000Z`,
      `/events/${mine.series}/dates/20230215T220000Z/later`,
    ]
    for (const path of paths) {
      const statusOf = async (name: string) => (await ask(name, 'GET', `${DESK}${path}`)).status
      expect([path, await statusOf('organizer'), await statusOf('helper'), await statusOf('member')]).toEqual([
        path,
        200,
        403,
        403,
      ])
      expect([path, await statusOf('anonymous'), await statusOf('organizer of the twin')]).toEqual([path, 303, 404])
    }
    const sent = { ...SERIES, title: 'Smuggled', do: 'save' }
    for (const name of ['anonymous', 'helper', 'member', 'organizer of the twin'])
      expect([303, 403, 404]).toContain((await ask(name, 'POST', `${DESK}/events/new`, sent)).status)
    expect(
      (await ask('organizer', 'POST', `${DESK}/events/new`, sent, { Origin: 'https://evil.example' })).status,
    ).toBe(403)
    const theirs = `${DESK}/events/${twin.event}/edit`
    expect((await get(theirs)).status).toBe(404)
    const all = await twins.world.api('GET', '/groups/mine/events?limit=200')
    expect(all.text).not.toContain('Smuggled')
  })
})
