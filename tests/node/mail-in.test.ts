/** `convene mail-in`, as a mail server pipes messages into it: from the bundle, to a running server. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mail } from '../../src/mail/mailer.ts'
import { connect, listen } from '../../src/server.ts'
import { replyMail } from '../support/replies.ts'
import { pathOf } from '../support/sources.ts'

const ADMIN = 'an-operator-token-of-forty-characters-xx'
const SECRET = 'a-secret-of-more-than-32-characters'

describe('convene mail-in', () => {
  const sent: Mail[] = []
  let folder: string
  let url: string
  let server: Awaited<ReturnType<typeof listen>>
  let community: Awaited<ReturnType<typeof connect>>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convene-mail-in-'))
    community = await connect({
      databaseUrl: `file:${join(folder, 'test.db')}`,
      baseUrl: 'https://convene.test',
      adminToken: ADMIN,
      mailFrom: 'Group <group@convene.test>',
      mailInSecret: SECRET,
      mailAuthservId: 'mx.convene.test',
    })
    community.deps.mailer = { send: async (mail) => void sent.push(mail) }
    server = await listen(community.deps, 0)
    url = `http://127.0.0.1:${server.port}`
  })
  afterAll(async () => {
    await server.close()
    community.close()
    await rm(folder, { recursive: true, force: true })
  })

  const pipe = (message: string, args: string[] = [], env: Record<string, string> = {}) =>
    new Promise<{ status: number | null; printed: string }>((resolve) => {
      const child = spawn(process.execPath, [pathOf('dist/convene.js'), 'mail-in', ...args], {
        env: { PATH: process.env.PATH, CONVENE_URL: url, MAIL_IN_SECRET: SECRET, ...env },
      })
      let printed = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data) => {
          printed += data
        })
      child.once('close', (status) => resolve({ status, printed }))
      child.stdin.end(message)
    })
  const api = async (method: string, path: string, body?: unknown, token: string | null = ADMIN) =>
    (
      await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    ).json() as Promise<{ id: string; uid: string; manageToken: string; response: string }>

  it('hands the message over, and asks mail servers to come again where it can’t', async () => {
    await api('POST', '/groups', { slug: 'sig', name: 'SIG' })
    const meetup = { title: 'Meetup', kind: 'meetup', start: '2099-01-01T10:00:00', timeZone: 'UTC', rsvp: {} }
    const event = await api('POST', '/groups/sig/events', meetup)
    const email = 'ada@example.org'
    const made = await api('POST', `/events/${event.id}/rsvps`, { name: 'Ada', email, response: 'tentative' }, null)
    await expect.poll(() => sent.length, { timeout: 10_000 }).toBe(1)
    // Without an address of its own, answers come to the one that mails come from.
    const to = sent[0]!.replyTo!
    expect(to).toMatch(/^group\+[0-9a-z]{26}@convene\.test$/)
    const stands = async () => (await api('GET', `/rsvps/${made.id}`, undefined, made.manageToken)).response
    const reply = { to: 'undisclosed@example.org', uid: event.uid, from: email, attendee: email, sequence: 0 }
    const headers = ['Authentication-Results: mx.convene.test; dmarc=pass header.from=example.org']
    const message = (status: string) => replyMail({ ...reply, status, at: Math.floor(Date.now() / 1000) }, { headers })

    expect((await pipe(message('ACCEPTED'), [], { MAIL_IN_SECRET: '' })).status).toBe(75)
    expect((await pipe(message('ACCEPTED'), [], { MAIL_IN_SECRET: 'wrong' })).printed).toContain('answers 401')
    expect((await pipe(message('ACCEPTED'), [], { CONVENE_URL: 'http://127.0.0.1:1' })).status).toBe(75)
    expect((await pipe(message('ACCEPTED'))).status).toBe(0)
    expect(await stands()).toBe('tentative')
    expect(await pipe(message('ACCEPTED'), [to])).toEqual({ status: 0, printed: '' })
    expect(await stands()).toBe('accepted')
    await expect.poll(() => sent.length, { timeout: 10_000 }).toBe(2)
    expect(sent[1]!.text).toContain('You have a seat')
    expect((await pipe(message('DECLINED'), [], { ORIGINAL_RECIPIENT: to })).status).toBe(0)
    expect(await stands()).toBe('declined')
    expect((await pipe('x'.repeat(5_000_000), [to])).status).toBe(0)
  })
})
