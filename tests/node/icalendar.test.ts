/** The calendars of the shared data, read in place, and the recurrence oracle through the importer. Skipped where that folder is not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const DATA = new URL('../../../shared/data/', import.meta.url)
const FOLDER = new URL('ics/', DATA)
const HEADERS = { headers: { 'Content-Type': 'text/calendar' } }

type Case = {
  id: string
  kind: 'utc' | 'date' | 'floating'
  dtstart: string
  tzid: string | null
  rrule: string | null
  exdate: string[]
  rdate: string[]
  range: [string, string]
  expected_utc_instants: string[]
}

describe.skipIf(!existsSync(FOLDER))('iCalendar', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await world.group()
  })
  afterAll(() => world.close())

  const cases: Case[] = JSON.parse(readFileSync(new URL('recurrence-oracle.json', DATA), 'utf8')).cases

  it.each(cases.map((one) => [one.id, one] as const))(
    'of the oracle, %s, is imported to its instants',
    async (id, one) => {
      const zone = one.tzid === null ? '' : `;TZID=${one.tzid}`
      const value = (date: string) =>
        one.kind === 'date' ? `;VALUE=DATE:${date}` : date.endsWith('Z') ? `:${date}` : `${zone}:${date}`
      const text = [
        'BEGIN:VCALENDAR',
        'BEGIN:VEVENT',
        `UID:${id}@oracle.example`,
        `DTSTART${value(one.dtstart)}`,
        `SUMMARY:${id}`,
        ...(one.rrule ? [`RRULE:${one.rrule}`] : []),
        ...one.rdate.map((date) => `RDATE${value(date)}`),
        ...one.exdate.map((date) => `EXDATE${value(date)}`),
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n')
      const imported = await world.api('POST', '/groups/hyperscale/import', text, HEADERS)
      expect([imported.status, imported.body.created?.length]).toEqual([200, 1])
      const [from, to] = one.range.map((day) => `${day}T00:00:00Z`)
      const { items } = (
        await world.api('GET', `/events/${imported.body.created[0].id}/occurrences?from=${from}&to=${to}&limit=1000`)
      ).body
      const starts = items
        .map(({ startUtc }: { startUtc: string }) => startUtc)
        .filter((start: string) => start >= from!)
        .map((start: string) =>
          one.kind === 'date' ? start.slice(0, 10) : one.kind === 'floating' ? start.slice(0, 19) : start,
        )
      expect(starts).toEqual(one.expected_utc_instants)
    },
  )

  it('of every program gives events or says where it is wrong, and comes out readable', {
    timeout: 120_000,
  }, async () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ics'))
    expect(files.length).toBeGreaterThan(200)
    const read = { events: 0, faults: 0 }
    for (const name of files) {
      const slug = `g${read.events}-${read.faults}-${name.length}-${files.indexOf(name)}`
      await world.group(slug)
      const text = readFileSync(new URL(name, FOLDER), 'utf8')
      const answer = await world.api('POST', `/groups/${slug}/import?partial=true`, text, HEADERS)
      expect([name, answer.status]).toEqual([name, 200])
      for (const { message } of answer.body.faults) expect(message).toBeTruthy()
      expect([
        name,
        answer.body.created.length + answer.body.faults.length > 0 || !text.includes('BEGIN:VEVENT'),
      ]).toEqual([name, true])
      read.events += answer.body.created.length
      read.faults += answer.body.faults.length
      const again = await world.api('POST', `/groups/${slug}/import?partial=true`, text, HEADERS)
      expect([name, again.body.created, again.body.updated]).toEqual([name, [], []])
      const feed = (await world.get(`/g/${slug}/calendar.ics`)).text
      for (const line of feed.split('\r\n'))
        expect([name, line.length <= 75 && !/[\u0000-\u0008\n\r]/.test(line)]).toEqual([name, true])
      ICAL.parse(feed)
    }
    console.log(`${files.length} files: ${read.events} events, ${read.faults} faults`)
  })
})
