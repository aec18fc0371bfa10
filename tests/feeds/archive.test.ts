/** News of the archive, and its recordings as podcasts. */
import { XMLParser } from 'fast-xml-parser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.group()
  await world.api('POST', '/conferences', { slug: 'conf', title: 'Conf & more', group: 'hyperscale', timeZone: 'UTC' })
})
afterEach(() => world.close())

const video = (n: number, ending = 'webm') => ({
  type: 'recording',
  url: `https://video.example/${n}.${ending}?a=1&b=2`,
})
const talk = async (title: string, more: object = {}) =>
  (
    await world.api('POST', '/talks', {
      title,
      conference: 'conf',
      start: '2022-02-05T10:00:00',
      speakers: [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }],
      ...more,
    })
  ).body
// biome-ignore lint/suspicious/noExplicitAny: whatever the feed holds
type Parsed = any
const parser = new XMLParser({
  ignoreAttributes: false,
  isArray: (name) => ['item', 'entry', 'enclosure'].includes(name),
})
const xml = async (path: string): Promise<Parsed> => {
  const { status, text } = await world.get(path)
  expect([path, status]).toEqual([path, 200])
  return parser.parse(text)
}
const episodes = async (path: string): Promise<Parsed[]> => (await xml(path)).rss.channel.item ?? []
const newsOf = async (query = '') =>
  ((await world.get(`/talks.feed.json${query}`)).body.items as { title: string }[]).map(({ title }) => title)

describe('news of the archive', () => {
  it('are there before the first talk, in each format of news', async () => {
    for (const end of ['atom', 'rss', 'feed.json']) {
      const { status, headers } = await world.get(`/talks.${end}`)
      expect([end, status, headers.get('Content-Disposition')]).toEqual([end, 200, `inline; filename="talks.${end}"`])
    }
    expect((await world.get('/talks.ics')).status).toBe(404)
  })

  it('tell of new talks, also where nobody knows when they were, and of new recordings', async () => {
    const { slug } = await talk('Timed')
    world.clock.now += 60
    await talk('Some year', { start: null, conference: undefined })
    expect(await newsOf()).toEqual(['Some year', 'Timed'])
    expect((await world.get('/talks.feed.json')).body.items[0].content_html).not.toContain('1970')
    expect(await newsOf('?has=recording')).toEqual([])
    const before = (await world.get('/talks.atom')).headers.get('ETag')!
    expect((await world.get('/talks.atom')).headers.get('ETag')).toBe(before)
    world.clock.now += 60
    await world.api('PUT', `/talks/${slug}/resources`, [video(1)])
    expect((await world.get('/talks.atom')).headers.get('ETag')).not.toBe(before)
    expect(await newsOf()).toEqual(['Timed', 'Some year'])
    expect(await newsOf('?has=recording')).toEqual(['Timed'])
    expect((await world.get('/talks.feed.json')).body.items[0].attachments).toEqual([
      { url: video(1).url, mime_type: 'video/webm' },
    ])
    const [entry] = (await xml('/talks.atom')).feed.entry
    expect(entry.link).toContainEqual({ '@_rel': 'enclosure', '@_href': video(1).url, '@_type': 'video/webm' })
    expect((await xml('/talks.rss')).rss.channel.item[0].enclosure[0]['@_type']).toBe('video/webm')
  })

  it('change with every talk, whatever becomes of it, and cost one row while nothing does', async () => {
    const tagOf = async () => (await world.get('/talks.atom')).headers.get('ETag')!
    const tags = [await tagOf()]
    const { slug } = await talk('A')
    tags.push(await tagOf())
    await world.api('PATCH', `/talks/${slug}`, { title: 'B' })
    tags.push(await tagOf())
    await world.api('DELETE', `/talks/${slug}`)
    tags.push(await tagOf())
    expect(new Set(tags).size).toBe(4)
    expect(await newsOf()).toEqual([])
    const poll = await world.get('/talks.atom', { 'If-None-Match': tags[3]! })
    expect(poll.status).toBe(304)
  })

  it('say nothing of a group that goes private, and stay there', async () => {
    await talk('A')
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'private' })
    expect([(await world.get('/talks.atom')).status, await newsOf()]).toEqual([200, []])
    await world.api('PATCH', '/groups/hyperscale', { visibility: 'public' })
    expect(await newsOf()).toEqual(['A'])
  })

  it('are narrowed; an unknown word gives nothing and breaks nothing', async () => {
    await talk('German', { language: 'de', resources: [video(1), { type: 'slides', url: 'https://x.example/s.pdf' }] })
    await talk('English', { language: 'en', resources: [video(2)] })
    expect(await newsOf('?language=de')).toEqual(['German'])
    expect(await newsOf('?has=recording,slides')).toEqual(['German'])
    expect(await newsOf("?has=x' OR 1=1&language=%00")).toEqual([])
  })
})

