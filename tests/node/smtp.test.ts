/** Mail over a real SMTP server. */
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ICAL from 'ical.js'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, listen } from '../../src/server.ts'
import { mailerOf } from '../../src/transports/index.ts'

const ADMIN = 'an-operator-token-of-forty-characters-xx'

/** The headers that our mails have. */
const KNOWN = [
  'from',
  'to',
  'reply-to',
  'subject',
  'message-id',
  'date',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'auto-submitted',
  'list-unsubscribe',
  'list-unsubscribe-post',
]

type Received = { to: string[]; from: string; source: string }

describe('mail over SMTP', () => {
  const received: Received[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) =>
      done(address.startsWith('gone') ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom ? mailFrom.address : '',
          source: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
  })
  let folder: string
  let server: Awaited<ReturnType<typeof listen>>
  let community: Awaited<ReturnType<typeof connect>>

  beforeAll(async () => {
    await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done))
    const { port } = smtp.server.address() as AddressInfo
    folder = await mkdtemp(join(tmpdir(), 'convene-smtp-'))
    community = await connect({
      databaseUrl: `file:${join(folder, 'test.db')}`,
      baseUrl: 'https://convene.test',
      adminToken: ADMIN,
      mailUrl: `smtp://127.0.0.1:${port}`,
      mailFrom: 'Convene <events@convene.test>',
      mailReplyTo: 'reply@convene.test',
      mailInSecret: 'a-secret-of-more-than-32-characters',
    })
    server = await listen(community.deps, 0)
  })
  afterAll(async () => {
    await server.close()
    community.close()
    await new Promise<void>((done) => smtp.close(() => done()))
    await rm(folder, { recursive: true, force: true })
  })

  const post = async (path: string, body: unknown, token?: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as { id: string } }
  }

  it('goes out a moment after the answer, from our address, to one address, in UTF-8', async () => {
    await post('/groups', { slug: 'sig', name: 'Sæby ☕ group' }, ADMIN)
    const { body: event } = await post(
      '/groups/sig/events',
      { title: 'Møde', kind: 'meetup', start: '2036-02-02T14:00:00', timeZone: 'Europe/Brussels', rsvp: {} },
      ADMIN,
    )
    await post(`/events/${event.id}/rsvps`, { name: 'Ada', email: 'ada@example.org' })
    await post(`/events/${event.id}/rsvps`, { name: 'Bob', email: 'gone@example.org' })
    const answeredAt = performance.now()
    await expect.poll(() => received.length, { timeout: 10_000, interval: 10 }).toBe(1)
    expect(performance.now() - answeredAt).toBeLessThan(1000)
    const [mail] = received
    expect(mail!.to).toEqual(['ada@example.org'])
    expect(mail!.from).toBe('events@convene.test')
    expect(mail!.source).toMatch(/^From: Convene <events@convene\.test>/m)
    expect(mail!.source).toMatch(/^Auto-Submitted: auto-generated/m)
    expect(mail!.source).toMatch(/^Message-ID: <\d+\.[0-9a-z]{26}@convene\.test>/m)
    expect(mail!.source).toMatch(/https:\/\/convene\.test\/rsvp\/rsvp_/)
    const mails = async () =>
      (
        (await (
          await fetch(`http://127.0.0.1:${server.port}/api/v1/events/${event.id}/mails`, {
            headers: { Authorization: `Bearer ${ADMIN}` },
          })
        ).json()) as { items: { name: string; state: string }[] }
      ).items
    await expect
      .poll(async () => (await mails()).map(({ name, state }) => `${name} ${state}`).sort(), { timeout: 10_000 })
      .toEqual(['Ada sent', 'Bob failed'])
  })

  it('carries an invitation as every program takes it: text, HTML and calendar, and the calendar as a file', async () => {
    const { body: event } = await post(
      '/groups/sig/events',
      { title: 'Møde, “ny”; <b>', kind: 'meetup', start: '2036-03-02T14:00:00', timeZone: 'Europe/Brussels', rsvp: {} },
      ADMIN,
    )
    received.length = 0
    await post(`/events/${event.id}/rsvps`, { name: 'Ada', email: 'ada2@example.org' })
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(1)
    const source = received[0]!.source
    expect(source.match(/^(?:Content-Type|Content-Disposition): [^;\r\n]+/gm)).toEqual([
      'Content-Type: multipart/mixed',
      'Content-Type: multipart/alternative',
      'Content-Type: text/plain',
      'Content-Type: text/html',
      'Content-Type: text/calendar',
      'Content-Type: application/ics',
      'Content-Disposition: attachment',
    ])
    expect(source).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST\r\n/)
    const mail = await PostalMime.parse(source)
    expect(mail.replyTo!.map(({ address }) => address)).toEqual([
      expect.stringMatching(/^reply\+[0-9a-z]{26}@convene\.test$/),
    ])
    expect(mail.html).toContain('&lt;b&gt;')
    expect(mail.attachments.map(({ mimeType, method, filename }) => [mimeType, method, filename])).toEqual([
      ['text/calendar', 'REQUEST', null],
      ['application/ics', undefined, 'invite.ics'],
    ])
    const [part, file] = mail.attachments.map(({ content }) => new TextDecoder().decode(content as ArrayBuffer))
    expect(part).toBe(file)
    // postal-mime makes LF of CRLF.
    const encoded = [...source.matchAll(/^Content-Transfer-Encoding: base64\r\n(?:[^\r\n]+\r\n)*\r\n([^-]+)/gm)]
    const raw = encoded
      .map(([, text]) => Buffer.from(text!, 'base64').toString())
      .filter((text) => text.includes('VEVENT'))
    expect(raw.length).toBeGreaterThan(0)
    for (const text of raw) expect(text).toMatch(/^BEGIN:VCALENDAR\r\n(?:[^\r\n]+\r\n)+END:VCALENDAR\r\n$/)
    const calendar = new ICAL.Component(ICAL.parse(file!))
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST')
    const vevent = calendar.getFirstSubcomponent('vevent')!
    expect(vevent.getFirstPropertyValue('summary')).toBe('Møde, “ny”; <b>')
    expect(vevent.getAllProperties('attendee').map((one) => one.getFirstValue())).toEqual(['mailto:ada2@example.org'])
    expect(vevent.getFirstPropertyValue('organizer')).toBe(`mailto:${mail.replyTo![0]!.address}`)
  })

  it('goes to one address whatever is typed into any field', async () => {
    const nasty = [
      '\r\nBcc: evil@evil.example',
      '\nTo: evil@evil.example\n\nx',
      ', evil@evil.example',
      '>\r\nRCPT TO:<evil@evil.example>',
      '"; x="\u0000',
      '=?utf-8?q?=0D=0ABcc:=20evil@evil.example?=',
    ]
    let seats = 0
    let told = 0
    received.length = 0
    for (const [n, bad] of nasty.entries()) {
      const slug = `nasty-${n}`
      await post('/groups', { slug, name: `Group${bad}` }, ADMIN)
      const made = await post(
        `/groups/${slug}/events`,
        {
          title: `Title${bad}`,
          kind: 'meetup',
          start: '2036-03-02T14:00:00',
          timeZone: 'UTC',
          rsvp: {},
          locations: [{ name: `Hall${bad}` }],
        },
        ADMIN,
      )
      const { body: event } =
        made.status === 201
          ? made
          : await post(
              '/groups/sig/events',
              {
                title: 'Plain',
                kind: 'meetup',
                start: '2036-03-02T14:00:00',
                timeZone: 'UTC',
                description: bad,
                rsvp: {},
              },
              ADMIN,
            )
      const id = event.id
      for (const field of ['name', 'note', 'email']) {
        const answer = { name: 'Eve', note: '', email: `eve${n}${field}@example.org` }
        const { status } = await post(`/events/${id}/rsvps`, { ...answer, [field]: `${answer[field as 'name']}${bad}` })
        seats += Number(status === 201)
      }
      for (const subject of [`Subject${bad}`, 'Subject']) {
        const { body } = await post(`/events/${id}/messages`, { subject, text: `Text${bad}` }, ADMIN)
        told += (body as { recipients?: number }).recipients ?? 0
      }
    }
    expect(seats).toBeGreaterThanOrEqual(nasty.length)
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(seats + told)
    for (const { to, source } of received) {
      expect([to.length, /^eve\d(name|note|email)@example\.org$/.test(to[0]!)]).toEqual([1, true])
      const mail = await PostalMime.parse(source)
      expect(mail.to!.map(({ address }) => address)).toEqual(to)
      expect([mail.cc, mail.bcc]).toEqual([undefined, undefined])
      expect(mail.headers.filter(({ key }) => !KNOWN.includes(key)).map(({ key }) => key)).toEqual([])
      expect(mail.attachments.length).toBeLessThanOrEqual(2)
      for (const { content } of mail.attachments) {
        const calendar = new ICAL.Component(ICAL.parse(new TextDecoder().decode(content as ArrayBuffer)))
        const attendees = calendar.getAllSubcomponents('vevent').flatMap((one) => one.getAllProperties('attendee'))
        expect(attendees.map((one) => one.getFirstValue())).toEqual([`mailto:${to[0]}`])
      }
    }
  })

  it('asks for an address that names a way to send', () => {
    expect(() => mailerOf('ftp://example.org', 'a@example.org')).toThrow('MAIL_URL must start with')
    expect(() => mailerOf('resend://key', undefined)).toThrow('MAIL_FROM')
    expect(mailerOf(undefined, undefined)).toBeUndefined()
  })
})
