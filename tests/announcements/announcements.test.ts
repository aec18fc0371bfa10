import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, MEETUP, openWorld, type World } from '../support/world.ts'

type Text = { place: string; subject: string | null; text: string }

describe('announcements', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
  })
  afterEach(() => world.close())

  const textsOf = async (path: string): Promise<Record<string, Text>> => {
    const { status, body } = await world.api('GET', path, undefined, { token: null })
    expect(status).toBe(200)
    return Object.fromEntries((body.items as Text[]).map((one) => [one.place, one]))
  }

  it('are texts of an event that each place takes as they are', async () => {
    const event = await world.event('hyperscale', {
      ...MEETUP,
      title: 'Meetup *in* Brussels',
      description: `Come **all**. Ask @alice@example.social or see https://example.org/x. ${'Many words. '.repeat(80)}`,
      keywords: ['CentOS Stream', 'linux', '2023'],
      locations: [{ name: 'Hall', address: 'Rue 1, Brussels' }],
    })
    const texts = await textsOf(`/events/${event.id}/announcement`)
    const url = `https://convene.test/e/${event.id}`
    expect(Object.keys(texts)).toEqual(['mailing-list', 'chat', 'mastodon', 'forum'])

    const list = texts['mailing-list']!
    expect(list.subject).toBe('[The hyperscale group] Meetup *in* Brussels')
    expect(list.text).toContain(
      'When:  Thursday 2 February 2023, 14:00–18:00 (Europe/Brussels)\n       2023-02-02 13:00 to 17:00 UTC',
    )
    for (const line of list.text.split('\n'))
      expect([
        line,
        line.length <= 72 || !line.includes(' ') || /^(When|Where|More|RSVP|Calendar):/.test(line),
      ]).toEqual([line, true])

    expect(texts.chat!.text).toBe(
      `Meetup *in* Brussels (The hyperscale group) – 2023-02-02 13:00 to 17:00 UTC – ${url}`,
    )

    const post = texts.mastodon!.text
    expect([...post.replace(/https?:\/\/\S+/g, 'x'.repeat(23))].length).toBeLessThanOrEqual(500)
    expect(post).toContain('#CentOSStream #Linux')
    expect(post).not.toMatch(/@alice|#2023/)
    expect(post).toContain(url)

    // However long all of it is, and whatever a name has in it.
    const words = 'word '.repeat(36).trim()
    const long = await world.event('hyperscale', {
      ...MEETUP,
      title: `@root@evil.example https://example.org/ ${words}`,
      locations: [{ name: words, address: words }],
      description: `${words}\n${words}`,
      keywords: ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(letter === 'a' ? 50 : 24)),
    })
    const full = (await textsOf(`/events/${long.id}/announcement`)).mastodon!.text
    expect([...full.replace(/https?:\/\/\S+/g, 'x'.repeat(23))].length).toBeLessThanOrEqual(500)
    expect(full).not.toMatch(/@root|example\.org|#Aaa/)
    expect(full).toContain('#Bbb')

    expect(texts.forum!.text).toContain('**Meetup \\*in\\* Brussels**')
    expect(texts.forum!.text).toContain('Come **all**.')
    expect(texts.forum!.text).toContain(`[Answer](<${url}#rsvp>)`)
    expect(Object.keys(await textsOf(`/events/${event.id}/announcement?place=chat`))).toEqual(['chat'])
  })

  it('fit into a line of chat however long a name is, and say what is the matter', async () => {
    const series = await world.event('hyperscale', { ...HANGOUT, title: `漢字 ${'long '.repeat(38)}`.trim() })
    const reminder = (await textsOf(`/events/${series.id}/announcement?occasion=reminder`)).chat!.text
    expect(reminder.startsWith('Reminder: 漢字')).toBe(true)
    expect(Buffer.byteLength(reminder)).toBeLessThanOrEqual(400)
    expect(reminder).toContain(`https://convene.test/e/${series.id}/20230118T220000Z`)
    await world.api('POST', `/events/${series.id}/occurrences/20230118T220000Z/cancel`, { reason: 'Snow.' })
    const off = await textsOf(`/events/${series.id}/announcement?occurrence=20230118T220000Z`)
    expect(off.chat!.text.startsWith('Cancelled: ')).toBe(true)
    expect(off['mailing-list']!.text).not.toContain('RSVP:')
    // The next one that takes place.
    expect((await textsOf(`/events/${series.id}/announcement`)).chat!.text).toContain('20230215T220000Z')
  })

  it('are of published reports, and of nothing that is not public', async () => {
    await world.api('PUT', '/groups/hyperscale/reports/2022Q4', { title: 'Our year’s end', sections: [] })
    const path = '/groups/hyperscale/reports/2022Q4/announcement'
    expect((await world.api('GET', path)).status).toBe(404)
    await world.api('POST', '/groups/hyperscale/reports/2022Q4/publish')
    const texts = await textsOf(path)
    expect(texts.mastodon!.text).toContain('Report: Our year’s end (The hyperscale group)')
    expect(texts['mailing-list']!.text).toContain('https://convene.test/g/hyperscale/reports/2022Q4')
    const hidden = await world.event('hyperscale', { ...HANGOUT, join: {} })
    for (const { text } of Object.values(await textsOf(`/events/${hidden.id}/announcement`)))
      expect(text).not.toContain('meet.example')
    for (const [query, status] of [
      ['place=pigeon', 422],
      ['occurrence=20230119T000000Z', 422],
      ['occasion=party', 422],
    ])
      expect((await world.api('GET', `/events/${hidden.id}/announcement?${query}`)).status).toBe(status)
  })
})
