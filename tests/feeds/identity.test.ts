/** What a subscriber's program can count on over any history of edits: the same UIDs, a SEQUENCE that only grows with what it shows. */
import fc from 'fast-check'
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

type Seen = { uid: string; recurrenceId: string; sequence: number; stamp: string; modified: string; shown: string }

/** What a subscriber sees of a VEVENT: everything but its revision. */
function seenIn(text: string): Map<string, Seen> {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return new Map(
    calendar.getAllSubcomponents('vevent').map((vevent) => {
      const value = (name: string) => String(vevent.getFirstPropertyValue(name) ?? '')
      const visible = ['summary', 'dtstart', 'dtend', 'rrule', 'location', 'status', 'conference']
      const exdates = vevent.getAllProperties('exdate').map(String).sort()
      const one: Seen = {
        uid: value('uid'),
        recurrenceId: value('recurrence-id'),
        sequence: Number(value('sequence')),
        stamp: value('dtstamp'),
        modified: value('last-modified'),
        shown: JSON.stringify([...visible.map(value), ...exdates]),
      }
      return [`${one.uid} ${one.recurrenceId}`, one]
    }),
  )
}

const title = fc.constantFrom('Hangout', 'Call, weekly; \\ "quoted"', '☕ ünïcode', 'שלום')
const edits = fc.oneof(
  fc.record({ title }),
  fc.record({ description: fc.constantFrom('', 'Bring a question.', '* one\n* two') }),
  fc.record({ keywords: fc.constantFrom([], ['centos'], ['a', 'b']) }),
  fc.record({ duration: fc.constantFrom('PT1H', 'PT90M') }),
  fc.record({ status: fc.constantFrom('confirmed', 'tentative') }),
  fc.record({ locations: fc.constantFrom([], [{ name: 'Room 1' }], [{ name: 'Room 2' }]) }),
  fc.record({ recurrenceRule: fc.constantFrom('FREQ=MONTHLY;BYDAY=3WE', 'FREQ=MONTHLY;BYDAY=3WE;COUNT=12') }),
)
const date = fc.constantFrom('20230215T220000Z', '20230315T210000Z', '20230419T210000Z')
const steps = fc.oneof(
  edits.map((body) => ({ method: 'PATCH', path: '', body: body as object })),
  fc
    .record({ id: date, title })
    .map(({ id, title: named }) => ({ method: 'PUT', path: `/occurrences/${id}`, body: { title: named } })),
  date.map((id) => ({ method: 'POST', path: `/occurrences/${id}/cancel`, body: { reason: 'Holidays' } })),
  date.map((id) => ({ method: 'DELETE', path: `/occurrences/${id}`, body: undefined })),
)

describe('a feed over a history of edits', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const feed = () => world.get('/g/hyperscale/calendar.ics')

  it('keeps its UIDs, raises SEQUENCE with what is shown and nothing otherwise, and gives equal bytes for equal data', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 8 }), async (history) => {
        const { id, uid } = await world.event('hyperscale', HANGOUT)
        const mine = (text: string) => new Map([...seenIn(text)].filter(([key]) => key.startsWith(uid)))
        let before = await feed()
        for (const { method, path, body } of history) {
          world.clock.now += 60
          const answer = await world.api(method, `/events/${id}${path}`, body)
          expect([200, 204, 404]).toContain(answer.status)
          const after = await feed()
          const isSame = after.text === before.text
          expect(after.headers.get('ETag') === before.headers.get('ETag')).toBe(isSame)
          expect((await feed()).text).toBe(after.text)
          const [was, is] = [mine(before.text), mine(after.text)]
          expect(is.has(`${uid} `)).toBe(true)
          for (const [key, now] of is) {
            const then = was.get(key)
            if (!then) continue
            expect(now.sequence).toBeGreaterThanOrEqual(then.sequence)
            if (now.shown !== then.shown) expect(now.sequence).toBeGreaterThan(then.sequence)
            expect(now.stamp >= then.stamp && now.modified >= then.modified).toBe(true)
            if (isSame) expect(now).toEqual(then)
          }
          const picture = (seen: Map<string, Seen>) => JSON.stringify([...seen].map(([key, { shown }]) => [key, shown]))
          const [first, ...others] = [...is.values()]
          if (picture(is) === picture(was)) expect(first!.sequence).toBe([...was.values()][0]!.sequence)
          for (const other of others) expect(other.sequence).toBe(first!.sequence)
          before = after
        }
        const last = await world.api('GET', `/events/${id}`)
        expect([last.body.uid, last.body.sequence]).toEqual([uid, [...mine(before.text).values()][0]!.sequence])
      }),
      { numRuns: 60 },
    )
  })
})
