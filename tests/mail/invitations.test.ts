/** What guests' calendar programs are told: by the bytes that they get. */
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverMails } from '../../src/mail/deliver.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { linesOf, unfolded, veventsIn } from '../support/calendar.ts'
import { inOrder } from '../support/mails.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('invitations', () => {
  let world: World
  let event: { id: string; uid: string }
  let sent: Mail[]
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    sent = []
    world.deps.mailer = { send: async (mail) => void sent.push(mail) }
    world.deps.calendarMail = {
      mailbox: 'reply@convene.test',
      secret: 'a-secret-of-more-than-32-characters',
      authserv: null,
    }
    event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 2 } } })
  })
  afterEach(() => world.close())

  const answer = async (n: number, more: object = {}, id = event.id) =>
    (
      await world.api(
        'POST',
        `/events/${id}/rsvps`,
        { name: `Guest ${n}`, email: `guest${n}@example.org`, ...more },
        { token: null },
      )
    ).body
  const deliver = async () => {
    sent.length = 0
    await deliverMails(world.deps)
    world.clock.now += 60
    return inOrder(sent).map(({ to, calendar }) => [to, calendar?.method])
  }
  const calendar = (at = 0) => sent[at]!.calendar!.text
  const value = (name: string, at = 0) => linesOf(calendar(at), name).map((line) => line.slice(name.length))
  const sequence = (at = 0) => value('SEQUENCE', at)

  it('ask each guest with a seat or a maybe by a mail of their own, and nobody else', async () => {
    await answer(1)
    await answer(2, { response: 'tentative' })
    await answer(3)
    await answer(4)
    await answer(5, { response: 'declined' })
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'REQUEST'],
      ['guest2@example.org', 'REQUEST'],
      ['guest3@example.org', 'REQUEST'],
      ['guest4@example.org', undefined],
      ['guest5@example.org', undefined],
    ])
    for (const [at, mail] of sent.slice(0, 3).entries()) {
      expect(calendar(at)).toMatch(/^BEGIN:VCALENDAR\r\n(?:[^\r\n]{1,75}\r\n)+END:VCALENDAR\r\n$/)
      expect(value('METHOD', at)).toEqual([':REQUEST'])
      const [vevent, ...others] = veventsIn(calendar(at))
      expect(others).toEqual([])
      expect(vevent!.getFirstPropertyValue('uid')).toBe(event.uid)
      const attendees = vevent!.getAllProperties('attendee')
      expect(attendees.map((one) => one.getFirstValue())).toEqual([`mailto:${mail.to}`])
      expect(attendees[0]!.getParameter('rsvp')).toBe('TRUE')
      expect(attendees[0]!.getParameter('partstat')).toBe('NEEDS-ACTION')
      expect(vevent!.getFirstPropertyValue('organizer')).toBe(`mailto:${mail.replyTo}`)
      expect(mail.replyTo).toMatch(/^reply\+[0-9a-z]{26}@convene\.test$/)
      expect(calendar(at)).not.toMatch(/Guest \d/)
    }
    expect(new Set(sent.map(({ replyTo }) => replyTo)).size).toBe(4)
    const stored = await world.db.all({ sql: 'SELECT reply_hash AS hash FROM guest_addresses', params: [] })
    const secret = /\+(.*)@/.exec(sent[0]!.replyTo!)![1]!
    expect(stored).toHaveLength(3)
    expect(JSON.stringify(stored)).not.toContain(secret)
  })

  it('are the event of the feed: the same UID, time and SEQUENCE', async () => {
    await answer(1)
    await deliver()
    const feed = (await world.get('/calendar.ics')).text
    for (const name of ['UID', 'SEQUENCE', 'DTSTART', 'DTEND', 'SUMMARY', 'LOCATION', 'URL;VALUE=URI'])
      expect(linesOf(calendar(), name)).toEqual(linesOf(feed, name))
    expect(value('TRANSP')).toEqual([':OPAQUE'])
  })

  it('follow the event when it moves, and not a word of its description', async () => {
    await answer(1)
    await deliver()
    const first = sent[0]!
    await world.api('PATCH', `/events/${event.id}`, { description: 'Bring snacks' })
    expect(await deliver()).toEqual([])
    await world.api('PATCH', `/events/${event.id}`, { start: '2023-02-02T15:00:00' })
    expect(await deliver()).toEqual([['guest1@example.org', 'REQUEST']])
    expect(sequence()).toEqual([':1'])
    expect(value('DTSTART')).toEqual([':20230202T140000Z'])
    expect(sent[0]!.replyTo).toBe(first.replyTo)
    await world.api('POST', `/events/${event.id}/cancel`, { reason: 'No heating' })
    expect(await deliver()).toEqual([['guest1@example.org', 'CANCEL']])
    expect([value('METHOD'), sequence(), value('STATUS')]).toEqual([[':CANCEL'], [':2'], [':CANCELLED']])
    expect(value('UID')).toEqual([`:${event.uid}`])
  })

  it('tell who is not coming any more, who loses a seat and who gets one', async () => {
    const first = await answer(1)
    await answer(2)
    await answer(3)
    await deliver()
    await world.api('DELETE', `/rsvps/${first.id}`, undefined, { token: first.manageToken })
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'CANCEL'],
      ['guest3@example.org', 'REQUEST'],
    ])
    expect([sequence(0), value('STATUS', 0), value('SUMMARY', 0)]).toEqual([
      [':1'],
      [':CANCELLED'],
      [':Meetup in Brussels'],
    ])
    expect(sequence(1)).toEqual([':0'])
    await world.api('PATCH', `/rsvps/${first.id}`, { response: 'tentative' }, { token: first.manageToken })
    expect(await deliver()).toEqual([['guest1@example.org', 'REQUEST']])
    expect([sequence(), value('STATUS')]).toEqual([[':2'], [':CONFIRMED']])
  })

  it('say nothing to the calendar where there is nothing new for it', async () => {
    const { id, manageToken } = await answer(1, { response: 'tentative' })
    await deliver()
    await world.api('PATCH', `/rsvps/${id}`, { note: 'Late' }, { token: manageToken })
    expect(await deliver()).toEqual([['guest1@example.org', undefined]])
    await world.api('PATCH', `/rsvps/${id}`, { response: 'accepted' }, { token: manageToken })
    expect(await deliver()).toEqual([['guest1@example.org', 'REQUEST']])
    expect(value('ATTENDEE')[0]).toContain('PARTSTAT=ACCEPTED')
    expect(sequence()).toEqual([':0'])
  })

  it('are the same at each try', async () => {
    await answer(1)
    const bodies: Mail[] = []
    world.deps.mailer = {
      async send(mail) {
        bodies.push(mail)
        if (bodies.length < 3) throw new Error('the server is away')
      },
    }
    for (let n = 0; n < 3; n++) {
      await deliverMails(world.deps)
      world.clock.now += 3600
    }
    expect(new Set(bodies.map(({ messageId }) => messageId)).size).toBe(1)
    expect(bodies.map((mail) => linesOf(mail.calendar!.text, 'SEQUENCE'))).toEqual([
      ['SEQUENCE:0'],
      ['SEQUENCE:0'],
      ['SEQUENCE:0'],
    ])
  })

  it('are the same at each try, of one date too', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    const override = (title: string) => world.api('PUT', `/events/${series.id}/occurrences/20230215T220000Z`, { title })
    const bodies: string[] = []
    const tryThrice = async () => {
      bodies.length = 0
      for (let n = 0; n < 3; n++) {
        await deliverMails(world.deps)
        world.clock.now += 1200 * 4 ** n
      }
      return bodies.map((text) => text.replace(/DTSTAMP:.*/g, ''))
    }
    world.deps.mailer = {
      async send(mail) {
        bodies.push(mail.calendar?.text ?? '')
        if (bodies.length < 3) throw new Error('the server is away')
      },
    }
    await answer(1, {}, series.id)
    const first = await tryThrice()
    expect([first.length, new Set(first).size, first[0]!.includes('RRULE:FREQ=MONTHLY')]).toEqual([3, 1, true])
    await override('Special')
    const second = await tryThrice()
    expect([second.length, new Set(second).size, second[0]!.includes('RECURRENCE-ID')]).toEqual([3, 1, true])
    expect(second[0]).not.toContain('RRULE:FREQ=MONTHLY')
  })

  it('hold a series with its rule and what differs, for one guest', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    await world.api('PUT', `/events/${series.id}/occurrences/20230215T220000Z`, { title: 'Special' })
    await deliver()
    const all = await answer(1, {}, series.id)
    await deliver()
    expect(veventsIn(calendar()).map((one) => String(one.getFirstPropertyValue('rrule')))).toEqual([
      'FREQ=MONTHLY;BYDAY=3WE',
      'null',
    ])
    expect(value('RECURRENCE-ID')).toEqual([';TZID=America/Los_Angeles:20230215T140000'])
    expect(unfolded(calendar()).filter((line) => line.startsWith('BEGIN:VTIMEZONE'))).toHaveLength(1)
    expect(veventsIn(calendar()).every((one) => one.getAllProperties('attendee').length === 1)).toBe(true)

    const skip = `/rsvps/${all.id}/dates/20230315T210000Z`
    await world.api('PUT', skip, { response: 'declined' }, { token: all.manageToken })
    expect(await deliver()).toEqual([['guest1@example.org', 'CANCEL']])
    expect(value('RECURRENCE-ID')).toEqual([';TZID=America/Los_Angeles:20230315T140000'])
    expect(veventsIn(calendar()).map((one) => one.getFirstPropertyValue('rrule'))).toEqual([null])

    await world.api('PATCH', `/events/${series.id}`, { virtualLocations: [{ uri: 'https://meet.example/new' }] })
    expect(await deliver()).toEqual([['guest1@example.org', 'REQUEST']])
    expect(value('EXDATE')).toEqual([';TZID=America/Los_Angeles:20230315T140000'])
    const dates = new ICAL.Event(veventsIn(calendar())[0]!).iterator()
    expect([dates.next(), dates.next(), dates.next()].map(String).map((date) => date.slice(0, 10))).toEqual([
      '2023-01-18',
      '2023-02-15',
      '2023-04-19',
    ])

    await world.api('DELETE', skip, undefined, { token: all.manageToken })
    expect(await deliver()).toEqual([['guest1@example.org', 'REQUEST']])
    expect(value('RECURRENCE-ID')).toEqual([';TZID=America/Los_Angeles:20230315T140000'])
  })

  it('take one date away where it is called off, and move one where it moves', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    await answer(1, {}, series.id)
    await answer(2, { occurrence: '20230215T220000Z' }, series.id)
    await answer(3, { occurrence: '20230118T220000Z' }, series.id)
    await deliver()
    expect(value('RECURRENCE-ID', 1)).toEqual([';TZID=America/Los_Angeles:20230215T140000'])
    expect(value('UID', 1)).toEqual([`:${series.uid}`])
    await world.api('PUT', `/events/${series.id}/occurrences/20230215T220000Z`, { start: '2023-02-16T14:00:00' })
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'REQUEST'],
      ['guest2@example.org', 'REQUEST'],
    ])
    for (const at of [0, 1]) {
      expect(value('DTSTART', at).at(-1)).toEqual(';TZID=America/Los_Angeles:20230216T140000')
      expect(value('RECURRENCE-ID', at)).toEqual([';TZID=America/Los_Angeles:20230215T140000'])
      expect(sequence(at)).toEqual([':1'])
    }
    await world.api('POST', `/events/${series.id}/occurrences/20230118T220000Z/cancel`, {})
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'CANCEL'],
      ['guest3@example.org', 'CANCEL'],
    ])
    expect([value('RECURRENCE-ID'), sequence()]).toEqual([[';TZID=America/Los_Angeles:20230118T140000'], [':2']])
    // Not four in a day.
    world.clock.now += 86_400
    await world.api('PATCH', `/events/${series.id}`, { title: 'Hangout' })
    await deliver()
    expect(value('EXDATE')).toEqual([';TZID=America/Los_Angeles:20230118T140000'])
    await world.api('POST', `/events/${series.id}/cancel`, {})
    const off = await deliver()
    expect(off).toContainEqual(['guest1@example.org', 'CANCEL'])
    expect(veventsIn(calendar()).map((one) => String(one.getFirstPropertyValue('rrule')))).toEqual([
      'FREQ=MONTHLY;BYDAY=3WE',
    ])
  })

  it('know a date that was moved far by the series it is of', async () => {
    const weekly = { ...HANGOUT, recurrenceRule: 'FREQ=WEEKLY', rsvp: {} }
    const series = await world.event('hyperscale', weekly)
    await answer(1, {}, series.id)
    await deliver()
    await world.api('PUT', `/events/${series.id}/occurrences/20230125T220000Z`, { start: '2023-02-09T14:00:00' })
    await deliver()
    expect([value('UID'), value('RECURRENCE-ID')]).toEqual([
      [`:${series.uid}`],
      [';TZID=America/Los_Angeles:20230125T140000'],
    ])
    await world.api('PATCH', `/events/${series.id}`, { title: 'Hangout' })
    await deliver()
    expect(value('EXDATE')).toEqual([])
    expect([value('UID'), value('RECURRENCE-ID'), value('DTSTART').at(-1)]).toEqual([
      [`:${series.uid}`, `:${series.uid}`],
      [';TZID=America/Los_Angeles:20230125T140000'],
      ';TZID=America/Los_Angeles:20230209T140000',
    ])
  })

  it('go where the event is deleted, and with the rest of a series that is split', async () => {
    await answer(1)
    await answer(2, { response: 'tentative' })
    await deliver()
    expect((await world.api('DELETE', `/events/${event.id}`)).status).toBe(204)
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'CANCEL'],
      ['guest2@example.org', 'CANCEL'],
    ])
    expect([value('UID'), sequence(), value('STATUS')]).toEqual([[`:${event.uid}`], [':1'], [':CANCELLED']])

    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    await answer(3, {}, series.id)
    await deliver()
    const at = `/events/${series.id}/occurrences/20230315T210000Z/split`
    const { body } = await world.api('POST', at, { start: '2023-03-15T16:00:00' })
    expect(await deliver()).toEqual([
      ['guest3@example.org', 'REQUEST'],
      ['guest3@example.org', 'REQUEST'],
    ])
    expect([value('UID', 0), value('UID', 1)]).toEqual([[`:${series.uid}`], [`:${body.later.uid}`]])
    const rules = [0, 1].map((n) => String(veventsIn(calendar(n))[0]!.getFirstPropertyValue('rrule')))
    expect(rules[0]).toContain('UNTIL')
    expect(rules[1]).not.toContain('UNTIL')
  })

  it('wait for who must confirm, and repeat nothing that was typed', async () => {
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { confirmation: 'email' } })
    await deliver()
    await answer(1, { name: 'Buy pills', note: 'at evil.example' })
    expect(await deliver()).toEqual([['guest1@example.org', undefined]])
    expect(JSON.stringify(sent)).not.toMatch(/pills|evil/)
    const token = /\/rsvp\/(rsvp_\S+)/.exec(sent[0]!.text)![1]!
    await world.api('POST', `/rsvps/${token.slice(5, 31)}/confirm`, undefined, { token })
    expect(await deliver()).toEqual([['guest1@example.org', 'REQUEST']])
    expect(JSON.stringify(sent)).not.toMatch(/pills|evil/)
  })

  it('leave nothing of a guest who is erased', async () => {
    const { id, manageToken } = await answer(1)
    await deliver()
    await world.api('POST', `/rsvps/${id}/erase`, undefined, { token: manageToken })
    for (const table of ['guest_addresses', 'guest_calendars', 'mail_replies'])
      expect(await world.db.all({ sql: `SELECT * FROM ${table}`, params: [] })).toEqual([])
  })
})
