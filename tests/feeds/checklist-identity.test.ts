/** Identity, revision and what was called off (docs/feeds.md, 2). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linesOf, veventsIn } from '../support/calendar.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const DAY = 86_400

describe('an event in feeds', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const feed = async (query = '') => (await world.get(`/g/hyperscale/calendar.ics${query}`)).text

  it('has a UID made of its id, in lower case, the same in every feed and after every change', async () => {
    const { id, uid } = await world.event('hyperscale')
    expect(uid).toBe(`${id}@convene.test`)
    expect(uid).toMatch(/^[a-z0-9._@-]{1,255}$/)
    const { secret: _, url } = (await world.api('POST', '/subscriptions', { events: [id] })).body
    const paths = ['/calendar.ics', '/g/hyperscale/calendar.ics', `/e/${id}.ics`, new URL(url).pathname]
    for (const title of ['Meetup in Brussels', 'Another']) {
      await world.api('PATCH', `/events/${id}`, { title, start: '2023-03-03T15:00:00' })
      for (const path of paths)
        expect([path, linesOf((await world.get(path)).text, 'UID')]).toEqual([path, [`UID:${uid}`]])
    }
  })

  it('keeps the UID that its own calendar gave it, in the form that it had there', async () => {
    const calendar = (uid: string) =>
      `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART:20230601T100000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
    const headers = { 'Content-Type': 'text/calendar' }
    for (const uid of ['ABC-Def_1@Elsewhere.example', `${'x'.repeat(231)}`, `${'y'.repeat(230)}`])
      await world.api('POST', '/groups/hyperscale/import', calendar(uid), { headers })
    const uids = linesOf(await feed(), 'UID')
    expect(uids).toContain('UID:ABC-Def_1@Elsewhere.example')
    expect(uids).toContain(`UID:${'y'.repeat(230)}`)
    expect(uids.filter((line) => line.includes('xxx'))).toEqual([])
  })

  it('stamps in UTC with its last revision and never with the clock, and has no METHOD', async () => {
    const { id } = await world.event('hyperscale', HANGOUT)
    const stamps = async () => {
      const text = await feed()
      expect(text).not.toContain('METHOD')
      return ['CREATED', 'DTSTAMP', 'LAST-MODIFIED'].map((name) => linesOf(text, name))
    }
    const first = await stamps()
    expect(first).toEqual([
      ['CREATED:20230102T120000Z'],
      ['DTSTAMP:20230102T120000Z'],
      ['LAST-MODIFIED:20230102T120000Z'],
    ])
    world.clock.now += DAY
    expect(await stamps()).toEqual(first)
    await world.api('PATCH', `/events/${id}`, { title: 'Changed' })
    world.clock.now += DAY
    expect(await stamps()).toEqual([
      ['CREATED:20230102T120000Z'],
      ['DTSTAMP:20230103T120000Z'],
      ['LAST-MODIFIED:20230103T120000Z'],
    ])
  })

  it('takes a date out by EXDATE or shows it as an override, and never does both', async () => {
    const { id } = await world.event('hyperscale', HANGOUT)
    await world.api('POST', `/events/${id}/occurrences/20230315T210000Z/cancel`, { reason: 'Holidays' })
    const date = 'TZID=America/Los_Angeles:20230315T140000'
    const [left, marked, hidden] = [await feed(), await feed('?cancelled=mark'), await feed('?cancelled=hide')]
    for (const text of [left, hidden])
      expect([linesOf(text, 'EXDATE'), linesOf(text, 'RECURRENCE-ID')]).toEqual([[`EXDATE;${date}`], []])
    expect([linesOf(marked, 'EXDATE'), linesOf(marked, 'RECURRENCE-ID')]).toEqual([[], [`RECURRENCE-ID;${date}`]])
    expect(linesOf(marked, 'SUMMARY')).toContain('SUMMARY:Cancelled: Monthly hangout')
  })

  it('is gone at once where it was deleted, and stays where it is over', async () => {
    const { id } = await world.event('hyperscale', { title: 'Deleted' })
    await world.event('hyperscale', { title: 'Long ago', start: '2013-02-02T14:00:00' })
    await world.api('DELETE', `/events/${id}`)
    const { runScheduled } = await import('../../src/scheduled.ts')
    world.clock.now += 800 * DAY
    await runScheduled(world.deps)
    expect(veventsIn(await feed()).map((one) => one.getFirstPropertyValue('summary'))).toEqual(['Long ago'])
  })
})
