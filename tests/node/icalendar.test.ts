/** The calendars of the shared data, read in place, and the recurrence oracle through the importer. Skipped where that folder is not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendarOf, cases, expectedStarts } from '../interop/oracle.ts'
import { openWorld, type World } from '../support/world.ts'

const DATA = new URL('../../../shared/data/', import.meta.url)
const FOLDER = new URL('ics/', DATA)
const HEADERS = { headers: { 'Content-Type': 'text/calendar' } }

type Fault = { path: string; message: string }
/** Whether a fault says what is wrong, and in which line; a file that is no calendar at all has none. */
const isLocated = ({ path, message }: Fault) =>
  message !== '' && (path.startsWith('line ') || message === 'has no VCALENDAR')

describe.skipIf(!existsSync(FOLDER))('iCalendar', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await world.group()
  })
  afterAll(() => world.close())

  it.each(cases.map((one) => [one.id, one] as const))(
    'of the oracle, %s, is imported to its instants',
    async (_id, one) => {
      const imported = await world.api('POST', '/groups/hyperscale/import', calendarOf(one), HEADERS)
      expect([imported.status, imported.body.created?.length]).toEqual([200, 1])
      const [from, to] = one.range.map((day) => `${day}T00:00:00Z`)
      const { items } = (
        await world.api('GET', `/events/${imported.body.created[0].id}/occurrences?from=${from}&to=${to}`)
      ).body
      const starts = items
        .map(({ startUtc }: { startUtc: string }) => startUtc)
        .filter((start: string) => start >= from!)
        .map((start: string) => (one.kind === 'date' ? start.slice(0, 10) : start))
      expect(starts).toEqual(expectedStarts(one))
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
      // As it lies there: some are no UTF-8.
      const file = new Uint8Array(readFileSync(new URL(name, FOLDER)))
      const text = new TextDecoder().decode(file)
      const whole = await world.api('POST', `/groups/${slug}/import?dryRun=true`, file, HEADERS)
      expect([name, whole.status === 200 || whole.body.errors.every(isLocated)]).toEqual([name, true])
      const answer = await world.api('POST', `/groups/${slug}/import?partial=true`, file, HEADERS)
      expect([name, answer.status]).toEqual([name, 200])
      expect([name, answer.body.faults.filter((fault: Fault) => !isLocated(fault))]).toEqual([name, []])
      expect([
        name,
        answer.body.created.length + answer.body.faults.length > 0 || !text.includes('BEGIN:VEVENT'),
      ]).toEqual([name, true])
      read.events += answer.body.created.length
      read.faults += answer.body.faults.length
      const again = await world.api('POST', `/groups/${slug}/import?partial=true`, file, HEADERS)
      expect([name, again.body.created, again.body.updated]).toEqual([name, [], []])
      const feed = (await world.get(`/g/${slug}/calendar.ics`)).text
      for (const line of feed.split('\r\n'))
        expect([name, line.length <= 75 && !/[\u0000-\u0008\n\r]/.test(line)]).toEqual([name, true])
      ICAL.parse(feed)
    }
    console.log(`${files.length} files: ${read.events} events, ${read.faults} faults`)
  })
})
