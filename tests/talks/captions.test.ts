import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const VTT = `WEBVTT - a talk

NOTE
this --> is no cue

STYLE
::cue { color: red }

1
00:05.000 --> 00:08.500 align:start
<v Ada>Good morning, this is about <i>booting</i>.

00:01:04.000 --> 00:01:09.250
Fish &amp; chips &lt;3,
on two lines.

00:00:30.000 --> 00:00:40.000
Said before, written later.
`
const SRT =
  '1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<font color="red">Guten Tag</font>\r\n\r\n2\r\n01:02:03,500 --> 01:02:05,000\r\nvom Starten\r\n'

describe('captions', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.api('POST', '/talks', {
      slug: 'boot',
      title: 'Starting machines',
      speakers: [{ name: 'Ada Example' }],
      resources: [{ type: 'recording', url: 'https://www.youtube.com/watch?v=PdbyYqrvlnY' }],
    })
  })
  afterEach(() => world.close())

  const put = (
    body: string | Uint8Array<ArrayBuffer>,
    {
      path = '/talks/boot/captions/en',
      type = 'text/vtt',
      query = '',
      token,
    }: { path?: string; type?: string; query?: string; token?: null } = {},
  ) =>
    world.request('PUT', `/api/v1${path}${query}`, body, {
      headers: { 'Content-Type': type },
      ...(token === null ? { token } : {}),
    })
  const search = async (q: string, more = '') =>
    (await world.api('GET', `/talks?q=${encodeURIComponent(q)}${more}`, undefined, { token: null })).body.items

  it('are read, and found with the second at which it was said', async () => {
    const made = await put(VTT)
    expect([made.status, made.body]).toEqual([200, { language: 'en', format: 'WebVTT', cues: 3, faults: [] }])
    const [found] = await search('chips')
    expect(found.slug).toBe('boot')
    expect(found.said).toEqual({
      second: 64,
      clock: '1:04',
      language: 'en',
      snippet: expect.stringContaining('Fish &amp; <mark>chips</mark> &lt;3, on two lines.'),
      url: 'https://convene.test/talks/boot?t=64',
      recording: 'https://www.youtube.com/watch?v=PdbyYqrvlnY&t=64s',
    })
    expect((await search('"before, written"'))[0].said.second).toBe(30)
    const page = await world.get('/talks?q=chips')
    expect(page.text).toContain('<a href="/talks/boot?t=64">at 1:04</a>')
    const talk = await world.get('/talks/boot?t=64')
    expect(talk.text).toContain(
      '<a href="/talks/boot?t=5">0:05</a> Good morning, this is about booting. Said before, written',
    )
    expect(talk.text).toContain('Fish &amp; chips &lt;3')
    expect(talk.text).toContain('src="/embed/talks/boot?t=64"')
  })

  it('come back as WebVTT, in order, without what is not said', async () => {
    await put(VTT)
    const { text, headers } = await world.get('/api/v1/talks/boot/captions/en')
    expect(text).toBe(`WEBVTT

00:00:05.000 --> 00:00:08.500
Good morning, this is about booting.

00:00:30.000 --> 00:00:40.000
Said before, written later.

00:01:04.000 --> 00:01:09.250
Fish &amp; chips &lt;3, on two lines.
`)
    expect(headers.get('Content-Type')).toBe('text/vtt; charset=utf-8')
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    const again = await world.get('/api/v1/talks/boot/captions/en', { 'If-None-Match': headers.get('ETag')! })
    expect(again.status).toBe(304)
    const talk = (await world.api('GET', '/talks/boot')).body
    expect(talk.captions).toEqual([{ language: 'en', url: 'https://convene.test/api/v1/talks/boot/captions/en' }])
  })

  it('are taken as SubRip too, beside those in other languages', async () => {
    await put(VTT)
    expect((await put(SRT, { path: '/talks/boot/captions/de', type: 'application/x-subrip' })).body.cues).toBe(2)
    expect((await search('starten'))[0].said).toMatchObject({ second: 3723, clock: '1:02:03', language: 'de' })
    expect((await search('morning'))[0].said).toMatchObject({ second: 5, language: 'en' })
    expect((await search('morning starten'))[0].said).toMatchObject({ second: 5 })
    expect((await world.api('DELETE', '/talks/boot/captions/en')).status).toBe(204)
    expect(await search('morning')).toEqual([])
    expect((await search('starten'))[0].said).toMatchObject({ second: 3723, language: 'de' })
    expect((await world.api('DELETE', '/talks/boot/captions/en')).status).toBe(404)
    await put('WEBVTT\n\n00:07.000 --> 00:08.000\nBonjour', { path: '/talks/boot/captions/fr' })
    expect((await search('bonjour'))[0].said).toMatchObject({ second: 7, language: 'fr' })
    expect((await search('starten'))[0].said).toMatchObject({ language: 'de' })
  })

  it('stand after what is written, and with it', async () => {
    await put(VTT)
    await world.api('POST', '/talks', {
      slug: 'written',
      title: 'Other things',
      description: `${'Many words. '.repeat(40)} chips`,
    })
    expect((await search('chips')).map(({ slug }: { slug: string }) => slug)).toEqual(['written', 'boot'])
    const first = await world.api('GET', '/talks?q=chips&limit=1')
    const second = await world.api('GET', `/talks?q=chips&limit=1&cursor=${first.body.next}`)
    expect([first.body.items[0].slug, second.body.items[0].slug, second.body.next]).toEqual(['written', 'boot', null])
    // One word stands in the title, the other one is said, and the speaker is a third.
    expect((await search('starting chips ada'))[0].said.second).toBe(64)
    expect(await search('starting -chips')).toHaveLength(1)
    expect(await search('morning -chips')).toEqual([])
  })

  it('are replaced whole, and the same again changes nothing', async () => {
    await put(VTT)
    const before = await world.api('GET', '/talks/boot')
    world.clock.now += 60
    await put(VTT)
    expect((await world.api('GET', '/talks/boot')).headers.get('ETag')).toBe(before.headers.get('ETag'))
    await put('WEBVTT\n\n00:02.000 --> 00:03.000\nOnly this')
    expect((await world.api('GET', '/talks/boot')).headers.get('ETag')).not.toBe(before.headers.get('ETag'))
    expect(await search('chips')).toEqual([])
    expect((await search('only'))[0].said.second).toBe(2)
  })

  it('are found in scripts without spaces, and across two cues', async () => {
    await put('WEBVTT\n\n00:01.000 --> 00:02.000\n今日は全文\n\n00:03.000 --> 00:04.000\n検索の話です', {
      path: '/talks/boot/captions/ja',
    })
    const [found] = await search('検索')
    expect(found.said).toMatchObject({ second: 3, language: 'ja', snippet: '今日は全文 <mark>検索</mark>の話です' })
    expect((await search('全文検索'))[0].said.second).toBe(1)
    expect((await world.get('/api/v1/talks/boot/captions/ja')).text).toContain('\n今日は全文\n')
  })

  it('of a private group or a deleted talk are found by nobody', async () => {
    await world.group('secret', { visibility: 'private' })
    await world.api('POST', '/talks', { slug: 'hidden', title: 'Hidden', group: 'secret' })
    await put('WEBVTT\n\n00:02.000 --> 00:03.000\nwhispered', { path: '/talks/hidden/captions/en' })
    expect(await search('whispered')).toEqual([])
    expect((await world.get('/api/v1/talks/hidden/captions/en')).status).toBe(404)
    await world.api('PATCH', '/groups/secret', { visibility: 'public' })
    expect(await search('whispered')).toHaveLength(1)
    await world.api('DELETE', '/talks/hidden')
    expect(await search('whispered')).toEqual([])
  })

  it.each([
    ['no header', '00:01.000 --> 00:02.000\nText', 'line 1'],
    [
      'a time that is none',
      'WEBVTT\n\n00:01.000 --> 00:02.000\nGood\n\n00:99.000 --> 00:02:00.000\nText',
      'cue 2, line 6',
    ],
    ['an end before the beginning', 'WEBVTT\n\n00:05.000 --> 00:02.000\nText', 'cue 1, line 3'],
    ['an end that is missing', 'WEBVTT\n\n00:05.000 -->\nText', 'cue 1, line 3'],
    ['nothing', 'WEBVTT\n', ''],
    ['an empty body', '', 'line 1'],
    ['only silence', 'WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>', ''],
    ['a cue of 5,000 characters', `WEBVTT\n\n00:01.000 --> 00:02.000\n${'x'.repeat(5000)}`, 'cue 1, line 3'],
  ])('with %s are refused with the place', async (_, body, path) => {
    const refused = await put(body)
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, path])
    expect((await world.api('GET', '/talks/boot')).body.captions).toEqual([])
  })

  it('are taken in part where that is asked for, and the rest is listed', async () => {
    const broken = 'WEBVTT\n\n00:01.000 --> 00:02.000\nGood\n\nx --> y\nBad\n\n00:03.000 --> 00:04.000\nFine'
    const made = await put(broken, { query: '?partial=true' })
    expect([made.status, made.body.cues, made.body.faults.length, made.body.faults[0].path]).toEqual([
      200,
      2,
      1,
      'cue 2, line 6',
    ])
  })

  it('are read in the encoding they come in, or refused with the line', async () => {
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(
        new Uint16Array([...'WEBVTT\n\n00:01.000 --> 00:02.000\nGrüße'].map((char) => char.charCodeAt(0))).buffer,
      ),
    ])
    expect((await put(utf16)).status).toBe(200)
    expect(await search('grusse')).toEqual([])
    expect(await search('gruße')).toHaveLength(1)
    const latin = new Uint8Array(
      [...'WEBVTT\n\n00:01.000 --> 00:02.000\nGr\xfc\xdfe'].map((char) => char.charCodeAt(0)),
    )
    const refused = await put(latin)
    expect([refused.status, refused.body.errors[0].message]).toEqual([422, expect.stringContaining('line 4')])
    expect((await put(latin, { type: 'text/vtt; charset=windows-1252' })).status).toBe(200)
    expect((await put(latin, { type: 'text/vtt; charset=klingon' })).status).toBe(422)
    expect((await put(VTT, { type: 'text/plain' })).status).toBe(415)
  })

  it('are taken as JSON too', async () => {
    expect((await world.api('PUT', '/talks/boot/captions/en', { text: VTT })).body).toMatchObject({
      format: 'WebVTT',
      cues: 3,
    })
    expect((await world.api('PUT', '/talks/boot/captions/de', { text: SRT })).body).toMatchObject({
      format: 'SubRip',
      cues: 2,
    })
    expect((await world.api('PUT', '/talks/boot/captions/en', { text: 1 })).status).toBe(422)
    expect((await world.api('PUT', '/talks/boot/captions/en', '{')).status).toBe(400)
    expect((await world.api('PUT', '/talks/boot/captions/en', { text: 'no captions' })).status).toBe(422)
  })

  it('are written by organizers of talks that are there', async () => {
    expect((await put(VTT, { token: null })).status).toBe(401)
    expect((await put(VTT, { path: '/talks/none/captions/en' })).status).toBe(404)
    expect((await put(VTT, { path: '/talks/boot/captions/EN!' })).status).toBe(422)
    expect((await world.get('/api/v1/talks/boot/captions/en')).status).toBe(404)
    await world.api('DELETE', '/talks/boot')
    expect((await put(VTT)).status).toBe(410)
  })

  it('of 100,000 cues are read, out of order, and the last word is found', { timeout: 120_000 }, async () => {
    const time = (s: number) =>
      [s / 3600, (s / 60) % 60, s % 60].map((n) => String(Math.floor(n)).padStart(2, '0')).join(':')
    const cues = Array.from({ length: 100_000 }, (_, n) => {
      const second = (100_000 - n) * 2
      return `${time(second)}.000 --> ${time(second + 1)}.000\nThis is sentence number ${n}${n === 17 ? ' zanzibar' : ''}`
    })
    const made = await put(`WEBVTT\n\n${cues.join('\n\n')}\n`)
    expect([made.status, made.body.cues]).toEqual([200, 100_000])
    expect((await search('zanzibar'))[0].said.second).toBe((100_000 - 17) * 2)
    expect((await search('sentence'))[0].said.second).toBe(2)
  })
})
