/** Reminders: each guest of each date once, in time or not at all. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engine } from '#engine'
import type { Mail } from '../../src/mail/mailer.ts'
import { runScheduled } from '../../src/scheduled.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const at = (text: string) => Date.parse(text) / 1000

describe('reminders', () => {
  let world: World
  let sent: Mail[]
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    sent = []
    world.deps.mailer = {
      async send(mail) {
        sent.push(mail)
      },
    }
  })
  afterEach(() => world.close())

  const answer = async (event: { id: string }, name: string, more: object = {}) => {
    const guest = { name, email: `${name}@example.org`, ...more }
    return (await world.api('POST', `/events/${event.id}/rsvps`, guest, { token: null })).body
  }
  /** Runs the task at a time, some runs at once; tells whom it reminded of what. */
  const runAt = async (time: string, times = 1) => {
    world.clock.now = at(time)
    sent.length = 0
    await Promise.all(Array.from({ length: times }, () => runScheduled(world.deps)))
    return sent.filter(({ subject }) => subject.startsWith('Reminder')).map(({ to }) => to.split('@')[0])
  }

  it('come a day before, once, however often the task runs at one time', async () => {
    const event = await world.event('hyperscale')
    for (const name of ['ada', 'grace', 'linus', 'late']) await answer(event, name)
    await answer(event, 'maybe', { response: 'tentative' })
    await answer(event, 'no', { response: 'declined' })
    expect(await runAt('2023-01-20T12:00:00Z')).toEqual([])
    expect(await runAt('2023-02-01T12:59:00Z')).toEqual([])
    // Three have a seat, and one is in line.
    expect((await runAt('2023-02-01T13:00:00Z', 5)).sort()).toEqual(['ada', 'grace', 'linus', 'maybe'])
    expect(sent[0]!.text).toContain('Thursday 2 February 2023, 14:00–18:00')
    for (const minute of ['01', '02', '30']) expect(await runAt(`2023-02-01T13:${minute}:00Z`, 2)).toEqual([])
    expect(await runAt('2023-02-02T12:30:00Z')).toEqual([])
  })

  it('come when the organizer chose, of two that are due the later one only, and never after the beginning', async () => {
    const rsvp = { capacity: { inPerson: 30 }, reminders: ['P7D', 'P1D', 'PT1H'] }
    const event = await world.event('hyperscale', { rsvp })
    await answer(event, 'ada')
    expect(await runAt('2023-01-26T13:00:00Z')).toEqual(['ada'])
    // The task was not run for days.
    expect(await runAt('2023-02-02T12:30:00Z', 3)).toEqual(['ada'])
    expect(await runAt('2023-02-02T12:40:00Z')).toEqual([])
    const other = await world.event('hyperscale', { start: '2023-03-01T10:00:00', rsvp })
    await answer(other, 'ada')
    expect(await runAt('2023-03-01T09:00:01Z')).toEqual([])
    const none = await world.event('hyperscale', { start: '2023-04-01T10:00:00', rsvp: { ...rsvp, reminders: [] } })
    await answer(none, 'ada')
    expect(await runAt('2023-04-01T07:30:00Z')).toEqual([])
  })

  it('are of each date of a series, for who comes to that date', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    await answer(series, 'all')
    await answer(series, 'skips')
    await answer(series, 'skips', { response: 'declined', occurrence: '20230118T220000Z' })
    await answer(series, 'one', { occurrence: '20230215T220000Z' })
    await answer(series, 'maybe', { response: 'tentative' })
    expect((await runAt('2023-01-17T22:00:00Z', 3)).sort()).toEqual(['all', 'maybe'])
    await world.api('POST', `/events/${series.id}/occurrences/20230315T210000Z/cancel`, {})
    expect((await runAt('2023-02-14T22:10:00Z')).sort()).toEqual(['all', 'maybe', 'one', 'skips'])
    expect(await runAt('2023-03-14T21:10:00Z')).toEqual([])
    expect((await runAt('2023-04-18T21:10:00Z')).sort()).toEqual(['all', 'maybe', 'skips'])
  })

  it('follow a date that moves, and leave out who is not coming any more and what is off', async () => {
    const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 30 } } })
    const ada = await answer(event, 'ada')
    await answer(event, 'grace')
    expect((await runAt('2023-02-01T13:00:00Z')).sort()).toEqual(['ada', 'grace'])
    await world.api('PATCH', `/events/${event.id}`, { start: '2023-02-20T14:00:00' })
    expect(await runAt('2023-02-02T10:00:00Z')).toEqual([])
    await world.api('DELETE', `/rsvps/${ada.id}`)
    expect(await runAt('2023-02-19T13:00:00Z')).toEqual(['grace'])
    const off = await world.event('hyperscale', { start: '2023-03-20T14:00:00', rsvp: {} })
    await answer(off, 'ada')
    await world.api('POST', `/events/${off.id}/cancel`, {})
    expect(await runAt('2023-03-19T13:00:00Z')).toEqual([])
  })

  it('come at the hour of the event a day before a change of the clocks, and an hour before by time', async () => {
    // In Brussels the clocks go forward on 26 March 2023 at 2:00.
    const rsvp = { reminders: ['P1D', 'PT1H'] }
    const event = await world.event('hyperscale', { start: '2023-03-26T10:00:00', rsvp })
    await answer(event, 'ada')
    expect(await runAt('2023-03-25T08:59:00Z')).toEqual([])
    expect(await runAt('2023-03-25T09:00:00Z')).toEqual(['ada'])
    expect(await runAt('2023-03-26T06:59:00Z')).toEqual([])
    expect(await runAt('2023-03-26T07:00:00Z')).toEqual(['ada'])
  })

  it('are refused where they make no sense', async () => {
    for (const reminders of [['x'], ['PT1M'], ['P31D'], ['P1D', 'P1D', 'P1D', 'P1D', 'P1D', 'P1D'], 'P1D']) {
      const event = { title: 'T', kind: 'meetup', start: '2023-02-02T14:00:00', timeZone: 'UTC', rsvp: { reminders } }
      const refused = await world.api('POST', '/groups/hyperscale/events', event)
      expect([refused.status, refused.body.errors[0].path]).toEqual([422, expect.stringMatching(/^rsvp\.reminders/)])
    }
  })

  it.runIf(engine === 'd1')('cost nothing for events of which nothing is due', async () => {
    for (let n = 0; n < 30; n++) await world.event('hyperscale', { start: '2024-02-02T14:00:00', rsvp: {} })
    await runAt('2023-01-03T12:00:00Z')
    world.costs()
    const { remindGuests } = await import('../../src/mail/remind.ts')
    await remindGuests(world.deps)
    expect(world.costs()!.read).toBeLessThanOrEqual(1)
  })
})
