/** People, reminders, ways to join, attachments and newer properties (docs/feeds.md, 5 and 7). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linesOf, unfolded, veventsIn } from '../support/calendar.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

/** The names that CSS 3 has for colours, as far as kinds use them. */
const CSS_COLOR = /^COLOR:(steelblue|mediumseagreen|darkorange|mediumpurple|crimson|goldenrod)$/

describe('what stands in a feed', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const feed = async () => (await world.get('/g/hyperscale/calendar.ics')).text
  const vevent = async () => veventsIn(await feed())[0]!

  it('names no guest, organizer or reminder, whoever comes', async () => {
    const { id } = await world.event('hyperscale')
    for (const name of ['Canary Person', 'Second Canary'])
      await world.api('POST', `/events/${id}/rsvps`, { name, email: `${name[0]}@canary.example` }, { token: null })
    const member = await world.api('POST', '/groups/hyperscale/members', { name: 'Member Canary', nick: 'canary' })
    expect(member.status).toBe(201)
    expect(await feed()).not.toMatch(/canary|ATTENDEE|ORGANIZER|CONTACT|VALARM|PARTICIPANT/i)
  })

  it('puts the way to join first into DESCRIPTION, into LOCATION where there is no room, and into CONFERENCE', async () => {
    await world.event('hyperscale', { ...HANGOUT, description: 'Bring a question.' })
    const text = await feed()
    const { id } = (await world.api('GET', '/groups/hyperscale/events')).body.items[0]
    expect(linesOf(text, 'DESCRIPTION')).toEqual([
      `DESCRIPTION:Video call: https://meet.example/hangout\\n\\nBring a question.\\n\\nhttps://convene.test/e/${id}`,
    ])
    expect(linesOf(text, 'LOCATION')).toEqual(['LOCATION:https://meet.example/hangout'])
    expect(linesOf(text, 'URL')).toContain(`URL;VALUE=URI:https://convene.test/e/${id}`)
    expect(linesOf(text, 'CONFERENCE')).toEqual([
      'CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL="Video call":https://meet.example/hangout',
    ])
  })

  it('has the room in LOCATION as plain text, and where it is in GEO', async () => {
    await world.event('hyperscale', {
      locations: [{ name: 'Room 1', address: 'Street 2, Brussels', geo: '50.84,4.35' }],
      virtualLocations: [{ uri: 'https://meet.example/x' }],
    })
    const text = await feed()
    expect([linesOf(text, 'LOCATION'), linesOf(text, 'GEO')]).toEqual([
      ['LOCATION:Room 1\\, Street 2\\, Brussels'],
      ['GEO:50.84;4.35'],
    ])
  })

  it('has descriptions as plain text with whole addresses, and no HTML beside them', async () => {
    await world.event('hyperscale', { description: '**Bold** [a link](https://a.example/?x=1&y=2) <b>no</b>' })
    const text = await feed()
    expect(String((await vevent()).getFirstPropertyValue('description'))).toContain('https://a.example/?x=1&y=2')
    expect(text).not.toMatch(/X-ALT-DESC|STYLED-DESCRIPTION|&amp;|FMTTYPE/)
  })

  it('links to what was handed out, and never holds it', async () => {
    await world.event('hyperscale', {
      kind: 'talk',
      links: [{ rel: 'slides', title: 'Slides', href: 'https://a.example/s.pdf' }],
    })
    const text = await feed()
    expect(linesOf(text, 'ATTACH')).toEqual(['ATTACH:https://a.example/s.pdf'])
    expect(String((await vevent()).getFirstPropertyValue('description'))).toContain('Slides: https://a.example/s.pdf')
    expect(text).not.toMatch(/ENCODING=BASE64|VALUE=BINARY/)
  })

  it('blocks nobody’s time, is public by default and has a category for each tag', async () => {
    await world.event('hyperscale', { keywords: ['centos', 'kernel'] })
    const text = await feed()
    expect([linesOf(text, 'TRANSP'), linesOf(text, 'CLASS'), linesOf(text, 'CATEGORIES')]).toEqual([
      ['TRANSP:TRANSPARENT'],
      [],
      ['CATEGORIES:centos,kernel'],
    ])
  })

  it('has a colour by its name for each kind, and no calendar-wide one', async () => {
    for (const kind of ['meeting', 'hangout', 'meetup', 'talk', 'stream', 'conference'])
      await world.event('hyperscale', { kind, rsvp: undefined })
    const text = await feed()
    const colors = linesOf(text, 'COLOR')
    expect([colors.length, new Set(colors).size, colors.every((line) => CSS_COLOR.test(line))]).toEqual([6, 6, true])
    expect(
      unfolded(text)
        .slice(0, unfolded(text).indexOf('BEGIN:VEVENT'))
        .some((line) => line.includes('COLOR')),
    ).toBe(false)
  })

  it('writes of the newer properties those that are read or harmless', async () => {
    await world.event('hyperscale', { ...HANGOUT, links: [{ rel: 'image', href: 'https://a.example/logo.png' }] })
    const names = new Set(unfolded(await feed()).map((line) => /^[A-Z-]+/.exec(line)![0]))
    for (const written of ['NAME', 'URL', 'REFRESH-INTERVAL', 'CONFERENCE', 'IMAGE', 'COLOR'])
      expect(names).toContain(written)
    for (const never of [
      'SOURCE',
      'LINK',
      'CONCEPT',
      'REFID',
      'STRUCTURED-DATA',
      'STYLED-DESCRIPTION',
      'RELATED-TO',
      'VLOCATION',
    ])
      expect(names).not.toContain(never)
    const { status, body } = await world.api('POST', '/groups/hyperscale/events', {
      ...HANGOUT,
      recurrenceRule: 'RSCALE=HEBREW;FREQ=YEARLY',
    })
    expect([status, body.errors[0].path]).toEqual([422, 'recurrenceRule'])
  })
})
