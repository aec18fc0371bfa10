/** A backup and what comes of it: the same bytes again, and a community that goes on where it stood. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#engine'
import { putSchedule, schedule } from '../support/schedules.ts'
import { openWorld, type World } from '../support/world.ts'

const LINES = { headers: { 'Content-Type': 'application/x-ndjson' } }

describe('a backup', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  /** A group with a full meetup, somebody in line, a series with a changed date, talks, and a token of its own. */
  async function fill(): Promise<{ event: string; seat: string; token: string }> {
    await world.group('sig')
    const { body: event } = await world.api('POST', '/groups/sig/events', {
      title: 'Meetup “with” ümläut, 日本語 and 🎉',
      kind: 'meetup',
      start: '2023-03-01T10:00:00',
      timeZone: 'Europe/Brussels',
      description: 'Line\none',
      rsvp: { capacity: { inPerson: 1 } },
    })
    await world.api('POST', '/groups/sig/events', {
      title: 'Meeting',
      kind: 'meeting',
      start: '2023-01-04T16:00:00',
      timeZone: 'UTC',
      recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2',
      recurrenceOverrides: { '2023-01-18T16:00:00': { start: '2023-01-19T16:00:00' } },
    })
    const answer = (name: string) =>
      world.api('POST', `/events/${event.id}/rsvps`, { name, email: `${name}@example.org`, response: 'accepted' })
    const { body: seat } = await answer('ada')
    expect((await answer('grace')).body.place).toBe('waitlist')
    await putSchedule(world, 'json', schedule([{ title: 'Calendars at sea' }, { title: 'Feeds' }]))
    const { body: made } = await world.api('POST', '/tokens', { name: 'for sig', group: 'sig' })
    return { event: event.id, seat: seat.id, token: made.token }
  }

  async function dump(): Promise<string> {
    let text = ''
    let path: string | undefined = '/backup'
    while (path) {
      const page: Awaited<ReturnType<typeof world.api>> = await world.api('GET', path)
      expect(page.status).toBe(200)
      text += page.text
      path = /\/api\/v1([^>]+)>; rel="next"/.exec(page.headers.get('Link') ?? '')?.[1]
    }
    return text
  }

  const rowsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('{"table"'))
  const begin = (text: string) => world.api('POST', '/restores', { schema: JSON.parse(text.split('\n')[0]!).schema })

  async function restore(text: string) {
    const lines = rowsOf(text)
    const { body } = await begin(text)
    const half = Math.floor(lines.length / 2)
    for (const part of [lines.slice(0, half), lines.slice(half, -1)])
      expect((await world.api('POST', `/restores/${body.id}/rows`, part.join('\n'), LINES)).status).toBe(200)
    return world.api('POST', `/restores/${body.id}/finish?rows=${lines.length}`, lines.at(-1), LINES)
  }

  it('gives the same bytes after it was brought into an empty database, where all goes on', async () => {
    const { event, seat, token } = await fill()
    const text = await dump()
    const feed = await world.get('/g/sig/calendar.ics')
    expect(rowsOf(text).length).toBe(JSON.parse(text.trimEnd().split('\n').at(-1)!).rows)
    await world.close()

    world = await openWorld()
    expect((await restore(text)).body).toEqual({ rows: rowsOf(text).length })
    expect(await dump()).toBe(text)
    const again = await world.get('/g/sig/calendar.ics')
    expect([again.text, again.headers.get('ETag')]).toEqual([feed.text, feed.headers.get('ETag')])
    // What triggers keep: the search, the seats and the line.
    expect((await world.api('GET', '/talks?q=sea')).body.items).toHaveLength(1)
    expect((await world.api('DELETE', `/rsvps/${seat}`)).status).toBe(204)
    const { body } = await world.api('GET', `/events/${event}/rsvps?place=seat`, undefined, { token })
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['grace'])
  })

  it('goes on after a part that broke off, and is begun again without harm', async () => {
    await fill()
    const text = await dump()
    await world.close()
    world = await openWorld()
    const lines = rowsOf(text)
    expect((await world.get('/readyz')).status).toBe(200)
    const { body: first } = await begin(text)
    expect((await world.get('/readyz')).status).toBe(503)
    await world.api('POST', `/restores/${first.id}/rows`, lines.slice(0, 5).join('\n'), LINES)
    await world.api('POST', `/restores/${first.id}/rows`, lines.slice(0, 5).join('\n'), LINES)
    expect((await restore(text)).status).toBe(200)
    expect((await world.get('/readyz')).body).toEqual({ status: 'ready' })
    expect(await dump()).toBe(text)
    expect((await world.api('POST', `/restores/${first.id}/rows`, lines[0], LINES)).status).toBe(404)
  })

  it('is refused where something is, where it is not whole, and line by line where it is none', async () => {
    await fill()
    const text = await dump()
    expect((await begin(text)).body.reason).toBe('not_empty')
    expect((await world.api('POST', '/restores', { schema: '0001_x.sql' })).body.errors[0].path).toBe('schema')
    expect(await dump()).toBe(text)
    await world.close()

    world = await openWorld()
    const { body } = await begin(text)
    const send = (lines: string, at = 'rows') => world.api('POST', `/restores/${body.id}/${at}`, lines, LINES)
    const wrong = ['{', '[]', '{"table":"groups"}', '{"table":"nope","row":{}}', '{"table":"groups","row":{"x":1}}']
    for (const line of wrong)
      expect([line, (await send(`${rowsOf(text)[0]}\n${line}`)).body.errors]).toEqual([
        line,
        [expect.objectContaining({ path: 'line 2' })],
      ])
    expect((await send('{"table":"groups","row":{"id":"a"}}')).status).toBe(200)
    expect((await send('', `finish?rows=${rowsOf(text).length}`)).body.errors[0].path).toBe('rows')
    expect((await restore(text)).status).toBe(200)
    expect(await dump()).toBe(text)
  })

  it('is the operator’s alone', async () => {
    const { token } = await fill()
    for (const [method, path] of [
      ['GET', '/backup'],
      ['POST', '/restores'],
    ] as const) {
      const body = method === 'POST' ? { schema: 'x' } : undefined
      expect((await world.api(method, path, body, { token: null })).status).toBe(401)
      expect((await world.api(method, path, body, { token })).status).toBe(403)
    }
    expect((await world.api('GET', '/backup?cursor=nonsense')).status).toBe(422)
  })

  it('has every table that a migration makes, but for indexes of searches', async () => {
    const { readTables } = await import('../../src/backup/queries.ts')
    const { db, close } = await openDatabase()
    const names = (await readTables(db)).map(({ name }) => name)
    expect(names.at(-1)).toBe('tokens')
    expect(names.indexOf('groups')).toBeLessThan(names.indexOf('events'))
    expect(names).toEqual(expect.arrayContaining(['changes', 'rsvps', 'seat_counters', 'talks', 'mails', 'links']))
    expect(names.filter((name) => /fts|sqlite|_cf|d1_/.test(name))).toEqual([])
    await close()
  })
})
