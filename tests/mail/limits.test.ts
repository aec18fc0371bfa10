/** How many mails an address gets that anybody could have typed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverMails } from '../../src/mail/deliver.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY = 86_400

describe('mails to an address that nobody has proven', () => {
  let world: World
  let sent: Mail[]
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    sent = []
    world.deps.mailer = { send: async (mail) => void sent.push(mail) }
  })
  afterEach(() => world.close())

  const victim = { name: 'Buy pills', email: 'victim@example.org', note: 'at evil.example' }
  const answer = async (id: string, more: object = {}) =>
    (await world.api('POST', `/events/${id}/rsvps`, { ...victim, ...more }, { token: null })).body
  const count = () => sent.length
  const toggle = async ({ id, manageToken }: { id: string; manageToken: string }, times: number) => {
    for (let n = 0; n < times; n++) {
      const response = n % 2 === 0 ? 'tentative' : 'accepted'
      await world.api('PATCH', `/rsvps/${id}`, { response }, { token: manageToken })
      await deliverMails(world.deps)
      world.clock.now += 20 * 60
      await answer((await world.api('GET', `/rsvps/${id}`, undefined, { token: manageToken })).body.event)
      await deliverMails(world.deps)
    }
  }

  it('are three a day for one event and five at all, whatever a stranger does', async () => {
    const event = await world.event('hyperscale', {})
    const made = await answer(event.id)
    await toggle(made, 20)
    expect(count()).toBe(3)
    world.clock.now += DAY
    await toggle(made, 20)
    expect(count()).toBe(5)
    world.clock.now += DAY
    await toggle(made, 5)
    expect(count()).toBe(5)
    // Organizers are heard.
    await world.api('POST', `/events/${event.id}/messages`, { subject: 'Hello', text: 'Bring snacks.' })
    await deliverMails(world.deps)
    expect(count()).toBe(6)
    expect(JSON.stringify(sent)).not.toMatch(/pills|evil/)
    const { body } = await world.api('GET', `/events/${event.id}/mails`)
    expect(body.items.filter(({ state }: { state: string }) => state === 'dropped').length).toBeGreaterThan(20)
  })

  it('are five a day for all events', async () => {
    const events = await Promise.all(Array.from({ length: 12 }, () => world.event('hyperscale', {})))
    for (const event of events) await answer(event.id)
    await deliverMails(world.deps)
    expect(count()).toBe(5)
    world.clock.now += DAY
    for (const { id } of await Promise.all(Array.from({ length: 12 }, () => world.event('hyperscale', {}))))
      await answer(id)
    await Promise.all([1, 2, 3].map(() => deliverMails(world.deps)))
    expect(count()).toBe(10)
  })

  it('are not limited for who has used the link of one, and everybody hears that it is off', async () => {
    const event = await world.event('hyperscale', {})
    const made = await answer(event.id)
    await toggle(made, 3)
    expect(count()).toBe(3)
    await world.api('POST', `/events/${event.id}/cancel`, { reason: 'No heating' })
    await deliverMails(world.deps)
    expect(sent.at(-1)!.subject).toContain('Cancelled')

    const other = await world.event('hyperscale', {})
    const bob = await answer(other.id, { email: 'bob@example.org' })
    await deliverMails(world.deps)
    const token = /\/rsvp\/(rsvp_\S+)/.exec(sent.at(-1)!.text)![1]!
    // To look is not enough: programs open links too.
    await world.get(`/rsvp/${token}`)
    expect(
      await world.db.all({ sql: 'SELECT 1 FROM guest_addresses WHERE proven_at IS NOT NULL', params: [] }),
    ).toEqual([])
    await world.api('PATCH', `/rsvps/${bob.id}`, { note: 'Late' }, { token })
    const before = count()
    await toggle(bob, 6)
    expect(count()).toBeGreaterThanOrEqual(before + 6)
  })

  it('are counted where the mails are made, by any number of processes at once', async () => {
    const events = await Promise.all(Array.from({ length: 8 }, () => world.event('hyperscale', {})))
    for (const event of events) {
      const made = await answer(event.id)
      for (let n = 0; n < 4; n++)
        await world.api('PATCH', `/rsvps/${made.id}`, { note: `${n}` }, { token: made.manageToken })
    }
    await Promise.all(Array.from({ length: 5 }, () => deliverMails(world.deps)))
    expect(count()).toBe(5)
  })
})