describe('a podcast', () => {
  const path = '/conferences/conf/podcast.video.rss'

  it('has the recordings that are files, the last given first, and no platforms', async () => {
    await talk('First & <b>', {
      abstract: 'About *feeds*.',
      resources: [
        video(1),
        video(1, 'mp4'),
        { type: 'recording', url: 'https://media.example/1.opus' },
        { type: 'captions', url: 'https://media.example/1.vtt', language: 'en' },
      ],
    })
    await talk('Second', { start: '2022-02-06T10:00:00', resources: [video(2)] })
    await talk('On a platform', { resources: [{ type: 'recording', url: 'https://www.youtube.com/watch?v=abc' }] })
    await talk('Nothing', {})
    const found = await episodes(path)
    expect(found.map(({ title }) => title)).toEqual(
      ['Second', 'First &amp; &lt;b&gt;'].map((title) => unescaped(title)),
    )
    const [, first] = found
    expect(first.enclosure).toEqual([{ '@_url': video(1, 'mp4').url, '@_length': '0', '@_type': 'video/mp4' }])
    expect(first).toMatchObject({
      pubDate: 'Sat, 05 Feb 2022 10:00:00 +0000',
      'itunes:author': 'Ada Lovelace, Grace Hopper',
      'itunes:summary': 'About feeds.',
      'itunes:explicit': false,
      'podcast:transcript': { '@_url': 'https://media.example/1.vtt', '@_type': 'text/vtt', '@_language': 'en' },
    })
    const audio = await episodes('/conferences/conf/podcast.audio.rss')
    expect(audio.map(({ enclosure }) => enclosure[0]['@_type'])).toEqual(['audio/ogg'])
    for (const other of ['/podcast.video.rss', '/speakers/ada-lovelace/podcast.video.rss'])
      expect([other, (await episodes(other)).length]).toEqual([other, 2])
  })

  it('keeps an episode the same when its file moves', async () => {
    const { slug } = await talk('A', { resources: [video(1)] })
    const [before] = await episodes(path)
    await world.api('PUT', `/talks/${slug}/resources`, [video(9, 'mp4')])
    const [after] = await episodes(path)
    expect([after.guid['#text'], after.enclosure[0]['@_url']]).toEqual([before.guid['#text'], video(9, 'mp4').url])
  })

  it('is valid where there is nothing in it, and 404 where there is no such conference', async () => {
    expect(await episodes(path)).toEqual([])
    expect((await world.get('/podcast.audio.rss')).status).toBe(200)
    expect((await world.get('/conferences/none/podcast.audio.rss')).status).toBe(404)
    await world.group('secret', { visibility: 'private' })
    await world.api('POST', '/conferences', { slug: 'hidden', title: 'Hidden', group: 'secret' })
    expect((await world.get('/conferences/hidden/podcast.audio.rss')).status).toBe(404)
  })
})

describe('the calendar of a room or a track', () => {
  it('says whose it is', async () => {
    await talk('A', { room: 'Janson', track: 'Mail' })
    const nameIn = async (query: string) =>
      /^X-WR-CALNAME:(.*)\r$/m.exec((await world.get(`/conferences/conf/calendar.ics${query}`)).text)![1]
    expect(await nameIn('')).toBe('Conf & more')
    expect(await nameIn('?room=Janson')).toBe('Conf & more: Janson')
    expect(await nameIn('?room=Janson&track=Mail')).toBe('Conf & more: Janson\\, Mail')
    expect(await nameIn('?track=%0D%0AX-EVIL:1')).toBe('Conf & more')
    expect((await world.get('/conferences/conf/calendar.ics?track=%0D%0AX-EVIL:1')).text).not.toMatch(/^X-EVIL/m)
  })
})

const unescaped = (text: string) => text.replace('&amp;', '&').replace('&lt;', '<').replace('&gt;', '>')
