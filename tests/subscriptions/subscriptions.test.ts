import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HANGOUT, openWorld, type World } from '../support/world.ts'

describe('a feed of one’s own choosing', () => {
  let world: World
  let hangout: { id: string }
  beforeEach(async () => {
    world = await openWorld()
    for (const slug of ['hyperscale', 'kernel', 'cloud']) await world.group(slug)
    await world.group('secret', { visibility: 'private' })
    await world.event('hyperscale', { title: 'Hyperscale meetup', keywords: ['centos'] })
    await world.event('kernel', { title: 'Kernel meetup' })
    hangout = await world.event('cloud', { ...HANGOUT, title: 'Cloud hangout' })
    await world.event('cloud', { title: 'Cloud meetup' })
    await world.event('secret', { title: 'Hidden' })
  })
  afterEach(() => world.close())

  const choose = (choice: object) => world.api('POST', '/subscriptions', choice, { token: null })
  const path = (made: { body: { url: string } }) => new URL(made.body.url).pathname
  const titles = async (at: string) =>
    ((await world.get(at)).text.match(/^SUMMARY:.*$/gm) ?? []).map((line) => line.slice(8)).sort()

  it.each([
    [{ groups: ['hyperscale'] }, ['Hyperscale meetup']],
    [{ groups: ['hyperscale', 'kernel'] }, ['Hyperscale meetup', 'Kernel meetup']],
    [{ kinds: ['hangout'] }, ['Cloud hangout']],
    [{ groups: ['cloud'], kinds: ['meetup'] }, ['Cloud meetup']],
    [{ tags: ['centos', 'fedora'] }, ['Hyperscale meetup']],
    [{}, ['Cloud hangout', 'Cloud meetup', 'Hyperscale meetup', 'Kernel meetup']],
    [{ groups: ['secret', 'nobody'] }, []],
  ])('of %j holds %j', async (choice, expected) => {
    const made = await choose(choice)
    expect([made.status, await titles(path(made))]).toEqual([201, expected])
  })

  it('holds groups and single series together, and no more', async () => {
    const made = await choose({ groups: ['kernel'], events: [hangout.id] })
    expect(await titles(path(made))).toEqual(['Cloud hangout', 'Kernel meetup'])
  })

  it('gets another version with a change of what it holds, and none with others; a poll reads one row', async () => {
    const made = await choose({ groups: ['kernel'], events: [hangout.id] })
    const at = path(made)
    const tagOf = async () => (await world.get(at)).headers.get('ETag')!
    let tag = await tagOf()
    await world.event('hyperscale', { title: 'Another' })
    expect((await world.get(at, { 'If-None-Match': tag })).status).toBe(304)
    world.costs()
    await world.get(at, { 'If-None-Match': tag })
    const spent = world.costs()
    if (spent) expect(spent).toEqual({ read: 1, written: 0, statements: 1 })
    for (const change of [
      () => world.event('kernel', { title: 'New' }),
      () => world.api('PATCH', `/events/${hangout.id}`, { title: 'Changed' }),
      () => world.api('DELETE', `/events/${hangout.id}`),
      () => world.api('PATCH', '/groups/kernel', { visibility: 'private' }),
    ]) {
      await change()
      const answer = await world.get(at, { 'If-None-Match': tag })
      expect(answer.status).toBe(200)
      tag = answer.headers.get('ETag')!
    }
    expect(await titles(at)).toEqual([])
  })

  it('is changed by its secret alone, under the same address', async () => {
    const made = await choose({ groups: ['kernel'] })
    const { id, secret } = made.body
    const put = (token: string | null) =>
      world.api('PUT', `/subscriptions/${id}`, { groups: ['hyperscale'] }, { token })
    for (const wrong of [
      null,
      `${secret.slice(0, -1)}${secret.endsWith('x') ? 'y' : 'x'}`,
      (await choose({})).body.secret,
    ])
      expect((await put(wrong)).status).toBe(404)
    expect(await titles(path(made))).toEqual(['Kernel meetup'])
    expect((await put(secret)).body.url).toBe(made.body.url)
    expect(await titles(path(made))).toEqual(['Hyperscale meetup'])
    const stored = await world.db.all({ sql: 'SELECT * FROM subscriptions', params: [] })
    expect(JSON.stringify(stored)).not.toContain(secret)
    expect((await world.api('DELETE', `/subscriptions/${id}`, undefined, { token: secret })).status).toBe(204)
    expect((await world.get(path(made))).status).toBe(404)
  })

  it.each([
    [{ groups: ['A b'] }, 'groups.0'],
    [{ events: ['../x'] }, 'events.0'],
    [{ kinds: ['party'] }, 'kinds.0'],
    [{ tags: ['a\r\nb'] }, 'tags.0'],
    [{ groups: Array(51).fill('a') }, 'groups'],
    [{ colour: 'red' }, 'colour'],
  ])('of %j is refused with its place', async (choice, at) => {
    const refused = await choose(choice)
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, at])
  })

  describe('with talks', () => {
    const talk = async (title: string, conference: string | undefined, ...speakers: string[]) => {
      const names = speakers.map((name) => ({ name }))
      const sent = { title, conference, speakers: names, start: '2023-02-04T10:00:00', duration: 'PT25M' }
      return (await world.api('POST', '/talks', sent)).body as { slug: string }
    }
    beforeEach(async () => {
      await world.api('POST', '/conferences', { slug: 'conf', title: 'The conf' })
      await world.api('POST', '/conferences', { slug: 'inner', title: 'Inner', group: 'secret' })
      await talk('At the conf', 'conf', 'Grace')
      await talk('By Ada', undefined, 'Ada')
      await talk('Both', 'conf', 'Ada')
      await talk('Not to see', 'inner', 'Ada')
      await talk('Nothing of it', undefined, 'Joan')
    })

    it.each([
      [{ speakers: ['ada'] }, ['Both', 'By Ada']],
      [{ conferences: ['conf'] }, ['At the conf', 'Both']],
      [
        { groups: ['kernel'], speakers: ['ada'], conferences: ['conf'] },
        ['At the conf', 'Both', 'By Ada', 'Kernel meetup'],
      ],
      [{ groups: ['kernel', 'cloud'], kinds: ['hangout'], speakers: ['joan'] }, ['Cloud hangout', 'Nothing of it']],
      [{ conferences: ['inner', 'nope'], speakers: ['nobody'] }, []],
    ])('of %j holds %j', async (choice, expected) => {
      const made = await choose(choice)
      expect([made.status, await titles(path(made))]).toEqual([201, expected])
      for (const end of ['jcal', 'jscal', 'atom', 'rss', 'feed.json']) {
        const { text } = await world.get(path(made).replace('.ics', `.${end}`))
        for (const title of expected) expect(text).toContain(title)
      }
    })

    it('gets another version with a change of their talks, and none with others', async () => {
      const at = path(await choose({ speakers: ['ada'], conferences: ['conf'] }))
      const isNew = async (change: () => Promise<unknown>) => {
        const tag = (await world.get(at)).headers.get('ETag')!
        world.clock.now += 60
        await change()
        return (await world.get(at, { 'If-None-Match': tag })).status === 200
      }
      expect(await isNew(() => talk('Elsewhere', undefined, 'Joan'))).toBe(false)
      expect(await isNew(() => world.event('kernel', { title: 'Event' }))).toBe(false)
      expect(await isNew(() => world.api('PATCH', '/talks/inner-not-to-see', { title: 'Hidden still' }))).toBe(false)
      expect(await isNew(() => talk('Another', undefined, 'Ada'))).toBe(true)
      expect(await isNew(() => world.api('PATCH', '/talks/another', { speakers: [{ name: 'Joan' }] }))).toBe(true)
      expect(await isNew(() => world.api('PATCH', '/conferences/conf', { city: 'Gent' }))).toBe(true)
      expect(await isNew(() => world.api('DELETE', '/conferences/conf'))).toBe(true)
      expect(await isNew(() => world.api('PATCH', '/groups/secret', { visibility: 'public' }))).toBe(true)
      expect(await titles(at)).toEqual(['By Ada', 'Hidden still'])
    })

    it('is offered on the page of a speaker and of a conference, and chosen by their addresses', async () => {
      for (const [page, words] of [
        ['/speakers/ada', ['/speakers/ada/calendar.ics', '/subscribe?speaker=ada']],
        ['/conferences/conf', ['/conferences/conf/calendar.ics', '/subscribe?conference=conf']],
      ] as const)
        for (const word of words) expect((await world.get(page)).text).toContain(word)
      const offered = (await world.get('/subscribe?speaker=ada&conference=conf')).text
      for (const box of ['name="speakers" value="ada" checked', 'name="conferences" value="conf" checked', 'The conf'])
        expect(offered).toContain(box)
      for (const hidden of ['', '?speaker=nobody', '?conference=inner', '?speaker=<b>'])
        expect((await world.get(`/subscribe${hidden}`)).text).not.toMatch(/name="(speakers|conferences)"|<b>/)
      const made = await world.submit('/subscribe', {
        groups: 'kernel',
        talks: 'https://convene.test/speakers/joan, /conferences/conf',
      })
      const edit = await world.get(made.headers.get('Location')!)
      const feed = /\/f\/[0-9a-z]{26}\/calendar\.ics/.exec(edit.text)![0]
      expect(await titles(feed)).toEqual(['At the conf', 'Both', 'Kernel meetup', 'Nothing of it'])
      expect(edit.text).toContain('name="speakers" value="joan" checked')
      const odd = await world.submit('/subscribe', { talks: 'Joan' })
      expect([odd.status, odd.text.includes('<code>talks</code>')]).toEqual([422, true])
    })

    it('is changed like any other where it was chosen before there were talks in feeds', async () => {
      const made = await choose({ groups: ['kernel'] })
      await world.db.all({
        sql: `UPDATE subscriptions SET choice = json_remove(choice, '$.speakers', '$.conferences')`,
        params: [],
      })
      expect(await titles(path(made))).toEqual(['Kernel meetup'])
      const { secret, id } = made.body
      const read = await world.api('GET', `/subscriptions/${id}`, undefined, { token: secret })
      expect(read.body.choice).toMatchObject({ groups: ['kernel'], speakers: [], conferences: [] })
      expect((await world.get(`/subscribe/${secret}`)).status).toBe(200)
    })
  })

  it('is chosen and changed on a page, with no account and no script', async () => {
    expect((await world.get('/subscribe')).text).toContain('Cloud hangout')
    const made = await world.submit('/subscribe', { groups: 'kernel', tags: ' a, b ,' })
    expect(made.status).toBe(303)
    const edit = made.headers.get('Location')!
    const page = await world.get(edit)
    expect(page.headers.get('Cache-Control')).toBe('no-store')
    const feed = /\/f\/[0-9a-z]{26}\/calendar\.ics/.exec(page.text)![0]
    expect(await titles(feed)).toEqual([])
    await world.submit(edit.split('?')[0]!, { groups: 'kernel', tags: '' })
    expect(await titles(feed)).toEqual(['Kernel meetup'])
    expect((await world.get('/subscribe/feed_nothing')).status).toBe(404)
    expect((await world.submit('/subscribe', { groups: '<script>' })).status).toBe(422)
  })
})
