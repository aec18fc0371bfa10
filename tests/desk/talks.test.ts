/** Talks, their links and the schedules of conferences at the organizer's desk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTwins } from '../support/twins.ts'

let twins: Awaited<ReturnType<typeof openTwins>>
beforeAll(async () => {
  twins = await openTwins()
})
afterAll(() => twins.world.close())

const send = (name: string, path: string, fields?: Record<string, string>) =>
  twins.world.request(
    fields === undefined ? 'GET' : 'POST',
    `/manage/groups/mine${path}`,
    fields && new URLSearchParams(fields).toString(),
    {
      token: null,
      headers: {
        ...twins.actors.find((one) => one.name === name)!.headers,
        ...(fields === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
    },
  )
const read = async (slug: string) => (await twins.world.api('GET', `/talks/${slug}`)).body
/** What a form shows in its fields, as a browser would send it. */
function fieldsIn(html: string): Record<string, string> {
  const plain = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  const form = html.slice(html.indexOf('<form method="post"'), html.indexOf('</form>'))
  const fields: Record<string, string> = {}
  for (const [tag] of form.matchAll(/<input [^>]*>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
    if (of('type') !== 'checkbox' || / checked=/.test(tag)) fields[of('name')!] = plain(of('value') ?? '')
  }
  for (const [, name, text] of form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>\n?([\s\S]*?)<\/textarea>/g))
    fields[name!] = plain(text!)
  for (const [, name, options] of form.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name!] = plain((/value="([^"]*)" selected/.exec(options!) ?? /value="([^"]*)"/.exec(options!))![1]!)
  return fields
}

const TALK = {
  title: 'How a package is built',
  conference: 'mine-conf',
  speakers: 'Ada Lovelace\r\nGrace Hopper',
  start: '2023-02-04T10:30',
  minutes: '45',
  status: 'confirmed',
  abstract: 'From <source> to "repository".',
  keywords: 'rpm, koji',
  'resources.0.type': 'slides',
  'resources.0.url': 'https://slides.example/a.pdf',
  'resources.0.title': '',
  'resources.1.type': 'recording',
  'resources.1.url': 'https://video.example/a.webm',
  'resources.1.title': 'The recording',
}

describe('a talk', () => {
  it('is put into the archive once, whatever is clicked twice', async () => {
    const fields = { ...TALK, key: 'one-click' }
    const made = await Promise.all([send('organizer', '/talks/new', fields), send('organizer', '/talks/new', fields)])
    expect(made.map(({ status }) => status).sort()).toEqual([303, 303])
    const places = new Set(made.map(({ headers }) => headers.get('Location')))
    expect([...places]).toEqual(['/manage/groups/mine/talks/mine-conf-how-a-package-is-built?done=created'])
    expect(await read('mine-conf-how-a-package-is-built')).toMatchObject({
      title: TALK.title,
      group: 'mine',
      conference: 'mine-conf',
      start: '2023-02-04T10:30:00',
      duration: 'PT45M',
      keywords: ['rpm', 'koji'],
      speakers: [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }],
      resources: [
        { type: 'slides', url: 'https://slides.example/a.pdf' },
        { type: 'recording', url: 'https://video.example/a.webm', title: 'The recording' },
      ],
    })
    expect((await send('organizer', '/talks')).text).toContain('slides, recording')
  })

  it('is the same after its form was sent as it is, and keeps what the form does not show', async () => {
    const slug = 'mine-conf-how-a-package-is-built'
    const resources = [
      { type: 'slides', url: 'https://slides.example/a.pdf', mimeType: 'application/pdf', language: 'en' },
    ]
    await twins.world.api('PATCH', `/talks/${slug}`, { resources })
    const { updated: _, ...before } = await read(slug)
    const page = await send('organizer', `/talks/${slug}`)
    expect((await send('organizer', `/talks/${slug}`, fieldsIn(page.text))).status).toBe(303)
    const { updated: __, ...after } = await read(slug)
    expect(after).toEqual(before)
  })

  it('loses the link that is emptied, and gets the one that is added', async () => {
    const slug = 'mine-conf-how-a-package-is-built'
    const fields = fieldsIn((await send('organizer', `/talks/${slug}`)).text)
    const changed = {
      ...fields,
      'resources.0.url': '',
      'resources.2.type': 'code',
      'resources.2.url': 'https://code.example/',
    }
    expect((await send('organizer', `/talks/${slug}`, changed)).status).toBe(303)
    expect((await read(slug)).resources).toEqual([{ type: 'code', url: 'https://code.example/' }])
    // The page was opened before that.
    const late = await send('organizer', `/talks/${slug}`, changed)
    expect([late.status, late.text.includes('Somebody changed it')]).toEqual([412, true])
  })

  it.each([
    ['title', { title: '' }],
    ['title', { title: 'x'.repeat(600) }],
    ['start', { start: '2023-02-30T10:00' }],
    ['minutes', { minutes: 'long' }],
    ['timeZone', { timeZone: 'Europe/Nowhere' }],
    ['licence', { licence: 'my own' }],
    ['website', { website: 'javascript:alert(1)' }],
    ['resources-1-url', { 'resources.0.url': '', 'resources.1.url': 'javascript:alert(1)' }],
    ['status', { status: 'maybe' }],
  ])('with a wrong %s says so there, and keeps all that was typed', async (id, wrong) => {
    const answer = await send('organizer', '/talks/new', { ...TALK, title: 'Not made', ...wrong })
    expect([answer.status, answer.text.includes(`id="${id}-fault"`)]).toEqual([422, true])
    expect(fieldsIn(answer.text)).toMatchObject({ abstract: TALK.abstract, speakers: TALK.speakers })
    expect((await twins.world.api('GET', '/talks?group=mine&limit=200')).text).not.toContain('Not made')
  })

  it('has links with which speakers hand in, shown once and taken back', async () => {
    const at = '/talks/mine-conf-how-a-package-is-built'
    expect((await send('organizer', at, { do: 'hand-in', name: '' })).status).toBe(422)
    const made = await send('organizer', at, { do: 'hand-in', name: 'Ada' })
    const link = new URL(/<pre[^>]*>([^<]+)<\/pre>/.exec(made.text)![1]!).pathname
    expect((await twins.world.request('GET', link, undefined, { token: null })).status).toBe(200)
    const id = /name="link" value="([^"]+)"/.exec((await send('organizer', at)).text)![1]!
    expect((await send('organizer', at, { do: 'revoke', link: id })).status).toBe(303)
    expect((await twins.world.request('GET', link, undefined, { token: null })).status).toBe(404)
  })

  it('is taken out, by its organizers alone', async () => {
    const at = '/talks/mine-conf-how-a-package-is-built'
    const version = fieldsIn((await send('organizer', at)).text).version!
    for (const name of ['helper', 'member']) expect((await send(name, at, { do: 'delete', version })).status).toBe(403)
    expect((await send('organizer', `/talks/${twins.twin.talk}`)).status).toBe(404)
    expect((await send('organizer', at, { do: 'delete', version })).status).toBe(303)
    expect((await twins.world.api('GET', '/talks/mine-conf-how-a-package-is-built')).status).toBe(410)
  })
})

