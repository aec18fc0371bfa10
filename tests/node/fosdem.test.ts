/** The five FOSDEM schedules of the shared data, read in place. Skipped where that folder is not. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSchedule } from '../../src/imports/schedule-formats.ts'
import { openWorld, type World } from '../support/world.ts'

const FOLDER = new URL('../../../shared/data/schedules/', import.meta.url)
const ZONE = 'Europe/Brussels'
const file = (name: string) => readFileSync(new URL(`fosdem/${name}`, FOLDER), 'utf8')

type Expected = {
  file: string
  title: string
  events: number
  persons: number
  rooms: number
  tracks: number
  links: number
  attachments: number
  first: string[]
  last: string[]
}

describe.skipIf(!existsSync(FOLDER))('the FOSDEM schedules', () => {
  const expected: Expected[] = JSON.parse(readFileSync(new URL('expected-counts.json', FOLDER), 'utf8')).files
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it.each(expected.map((one) => [one.file, one] as const))('%s is read to the counts beside it', (name, counts) => {
    const { schedule, faults } = readSchedule('xml', file(name), ZONE)
    expect(faults).toEqual([])
    const { talks: events, ...rest } = schedule!.read
    const { persons, rooms, tracks, links, attachments } = counts
    expect({ title: schedule!.title, events, ...rest }).toEqual({
      title: counts.title,
      events: counts.events,
      persons,
      rooms,
      tracks,
      links,
      attachments,
    })
  })

  it('are imported whole, found by word, and change nothing when they are imported again', {
    timeout: 120_000,
  }, async () => {
    for (const year of [2010, 2016, 2021, 2023, 2025]) {
      const put = () =>
        world.api('PUT', `/conferences/fosdem-${year}/schedule.xml?timeZone=${ZONE}`, file(`${year}.xml`), {
          headers: { 'Content-Type': 'application/xml' },
        })
      const { events, first, last, persons } = expected.find((one) => one.file === `${year}.xml`)!
      const imported = await put()
      expect([year, imported.status, imported.body.talks]).toEqual([
        year,
        200,
        { created: events, updated: 0, unchanged: 0 },
      ])
      expect((await put()).body.talks).toEqual({ created: 0, updated: 0, unchanged: events })
      const stored = await world.db.all<{ talks: number; persons: number; first: number; last: number }>({
        sql: `SELECT count(*) AS talks, min(starts_at) AS first, max(starts_at) AS last,
          (SELECT count(*) FROM conference_persons WHERE conference_id = conferences.id) AS persons
          FROM talks JOIN conferences ON conferences.id = talks.conference_id WHERE conferences.slug = ?`,
        params: [`fosdem-${year}`],
      })
      expect({ ...stored[0]! }).toEqual({
        talks: events,
        persons,
        first: Date.parse(first[0]!) / 1000,
        last: Date.parse(last[0]!) / 1000,
      })
    }
    const found = await world.api('GET', '/talks?q=systemd&conference=fosdem-2016')
    expect(found.body.items[0].title).toContain('systemd')
    expect(found.body.items[0].snippet).toContain('<mark>systemd</mark>')
    const poettering = await world.api('GET', '/talks?speaker=lennart-poettering&limit=200')
    expect(new Set(poettering.body.items.map((talk: { year: number }) => talk.year)).size).toBeGreaterThan(1)
  })

  it('are walked page by page, each talk once', { timeout: 60_000 }, async () => {
    for (const query of ['conference=fosdem-2016', 'q=linux']) {
      const seen = new Set<string>()
      let count = 0
      let cursor = ''
      do {
        const page = await world.api('GET', `/talks?${query}&limit=100${cursor}`)
        for (const talk of page.body.items) seen.add(talk.id)
        count += page.body.items.length
        cursor = page.body.next === null ? '' : `&cursor=${page.body.next}`
      } while (cursor !== '')
      expect(seen.size).toBe(count)
      if (query.startsWith('conference')) expect(count).toBe(617)
    }
  })
})
