/** The monthly mail of a group for who asked for it, and what organizers are told of theirs. */
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextMonthAt, nextMorningAt } from '../../src/digests/rules.ts'
import { runScheduled } from '../../src/scheduled.ts'
import { toIso } from '../../src/time/zone.ts'
import { mailbox, signIn } from '../support/visitor.ts'
import { BASE_URL, HANGOUT, openWorld, type World } from '../support/world.ts'

const at = (text: string) => Date.parse(text) / 1000

describe('the days of digests', () => {
  it('are by the clocks of the group', () => {
    const months = ['2023-01-31T23:30:00Z', '2023-12-05T00:00:00Z'].map((now) =>
      toIso(nextMonthAt(at(now), 'Europe/Brussels')),
    )
    // It is February in Brussels already.
    expect(months).toEqual(['2023-03-01T07:00:00Z', '2024-01-01T07:00:00Z'])
    const mornings = (['day', 'week'] as const).map((every) =>
      toIso(nextMorningAt(at('2023-03-24T12:00:00Z'), 'Europe/Brussels', every)),
    )
    expect(mornings).toEqual(['2023-03-25T07:00:00Z', '2023-03-27T06:00:00Z'])
  })
})

describe('digests', () => {
  let world: World
  let box: ReturnType<typeof mailbox>
  beforeEach(async () => {
    world = await openWorld()
    box = mailbox(world)
    await world.group('hyperscale', { timeZone: 'Europe/Brussels' })
  })
  afterEach(() => world.close())

  const ask = (email: string, slug = 'hyperscale') => world.submit(`/g/${slug}/digest`, { email })
  const runAt = async (time: string, times = 1) => {
    world.clock.now = at(time)
    box.sent.length = 0
    await Promise.all(Array.from({ length: times }, () => runScheduled(world.deps)))
    return box.sent.map(({ to, subject }) => [to, subject])
  }
  const linkIn = (text: string) => /https:\/\/convene\.test(\/digests\/\S+)/.exec(text)![1]!

  it('go to who asked for them and confirmed it, once a month, until they end it', async () => {
    const series = await world.event('hyperscale', HANGOUT)
    await world.api('PUT', `/events/${series.id}/occurrences/20230118T220000Z/minutes`, { text: 'We met.' })
    expect((await world.get('/g/hyperscale')).text).toContain('/g/hyperscale/digest')
    const asked = await ask('Ada@example.org')
    expect((await ask('ada@example.org')).text).toBe(asked.text)
    expect(await runAt('2023-01-02T12:01:00Z', 3)).toEqual([['Ada@example.org', 'Please confirm your address']])
    const link = linkIn(box.sent[0]!.text)
    // Of what anybody typed there is nothing in it.
    expect(box.sent[0]!.text).not.toContain('hyperscale')

    for (const method of ['GET', 'HEAD', 'GET'])
      expect((await world.request(method, link, undefined, { token: null })).status).toBe(200)
    expect((await world.get(link)).text).toContain('as soon as you say yes')
    for (let n = 0; n < 2; n++) expect((await world.submit(link, { do: 'confirm' })).status).toBe(303)

    expect(await runAt('2023-02-01T06:59:00Z')).toEqual([])
    expect(await runAt('2023-02-01T07:00:00Z', 5)).toEqual([['Ada@example.org', 'The hyperscale group: February 2023']])
    const [mail] = box.sent
    expect(mail!.text).toContain(`Monthly hangout\nWednesday 15 February 2023, 14:00–15:00 (America/Los Angeles)`)
    expect(mail!.text).toContain(`/e/${series.id}/20230118T220000Z#minutes (Minutes)`)
    expect(mail!.unsubscribe).toMatch(/^https:\/\/convene\.test\/digests\/digest_/)
    expect(await runAt('2023-02-20T07:00:00Z')).toEqual([])
    // Nothing ran on the first of March.
    expect((await runAt('2023-03-09T07:00:00Z', 2)).map(([, subject]) => subject)).toEqual([
      'The hyperscale group: March 2023',
    ])

    const end = mail!.unsubscribe!.slice(BASE_URL.length)
    expect((await world.submit(end, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200)
    expect((await world.submit(end, { 'List-Unsubscribe': 'One-Click' })).status).toBe(404)
    expect(await runAt('2023-04-01T07:00:00Z')).toEqual([])
    const left = await world.db.all(
      sql<{
        n: number
      }>`SELECT (SELECT count(*) FROM digests) + (SELECT count(*) FROM digest_mails) + (SELECT count(*) FROM digest_links) AS n`,
    )
    expect(left).toEqual([{ n: 0 }])
    const told = await world.db.all(
      sql<{ kind: string }>`SELECT kind FROM changes WHERE kind LIKE 'digest.%' ORDER BY seq`,
    )
    expect(told.map(({ kind }) => kind)).toEqual(['digest.asked', 'digest.confirmed', 'digest.ended'])
  })

  it('are asked for at most three times a day with one address, and forgotten where nobody confirms', async () => {
    for (const slug of ['b', 'c', 'd', 'e']) {
      await world.group(slug)
      await ask('victim@example.org', slug)
    }
    expect((await runAt('2023-01-02T12:01:00Z')).length).toBe(3)
    expect(await runAt('2023-01-09T12:01:00Z')).toEqual([])
    expect(await world.db.all(sql`SELECT email FROM digests`)).toEqual([])
  })

  it('say what is wrong with an address, and are of public groups alone', async () => {
    const wrong = await ask('no address')
    expect([wrong.status, wrong.text.includes('value="no address"')]).toEqual([422, true])
    expect(wrong.text).toContain('aria-describedby="email-fault"')
    await world.group('secret', { visibility: 'private' })
    expect([(await ask('a@example.org', 'secret')).status, (await ask('a@example.org', 'none')).status]).toEqual([
      404, 404,
    ])
    expect((await world.get(`/digests/digest_${'0'.repeat(26)}_${'x'.repeat(43)}`)).status).toBe(404)
  })

  it('tell organizers what is coming and what there is to do, as often as they like', async () => {
    const event = await world.event('hyperscale', { rsvp: { capacity: { inPerson: 1 }, reminders: [] } })
    let ada = await signIn(world, box, 'ada@example.org')
    const { url } = (
      await world.api('POST', '/groups/hyperscale/team-invitations', { email: 'ada@example.org', role: 'organizer' })
    ).body
    await ada.submit(url.slice(BASE_URL.length))
    let helper = await signIn(world, box, 'helper@example.org')
    const asked = await world.api('POST', '/groups/hyperscale/team-invitations', {
      email: 'helper@example.org',
      role: 'helper',
    })
    await helper.submit(asked.body.url.slice(BASE_URL.length))
    const digestsAt = async (time: string, times = 1) =>
      (await runAt(time, times)).filter(([, subject]) => subject!.endsWith('what is up'))
    // The first one comes on the Monday after.
    expect(await digestsAt('2023-01-03T12:00:00Z')).toEqual([])
    for (const name of ['Canary One', 'Canary Two'])
      await world.api(
        'POST',
        `/events/${event.id}/rsvps`,
        { name, email: `${name.at(-1)}@example.org` },
        { token: null },
      )
    await runAt('2023-01-03T12:01:00Z')
    expect(await digestsAt('2023-01-09T07:00:00Z', 4)).toEqual([
      ['ada@example.org', 'The hyperscale group: what is up'],
    ])
    const { text } = box.sent.find(({ subject }) => subject.endsWith('what is up'))!
    expect(text).toContain('2 new answers since the last week.')
    expect(text).toContain('1 with a place, 1 in line')
    expect(text).not.toContain('Canary')
    expect(await digestsAt('2023-01-10T07:00:00Z')).toEqual([])

    ada = await signIn(world, box, 'ada@example.org')
    helper = await signIn(world, box, 'helper@example.org')
    const desk = '/manage/groups/hyperscale/mails'
    for (const kind of ['confirm', 'event.reminder', 'event.over', 'digest.ask', 'none']) {
      const page = await ada.get(`${desk}?kind=${kind}&language=ar`)
      expect([page.status, page.text.includes('dir=&quot;rtl&quot;')]).toEqual([200, true])
    }
    for (const kind of ['digest.month', 'digest.organizers'])
      expect((await ada.get(`${desk}?kind=${kind}`)).text).toContain('Meetup in Brussels')
    expect((await ada.submit(desk, { often: 'hourly' })).status).toBe(422)
    expect((await ada.submit(desk, { often: 'never' })).status).toBe(303)
    expect((await helper.get(desk)).status).toBe(403)
    expect((await ada.get('/manage/groups/other/mails')).status).toBe(404)
    expect(await digestsAt('2023-01-16T08:00:00Z')).toEqual([])
    await ada.submit(desk, { often: 'day' })
    expect(await digestsAt('2023-01-16T08:01:00Z')).toEqual([])
    expect((await digestsAt('2023-01-17T07:00:00Z')).length).toBe(1)
  })
})