describe('a conference', () => {
  it('is added, and its schedule imported after a look at what would change', async () => {
    const wrong = await send('organizer', '/conferences', {
      title: 'Day',
      slug: 'A B',
      starts: '2027-05-09',
      ends: '2027-05-08',
    })
    expect([wrong.status, wrong.text.includes('id="slug-fault"')]).toEqual([422, true])
    const made = await send('organizer', '/conferences', {
      title: 'Day',
      slug: 'day-2027',
      timeZone: 'Europe/Brussels',
    })
    expect(made.headers.get('Location')).toBe('/manage/groups/mine/conferences/day-2027?done=created')
    const at = '/conferences/day-2027/import'
    const text = 'id,title,start,duration,room,speakers\n1,Opening <b>,2027-05-08T10:00:00,PT30M,Hall,Ada\n'
    const seen = await send('organizer', at, { text })
    expect([seen.status, seen.text.includes('1 new, 0 changed')]).toEqual([200, true])
    expect(seen.text).toContain('Opening &lt;b&gt;')
    const count = async () => (await twins.world.api('GET', '/talks?conference=day-2027')).body.items.length
    expect(await count()).toBe(0)
    expect((await send('organizer', at, { text, do: 'import' })).status).toBe(303)
    expect(await count()).toBe(1)
    const next = await send('organizer', at, { text: text.replace('10:00', '11:00') })
    expect(next.text).toMatch(/2027-05-08 10:00, Hall → 2027-05-08 11:00, Hall/)
  })

  it.each(['', '<schedule', '{"schedule": 5}', 'nothing', 'title,start\nX,2023-02-30T10:00:00'])(
    'takes no schedule like “%s”, and says where it is wrong',
    async (text) => {
      const answer = await send('organizer', '/conferences/mine-conf/import', { text })
      expect([answer.status, answer.text.includes('role="alert"')]).toEqual([422, true])
    },
  )

  it('is its organizers’', async () => {
    expect((await send('helper', '/conferences')).status).toBe(403)
    expect((await send('organizer', '/conferences/twin-conf')).status).toBe(404)
    expect((await send('organizer', '/conferences/twin-conf/import', { text: 'x' })).status).toBe(404)
  })
})
