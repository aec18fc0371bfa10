/** Whatever text gets past the schema comes out of a VEVENT as one property, and as it was. */
import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { checkedEvent } from '../../src/events/checked.ts'
import { renderEvent } from '../../src/events/vevent.ts'
import { parseICalendar, propertiesOf, textList, unescapeText } from '../../src/formats/icalendar.ts'
import { nasty } from '../support/nasty.ts'

const NOW = 1_672_660_800
const REVISION = { id: 'x'.repeat(26), uid: 'uid@convene.test', sequence: 0, createdAt: NOW, updatedAt: NOW }
const base = { kind: 'meetup', start: '2023-02-02T14:00:00', timeZone: 'UTC', title: 'T' }

/** Each text of an event, alone: an event with the text in it, and where it comes out. */
const FIELDS: [string, (text: string) => object, string][] = [
  ['title', (text) => ({ title: text }), 'SUMMARY'],
  ['description', (text) => ({ description: text }), 'DESCRIPTION'],
  ['a place', (text) => ({ locations: [{ name: text }] }), 'LOCATION'],
  ["a place's address", (text) => ({ locations: [{ name: 'Room', address: text }] }), 'LOCATION'],
  ['a channel', (text) => ({ kind: 'stream', channel: { name: text, uri: 'https://chat.example/' } }), 'DESCRIPTION'],
  ['a speaker', (text) => ({ kind: 'talk', speakers: [{ name: text }] }), 'DESCRIPTION'],
  ['a reason', (text) => ({ status: 'cancelled', reason: text }), 'DESCRIPTION'],
  ['a tag', (text) => ({ keywords: [text] }), 'CATEGORIES'],
  ['a way to join', (text) => ({ virtualLocations: [{ name: text, uri: 'https://meet.example/' }] }), 'CONFERENCE'],
  ['a link', (text) => ({ links: [{ href: 'https://l.example/', title: text }] }), 'DESCRIPTION'],
]

describe('the texts of an event', () => {
  it.each(FIELDS)(
    'come out of %s as one property each, in two parsers',
    { timeout: 60_000 },
    (field, withText, property) => {
      let taken = 0
      fc.assert(
        fc.property(nasty, (text) => {
          const checked = checkedEvent({ ...base, ...withText(text) })
          if (!checked.ok) {
            expect(checked.errors?.length).toBeGreaterThan(0)
            return
          }
          taken += 1
          const { ics } = renderEvent({ ...REVISION, event: checked.event }, 'https://convene.test', NOW)
          expect(ics.endsWith('\r\n')).toBe(true)
          for (const line of ics.split('\r\n')) {
            expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
            expect(line).not.toMatch(/[\0-\x08\x0a-\x1f]/)
          }
          const calendar = `BEGIN:VCALENDAR\r\n${ics}END:VCALENDAR\r\n`
          const [theirs] = new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents('vevent')
          const [ours] = parseICalendar(calendar).components[0]!.components
          const names = ours!.properties.map(({ name }) => name)
          expect(theirs!.getAllProperties().map(({ name }) => name.toUpperCase())).toEqual(names)
          for (const once of ['UID', 'SUMMARY', 'DTSTART', 'DTEND', 'SEQUENCE', 'STATUS'])
            expect(names.filter((name) => name === once)).toHaveLength(1)
          const { event } = checked
          const read = propertiesOf(ours!, property)[0]!
          const said = String(theirs!.getFirstPropertyValue(property.toLowerCase()) ?? '')
          if (field === 'title') expect([unescapeText(read.value), said]).toEqual([event.title, event.title])
          if (field === 'a place')
            expect([unescapeText(read.value), said]).toEqual([event.locations[0]!.name, event.locations[0]!.name])
          if (field === "a place's address")
            expect([unescapeText(read.value), said]).toEqual(Array(2).fill(`Room, ${event.locations[0]!.address}`))
          if (field === 'a tag')
            expect([textList(read.value), [said]]).toEqual([[event.keywords[0]], [event.keywords[0]]])
          if (property === 'DESCRIPTION') expect(unescapeText(read.value)).toBe(said)
          if (field === 'description' && event.description) expect(said).toContain(event.description)
        }),
        { numRuns: 2000 },
      )
      expect(taken).toBeGreaterThan(500)
    },
  )
})
