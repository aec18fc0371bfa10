/** The genuine messages of `../shared/data/itip`: each does what its sender meant, to an event of ours. */
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { icalendar } from '../../src/imports/icalendar.ts'
import { deliverMails } from '../../src/mail/deliver.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { readMessage } from '../../src/replies/message.ts'
import { receive } from '../../src/replies/receive.ts'
import { bytesOf, mailOf } from '../support/replies.ts'
import { openWorld, type World } from '../support/world.ts'

const FOLDER = new URL('../../../shared/data/itip/', import.meta.url)
const text = (path: string) => readFileSync(new URL(path, FOLDER), 'utf8').replace(/\r?\n/g, '\r\n')

type Said = { status: string; attendee: string; uid: string; date: string | null; component: string }

const unfold = (calendar: string) => calendar.replace(/\r?\n[ \t]/g, '')
const one = (calendar: string, pattern: RegExp) => pattern.exec(unfold(calendar))?.[1]

describe.skipIf(!existsSync(FOLDER))('the genuine messages', () => {
  let world: World
  let sent: Mail[]
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    sent = []
    world.deps.mailer = { send: async (mail) => void sent.push(mail) }
    world.deps.calendarMail = { mailbox: 'rsvp@events.example.org', secret: 'x'.repeat(40), authserv: null }
  })
  afterEach(() => world.close())

  /** An event of ours with a guest who may come, as a calendar names both: at this time, with this rule. */
  async function asked(start: Date, email: string, more: object = {}) {
    world.clock.now = start.getTime() / 1000 - 90 * 86_400
    const event = await world.event('hyperscale', {
      start: start.toISOString().slice(0, 19),
      timeZone: 'UTC',
      rsvp: {},
      ...more,
    })
    const made = await world.api(
      'POST',
      `/events/${event.id}/rsvps`,
      { name: 'Guest', email, response: 'tentative' },
      { token: null },
    )
    await deliverMails(world.deps)
    const to = sent.pop()!.replyTo!
    const stands = async (id = made.body.id) =>
      (await world.api('GET', `/rsvps/${id}`, undefined, { token: made.body.manageToken })).body.response
    const dates = async () =>
      (await world.api('GET', `/events/${event.id}/rsvps`)).body.items
        .filter((rsvp: { occurrence: string | null }) => rsvp.occurrence !== null)
        .map((rsvp: { occurrence: string; response: string }) => [rsvp.occurrence, rsvp.response])
        .sort()
    return { event, to, stands, dates }
  }
  const take = (raw: string) => receive(world.deps, { raw: bytesOf(raw) })
  const mails = async () => {
    sent.length = 0
    await deliverMails(world.deps)
    return sent.map(({ to, subject }) => [to, subject.split(':')[0]])
  }

  it.each([
    ['synthetic-apple-reply-accepted-uppercase-uid.eml', 'dave@icloud.example', 'accepted'],
    ['synthetic-exchange-reply-accepted-no-organizer.eml', 'bob@contoso.example', 'accepted'],
    ['synthetic-google-reply-tentative.eml', 'carol@gmail.example', 'tentative'],
  ])('%s is taken from its own mail', async (name, email, response) => {
    const { event, to, stands } = await asked(new Date('2026-02-09T09:30:00Z'), email)
    if (response === 'tentative')
      await world.api('PATCH', `/rsvps/${(await world.api('GET', `/events/${event.id}/rsvps`)).body.items[0].id}`, {
        response: 'accepted',
      })
    await mails()
    const upper = name.includes('uppercase')
    const raw = text(`mail/${name}`)
      .replace('To: rsvp@events.example.org', `To: ${to}`)
      .replace(/UID:.*/, `UID:${upper ? event.uid.toUpperCase() : event.uid}`)
    expect(await take(raw)).toBe('changed')
    expect(await stands()).toBe(response)
    expect(await mails()).toEqual([[email, 'Your answer has changed']])
    expect(await take(raw)).toBe('late')
  })

  /** A calendar as our guest's program would send it: the same, with our event's UID. */
  const replies = (): [string, string][] => {
    const rfc = text('rfc2446-examples.ics').split(/(?=BEGIN:VCALENDAR)/)
    const sabre = JSON.parse(text('sabre-vobject-itip.json')) as {
      test: string
      objects: { name: string; ics: string }[]
    }[]
    return [
      ...rfc.map((ics, at): [string, string] => [`RFC 2446, ${at}`, ics.trim()]),
      ...sabre.flatMap(({ test, objects }) =>
        objects.map(({ ics }, at): [string, string] => [`${test}, ${at}`, ics.replace(/\r?\n/g, '\r\n')]),
      ),
    ]
  }
  const DONE: Record<string, string> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' }

  it('of RFC 2446 and of sabre/vobject: each REPLY does what it says, and no other method does anything', async () => {
    const counts: Record<string, number> = {}
    for (const [name, ics] of replies()) {
      const method = one(ics, /^METHOD:(.*)$/m)?.trim()
      if (!method || !ics.includes('END:VCALENDAR')) continue
      const said: Said[] = unfold(ics)
        .split(/(?=BEGIN:V(?:EVENT|TODO|FREEBUSY))/)
        .slice(1)
        .map((component) => ({
          status: one(component, /^ATTENDEE[^:\r\n]*PARTSTAT=([A-Z-]+)/m) ?? '',
          attendee: (one(component, /^ATTENDEE.*:mailto:(.*)$/im) ?? 'nobody@example.org').trim().toLowerCase(),
          uid: one(component, /^UID:(.*)$/m) ?? '',
          date: one(component, /^RECURRENCE-ID([;:].*)$/m)?.trim() ?? null,
          component: component.slice(6, component.indexOf('\r')),
        }))
      // Journals have neither.
      if (said.length === 0) continue
      await world.close()
      world = await openWorld()
      await world.group()
      world.deps.mailer = { send: async (mail) => void sent.push(mail) }
      world.deps.calendarMail = { mailbox: 'rsvp@events.example.org', secret: 'x'.repeat(40), authserv: null }
      const email = said[0]!.attendee
      const isDaily = said.some(({ date }) => date !== null)
      const first = isDaily ? (said.find(({ date }) => date)!.date as string) : ''
      const time = one(first, /T(\d{6})/) ?? '120000'
      const zone = one(first, /TZID=([^:]+)/) ?? 'UTC'
      const day = one(first, /:(\d{8})/) ?? '20140801'
      const start = new Date(
        `${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
      )
      const { event, to, stands, dates } = await asked(
        isDaily ? new Date(start.getTime() - 20 * 86_400_000) : start,
        email,
        { timeZone: zone, ...(isDaily ? { recurrenceRule: 'FREQ=DAILY;COUNT=60' } : {}) },
      )
      const at = new Date((world.clock.now + 3600) * 1000).toISOString().replace(/[-:]|\.\d+/g, '')
      const own = ics.replace(/^UID:.*(?:\r\n[ \t].*)*/gm, `UID:${event.uid}`).replace(/^DTSTAMP:.*/gm, `DTSTAMP:${at}`)
      const before = await dates()
      const received = await take(mailOf({ to, from: email }, own, { method }))
      counts[method] = (counts[method] ?? 0) + 1
      const isAnswer =
        method === 'REPLY' &&
        said.every(({ component, status }) => component === 'VEVENT' && (DONE[status] || status === 'DELEGATED'))
      const isCounter = method === 'COUNTER'
      if (!isAnswer && !isCounter) {
        expect([name, received, await stands(), await dates(), await mails()]).toEqual([
          name,
          'no-answer',
          'tentative',
          before,
          [],
        ])
      } else if (isCounter || said[0]!.status === 'DELEGATED') {
        expect([name, received, await stands(), await mails()]).toEqual([
          name,
          'answered',
          'tentative',
          [[email, 'About your answer']],
        ])
      } else if (isDaily) {
        expect([name, received]).toEqual([name, 'changed'])
        expect((await dates()).map(([, response]: string[]) => response).sort()).toEqual(
          said
            .filter(({ date }) => date)
            .map(({ status }) => DONE[status])
            .sort(),
        )
      } else {
        expect([name, received, await stands()]).toEqual([name, 'changed', DONE[said[0]!.status]])
      }
    }
    expect(counts).toMatchObject({ REPLY: 25, COUNTER: 2 })
  }, 120_000)

  it('of Google, Thunderbird and Outlook, which invite and cancel: they are read, and are no answers', async () => {
    const { to } = await asked(new Date('2026-02-09T09:30:00Z'), 'guest@example.org')
    for (const [name, method] of [
      ['google-request-2024.eml', 'REQUEST'],
      ['thunderbird-cancel-single-event.eml', 'CANCEL'],
    ]) {
      const raw = text(`mail/${name}`)
      const message = await readMessage(bytesOf(raw))
      expect([name, message!.calendars[0]!.method]).toEqual([name, method])
      const { sources, faults } = icalendar.read(message!.calendars[0]!.text, 'UTC')
      expect([name, sources.length, faults]).toEqual([name, 1, []])
      expect((sources[0]!.source as { status: string }).status).toBe(method === 'CANCEL' ? 'cancelled' : 'confirmed')
      expect(await receive(world.deps, { raw: bytesOf(raw), recipients: [to] })).toBe('no-answer')
    }
    const outlook = text('mail/thunderbird-outlook-test-invite.calendar-part.ics')
    expect(icalendar.read(outlook, 'UTC').sources).toHaveLength(1)
    expect(await take(mailOf({ to, from: 'guest@example.org' }, outlook, { method: 'REQUEST' }))).toBe('no-answer')
    for (const mail of text('mail/libical-mail-examples.mbox')
      .split(/^From .*\r\n/m)
      .slice(1))
      expect(await receive(world.deps, { raw: bytesOf(mail), recipients: [to] })).toBe('no-answer')
    expect(await mails()).toEqual([])
  })
})
