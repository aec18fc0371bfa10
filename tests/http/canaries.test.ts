/** Five hundred guests with names that nobody else has: none of them is in anything that strangers can read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feedFormats } from '../../src/feeds/index.ts'
import { openWorld, type World } from '../support/world.ts'

const GUESTS = 500
/** Found whatever it stands beside: a name, an address, an answer, a note. */
const CANARY = /kanari|\bsecretdiet\d/i

type Operations = Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>

describe('guests', () => {
  let world: World
  const ids: Record<string, string> = {}
  const tokens: string[] = []

  beforeAll(async () => {
    world = await openWorld()
    await world.group('sig')
    await world.group('hidden', { visibility: 'private' })
    const rsvp = {
      capacity: { inPerson: 200 },
      questions: [{ id: 'diet', label: 'Diet', type: 'text' }],
    }
    const event = await world.event('sig', { rsvp })
    const series = await world.event('sig', { recurrenceRule: 'FREQ=WEEKLY', rsvp })
    const hidden = await world.event('hidden', { title: 'Kanari meeting', rsvp })
    await world.api('PUT', '/conferences/conf/schedule.csv', 'title,speakers,start\nFeeds,Ada,2023-02-04T10:00:00\n', {
      headers: { 'Content-Type': 'text/csv' },
    })
    const answers = Array.from({ length: GUESTS }, (_, n) =>
      world.api(
        'POST',
        `/events/${[event, series, hidden][n % 3].id}/rsvps`,
        {
          name: `Kanari Vogel ${n}`,
          email: `kanari${n}@birds.example`,
          response: n % 7 === 0 ? 'declined' : 'accepted',
          note: `Kanari note ${n}`,
          answers: { diet: `secretdiet${n}` },
        },
        n % 3 === 2 ? {} : { token: null },
      ),
    )
    for (const { status, body } of await Promise.all(answers)) {
      expect(status).toBe(201)
      if (body.manageToken) tokens.push(body.manageToken)
    }
    Object.assign(ids, {
      id: event.id,
      slug: 'sig',
      rsvp: (await world.api('GET', `/events/${event.id}/rsvps`)).body.items[0].id,
      recurrenceId: '20230202T130000Z',
      series: series.id,
      hidden: hidden.id,
    })
  })
  afterAll(() => world.close())

  const read = async (path: string) => {
    const { status, text, headers } = await world.get(path)
    expect([path, status]).toEqual([path, expect.toSatisfy((code: number) => code < 500)])
    const all = `${text} ${[...headers].flat().join(' ')}`
    expect([path, CANARY.exec(all)?.[0]]).toEqual([path, undefined])
    return text
  }

  it('are in no answer of the API to strangers, with whatever ids', async () => {
    const { paths } = JSON.parse((await world.get('/openapi.json')).text) as { paths: Operations }
    const readable = Object.entries(paths).flatMap(([path, item]) => (item.get ? [path] : []))
    expect(readable.length).toBeGreaterThan(30)
    for (const path of readable) {
      for (const event of [ids.id, ids.series, ids.hidden, ids.rsvp]) {
        for (const slug of ['sig', 'hidden', 'conf', 'conf-feeds', 'ada']) {
          const filled = path.replace(/\{(\w+)[^}]*\}/g, (_, name) =>
            name === 'id' ? event! : name === 'recurrenceId' ? ids.recurrenceId! : slug,
          )
          await read(filled)
          if (!path.includes('{')) break
        }
        if (!path.includes('{id}')) break
      }
    }
    for (const query of ['q=kanari', 'q=secretdiet1', 'q=birds.example'])
      for (const path of ['events', 'talks', 'groups/sig/events']) {
        const { body } = await world.api('GET', `/${path}?${query}`, undefined, { token: null })
        expect([path, body.items]).toEqual([path, []])
      }
  })

  it('are found by this test where they are: in the list of who organizes', async () => {
    expect((await world.api('GET', `/events/${ids.id}/rsvps`)).text).toMatch(CANARY)
  })

  it('are on no page and in no feed', async () => {
    const pages = [
      '/',
      '/talks',
      '/g/sig',
      '/g/hidden',
      `/e/${ids.id}`,
      `/e/${ids.series}`,
      `/e/${ids.series}/${ids.recurrenceId}`,
      `/e/${ids.hidden}`,
      `/e/${ids.id}?thanks=1`,
      '/conferences/conf',
      '/speakers/ada',
      '/archive/gaps',
      '/g/sig/reports/2023Q1',
      '/subscribe',
      '/docs',
      '/nowhere',
      `/rsvp/${'x'.repeat(60)}`,
    ]
    for (const path of pages) await read(path)
    for (const { extension } of feedFormats)
      for (const path of [
        '/calendar',
        '/g/sig/calendar',
        '/g/hidden/calendar',
        `/e/${ids.id}`,
        `/e/${ids.hidden}`,
        '/conferences/conf/calendar',
      ])
        await read(`${path}.${extension}`)
  })

  it('see of others no more than strangers do', async () => {
    expect(tokens.length).toBe(GUESTS)
    const own = /Vogel (\d+)/.exec((await world.get(`/rsvp/${tokens[0]}`)).text)
    expect(own?.[1]).toBe('0')
    const { text } = await world.get(`/rsvp/${tokens[0]}`)
    const others = [...text.matchAll(/kanari\D{0,8}(\d+)/gi)].filter(([, n]) => n !== '0')
    expect(others).toEqual([])
  })

  it('are in no log, not even where everything fails', async () => {
    const { db } = world.deps
    const broken = {
      ...db,
      all: () => Promise.reject(new Error('UNIQUE constraint failed')),
      batch: () => Promise.reject(new Error('broken')),
    }
    const { app } = await import('../../src/app.ts')
    for (const path of [`/rsvp/${tokens[1]}`, `/api/v1/events/${ids.id}/rsvps`]) {
      const body = path.startsWith('/api')
        ? JSON.stringify({ name: 'Kanari', email: 'kanari@birds.example' })
        : undefined
      const answer = await app.request(
        `https://convene.test${path}`,
        body ? { method: 'POST', body, headers: { 'Content-Type': 'application/json' } } : {},
        { ...world.deps, db: broken as never },
      )
      expect(await answer.text()).not.toMatch(CANARY)
    }
    expect(JSON.stringify(world.logged)).not.toMatch(CANARY)
  })
})
