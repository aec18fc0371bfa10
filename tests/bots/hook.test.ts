import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { botOf } from '../support/bots.ts'
import * as logs from '../support/logs.ts'
import { MEETUP, openWorld, type World } from '../support/world.ts'

const MEETING = {
  title: 'Hyperscale SIG meeting',
  kind: 'meeting',
  start: '2022-10-12T16:00:00',
  timeZone: 'UTC',
  duration: 'PT1H',
  recurrenceRule: 'FREQ=WEEKLY;INTERVAL=2',
  virtualLocations: [
    { name: '#centos-hyperscale on Libera.Chat', uri: 'ircs://irc.libera.chat/centos-hyperscale', features: ['chat'] },
  ],
  bot: { name: 'zodbot', meeting: 'hyperscale-sig' },
  rsvp: undefined,
}
const DATE = '20221012T160000Z'
const STEM = 'centos-hyperscale/2022-10-12/hyperscale-sig.2022-10-12-16.04'
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

describe('the hook of a bot', () => {
  let world: World
  let id: string
  let bot: ReturnType<typeof botOf>
  let made: { id: string; secret: string; logs: string }
  beforeEach(async () => {
    world = await openWorld()
    await world.group()
    id = (await world.event('hyperscale', MEETING)).id
    made = (await world.api('POST', '/groups/hyperscale/bots', { name: 'zodbot' })).body
    bot = botOf(world, made)
  })
  afterEach(() => world.close())

  const record = async (date = DATE) =>
    (await world.api('GET', `/events/${id}/occurrences/${date}/record`, undefined, { token: null })).body
  const rows = (table: string) => world.db.all({ sql: `SELECT * FROM ${table}`, params: [] })
  const nothingIsWritten = async () => {
    for (const table of ['logs', 'records', 'actions', 'minutes'])
      expect([table, await rows(table)]).toEqual([table, []])
    expect((await world.api('GET', `/events/${id}`)).body.sequence).toBe(0)
  }

  it('makes the record of the date, though the meeting began late, and the calendar leads to the log', async () => {
    const { status, body } = await bot.log({ path: `${STEM}.log.txt`, text: logs.meetbotLog() })
    expect([status, body]).toEqual([
      200,
      { status: 'taken', event: id, recurrenceId: DATE, url: `https://convene.test/e/${id}/${DATE}` },
    ])
    const found = await record()
    expect(found).toMatchObject({
      topics: [{ title: 'Roll call' }, { title: 'systemd' }],
      decisions: ['We ship 252.'],
      actions: [{ text: 'anita_ to ship systemd', owner: 'anita' }, { text: 'write the docs' }],
      attendance: [
        { name: 'davdunc', lines: 9 },
        { name: 'anita_', lines: 3 },
        { name: 'conan_kudo', lines: 2 },
      ],
      minutes: { isFromLog: true },
      links: [{ rel: 'log', href: `https://convene.test/e/${id}/${DATE}/log` }],
      missing: [],
    })
    const feed = (await world.get('/g/hyperscale/calendar.ics')).text.replace(/\r\n /g, '')
    expect(feed).toContain(`ATTACH:https://convene.test/e/${id}/${DATE}/log`)
    const page = (await world.get(`/e/${id}/${DATE}`)).text
    expect(page).toContain('systemd 252 &lt;b&gt;builds&lt;/b&gt;')
    const log = await world.get(`/e/${id}/${DATE}/log`)
    expect([log.headers.get('Content-Type'), log.headers.get('X-Content-Type-Options')]).toEqual([
      'text/plain; charset=utf-8',
      'nosniff',
    ])
    expect(log.text).toContain("conan_kudo 'Conan' <(address)>")
    // What is open comes up the next time.
    expect((await record('20221026T160000Z')).carriedOver).toHaveLength(2)
  })

  it('takes the same log once, and the same call once', async () => {
    const input = { path: `${STEM}.log.txt`, text: logs.meetbotLog() }
    await bot.log(input, { id: 'one' })
    const { sequence } = (await world.api('GET', `/events/${id}`)).body
    const again = await bot.log(input, { id: 'two' })
    expect([again.status, again.body.status]).toEqual([200, 'known'])
    const replayed = await bot.log(input, { id: 'one' })
    expect([replayed.body.status, replayed.headers.get('Idempotent-Replayed')]).toEqual(['taken', 'true'])
    expect(await rows('logs')).toHaveLength(1)
    expect((await world.api('GET', `/events/${id}`)).body.sequence).toBe(sequence)
    const both = await Promise.all(['a', 'b', 'c'].map((call) => bot.log({ text: logs.MAUBOT_LOG }, { id: call })))
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await rows('logs')).toHaveLength(2)
  })

  it('makes the same of all files of a meeting, in whatever order they come', async () => {
    const files = [
      { path: `${STEM}.txt`, text: logs.MEETBOT_MINUTES, url: `https://meetbot.example/${STEM}.txt` },
      { path: `${STEM}.log.txt`, text: logs.meetbotLog(), url: `https://meetbot.example/${STEM}.log.txt` },
      { path: `${STEM}.html`, text: logs.MEETBOT_HTML, url: `https://meetbot.example/${STEM}.html` },
      { path: `${STEM}.log.html`, text: logs.MAUBOT_LOG_HTML, url: `https://meetbot.example/${STEM}.log.html` },
    ]
    const results: unknown[] = []
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ]) {
      for (const at of order) expect((await bot.log(files[at])).status).toBe(200)
      const { topics, decisions, actions, attendance, links } = await record()
      const texts = actions.map(({ text, owner }: { text: string; owner: string }) => [text, owner]).sort()
      results.push({
        topics,
        decisions,
        texts,
        attendance,
        links: links.map(({ href }: { href: string }) => href).sort(),
      })
      for (const table of ['logs', 'actions', 'records', 'minutes'])
        await world.db.all({ sql: `DELETE FROM ${table}`, params: [] })
    }
    expect(results[1]).toEqual(results[0])
    expect(results[2]).toEqual(results[0])
    expect(results[0]).toMatchObject({
      links: [`https://meetbot.example/${STEM}.html`, `https://meetbot.example/${STEM}.log.html`],
    })
  })

  it('leaves alone what people wrote', async () => {
    await world.api('PUT', `/events/${id}/occurrences/${DATE}/minutes`, { text: 'As I remember it.' })
    await bot.log({ text: logs.meetbotLog() })
    expect((await record()).minutes).toEqual({ text: 'As I remember it.', url: null, isFromLog: false })
    const [first] = (await record()).actions
    await world.api('PATCH', `/events/${id}/actions/${first.id}`, { done: true })
    await bot.log({ text: logs.meetbotLog('Wed Oct 12', '16:10:00 <davdunc> #agreed More.\n') })
    expect(await record()).toMatchObject({
      decisions: ['We ship 252.', 'More.'],
      actions: [{ id: first.id, done: true }, {}],
    })
  })

  it('finds the date by the room where the meeting has no name, and by the team where the room is shared', async () => {
    const nameless = '16:10:00 <a> #topic One\n16:11:00 <b> hello\n'
    const at = { started: '2022-10-26T16:10:00' }
    expect((await bot.log({ ...at, text: nameless, channel: '#centos-hyperscale' })).body.recurrenceId).toBe(
      '20221026T160000Z',
    )
    expect(
      (
        await bot.log({
          text: `${nameless}x`,
          path: 'centos-hyperscale/2022-11-09/centos-hyperscale.2022-11-09-16.10.log.txt',
        })
      ).body.recurrenceId,
    ).toBe('20221109T160000Z')
    const teams = (await world.api('POST', '/groups/hyperscale/bots', { name: 'mote', teams: ['hyperscale'] })).body
    const mote = botOf(world, teams)
    expect(
      (await mote.log({ text: `${nameless}y`, path: 'teams/hyperscale/hyperscale.2022-11-23-16.10.log.txt' })).body
        .recurrenceId,
    ).toBe('20221123T160000Z')
    const other = await mote.log({ text: `${nameless}z`, path: 'teams/cloud/cloud.2022-11-23-16.10.log.txt' })
    expect([other.status, other.body.errors[0].path]).toEqual([422, 'path'])
  })

  it('reads broken encodings', async () => {
    const bytes = [
      ...new TextEncoder().encode(logs.meetbotLog()),
      ...new TextEncoder().encode('16:40:00 <a> '),
      0xe9,
      0xff,
      0x00,
      0x0a,
    ]
    expect((await bot.log({ base64: base64(new Uint8Array(bytes)) })).status).toBe(200)
    expect((await world.get(`/e/${id}/${DATE}/log`)).text).toContain('16:40:00 <a> éÿ\n')
  })

  it.each([
    ['of no date', { text: logs.meetbotLog('Thu Oct 13') }, 'started'],
    ['of a week without a meeting', { text: logs.meetbotLog('Wed Oct 19') }, 'started'],
    ['of another team', { text: logs.meetbotLog().replaceAll('hyperscale-sig', 'cloud-sig') }, 'path'],
    ['without a day', { text: '16:00:00 <a> hi' }, 'started'],
    ['that is none', { text: 'Dear all' }, 'text'],
    ['that is nothing', { text: '' }, 'text'],
    ['that is not base64', { base64: '%%%' }, 'base64'],
    ['in both ways', { text: 'a', base64: 'YQ==' }, 'text'],
    ['with a member that there is not', { text: 'a', colour: 'red' }, 'colour'],
    ['of a zone that there is not', { text: 'a', timeZone: 'Mars/Olympus' }, 'timeZone'],
  ])('refuses a log %s, and nothing is written', async (_, body, path) => {
    const { status, body: answer } = await bot.log(body)
    expect([status, answer.errors?.[0].path]).toEqual([422, path])
    await nothingIsWritten()
  })

  it('refuses a log of a date that was called off, and one of 5 MB', async () => {
    await world.api('POST', `/events/${id}/occurrences/${DATE}/cancel`, {})
    const off = await bot.log({ text: logs.meetbotLog() })
    expect(off.body.errors).toEqual([
      { path: 'started', message: 'is 2022-10-12 16:04 UTC, and that date was called off' },
    ])
    expect((await bot.log({ text: logs.meetbotLog().repeat(7000) })).status).toBe(413)
    expect(await rows('logs')).toEqual([])
  })

  it('refuses what is not signed, wrongly signed, signed long ago, changed on its way, or by a bot that is gone', async () => {
    const text = logs.meetbotLog()
    const plain = await world.api(
      'POST',
      new URL(made.logs).pathname.slice('/api/v1'.length),
      { text },
      { token: null },
    )
    expect(plain.status).toBe(401)
    for (const more of [
      { secret: 'whsec_AAAA' },
      { at: world.clock.now - 301 },
      { at: world.clock.now + 301 },
      { signed: { text: 'x' } },
    ])
      expect((await bot.log({ text }, more)).status).toBe(401)
    const basic = { Authorization: `Basic ${btoa(`x:${made.secret}`)}` }
    expect((await world.api('POST', `/bots/${made.id}/logs`, { text }, { token: null, headers: basic })).status).toBe(
      401,
    )
    expect((await botOf(world, { ...made, id: 'x'.repeat(26) }).log({ text })).status).toBe(401)
    await world.api('DELETE', `/groups/hyperscale/bots/${made.id}`)
    expect((await bot.log({ text })).status).toBe(401)
    await nothingIsWritten()
  })

  it('can be tried again after it was refused', async () => {
    const wrong = { text: logs.meetbotLog('Thu Oct 13') }
    expect((await bot.log(wrong, { id: 'same' })).status).toBe(422)
    await world.api('PUT', `/events/${id}/occurrences/${DATE}`, { start: '2022-10-13T16:00:00' })
    expect((await bot.log(wrong, { id: 'same' })).status).toBe(200)
  })

  it('takes logs from organizers too', async () => {
    expect((await world.api('POST', '/groups/hyperscale/logs', { text: logs.MATRIX })).body).toMatchObject({
      recurrenceId: DATE,
    })
    expect((await world.api('POST', '/groups/hyperscale/logs', { text: logs.MATRIX }, { token: null })).status).toBe(
      401,
    )
  })

  it('tells the secret once', async () => {
    const { body } = await world.api('GET', '/groups/hyperscale/bots')
    expect(body.items).toMatchObject([{ id: made.id, name: 'zodbot', teams: [] }])
    expect(JSON.stringify(body)).not.toContain(made.secret)
  })

  describe('asked in chat', () => {
    const said = async (text: string, nick?: string) => (await bot.say(text, nick)).body.reply

    it('says what is next, and what is on the agenda', async () => {
      expect(await said('!next')).toMatch(
        /^Next: Hyperscale SIG meeting: Wednesday 4 January 2023, 16:00–17:00 \(UTC\) https/,
      )
      expect(await said('!agenda add  Kernel\u0002 rebase ')).toBe(
        'On the agenda of Hyperscale SIG meeting: Kernel rebase',
      )
      expect(await said('!agenda add Kernel rebase')).toBe('It is on the agenda already: Kernel rebase')
      expect(await said('!agenda')).toMatch(/ – Kernel rebase$/)
      expect((await record('20230104T160000Z')).agenda).toEqual([{ text: 'Kernel rebase', by: 'anita' }])
      expect(await said('!unknown')).toBeNull()
      expect(await said('hello')).toBeNull()
      expect(await said('!help')).toContain('!rsvp yes')
      const all = await Promise.all(['One', 'Two', 'Three'].map((topic) => said(`!agenda add ${topic}`)))
      expect(all.filter((reply) => reply.startsWith('On the agenda'))).toHaveLength(3)
      expect((await record('20230104T160000Z')).agenda).toHaveLength(4)
    })

    it('takes an answer under the nick, and another one after it', async () => {
      expect(await said('!rsvp yes')).toBe('Nothing that is planned takes answers.')
      const meetup = await world.event('hyperscale', { ...MEETUP, rsvp: { capacity: { inPerson: 1 } } })
      expect(await said('!rsvp yes')).toMatch(/^anita: you have a seat\. Meetup in Brussels/)
      expect(await said('!rsvp yes', 'davide')).toMatch(/^davide: you are in line\./)
      expect(await said('!rsvp no', 'anita_')).toMatch(/^anita_: you are not coming\./)
      expect(await said('!rsvp perhaps')).toBe('Say !rsvp yes, !rsvp no or !rsvp maybe.')
      const { body } = await world.api('GET', `/events/${meetup.id}/rsvps`)
      expect(body.items.map(({ name, place, email }: Record<string, string>) => [name, place, email])).toEqual([
        ['anita', null, ''],
        ['davide', 'seat', ''],
      ])
      const once = await bot.say('!rsvp maybe', 'neal', { id: 'again' })
      expect((await bot.say('!rsvp maybe', 'neal', { id: 'again' })).body).toEqual(once.body)
    })

    it('leads who has to say more to the page', async () => {
      await world.event('hyperscale', { ...MEETUP, rsvp: { confirmation: 'email' } })
      expect(await said('!rsvp yes')).toContain('answer there: https://convene.test/e/')
    })

    it('counts nobody who does not want to be', async () => {
      await bot.log({ text: logs.meetbotLog() })
      expect(await said('!count me out', 'conan')).toBe('conan: you are not counted among those who were there.')
      expect((await record()).attendance.map(({ name }: { name: string }) => name)).toEqual(['davdunc', 'anita_'])
      await said('!count me in', 'conan')
      expect((await record()).attendance).toHaveLength(3)
    })

    it('refuses what is not signed', async () => {
      expect((await bot.say('!next', 'a', { secret: 'whsec_AAAA' })).status).toBe(401)
    })
  })

  describe('that is fetched from', () => {
    const ROOT = 'https://meetbot.example/teams/'
    const pages: Record<string, string> = {
      '': '<a href="../">Up</a><a href="hyperscale/">hyperscale/</a> <a href="cloud/">cloud/</a> <a href="https://evil.example/x.log.txt">x</a>',
      'hyperscale/': `<a href="hyperscale-sig.2022-10-12-16.04.log.txt">a</a> <a href='hyperscale-sig.2022-10-12-16.04.log.html'>b</a>
        <a href=hyperscale-sig.2022-10-12-16.04.txt>c</a> <a href="hyperscale-sig.2022-10-13-16.00.log.txt">d</a> <a href="readme.txt">e</a>
        <a href="hyperscale-sig.2021-10-13-16.00.log.txt">old</a>`,
      'hyperscale/hyperscale-sig.2022-10-12-16.04.log.txt': logs.meetbotLog(),
      'hyperscale/hyperscale-sig.2022-10-13-16.00.log.txt': '16:00:00 <a> #topic nobody is here\n',
    }
    let asked: string[]
    let mote: string
    beforeEach(async () => {
      asked = []
      world.deps.remoteGet = async (url) => {
        asked.push(url.slice(ROOT.length))
        const text = url.startsWith(ROOT) ? pages[url.slice(ROOT.length)] : undefined
        return { status: text === undefined ? 404 : 200, headers: new Headers(), body: new Response(text ?? '').body }
      }
      world.clock.now = Date.UTC(2022, 9, 14) / 1000
      mote = (await world.api('POST', '/groups/hyperscale/bots', { name: 'mote', url: ROOT, teams: ['hyperscale'] }))
        .body.id
    })
    const pull = () => world.api('POST', `/groups/hyperscale/bots/${mote}/pull`)

    it('takes what is new of the team, each file once', async () => {
      expect((await pull()).body.logs).toEqual([
        { url: `${ROOT}hyperscale/hyperscale-sig.2022-10-12-16.04.log.txt`, status: 'taken', message: null },
        {
          url: `${ROOT}hyperscale/hyperscale-sig.2022-10-13-16.00.log.txt`,
          status: 'refused',
          message: 'started is 2022-10-13 16:00 UTC, and the group has no date then',
        },
      ])
      expect((await record()).links).toMatchObject([
        { rel: 'log', href: `${ROOT}hyperscale/hyperscale-sig.2022-10-12-16.04.log.html` },
      ])
      asked = []
      expect((await pull()).body.logs).toEqual([])
      expect(asked).toEqual(['', 'hyperscale/'])
    })

    it('says why it cannot be read', async () => {
      world.deps.remoteGet = async () => ({ status: 500, headers: new Headers(), body: null })
      const { status, body } = await pull()
      expect([status, body.errors]).toEqual([422, [{ path: 'url', message: 'answers with status 500' }]])
      const listed = (await world.api('GET', '/groups/hyperscale/bots')).body.items
      expect(listed.find((one: { id: string }) => one.id === mote).error).toBe('answers with status 500')
      const inside = { name: 'x', url: 'http://127.0.0.1/' }
      expect((await world.api('POST', '/groups/hyperscale/bots', inside)).body.errors[0].path).toBe('url')
    })
  })
})
