/** What mails say beside their facts: in the guest's language and by their clock, as text and HTML, wanted or not. */
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LANGUAGES, preferredLanguage, type Words } from '../../src/languages/index.ts'
import { deliverMails } from '../../src/mail/deliver.ts'
import { readFacts } from '../../src/mail/facts.ts'
import { mailOf, told } from '../../src/mail/kinds/index.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { letterOf } from '../../src/mail/send.ts'
import { runScheduled } from '../../src/scheduled.ts'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

const at = (text: string) => Date.parse(text) / 1000

/** Every sentence of a catalogue, by its place. */
const keysOf = (words: object, path = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value as object, `${path}${key}.`) : [`${path}${key} ${typeof value}`],
  )

describe('catalogues', () => {
  it('have every sentence, and none that is empty', () => {
    const all = keysOf(LANGUAGES.en)
    for (const words of Object.values<Words>(LANGUAGES)) {
      expect(keysOf(words)).toEqual(all)
      expect(JSON.stringify(words)).not.toContain('""')
    }
  })

  it('are chosen by what a browser likes best', () => {
    const liked = ['fr-CA,fr;q=0.9,en;q=0.8', 'xx, de;q=0.5, en;q=0.4', 'zh-Hans-CN', '*', '', 'en;q=0, ar', 'es;q=bad']
    expect(liked.map(preferredLanguage)).toEqual(['fr', 'de', 'zh', null, null, 'ar', 'es'])
  })
})

