/** Answers from calendar programs: they do what the form does, and tell what came of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverMails } from '../../src/mail/deliver.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { receive } from '../../src/replies/receive.ts'
import { signatureOf } from '../../src/replies/webhook.ts'
import { bytesOf, calendarOf, mailOf, type Reply, replyMail } from '../support/replies.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const SECRET = 'a-secret-of-more-than-32-characters'
const OURS = 'mx.convene.test'

describe('answers by mail', () => {
  let world: World
  let event: { id: string; uid: string }
  let sent: Mail[]
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    sent = []
    world.deps.mailer = { send: async (mail) => void sent.push(mail) }
    world.deps.calendarMail = { mailbox: 'reply@convene.test', secret: SECRET, authserv: OURS }
    event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 2 } } })
  })
  afterEach(() => world.close())

  const deliver = async () => {
    sent.length = 0
    await deliverMails(world.deps)
    world.clock.now += 60
    return sent.map(({ to, subject, calendar }) => [to, subject.split(':')[0], calendar?.method])
  }
  /** A guest who got an invitation, and how they answer it. */
  const invited = async (n: number, more: object = {}, id = event.id) => {
    const email = `guest${n}@example.org`
    const made = await world.api('POST', `/events/${id}/rsvps`, { name: `Guest ${n}`, email, ...more }, { token: null })
    await deliver()
    const mail = sent.find((one) => one.to === email)!
    const reply: Reply = {
      to: mail.replyTo ?? 'reply@convene.test',
      uid: event.uid,
      from: email,
      attendee: email,
      status: 'ACCEPTED',
      sequence: 0,
      at: world.clock.now,
    }
    return { id: made.body.id as string, token: made.body.manageToken as string, email, reply }
  }
  const passed = (email: string) => `Authentication-Results: ${OURS}; dmarc=pass header.from=${email.split('@')[1]}`
  const take = (reply: Reply, more: { headers?: string[] } = {}) =>
    receive(world.deps, {
      raw: bytesOf(replyMail({ ...reply, at: world.clock.now }, { headers: [passed(reply.from)], ...more })),
    })
  const stands = async ({ id, token }: { id: string; token: string }) => {
    const { body } = await world.api('GET', `/rsvps/${id}`, undefined, { token })
    return [body.response, body.place, body.position]
  }

  it('change the answer, and one mail says what came of it', async () => {
    const ada = await invited(1, { response: 'tentative' })
    expect(await take(ada.reply)).toBe('changed')
    expect(await stands(ada)).toEqual(['accepted', 'seat', null])
    expect(await deliver()).toEqual([['guest1@example.org', 'Your answer has changed', undefined]])
    expect(sent[0]!.text).toContain('You have a seat.')
    expect(await take({ ...ada.reply, status: 'DECLINED' })).toBe('changed')
    expect(await stands(ada)).toEqual(['declined', null, null])
    expect(await deliver()).toEqual([['guest1@example.org', 'You are not coming', undefined]])
    expect(await take({ ...ada.reply, status: 'TENTATIVE' })).toBe('changed')
    expect(await stands(ada)).toEqual(['tentative', null, null])
    const { body } = await world.api('GET', `/events/${event.id}/rsvps/history`)
    expect(body.items[0]).toMatchObject({ kind: 'rsvp.changed', by: 'guest', via: 'mail' })
  })

  it('follow the capacity: a place in line, or that it is full', async () => {
    const ada = await invited(1, { response: 'tentative' })
    await invited(2)
    await invited(3)
    expect(await take(ada.reply)).toBe('changed')
    expect(await stands(ada)).toEqual(['accepted', 'waitlist', 1])
    await deliver()
    expect(sent.map(({ text }) => text.includes('number 1 in line'))).toEqual([true])

    const small = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 1 }, waitlist: false } })
    const bob = await invited(4, { response: 'tentative' }, small.id)
    await invited(5, {}, small.id)
    expect(await take({ ...bob.reply, uid: small.uid })).toBe('answered')
    expect(await stands(bob)).toEqual(['tentative', null, null])
    expect(await deliver()).toEqual([['guest4@example.org', 'About your answer', undefined]])
    expect(sent[0]!.text).toContain('no places left')
  })

  it('give no seat twice, however many come at once, and count once where they come five times', async () => {
    const guests = []
    for (let n = 1; n <= 10; n++) guests.push(await invited(n, { response: 'tentative' }))
    const raws = guests.map(({ reply, email }) =>
      bytesOf(replyMail({ ...reply, at: world.clock.now }, { headers: [passed(email)] })),
    )
    await Promise.all([...raws, ...raws, ...raws, ...raws, ...raws].map((raw) => receive(world.deps, { raw })))
    const places = await Promise.all(guests.map(stands))
    expect(places.filter(([, place]) => place === 'seat')).toHaveLength(2)
    expect(places.flatMap(([, , position]) => position ?? []).sort((a, b) => Number(a) - Number(b))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ])
    const changed = await world.db.all({ sql: `SELECT 1 FROM changes WHERE kind = 'rsvp.changed'`, params: [] })
    expect(changed).toHaveLength(10)
  })

  it('come too late, say the same or pass it on: one polite mail, and nothing changes', async () => {
    const ada = await invited(1)
    expect(await take(ada.reply)).toBe('answered')
    expect(await deliver()).toEqual([['guest1@example.org', 'About your answer', undefined]])
    expect(sent[0]!.text).toContain('what we know already')
    expect(await take({ ...ada.reply, status: 'DELEGATED' })).toBe('answered')
    await deliver()
    expect(sent[0]!.text).toContain('passed the invitation on')
    const counter = calendarOf({ ...ada.reply, status: 'TENTATIVE', at: world.clock.now }, { method: 'COUNTER' })
    const raw = bytesOf(mailOf(ada.reply, counter, { headers: [passed(ada.email)], method: 'COUNTER' }))
    expect(await receive(world.deps, { raw })).toBe('answered')
    await deliver()
    expect(sent[0]!.text).toContain('another time')
    world.clock.now += 60 * 86_400
    expect(await take({ ...ada.reply, status: 'DECLINED' })).toBe('answered')
    await deliver()
    expect(sent[0]!.text).toContain('it is over')
    expect(await stands(ada)).toEqual(['accepted', 'seat', null])
  })

  it('count once, and never against what was said later', async () => {
    const ada = await invited(1, { response: 'tentative' })
    const first = replyMail({ ...ada.reply, at: world.clock.now }, { headers: [passed(ada.email)] })
    expect(await receive(world.deps, { raw: bytesOf(first) })).toBe('changed')
    expect(await receive(world.deps, { raw: bytesOf(first) })).toBe('late')
    const [yes, no] = [world.clock.now + 10, world.clock.now + 20]
    world.clock.now += 60
    const at = (status: string, stamp: number) =>
      receive(world.deps, {
        raw: bytesOf(replyMail({ ...ada.reply, status, at: stamp }, { headers: [passed(ada.email)] })),
      })
    expect(await at('DECLINED', no)).toBe('changed')
    expect(await at('ACCEPTED', yes)).toBe('late')
    expect((await stands(ada))[0]).toBe('declined')
    world.clock.now += 3600
    await world.api('PATCH', `/rsvps/${ada.id}`, { response: 'accepted' }, { token: ada.token })
    expect(await at('TENTATIVE', world.clock.now - 1800)).toBe('late')
    expect((await stands(ada))[0]).toBe('accepted')
    // The event has moved since the guest was asked.
    await world.api('PATCH', `/events/${event.id}`, { start: '2023-02-02T15:00:00' })
    await deliver()
    expect(await take({ ...ada.reply, status: 'DECLINED' })).toBe('late')
    expect(await take({ ...ada.reply, status: 'DECLINED', sequence: 1 })).toBe('changed')
  })

  it('are about one date of a series, in whatever zone it is named', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    const ada = await invited(1, {}, series.id)
    const reply = { ...ada.reply, uid: series.uid.toUpperCase(), status: 'DECLINED' }
    expect(await take({ ...reply, date: 'RECURRENCE-ID:20230215T220000Z' })).toBe('changed')
    expect(await deliver()).toEqual([['guest1@example.org', 'Your answer', undefined]])
    expect(await take({ ...reply, date: 'RECURRENCE-ID;TZID=America/Los_Angeles:20230315T140000' })).toBe('changed')
    expect(
      await take({ ...reply, date: 'RECURRENCE-ID;TZID=Europe/Berlin:20230118T230000', status: 'TENTATIVE' }),
    ).toBe('changed')
    expect(await take({ ...reply, date: 'RECURRENCE-ID:20230216T220000Z' })).toBe('foreign')
    expect(await take({ ...reply, date: 'RECURRENCE-ID;RANGE=THISANDFUTURE:20230419T210000Z' })).toBe('no-answer')
    const { body } = await world.api('GET', `/events/${series.id}/rsvps`)
    expect(body.items.map((one: Record<string, string>) => [one.occurrence, one.response])).toEqual([
      [null, 'accepted'],
      ['20230215T220000Z', 'declined'],
      ['20230315T210000Z', 'declined'],
      ['20230118T220000Z', 'tentative'],
    ])
    expect(await take(reply)).toBe('changed')
    expect((await stands(ada))[0]).toBe('declined')
  })

  it('come by a webhook that proves itself, in three forms', async () => {
    const ada = await invited(1, { response: 'tentative' })
    const raw = (status: string) =>
      replyMail({ ...ada.reply, status, at: world.clock.now }, { headers: [passed(ada.email)] })
    const post = (body: string, headers: Record<string, string>, path = '/mail/inbound') =>
      world.request('POST', `/api/v1${path}`, body, { token: null, headers })
    const basic = { Authorization: `Basic ${btoa(`convene:${SECRET}`)}` }
    const sign = async (body: string, at = world.clock.now, secret = SECRET) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,AAAA ${await signatureOf(secret, 'msg_1', String(at), bytesOf(body))}`,
    })
    const mime = { 'Content-Type': 'message/rfc822' }
    const wrong: Record<string, string>[] = [
      {},
      { Authorization: `Basic ${btoa('convene:wrong')}` },
      await sign('other'),
      await sign(raw('ACCEPTED'), world.clock.now - 3600),
      await sign(raw('ACCEPTED'), world.clock.now, 'another-secret-of-many-characters'),
    ]
    for (const headers of wrong) expect((await post(raw('ACCEPTED'), { ...mime, ...headers })).status).toBe(401)
    expect((await stands(ada))[0]).toBe('tentative')
    const plain = await post(raw('ACCEPTED'), { ...mime, ...basic })
    expect([plain.status, plain.body]).toEqual([200, { received: 'changed' }])
    world.clock.now += 60
    const postmark = JSON.stringify({ From: ada.email, OriginalRecipient: ada.reply.to, RawEmail: raw('DECLINED') })
    expect((await post(postmark, await sign(postmark))).body).toEqual({ received: 'changed' })
    world.clock.now += 60
    const ses = (dmarc: string) =>
      JSON.stringify({
        Type: 'Notification',
        Message: JSON.stringify({
          notificationType: 'Received',
          receipt: { recipients: [ada.reply.to], dmarcVerdict: { status: dmarc }, action: { encoding: 'BASE64' } },
          content: btoa(raw('TENTATIVE')),
        }),
      })
    const text = { ...basic, 'Content-Type': 'text/plain; charset=UTF-8' }
    expect((await post(ses('FAIL'), text)).body).toEqual({ received: 'not-authentic' })
    expect((await post(ses('PASS'), text)).body).toEqual({ received: 'changed' })
    const asked: string[] = []
    world.deps.remoteGet = async (address) => {
      asked.push(address)
      return { status: 200, headers: new Headers(), body: null }
    }
    const hello = (SubscribeURL: string) => JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL })
    const sns = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1'
    expect((await post(hello(sns), text)).body).toEqual({ received: 'subscription' })
    expect((await post(hello(sns), { 'Content-Type': 'text/plain' })).status).toBe(401)
    for (const elsewhere of [
      'http://127.0.0.1/?',
      'https://sns.evil.example/?',
      'https://sns.x.amazonaws.com.evil.example/?',
    ])
      expect((await post(hello(elsewhere), text)).status).toBe(422)
    expect(asked).toEqual([sns])
    for (const body of ['', '{', '{}', '[]', '{"Type":"Notification","Message":"{"}'])
      expect((await post(body, { ...basic, 'Content-Type': 'application/json' })).status).toBe(422)
    expect((await post(`${'x'.repeat(1024 * 1024)}x`, { ...mime, ...basic })).status).toBe(413)
    delete world.deps.calendarMail
    expect((await post(raw('ACCEPTED'), { ...mime, ...basic })).status).toBe(404)
  })

  it('of 60 kinds that are forged, late or none change nothing and get no mail', async () => {
    const ada = await invited(1)
    const bob = await invited(2)
    await world.api('PATCH', `/events/${event.id}`, { start: '2023-02-02T15:00:00' })
    await deliver()
    const other = await world.event('hyperscale', {})
    const base: Reply = { ...ada.reply, status: 'DECLINED', sequence: 1, at: world.clock.now }
    const good = passed(ada.email)
    const from = (line: string) => replyMail(base, { headers: [good], fromLine: line })
    const header = (...more: string[]) => replyMail(base, { headers: [good, ...more] })
    const results = (...values: string[]) =>
      replyMail(base, { headers: values.map((value) => `Authentication-Results: ${value}`) })
    const changed = (more: Partial<Reply>) => replyMail({ ...base, ...more }, { headers: [good] })
    const calendar = (text: string, method: string | null = 'REPLY') => mailOf(base, text, { headers: [good], method })
    const own = calendarOf(base)
    const twice = (line: RegExp) => calendar(own.replace(line, (found) => `${found}\r\n${found}`))
    const nested = (levels: number): string => {
      const open = Array.from(
        { length: levels },
        (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`,
      )
      return `${good}\r\nFrom: ${base.from}\r\nTo: ${base.to}\r\nMIME-Version: 1.0\r\n${open.join('')}Content-Type: text/calendar; method=REPLY\r\n\r\n${own}\r\n`
    }
    const forged: Record<string, string> = {
      'another From': from('From: mallory@evil.example'),
      'another From of the same domain': from('From: guest2@example.org'),
      'no From': from('X-From: guest1@example.org'),
      'an empty From': from('From: '),
      'two Froms, ours first': from('From: guest1@example.org\r\nFrom: mallory@evil.example'),
      'two Froms, ours last': from('From: mallory@evil.example\r\nFrom: guest1@example.org'),
      'two equal Froms': from('From: guest1@example.org\r\nFrom: guest1@example.org'),
      'two addresses': from('From: guest1@example.org, mallory@evil.example'),
      'two addresses, ours last': from('From: mallory@evil.example, guest1@example.org'),
      'a group': from('From: Guests: guest1@example.org, mallory@evil.example;'),
      'the guest as a name': from('From: "guest1@example.org" <mallory@evil.example>'),
      'the guest as a bare name': from('From: guest1@example.org <mallory@evil.example>'),
      'the guest in a comment': from('From: mallory@evil.example (guest1@example.org)'),
      'the guest in brackets twice': from('From: <guest1@example.org> <mallory@evil.example>'),
      'the guest as a name, ours in brackets': from('From: mallory@evil.example <guest1@example.org>'),
      'the guest in an encoded word': from('From: =?utf-8?q?guest1=40example=2Eorg?='),
      'the guest encoded before another': from('From: =?utf-8?q?=3Cguest1=40example=2Eorg=3E?= <mallory@evil.example>'),
      'a longer domain': from('From: guest1@example.org.evil.example'),
      'a name before the guest': from('From: xguest1@example.org'),
      'a look-alike': from('From: guest1@exаmple.org'),
      'a folded From': from('From: guest1@example.org\r\n ,mallory@evil.example'),
      'a From of 120 KB': from(`From: ${'a'.repeat(120_000)}`),
      'a From of 120 KB of quotes': from(`From: ${'"('.repeat(60_000)} <guest1@example.org>`),
      'results of 120 KB': results(`${OURS}; dmarc=${'a.'.repeat(60_000)}`),
      'a Sender alone': from('Sender: guest1@example.org'),
      'failed DMARC': results(`${OURS}; dmarc=fail header.from=example.org`),
      'failed DMARC beside passed DKIM of another': results(`${OURS}; dkim=pass header.d=evil.example; dmarc=fail`),
      'no DMARC and SPF of another': results(`${OURS}; dmarc=none; spf=pass smtp.mailfrom=x@evil.example`),
      'no DMARC and DKIM of another': results(`${OURS}; dmarc=none; dkim=pass header.d=evil.example`),
      'failed SPF': results(`${OURS}; spf=fail smtp.mailfrom=guest1@example.org`),
      'failed DKIM': results(`${OURS}; dkim=fail header.d=example.org`),
      'no results': results(),
      'results of another server': results('mx.evil.example; dmarc=pass header.from=example.org'),
      'results of a server named like ours': results(
        'mx.convene.test.evil.example; dmarc=pass header.from=example.org',
      ),
      'a pass in a comment': results(`${OURS}; (dmarc=pass header.from=example.org) dmarc=none`),
      'a pass below a fail': results(
        `${OURS}; dmarc=fail header.from=example.org`,
        `${OURS}; dmarc=pass header.from=example.org`,
      ),
      'a pass above a fail': results(
        `${OURS}; dmarc=pass header.from=example.org`,
        `${OURS}; dmarc=fail header.from=example.org`,
      ),
      'a pass for another domain': results(`${OURS}; dmarc=pass header.from=evil.example`),
      'an older SEQUENCE': changed({ sequence: 0 }),
      'no SEQUENCE': calendar(own.replace('SEQUENCE:1\r\n', '')),
      'a negative SEQUENCE': changed({ sequence: -1 }),
      'an old DTSTAMP': changed({ at: base.at - 86_400 }),
      'another UID': changed({ uid: 'somebody@else.example' }),
      'the UID of another event': changed({ uid: other.uid }),
      'a date of an event that is no series': changed({ date: 'RECURRENCE-ID:20230301T000000Z' }),
      'another attendee': changed({ attendee: 'guest2@example.org' }),
      'two attendees': calendar(
        own.replace(/ATTENDEE.*/, (line) => `${line}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:guest2@example.org`),
      ),
      'two equal attendees': twice(/ATTENDEE.*/),
      'no attendee': calendar(own.replace(/ATTENDEE.*\r\n/, '')),
      'no UID': calendar(own.replace(/UID:.*\r\n/, '')),
      'two events': calendar(own.replace(/BEGIN:VEVENT.*END:VEVENT/s, (one) => `${one}\r\n${one}`)),
      'two events of two guests': calendar(
        own.replace(/BEGIN:VEVENT.*END:VEVENT/s, (one) => {
          const date = 'RECURRENCE-ID:20230202T130000Z\r\nUID'
          return `${one}\r\n${one.replace('UID', date).replace('mailto:guest1', 'mailto:guest2')}`
        }),
      ),
      'two events of two calendars': calendar(
        own.replace(/BEGIN:VEVENT.*END:VEVENT/s, (one) => `${one}\r\n${one.replace(/UID:.*/, `UID:${other.uid}`)}`),
      ),
      'two calendars': calendar(`${own}\r\n${own}`),
      'two METHODs': twice(/METHOD:.*/),
      'no METHOD': calendar(own.replace(/METHOD:.*\r\n/, '')),
      'another METHOD in MIME': calendar(own, 'REQUEST'),
      'a REQUEST': calendar(calendarOf(base, { method: 'REQUEST' }), 'REQUEST'),
      'a CANCEL': calendar(calendarOf(base, { method: 'CANCEL' }), 'CANCEL'),
      'a REFRESH': calendar(calendarOf(base, { method: 'REFRESH' }), 'REFRESH'),
      'an ADD': calendar(calendarOf(base, { method: 'ADD' }), 'ADD'),
      'a to-do': calendar(own.replaceAll('VEVENT', 'VTODO')),
      'an answer that is none': changed({ status: 'NEEDS-ACTION' }),
      'an answer nobody knows': changed({ status: 'MAYBE-NOT' }),
      'a calendar that is none': calendar('hello'),
      'no calendar': `${good}\r\nFrom: ${base.from}\r\nTo: ${base.to}\r\n\r\nI am not coming.`,
      'the secret of nobody': changed({ to: 'reply+00000000000000000000000000@convene.test' }),
      'no secret': changed({ to: 'reply@convene.test' }),
      'the secret of another guest': changed({ to: bob.reply.to }),
      'the secrets of two guests': changed({ to: `${ada.reply.to}, ${bob.reply.to}` }),
      'the secret at another domain': changed({
        to: ada.reply.to.replace('convene.test', 'convene.test.evil.example'),
      }),
      'an absence note': header('Auto-Submitted: auto-replied'),
      'a generated mail': header('auto-submitted: auto-generated'),
      'a mailing list': header('List-Id: <guests.example.org>'),
      'a list that can be left': header('List-Unsubscribe: <https://example.org>'),
      'bulk mail': header('Precedence: bulk'),
      'a bounce': header('Return-Path: <>'),
      '5 MB': `${header()}${'x'.repeat(5_000_000)}`,
      '5 MB of headers': header(`X-Long: ${'x'.repeat(900_000)}`),
      '300 levels of MIME': nested(300),
      '30 levels of MIME': nested(30),
      'a calendar of 300 levels': calendar(own.replace('END:VEVENT', `${'BEGIN:X\r\n'.repeat(300)}END:VEVENT`)),
      nothing: '',
    }
    expect(Object.keys(forged).length).toBeGreaterThanOrEqual(60)
    const before = await world.db.all({ sql: 'SELECT * FROM rsvps ORDER BY id', params: [] })
    const journal = await world.db.all({ sql: 'SELECT count(*) AS n FROM changes', params: [] })
    const came: Record<string, string> = {}
    for (const [name, text] of Object.entries(forged)) {
      came[name] = await receive(world.deps, { raw: bytesOf(text) })
    }
    expect(Object.entries(came).filter(([, what]) => what === 'changed' || what === 'answered')).toEqual([])
    expect(await world.db.all({ sql: 'SELECT * FROM rsvps ORDER BY id', params: [] })).toEqual(before)
    expect(await world.db.all({ sql: 'SELECT count(*) AS n FROM changes', params: [] })).toEqual(journal)
    expect(await deliver()).toEqual([])
    // The control: the same without any of it.
    expect(await receive(world.deps, { raw: bytesOf(replyMail(base, { headers: [good] })) })).toBe('changed')
  })

  it('count in the ways in which programs write them', async () => {
    const ada = await invited(1, { response: 'tentative' })
    let status = 'ACCEPTED'
    const next = (edit: (text: string) => string, more: Parameters<typeof mailOf>[2] = {}) => {
      world.clock.now += 60
      status = status === 'ACCEPTED' ? 'TENTATIVE' : 'ACCEPTED'
      const text = edit(calendarOf({ ...ada.reply, status, at: world.clock.now }))
      return receive(world.deps, { raw: bytesOf(mailOf(ada.reply, text, { headers: [passed(ada.email)], ...more })) })
    }
    await take(ada.reply)
    const as = (line: string) => next((text) => text.replace(/ATTENDEE.*/, line.replace('?', status)))
    const line = (headers: string) => next((text) => text, { fromLine: headers })
    expect([
      await next((text) => text.replace(/ORGANIZER.*\r\n/, '')),
      await next((text) => text.replace(/UID:.*/, (uid) => `UID:${uid.slice(4).toUpperCase()}`)),
      await next((text) => text, { method: null }),
      await next((text) => `\uFEFF${text}`),
      await next((text) => text.replaceAll('\r\n', '\n')),
      await next((text) => text.replace('SEQUENCE:0', 'SEQUENCE:7')),
      await next((text) => text.replace(/DTSTART.*\r\nDTEND.*\r\n/, '')),
      await as('ATTENDEE;PARTSTAT=?:MAILTO:GUEST1@EXAMPLE.ORG'),
      await as('ATTENDEE;PARTSTAT=?;EMAIL=guest1@example.org:urn:uuid:0-1-2'),
      await as('ATTENDEE;CN="Guest, One: x";PARTSTAT=?:mailto:guest1@example.org'),
      await as('ATTENDEE;CN=G;PART\r\n STAT=?:mailto:guest1@exa\r\n mple.org'),
      await line('From: "One, Guest" <guest1@example.org>'),
      await line('From: =?utf-8?q?G=C3=BCest?= <Guest1@Example.org>'),
      await line('From:\r\n guest1@example.org (Guest)'),
      await line('From: guest1@example.org <guest1@example.org>'),
      await line(`From: guest1@example.org\r\nDelivered-To: ${ada.reply.to.toUpperCase()}\r\nAuto-Submitted: no`),
      await next((text) => text, {
        headers: [`Authentication-Results: ${OURS} 1;\r\n spf=pass (ok; fine) smtp.mailfrom=bounce@mail.example.org`],
      }),
      await next((text) => text, {
        headers: [`Authentication-Results: ${OURS}; dkim=fail header.d=list.example; dkim=pass header.i=@example.org`],
      }),
    ]).toEqual(Array(18).fill('changed'))
  })

  it('are taken from what a forged line of another server cannot change', async () => {
    const ada = await invited(1, { response: 'tentative' })
    const headers = ['Authentication-Results: mx.evil.example; dmarc=fail', passed(ada.email)]
    expect(await take(ada.reply, { headers })).toBe('changed')
  })
})
