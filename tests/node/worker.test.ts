/** `npx wrangler dev` serves the same from workerd with a local D1 database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smoke } from '../support/smoke.ts'
import { ADMIN } from '../support/world.ts'
import { startWrangler } from '../support/wrangler.ts'

describe('wrangler dev', () => {
  let url: string
  let stop = async () => {}
  beforeAll(async () => {
    ;({ url, stop } = await startWrangler())
  })
  afterAll(() => stop())

  it('does what every Convene does', () => smoke(url, ADMIN))

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
