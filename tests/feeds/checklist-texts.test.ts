/** Texts of groups, of other people's calendars and of chosen feeds come out as one property each, in two parsers. */
import fc from 'fast-check'
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Component, parseICalendar, propertiesOf, unescapeText } from '../../src/formats/icalendar.ts'
import { nasty } from '../support/nasty.ts'
import { openWorld, type World } from '../support/world.ts'

const CALENDAR = [
  'VERSION',
  'PRODID',
  'CALSCALE',
  'NAME',
  'X-WR-CALNAME',
  'DESCRIPTION',
  'X-WR-CALDESC',
  'URL',
  'REFRESH-INTERVAL',
  'X-PUBLISHED-TTL',
]
const EVENT = [
  'UID',
  'SEQUENCE',
  'DTSTAMP',
  'SUMMARY',
  'TRANSP',
  'LOCATION',
  'DESCRIPTION',
  'URL',
  'STATUS',
  'CATEGORIES',
  'CREATED',
  'LAST-MODIFIED',
  'DTSTART',
  'DTEND',
  'CONFERENCE',
  'COLOR',
]

/** What both parsers make of a feed, which must be the same lines, each known and none twice. */
function readTwice(text: string): { ours: Component; theirs: ICAL.Component } {
  const { components, faults } = parseICalendar(text)
  expect([components.length, faults]).toEqual([1, []])
  const ours = components[0]!
  const theirs = new ICAL.Component(ICAL.parse(text))
  const namesOf = ({ properties }: Component) => properties.map(({ name }) => name)
  const theirNames = (one: ICAL.Component) => one.getAllProperties().map(({ name }) => name.toUpperCase())
  const pairs: [Component, ICAL.Component, string[]][] = [
    [ours, theirs, CALENDAR],
    ...ours.components.map((one, at): [Component, ICAL.Component, string[]] => [
      one,
      theirs.getAllSubcomponents()[at]!,
      EVENT,
    ]),
  ]
  expect(theirs.getAllSubcomponents().length).toBe(ours.components.length)
  for (const [one, other, known] of pairs) {
    if (one.name === 'VTIMEZONE') continue
    expect(theirNames(other)).toEqual(namesOf(one))
    expect(namesOf(one).filter((name) => !known.includes(name))).toEqual([])
    expect(new Set(namesOf(one)).size).toBe(namesOf(one).length)
  }
  return { ours, theirs }
}

const isClean = (text: string) =>
  !/[\0-\x08\x0b-\x0c\x0e-\x1f]/.test(text) && text.split('\r\n').every((line) => !/[\r\n]/.test(line))

describe('texts', { timeout: 120_000 }, () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  it('of a group come out as its feed’s name and description', async () => {
    let taken = 0
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (name, description) => {
        const said: [string, string][] = [
          ['name', name],
          ['description', description],
        ]
        for (const [member, text] of said) {
          const { status, body } = await world.api('PATCH', '/groups/hyperscale', { [member]: text })
          expect([200, 422]).toContain(status)
          if (status === 422) expect(body.errors[0].path).toBe(member)
          else taken += 1
        }
        const group = (await world.api('GET', '/groups/hyperscale')).body
        const { text } = await world.get('/g/hyperscale/calendar.ics')
        expect(isClean(text)).toBe(true)
        const { ours, theirs } = readTwice(text)
        for (const [property, value] of [
          ['NAME', group.name],
          ['X-WR-CALNAME', group.name],
          ['DESCRIPTION', group.description],
          ['X-WR-CALDESC', group.description],
        ]) {
          const [read] = propertiesOf(ours, property)
          expect(read ? unescapeText(read.value) : '').toBe(value)
          // ical.js knows DESCRIPTION as text, and leaves the escapes of the others.
          const seen = String(theirs.getFirstPropertyValue(property.toLowerCase()) ?? '')
          expect(property === 'DESCRIPTION' ? seen : unescapeText(seen)).toBe(value)
        }
      }),
      { numRuns: 150 },
    )
    expect(taken).toBeGreaterThan(50)
  })

  it('of other calendars come out of an import as one event each, and imported UIDs never inject a line', async () => {
    const property = fc.constantFrom('UID', 'SUMMARY', 'LOCATION', 'CATEGORIES', 'DESCRIPTION', 'URL', 'CONFERENCE')
    const event = fc.array(fc.tuple(property, nasty), { minLength: 1, maxLength: 4 })
    let [turn, created, foreign] = [0, 0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 15 }), async (events) => {
        const slug = `g${turn++}`
        await world.group(slug)
        const lines = events.flatMap((said, n) => [
          'BEGIN:VEVENT',
          ...said.map(([name, text]) => `${name}:${text}`),
          ...(said.some(([name]) => name === 'UID') ? [] : [`UID:${slug}-${n}`]),
          'DTSTART:20230601T100000Z',
          'END:VEVENT',
        ])
        const file = ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR', ''].join('\r\n')
        const headers = { 'Content-Type': 'text/calendar' }
        const { status, body } = await world.api('POST', `/groups/${slug}/import?partial=true`, file, { headers })
        expect(status).toBe(200)
        const { text } = await world.get(`/g/${slug}/calendar.ics`)
        expect(isClean(text)).toBe(true)
        const { ours } = readTwice(text)
        const vevents = ours.components.filter(({ name }) => name === 'VEVENT')
        expect(vevents.length).toBe(body.created.length)
        created += vevents.length
        for (const vevent of vevents) {
          const [uid] = propertiesOf(vevent, 'UID')
          expect(uid!.value).toMatch(/^[!-~]{1,230}$/)
          expect(uid!.value).not.toMatch(/[,;:\\"]/)
          if (!uid!.value.endsWith('@convene.test')) foreign += 1
        }
      }),
      { numRuns: 40 },
    )
    expect([created > 100, foreign > 20]).toEqual([true, true])
  })

  it('of a choice give its feed neither its name nor a line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nasty, { maxLength: 3 }), async (tags) => {
        const { status, body } = await world.api('POST', '/subscriptions', { tags }, { token: null })
        expect([201, 422]).toContain(status)
        if (status === 422) return
        const { ours } = readTwice((await world.get(new URL(body.url).pathname)).text)
        expect(propertiesOf(ours, 'NAME').map(({ value }) => value)).toEqual(['Convene: my choice'])
      }),
      { numRuns: 60 },
    )
  })
})
