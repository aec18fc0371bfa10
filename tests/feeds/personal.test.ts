import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverMails } from '../../src/mail/deliver.ts'
import { guestsOf } from '../support/rsvps.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('the calendar of one person', () => {
  let world: World
  let guests: ReturnType<typeof guestsOf>
  let mails: { to: string; text: string }[]
  beforeEach(async () => {
    world = await openWorld()
    guests = guestsOf(world)
    mails = []
    world.deps.mailer = { send: async (mail) => void mails.push(mail) }
    await world.group()
  })
  afterEach(() => world.close())

  /** Whoever opens the mail proves the address. */
  const mailToken = async (to = 'guest1@example.org') => {
    await deliverMails(world.deps)
    const mail = mails.findLast((one) => one.to === to)!
    return /\/rsvp\/(rsvp_\S+)/.exec(mail.text)![1]!
  }
  const open = async () => (await world.api('POST', '/me', undefined, { token: await mailToken() })).body
  const feed = (token: string, headers: Record<string, string> = {}) => world.get(`/me/${token}/calendar.ics`, headers)
  const vevents = async (token: string) =>
    new ICAL.Component(ICAL.parse((await feed(token)).text))
      .getAllSubcomponents('vevent')
      .map((vevent) => `${vevent.getFirstPropertyValue('dtstart')} ${vevent.getFirstPropertyValue('summary')}`)

  it('holds what was answered and starred, and nothing that others see', async () => {
    const meetup = await world.event('hyperscale')
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    await world.event('hyperscale', { title: 'Not mine' })
    await guests.answer(meetup, 1)
    await guests.answer(series, 1, { occurrence: '20230215T220000Z' })
    const { token, calendarUrl } = await open()
    expect(calendarUrl).toBe(`https://convene.test/me/${token}/calendar.ics`)
    expect(await vevents(token)).toEqual(
      ['2023-02-15T22:00:00Z Monthly hangout', '2023-02-02T13:00:00Z Meetup in Brussels'].sort().reverse(),
    )
    const { headers, text } = await feed(token)
    expect(headers.get('Cache-Control')).toBe('private, no-cache')
    expect(headers.get('X-Robots-Tag')).toContain('noindex')
    expect(text).not.toMatch(/guest1|ATTENDEE/i)

    const talk = await world.api('POST', '/talks', {
      title: 'Faster images',
      start: '2023-02-04T10:00:00',
      timeZone: 'Europe/Brussels',
      duration: 'PT25M',
      speakers: [{ name: 'Ada' }],
    })
    expect((await world.api('PUT', `/me/stars/${talk.body.slug}`, undefined, { token })).status).toBe(204)
    expect((await world.api('PUT', '/me/stars/nothing', undefined, { token })).status).toBe(404)
    expect(await vevents(token)).toHaveLength(3)
    await world.api('DELETE', `/me/stars/${talk.body.slug}`, undefined, { token })
    expect(await vevents(token)).toHaveLength(2)
    for (const format of ['jcal', 'jscal', 'atom', 'rss', 'feed.json'])
      expect([format, (await world.get(`/me/${token}/calendar.${format}`)).status]).toEqual([format, 200])
  })

  it('of a whole series leaves out the dates that are skipped', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: {} })
    await guests.answer(series, 1)
    await guests.answer(series, 1, { occurrence: '20230118T220000Z', response: 'declined' })
    const { token } = await open()
    expect((await feed(token)).text).toContain('EXDATE;TZID=America/Los_Angeles:20230118T140000')
  })

  it('changes with the answers and with the events, and costs nothing while nothing does', async () => {
    const meetup = await world.event('hyperscale')
    const made = await guests.answer(meetup, 1)
    const { token } = await open()
    const tagOf = async () => (await feed(token)).headers.get('ETag')!
    const poll = async (tag: string) => (await feed(token, { 'If-None-Match': tag })).status
    let tag = await tagOf()
    expect(await poll(tag)).toBe(304)
    world.costs()
    await poll(tag)
    expect(world.costs()?.read ?? 1).toBe(1)
    for (const change of [
      () => world.api('PATCH', `/events/${meetup.id}`, { title: 'Another' }),
      () => guests.change(made, { response: 'tentative' }),
      async () => guests.answer(await world.event('hyperscale'), 1),
      () => guests.cancel(made),
    ]) {
      await change()
      expect(await poll(tag)).toBe(200)
      tag = await tagOf()
    }
    await guests.answer(await world.event('hyperscale'), 2)
    expect(await poll(tag)).toBe(304)
    expect(await vevents(token)).toHaveLength(1)
  })

  it('is only for who has proven the address, and ends when it is renewed', async () => {
    const meetup = await world.event('hyperscale')
    const made = await guests.answer(meetup, 1)
    expect((await world.api('POST', '/me', undefined, { token: made.body.manageToken })).status).toBe(403)
    expect((await world.api('POST', '/me', undefined, { token: null })).status).toBe(401)
    const first = await open()
    const renewed = await world.api('POST', '/me/renew', undefined, { token: first.token })
    expect(renewed.status).toBe(201)
    expect((await feed(first.token)).status).toBe(404)
    expect((await world.api('GET', '/me/stars', undefined, { token: first.token })).status).toBe(401)
    expect((await feed(renewed.body.token)).status).toBe(200)
    for (const secret of ['x', `${renewed.body.token}x`, `me_${'0'.repeat(26)}_${'a'.repeat(43)}`])
      expect((await feed(secret)).status).toBe(404)
    const stored = JSON.stringify(await world.db.all({ sql: 'SELECT * FROM personal_feeds', params: [] }))
    expect(stored).not.toContain(renewed.body.token)
  })

  it('is found, starred and renewed on pages without JavaScript', async () => {
    const meetup = await world.event('hyperscale')
    const made = await guests.answer(meetup, 1)
    expect((await world.get(`/rsvp/${made.body.manageToken}`)).text).not.toContain('Get its address')
    const token = await mailToken()
    expect((await world.get(`/rsvp/${token}`)).text).toContain('Get its address')
    const created = await world.submit(`/rsvp/${token}/calendar`, {})
    const page = created.headers.get('Location')!
    expect([created.status, (await world.get(page)).text.includes('Meetup in Brussels')]).toEqual([303, true])
    const talk = await world.api('POST', '/talks', { title: 'Faster images', speakers: [{ name: 'Ada' }] })
    expect((await world.get(`${page}?q=images`)).text).toContain(talk.body.slug)
    await world.submit(page, { star: talk.body.slug })
    expect((await world.get(page)).text).toContain('Take out')
    const renewed = await world.submit(page, { renew: 'yes' })
    expect((await world.get(page)).status).toBe(404)
    expect((await world.get(renewed.headers.get('Location')!)).status).toBe(200)
  })
})
