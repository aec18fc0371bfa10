/** `npx wrangler dev` serves the same from workerd with a local D1 database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replyMail } from '../support/replies.ts'
import { smoke } from '../support/smoke.ts'
import { ADMIN } from '../support/world.ts'
import { startWrangler } from '../support/wrangler.ts'

describe('wrangler dev', () => {
  let url: string
  let stop = async () => {}
  let printed = () => ''
  beforeAll(async () => {
    ;({ url, stop, printed } = await startWrangler({
      MAIL_URL: 'console:',
      MAIL_REPLY_TO: 'reply@convene.test',
      MAIL_IN_SECRET: 'a-secret-of-more-than-32-characters',
    }))
  })
  afterAll(() => stop())

  it('does what every Convene does', () => smoke(url, ADMIN))

  it('takes the answer of a guest’s calendar program from Email Routing, and no forged one', async () => {
    const json = async (method: string, path: string, body: unknown, token: string | null) => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      return (await answer.json()) as { id: string; uid: string; manageToken: string; response: string }
    }
    const meetup = { title: 'Mail', kind: 'meetup', start: '2099-01-01T10:00:00', timeZone: 'UTC', rsvp: {} }
    const event = await json('POST', '/groups/hyperscale/events', meetup, ADMIN)
    const email = 'ada@example.org'
    const answer = { name: 'Ada', email, response: 'tentative' }
    const made = await json('POST', `/events/${event.id}/rsvps`, answer, null)
    const invitation = /--- mail to ada@example\.org: .*\nAnswers to: (\S+)/
    await expect.poll(() => invitation.test(printed()), { timeout: 30_000 }).toBe(true)
    const to = invitation.exec(printed())![1]!
    const at = Math.floor(Date.now() / 1000)
    const reply = { to, uid: event.uid, from: email, attendee: email, status: 'ACCEPTED', sequence: 0, at }
    const send = (dmarc: string) =>
      fetch(`${url}/cdn-cgi/handler/email?${new URLSearchParams({ from: email, to })}`, {
        method: 'POST',
        body: replyMail(reply, {
          headers: [`Authentication-Results: mx.cloudflare.net; dmarc=${dmarc} header.from=example.org`],
        }),
      })
    const stands = async () => (await json('GET', `/rsvps/${made.id}`, null, made.manageToken)).response
    expect((await send('fail')).status).toBe(200)
    expect(await stands()).toBe('tentative')
    expect((await send('pass')).status).toBe(200)
    expect(await stands()).toBe('accepted')
    await expect.poll(printed, { timeout: 30_000 }).toContain('--- mail to ada@example.org: Your answer has changed')
  })

  it('takes 300 answers at once for 30 seats and gives exactly those', async () => {
    const api = (path: string, body: unknown, token?: string) =>
      fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
      }).then((answer) => answer.json() as Promise<{ id: string; place: string }>)
    const event = await api(
      '/groups/hyperscale/events',
      {
        title: 'Race',
        kind: 'meetup',
        start: '2099-01-01T10:00:00',
        timeZone: 'UTC',
        rsvp: { capacity: { inPerson: 30 } },
      },
      ADMIN,
    )
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        api(`/events/${event.id}/rsvps`, { name: `G${n}`, email: `g${n}@example.org` }),
      ),
    )
    expect(answers.filter(({ place }) => place === 'seat')).toHaveLength(30)
    expect(answers.filter(({ place }) => place === 'waitlist')).toHaveLength(270)
  })
})
