/** Imports at the organizer's desk: what would change is seen first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTwins } from '../support/twins.ts'

let twins: Awaited<ReturnType<typeof openTwins>>
beforeAll(async () => {
  twins = await openTwins()
})
afterAll(() => twins.world.close())

const send = (name: string, path: string, body?: string, type = 'application/x-www-form-urlencoded') =>
  twins.world.request(body === undefined ? 'GET' : 'POST', `/manage/groups/mine${path}`, body, {
    token: null,
    headers: {
      ...twins.actors.find((one) => one.name === name)!.headers,
      ...(body === undefined ? {} : { 'Content-Type': type }),
    },
  })
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const titles = async () => {
  const { items } = (await twins.world.api('GET', '/groups/mine/events?limit=200')).body
  return items.map(({ title }: { title: string }) => title)
}

const vevent = (uid: string, title: string, start = '20230510T160000Z') =>
  ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20230101T000000Z', `DTSTART:${start}`, `SUMMARY:${title}`, 'END:VEVENT'].join(
    '\r\n',
  )
const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', ...events, 'END:VCALENDAR', ''].join('\r\n')

describe('an import', () => {
  it('shows what would change, changes nothing until it is told to, and then just that', async () => {
    const text = calendar(vevent('a@x', 'Sprint <b>one</b>'), vevent('b@x', 'Sprint two'))
    const seen = await send('organizer', '/imports/import', form({ text }))
    expect([seen.status, seen.text.includes('2 new, 0 changed')]).toEqual([200, true])
    expect(seen.text).toContain('Sprint &lt;b&gt;one')
    expect(await titles()).not.toContain('Sprint two')
    const kept = /<textarea name="text" hidden="">([\s\S]*?)<\/textarea>/.exec(seen.text)![1]!
    expect(kept.trim().replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#x2F;', '/')).toContain(
      'SUMMARY:Sprint two',
    )
    const did = await send('organizer', '/imports/import', form({ text, do: 'import' }))
    expect([did.status, did.headers.get('Location')]).toEqual([303, '/manage/groups/mine/imports?done=imported'])
    expect(await titles()).toContain('Sprint two')
    const next = await send('organizer', '/imports/import', form({ text: text.replace('Sprint two', 'Sprint 2') }))
    expect(next.text).toContain('0 new, 1 changed, 1 as they are')
    expect(next.text).toContain('changes: title')
    const same = await send('organizer', '/imports/import', form({ text }))
    expect([same.text.includes('0 new, 0 changed, 2'), same.text.includes('Import this')]).toEqual([true, false])
  })

  it('takes a file', async () => {
    const data = new FormData()
    data.append('file', new File([calendar(vevent('f@x', 'From a file'))], 'x.ics', { type: 'text/calendar' }))
    data.append('text', '')
    const sent = new Response(data)
    const type = sent.headers.get('Content-Type')!
    expect((await send('organizer', '/imports/import', await sent.text(), type)).text).toContain('From a file')
  })

  it('takes meetings for yaml2ical', async () => {
    const text =
      'project: Packaging\nschedule:\n  - time: "1600"\n    day: Wednesday\n    irc: centos-meeting\n    frequency: weekly\nchair: Ada\ndescription: A meeting\n'
    expect((await send('organizer', '/imports/import', form({ text }))).text).toContain('1 new')
  })

  it.each([
    ['nothing', ''],
    ['no calendar', 'hello'],
    ['half a calendar', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT'],
    ['a time that is none', calendar(vevent('x@x', 'X', '2023'))],
    ['control characters', '\0\u0001BEGIN:VCALENDAR'],
  ])('of %s says so, keeps what was typed, and writes nothing', async (_, text) => {
    const before = await titles()
    const answer = await send('organizer', '/imports/import', form({ text }))
    expect([answer.status, answer.text.includes('role="alert"')]).toEqual([422, true])
    expect(answer.text).toContain(text.slice(0, 5).replaceAll('\0', '').replaceAll('\u0001', ''))
    expect(await titles()).toEqual(before)
  })

  it('of which a part can be read offers that part', async () => {
    const text = calendar(vevent('g@x', 'A good one'), vevent('h@x', 'A bad one', '2023'))
    const refused = await send('organizer', '/imports/import', form({ text }))
    expect([refused.status, refused.text.includes('See what of it can be read')]).toEqual([422, true])
    const seen = await send('organizer', '/imports/import', form({ text, partial: 'yes' }))
    expect(seen.text).toContain('1 new, 0 changed, 0 as they are, 1 that cannot be read')
    expect((await send('organizer', '/imports/import', form({ text, partial: 'yes', do: 'import' }))).status).toBe(303)
    expect(await titles()).toContain('A good one')
    expect(await titles()).not.toContain('A bad one')
  })
})

describe('a calendar of another program', () => {
  it('is looked into, subscribed to, read again and left', async () => {
    const { mine } = twins
    await twins.world.api('DELETE', `/groups/mine/calendars/${mine.calendar}`)
    const url = 'https://elsewhere.example/other.ics'
    const looked = await send('organizer', '/imports', form({ do: 'look', url, every: 'PT6H' }))
    expect([looked.status, looked.text.includes('What is in it'), looked.text.includes('value="PT6H"')]).toEqual([
      200,
      true,
      true,
    ])
    const subscribed = await send('organizer', '/imports', form({ do: 'subscribe', url, every: 'PT6H' }))
    expect(subscribed.headers.get('Location')).toContain('done=subscribed')
    const { items } = (await twins.world.api('GET', '/groups/mine/calendars')).body
    expect(items).toMatchObject([{ url, every: 'PT6H' }])
    expect((await send('organizer', '/imports')).text).toContain(url)
    const act = (verb: string, id: string) => send('organizer', '/imports', form({ do: verb, calendar: id }))
    expect((await act('read', items[0].id)).status).toBe(303)
    expect((await act('leave', twins.twin.calendar!)).status).toBe(409)
    expect((await act('leave', items[0].id)).status).toBe(303)
    expect((await act('constructor', items[0].id)).status).toBe(404)
    expect((await twins.world.api('GET', '/groups/mine/calendars')).body.items).toEqual([])
    expect((await twins.world.api('GET', '/groups/twin/calendars')).body.items).toHaveLength(1)
  })

  it.each(['', 'nothing', 'ftp://x.example/a.ics', 'http://127.0.0.1/a.ics'])(
    'at “%s” is refused beside its field',
    async (url) => {
      const answer = await send('organizer', '/imports', form({ do: 'look', url, every: 'PT1H' }))
      expect([answer.status, answer.text.includes('id="url-fault"')]).toEqual([422, true])
    },
  )

  it('is for organizers', async () => {
    for (const name of ['helper', 'member']) expect((await send(name, '/imports')).status).toBe(403)
    expect((await send('owner of the twin', '/imports')).status).toBe(404)
  })
})
