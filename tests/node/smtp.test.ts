/** Mail over a real SMTP server. */
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, listen } from '../../src/server.ts'
import { mailerOf } from '../../src/transports/index.ts'

const ADMIN = 'an-operator-token-of-forty-characters-xx'

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
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(1)
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

  it('asks for an address that names a way to send', () => {
    expect(() => mailerOf('ftp://example.org', 'a@example.org')).toThrow('MAIL_URL must start with')
    expect(() => mailerOf('resend://key', undefined)).toThrow('MAIL_FROM')
    expect(mailerOf(undefined, undefined)).toBeUndefined()
  })
})
