/** The bytes of a calendar (docs/feeds.md, 1 and 8). */
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseICalendar, propertiesOf, unescapeText } from '../../src/formats/icalendar.ts'
import { bytesOf, componentsIn, linesOf, unfolded, veventsIn } from '../support/calendar.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const CRLF = [13, 10]
const FAMILY = '👩🏽‍💻'

describe('the bytes of a feed', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group('hyperscale', { name: 'Größe; a, b: "c" \\n', description: 'One\nand; two, \\ three' })
    await world.event('hyperscale', { title: `${FAMILY} שלום é `.repeat(18), description: `${FAMILY}ü\n`.repeat(200) })
    await world.event('hyperscale', HANGOUT)
  })
  afterEach(() => world.close())

  it('end every line with CRLF, fold at 75 octets and never inside a character', async () => {
    const bytes = await bytesOf(world, '/calendar.ics')
    expect([...bytes.slice(-2)]).toEqual(CRLF)
    let begun = 0
    for (let at = 0; at < bytes.length; at++) {
      expect(bytes[at] === 10 ? bytes[at - 1] : 13).toBe(13)
      if (bytes[at] !== 10) continue
      const line = bytes.slice(begun, at - 1)
      expect(line.length).toBeLessThanOrEqual(75)
      expect(line.includes(13)).toBe(false)
      // Throws where a character was cut in two.
      expect(new TextDecoder('utf-8', { fatal: true }).decode(line)).not.toBe('')
      begun = at + 1
    }
  })

  it('are UTF-8 without a byte order mark', async () => {
    const bytes = await bytesOf(world, '/calendar.ics')
    expect(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)).toMatch(/^BEGIN:VCALENDAR\r\n/)
  })

  it('escape backslash, semicolon, comma and line break in texts, and nothing else', async () => {
    const said = 'a\\b; c, d: "e" \\n ^n'
    await world.event('hyperscale', {
      title: said,
      description: `${said}\nnext`,
      locations: [{ name: said }],
      keywords: [said, 'plain'],
    })
    const { text } = await world.get('/g/hyperscale/calendar.ics')
    const written = 'a\\\\b\\; c\\, d: "e" \\\\n ^n'
    expect(linesOf(text, 'SUMMARY')).toContain(`SUMMARY:${written}`)
    expect(linesOf(text, 'LOCATION')).toContain(`LOCATION:${written}`)
    expect(linesOf(text, 'CATEGORIES')).toContain(`CATEGORIES:${written},plain`)
    expect(linesOf(text, 'DESCRIPTION').some((line) => line.includes(`${written}\\nnext`))).toBe(true)
    for (const name of ['NAME', 'X-WR-CALNAME'])
      expect(linesOf(text, name)).toEqual([`${name}:Größe\\; a\\, b: "c" \\\\n`])
    expect(linesOf(text, 'X-WR-CALDESC')).toEqual(['X-WR-CALDESC:One\\nand\\; two\\, \\\\ three'])
    expect(linesOf(text, 'DESCRIPTION')[0]).toBe('DESCRIPTION:One\\nand\\; two\\, \\\\ three')
    const event = veventsIn(text).find((one) => one.getFirstPropertyValue('summary') === said)!
    expect(event.getFirstProperty('categories')!.getValues()).toEqual([said, 'plain'])
  })

  it('quote a parameter and put no quote, caret or backslash escape into it', async () => {
    await world.event('hyperscale', {
      title: 'Odd',
      virtualLocations: [
        { name: 'say "hi"; a, b: c ^n d', uri: 'https://m.example/?a=1,2;b:3', features: ['audio', 'video'] },
      ],
    })
    const { text } = await world.get('/g/hyperscale/calendar.ics')
    const line = `CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="say 'hi'; a, b: c 'n d":https://m.example/?a=1,2;b:3`
    expect(linesOf(text, 'CONFERENCE')).toContain(line)
    const [ours] = parseICalendar(`BEGIN:VCALENDAR\r\n${line}\r\nEND:VCALENDAR\r\n`).components
    expect([...propertiesOf(ours!, 'CONFERENCE')[0]!.params.keys()]).toEqual(['VALUE', 'FEATURE', 'LABEL'])
    const theirs = new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents('vevent')
      .flatMap((one) => one.getAllProperties('conference'))
    expect(theirs.map((one) => one.getFirstParameter('label'))).toContain("say 'hi'; a, b: c 'n d")
  })

  it('hold one calendar that says its maker and version, and no property that is none', async () => {
    for (const path of ['/calendar.ics', '/g/hyperscale/calendar.ics', '/calendar.ics?kind=stream']) {
      const { text } = await world.get(path)
      const head = unfolded(text)
      for (const once of [
        'BEGIN:VCALENDAR',
        'END:VCALENDAR',
        'VERSION:2.0',
        'CALSCALE:GREGORIAN',
        'PRODID:-//Convene//Convene//EN',
      ])
        expect([once, head.filter((line) => line === once).length]).toEqual([once, 1])
      expect(text).not.toMatch(/^(TIMEZONE-ID|METHOD)\b/m)
    }
  })

  it('hold a component where there is no event', async () => {
    const { text } = await world.get('/calendar.ics?kind=stream')
    expect([veventsIn(text).length, componentsIn(text, 'VTIMEZONE').map(([line]) => line)]).toEqual([
      0,
      ['TZID:Etc/UTC'],
    ])
  })

  it('refuse control characters where they come in, so that none can end a line', async () => {
    for (const one of ['\r', '\n', '\r\n', '\0', '\u0085', '\u2028', '\u2029', '\u001b']) {
      const title = `a${one}ATTENDEE:mailto:x@example.org`
      const { status, body } = await world.api('POST', '/groups/hyperscale/events', { ...HANGOUT, title })
      expect([JSON.stringify(one), status, body.errors[0].path]).toEqual([JSON.stringify(one), 422, 'title'])
      expect((await world.api('PATCH', '/groups/hyperscale', { name: title })).status).toBe(422)
    }
    const { body } = await world.api('POST', '/groups/hyperscale/events', { ...HANGOUT, description: 'a\r\nb\rc\td' })
    expect(unescapeText(body.description)).toBe('a\nb\nc\td')
  })
})

// In workerd every machine is in UTC.
describe.skipIf(navigator.userAgent === 'Cloudflare-Workers')('the machine’s own time zone', () => {
  it.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Apia'])('%s changes no byte of a feed', async (zone) => {
    const before = process.env.TZ
    const bodies: string[] = []
    for (const machine of ['UTC', zone]) {
      process.env.TZ = machine
      const world = await openWorld()
      try {
        let id = 0
        world.deps.newId = () => String(id++).padStart(26, '0')
        await world.group()
        await world.event('hyperscale', HANGOUT)
        await world.event('hyperscale')
        bodies.push((await world.get('/g/hyperscale/calendar.ics')).text)
      } finally {
        await world.close()
        if (before === undefined) delete process.env.TZ
        else process.env.TZ = before
      }
    }
    expect(bodies[0]).toContain('DTSTART;TZID=America/Los_Angeles:20230118T140000')
    expect(bodies[1]).toBe(bodies[0])
  })
})