describe('letters', () => {
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

  const answer = async (event: { id: string }, name: string, more: object = {}, headers = {}) => {
    const guest = { name, email: `${name}@example.org`, ...more }
    return (await world.api('POST', `/events/${event.id}/rsvps`, guest, { token: null, headers })).body
  }
  const deliver = async () => {
    sent.length = 0
    await deliverMails(world.deps)
    return sent
  }
  const runAt = async (time: string) => {
    world.clock.now = at(time)
    sent.length = 0
    await runScheduled(world.deps)
    return sent.map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`)
  }

  it('are in the language and by the clock of the guest, who says so or whose browser does', async () => {
    const event = await world.event('hyperscale', { locations: [{ name: '<b>Hall</b>' }] })
    await answer(event, 'ada', { language: 'de-AT', timeZone: 'America/New_York' })
    await answer(event, 'samir', {}, { 'Accept-Language': 'ar-EG,en;q=0.5' })
    await answer(event, 'near', { timeZone: 'Europe/Paris' })
    const [first, second, third] = (await deliver()).sort((a, b) => a.to.localeCompare(b.to)) as [Mail, Mail, Mail]
    expect(first.subject).toBe('Ihre Antwort: Meetup in Brussels')
    expect(first.text).toContain('Wann: Donnerstag, 2. Februar 2023, 14:00–18:00 (Europe/Brussels)')
    expect(first.text).toContain('Nach Ihrer Uhr: Donnerstag, 2. Februar 2023, 08:00–12:00 (America/New York)')
    expect(first.html).toContain('<html lang="de" dir="ltr">')
    expect(first.html).toContain('&lt;b&gt;Hall&lt;/b&gt;')
    expect(first.html).not.toContain('<b>Hall')
    expect(second.text).not.toContain('By your clock')
    expect(third.html).toContain('<html lang="ar" dir="rtl">')
    expect(third.text).toContain('شكرًا لردك')
  })

  it('can all be written in every language', async () => {
    const event = await world.event('hyperscale')
    const { id } = await answer(event, 'ada', { guests: 0 })
    const facts = (await readFacts(world.deps, { seq: 1, rsvpId: id, kind: 'rsvp.answered' }, 'token', false))!
    for (const language of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])
      for (const kind of told) {
        const { subject, text, html } = letterOf(mailOf(kind)!, {
          ...facts,
          language,
          message: { subject: 'Hello', text: 'All of you' },
          material: [{ kind: 'minutes', url: 'https://example.org' }],
        })
        expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|\[object|=>/)
        expect(text.trim()).not.toBe('')
      }
  })

  it('tell what there is of a date that is over, once, when there is something', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, rsvp: { reminders: [] } })
    await answer(series, 'ada')
    await answer(series, 'no', { response: 'declined' })
    const silent = await world.event('hyperscale', { ...HANGOUT, rsvp: { reminders: [], afterwards: false } })
    await answer(silent, 'grace')
    await deliver()
    // It ended on the 18th at 23:00.
    expect(await runAt('2023-01-19T23:30:00Z')).toEqual([])
    for (const { id } of [series, silent])
      await world.api('PUT', `/events/${id}/occurrences/20230118T220000Z/minutes`, { text: 'We met.' })
    await runAt('2023-01-20T23:30:00Z')
    const { text, unsubscribe } = sent[0]!
    expect(sent.map(({ to }) => to)).toEqual(['ada@example.org'])
    expect(text).toContain(`Minutes:\nhttps://convene.test/e/${series.id}/20230118T220000Z#minutes`)
    expect(text).not.toMatch(/Recording|Slides/)
    for (const time of ['2023-01-21T23:30:00Z', '2023-01-22T23:30:00Z']) expect(await runAt(time)).toEqual([])
    // After two weeks nobody waits any more.
    await runAt('2023-03-10T00:00:00Z')
    await world.api('PUT', `/events/${series.id}/occurrences/20230215T220000Z/minutes`, { text: 'Late.' })
    expect(await runAt('2023-03-11T00:00:00Z')).toEqual([])

    // The link in it leads to where the guest says how it was.
    const manage = unsubscribe!.replace(/^https:\/\/convene\.test|\/mails$/g, '')
    expect((await world.get(manage)).text).toContain('How was it?')
    const saying = (what: string) => world.submit(`${manage}/feedback`, { text: what })
    expect((await saying('  ')).headers.get('Location')).toBe(`${manage}#feedback`)
    await saying('Good.')
    await saying('Very good.')
    const read = await world.api('GET', `/events/${series.id}/feedback`)
    expect(read.body.items).toMatchObject([{ name: 'ada', text: 'Very good.' }])
    expect((await world.api('GET', `/events/${series.id}/feedback`, undefined, { token: null })).status).toBe(401)
    await world.submit(`${manage}/erase`, { sure: 'yes' })
    expect((await world.api('GET', `/events/${series.id}/feedback`)).body.items).toEqual([])
  })

  it('that one can do without are stopped with one click, of this group and this address alone', async () => {
    await world.group('other')
    const [event, other] = [await world.event('hyperscale'), await world.event('other')]
    for (const one of [event, other]) for (const name of ['ada', 'grace']) await answer(one, name)
    await deliver()
    expect(sent.every(({ unsubscribe }) => unsubscribe === undefined)).toBe(true)
    const write = (id: string) => world.api('POST', `/events/${id}/messages`, { subject: 'Hello', text: 'All.' })
    await write(event.id)
    const { unsubscribe, text } = (await deliver()).find(({ to }) => to.startsWith('ada'))!
    expect(text).toContain(`No more reminders and messages of The hyperscale group:\n${unsubscribe}`)
    const path = unsubscribe!.slice('https://convene.test'.length)

    // A scanner that only looks changes nothing.
    for (const method of ['GET', 'HEAD', 'GET'])
      expect((await world.request(method, path, undefined, { token: null })).status).toBe(200)
    await write(event.id)
    expect((await deliver()).length).toBe(2)

    const click = (to: string) => world.submit(to, { 'List-Unsubscribe': 'One-Click' })
    // Who has not shown that they read their mails gets three a day.
    world.clock.now += 2 * 86_400
    for (let n = 0; n < 2; n++) expect((await click(path)).status).toBe(200)
    await write(event.id)
    await write(other.id)
    expect((await deliver()).map(({ to }) => to.split('@')[0]).sort()).toEqual(['ada', 'grace', 'grace'])
    expect((await runAt('2023-02-01T13:00:00Z')).filter((one) => one.startsWith('ada')).length).toBe(1)
    await world.api('POST', `/events/${event.id}/cancel`, {})
    expect((await deliver()).map(({ to, subject }) => [to, subject])).toContainEqual([
      'ada@example.org',
      'Cancelled: Meetup in Brussels',
    ])
    expect((await world.get(path)).text).toContain('You get no reminders')
    await world.submit(path, { mails: 'on' })
    expect((await world.get(path)).text).toContain('You get reminders')
    const told = await world.db.all(
      sql<{ kind: string }>`SELECT kind FROM changes WHERE kind LIKE 'rsvp.mails-%' ORDER BY seq`,
    )
    expect(told.map(({ kind }) => kind)).toEqual(['rsvp.mails-off', 'rsvp.mails-on'])
    expect((await click(path.replace(/.{3}\/mails/, 'xxx/mails'))).status).toBe(404)
  })
})
