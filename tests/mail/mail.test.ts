import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverMails } from '../../src/mail/deliver.ts'
import { type Mail, MailRefused } from '../../src/mail/mailer.ts'
import { inOrder } from '../support/mails.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('mails to guests', () => {
  let world: World
  let event: { id: string }
  let sent: Mail[]
  let failWith: Error | null
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    sent = []
    failWith = null
    world.deps.mailer = {
      async send(mail) {
        if (failWith) throw failWith
        sent.push(mail)
      },
    }
    event = await world.event('hyperscale', {
      locations: [{ name: 'Hall', address: 'Rue 1, Brussels' }],
      virtualLocations: [{ name: 'Bridge', uri: 'https://meet.example/bridge' }],
      rsvp: { capacity: { inPerson: 1 } },
    })
  })
  afterEach(() => world.close())

  const answer = (n: number, more: object = {}, id = event.id) =>
    world.api(
      'POST',
      `/events/${id}/rsvps`,
      { name: `Guest ${n}`, email: `guest${n}@example.org`, ...more },
      { token: null },
    )
  const deliver = async () => {
    sent.length = 0
    await deliverMails(world.deps)
    return inOrder(sent).map(({ to, subject }) => [to, subject])
  }
  const manageUrl = (mail: Mail) => /https:\/\/convene\.test(\/rsvp\/rsvp_\S+)/.exec(mail.text)![1]!

  it('tell what was got, once, with a link that works', async () => {
    const first = await answer(1)
    await answer(2)
    await answer(2)
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'Your answer: Meetup in Brussels'],
      ['guest2@example.org', 'Your answer: Meetup in Brussels'],
    ])
    expect(sent[0]!.text).toContain('You have a seat in the room.')
    expect(sent[0]!.text).toContain('Thursday 2 February 2023, 14:00–18:00 (Europe/Brussels)')
    expect(sent[0]!.text).toContain('Where: Hall, Rue 1, Brussels')
    expect(sent[1]!.text).toContain('number 1 in line')
    expect(await deliver()).toEqual([])

    await world.api('DELETE', `/rsvps/${first.body.id}`, undefined, { token: first.body.manageToken })
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'You are not coming: Meetup in Brussels'],
      ['guest2@example.org', 'A place is yours: Meetup in Brussels'],
    ])
    expect((await world.get(manageUrl(sent[1]!))).text).toContain('You have a seat in the room.')
  })

  it('bring who takes part from elsewhere the way to join', async () => {
    await answer(1, { attendance: 'remote' })
    await deliver()
    expect(sent[0]!.text).toContain('Join: Bridge: https://meet.example/bridge')
    expect(sent[0]!.text).not.toContain('Rue 1')
  })

  it('ask who must confirm, repeat nothing that was typed, and bring the only link', async () => {
    await world.api('PATCH', `/events/${event.id}`, { rsvp: { confirmation: 'email' } })
    await deliver()
    const asked = await answer(1, { name: 'Buy pills at evil.example', note: 'evil' })
    expect([asked.status, asked.body]).toEqual([202, { status: 'check-your-mail' }])
    expect(await deliver()).toEqual([['guest1@example.org', 'Please confirm your answer: Meetup in Brussels']])
    expect(sent[0]!.text).not.toMatch(/evil|pills/)
    const token = manageUrl(sent[0]!).slice('/rsvp/'.length)
    const id = token.slice(5, 31)
    expect((await world.api('GET', `/rsvps/${id}`, undefined, { token })).body.place).toBe('pending')
    const confirmed = await world.api('POST', `/rsvps/${id}/confirm`, undefined, { token })
    expect([confirmed.status, confirmed.body.place]).toEqual([200, 'seat'])
    expect(await deliver()).toEqual([['guest1@example.org', 'Your answer: Meetup in Brussels']])
  })

  it('tell of how things stand only the newest', async () => {
    const first = await answer(1)
    await answer(2)
    await world.api('DELETE', `/rsvps/${first.body.id}`, undefined, { token: first.body.manageToken })
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'You are not coming: Meetup in Brussels'],
      ['guest2@example.org', 'A place is yours: Meetup in Brussels'],
    ])
  })

  it('send the link again to who answers again, at most once in a quarter of an hour', async () => {
    await answer(1)
    await deliver()
    world.clock.now += 16 * 60
    for (let n = 0; n < 5; n++) expect((await answer(1)).status).toBe(202)
    expect(await deliver()).toEqual([['guest1@example.org', 'Your link: Meetup in Brussels']])
    world.clock.now += 14 * 60
    await answer(1)
    expect(await deliver()).toEqual([])
  })

  it('tell guests when the event moves or is called off, and not when a word of its description changes', async () => {
    await answer(1)
    await answer(3, { response: 'declined' })
    await deliver()
    await world.api('PATCH', `/events/${event.id}`, { description: 'Bring snacks' })
    expect(await deliver()).toEqual([])
    await world.api('PATCH', `/events/${event.id}`, { start: '2023-02-02T15:00:00' })
    expect(await deliver()).toEqual([['guest1@example.org', 'Changed: Meetup in Brussels']])
    expect(sent[0]!.text).toContain('15:00–19:00')
    await world.api('POST', `/events/${event.id}/cancel`, { reason: 'No heating' })
    expect(await deliver()).toEqual([['guest1@example.org', 'Cancelled: Meetup in Brussels']])
    expect(sent[0]!.text).toContain('No heating')
  })

  it('tell of a date that is called off those who answered it or every date', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    await answer(1, {}, series.id)
    await answer(2, { occurrence: '20230118T220000Z' }, series.id)
    await answer(3, { occurrence: '20230215T220000Z' }, series.id)
    await deliver()
    await world.api('POST', `/events/${series.id}/occurrences/20230118T220000Z/cancel`, { reason: 'Holidays' })
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'Cancelled: Monthly hangout'],
      ['guest2@example.org', 'Cancelled: Monthly hangout'],
    ])
    expect(sent[0]!.text).toContain('Wednesday 18 January 2023')
  })

  it('bring what organizers write to those whom they mean', async () => {
    for (const n of [1, 2]) await answer(n)
    await answer(3, { response: 'declined' })
    await deliver()
    const all = await world.api('POST', `/events/${event.id}/messages`, { subject: 'Snacks', text: 'Bring some.' })
    expect([all.status, all.body.recipients]).toEqual([201, 2])
    expect(await deliver()).toEqual([
      ['guest1@example.org', 'Snacks'],
      ['guest2@example.org', 'Snacks'],
    ])
    const some = await world.api('POST', `/events/${event.id}/messages`, {
      subject: 'Sorry',
      text: 'It is full.',
      to: { place: 'waitlist' },
    })
    expect(some.body.recipients).toBe(1)
    expect(await deliver()).toEqual([['guest2@example.org', 'Sorry']])
    const denied = await world.api('POST', `/events/${event.id}/messages`, { subject: 'x', text: 'y' }, { token: null })
    expect(denied.status).toBe(401)
    const bad = await world.api('POST', `/events/${event.id}/messages`, {
      subject: 'a\r\nBcc: x@example.org',
      text: '',
    })
    expect([bad.status, bad.body.errors.map(({ path }: { path: string }) => path)]).toEqual([422, ['subject', 'text']])
  })

  it('are tried again later, and given up where the address is refused', async () => {
    await answer(1)
    failWith = new Error('the server sleeps')
    await deliver()
    failWith = null
    expect(await deliver()).toEqual([])
    world.clock.now += 61
    expect(await deliver()).toEqual([['guest1@example.org', 'Your answer: Meetup in Brussels']])
    await answer(2)
    failWith = new MailRefused('no such mailbox')
    await deliver()
    const { body } = await world.api('GET', `/events/${event.id}/mails`)
    expect(
      body.items.map(({ name, state, tries, error }: Record<string, unknown>) => [name, state, tries, error]),
    ).toEqual([
      ['Guest 2', 'failed', 1, 'no such mailbox'],
      ['Guest 1', 'sent', 2, null],
    ])
  })

  it('are parked after ten tries under one name, where the organizer sees them and sends them again', async () => {
    const names = new Set<string>()
    world.deps.mailer = {
      async send(mail) {
        if (mail.to.startsWith('guest1@')) {
          names.add(mail.messageId)
          throw new Error('451 come back later')
        }
        sent.push(mail)
      },
    }
    await answer(1)
    for (let n = 0; n < 12; n++) {
      await deliverMails(world.deps)
      world.clock.now += 6 * 3600
    }
    await answer(2)
    expect(await deliver()).toEqual([['guest2@example.org', 'Your answer: Meetup in Brussels']])
    const parked = async () => (await world.api('GET', `/events/${event.id}/mails?state=failed`)).body.items
    const [only, ...others] = await parked()
    expect([only.name, only.tries, only.error, others]).toEqual(['Guest 1', 10, '451 come back later', []])
    expect(names.size).toBe(1)

    const retry = (body: object, token?: null) =>
      world.api('POST', `/events/${event.id}/mails/retry`, body, token === null ? { token } : {})
    expect((await retry({ id: only.id }, null)).status).toBe(401)
    expect((await retry({ id: 'x' })).body.errors).toEqual([{ path: 'id', message: 'must be the id of a mail' }])
    expect((await retry({ id: only.id })).body).toEqual({ due: 1 })
    expect((await retry({})).body).toEqual({ due: 0 })
    expect(await parked()).toEqual([])
    await deliver()
    expect([names.size, (await world.api('GET', `/events/${event.id}/mails?state=due`)).body.items[0].tries]).toEqual([
      1, 1,
    ])
  })

  it('are sent once by any number of processes at once', async () => {
    for (let n = 1; n <= 30; n++) await answer(n)
    await Promise.all(Array.from({ length: 8 }, () => deliverMails(world.deps)))
    expect(sent).toHaveLength(30)
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(30)
  })

  it('of what happened before mail was switched on are not sent', async () => {
    await answer(1)
    world.clock.now += 5 * 86_400
    expect(await deliver()).toEqual([])
    await answer(2)
    expect(await deliver()).toEqual([['guest2@example.org', 'Your answer: Meetup in Brussels']])
  })

  it('go to nobody whose answer was erased', async () => {
    const made = await answer(1)
    await world.api('POST', `/rsvps/${made.body.id}/erase`, undefined, { token: made.body.manageToken })
    expect(await deliver()).toEqual([])
  })
})
