/** Members and reports at the organizer's desk. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sectionsIn, sectionsText } from '../../src/desk/report-form.ts'
import { openTwins } from '../support/twins.ts'

let twins: Awaited<ReturnType<typeof openTwins>>
beforeAll(async () => {
  twins = await openTwins()
})
afterAll(() => twins.world.close())

const send = (name: string, path: string, fields?: Record<string, string>) =>
  twins.world.request(
    fields ? 'POST' : 'GET',
    `/manage/groups/mine${path}`,
    fields && new URLSearchParams(fields).toString(),
    {
      token: null,
      headers: {
        ...twins.actors.find((one) => one.name === name)!.headers,
        ...(fields ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
      },
    },
  )

describe('members', () => {
  const list = async () => (await twins.world.api('GET', '/groups/mine/members?limit=200')).body.items

  it('are added, changed and taken out by organizers', async () => {
    const fields = { name: 'Ada Lovelace', nick: 'ada', role: 'chair', joined: '2022-05-01', key: 'k1' }
    const made = await Promise.all([send('organizer', '/members', fields), send('organizer', '/members', fields)])
    expect(made.map(({ status }) => status)).toEqual([303, 303])
    const found = (await list()).filter(({ name }: { name: string }) => name === 'Ada Lovelace')
    expect(found).toMatchObject([{ nick: 'ada', role: 'chair', joined: '2022-05-01', left: null, public: false }])
    const at = `/members/${found[0].id}`
    expect((await send('organizer', '/members')).text).toContain(`/manage/groups/mine${at}`)
    expect((await send('organizer', at)).text).toContain('value="2022-05-01"')
    const changed = { ...fields, nick: '', left: '2023-01-01', public: 'yes' }
    expect((await send('organizer', at, changed)).status).toBe(303)
    expect((await list()).find(({ id }: { id: string }) => id === found[0].id)).toMatchObject({
      nick: null,
      left: '2023-01-01',
      public: true,
    })
    for (const name of ['helper', 'member']) expect((await send(name, at, { do: 'delete' })).status).toBe(403)
    expect((await send('organizer', `/members/${twins.twin.member}`)).status).toBe(404)
    expect((await send('organizer', at, { do: 'delete' })).status).toBe(303)
    expect((await send('organizer', at)).status).toBe(404)
  })

  it.each([
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(300) }],
    ['url', { url: 'javascript:alert(1)' }],
    ['role', { role: 'king' }],
    ['joined', { joined: '2023-02-30' }],
    ['left', { joined: '2023-02-03', left: '2022-02-03' }],
  ])('with a wrong %s are refused beside it', async (id, wrong) => {
    const answer = await send('organizer', '/members', { name: 'Nobody', role: 'member', nick: 'kept', ...wrong })
    expect([answer.status, answer.text.includes(`id="${id}-fault"`), answer.text.includes('value="kept"')]).toEqual([
      422,
      true,
      true,
    ])
    expect(JSON.stringify(await list())).not.toContain('Nobody')
  })
})

describe('a report', () => {
  it('has its sections as one text, there and back', () => {
    const sections = [
      { title: 'Summary', text: 'A good quarter.\n\n### Not a section' },
      { title: 'Thanks', text: '' },
    ]
    expect(sectionsIn(sectionsText(sections))).toEqual(sections)
    expect(sectionsIn('Just this\r\n\r\n##Thanks\r\nto all')).toEqual([
      { title: 'Summary', text: 'Just this' },
      { title: 'Thanks', text: 'to all' },
    ])
    expect([sectionsIn(''), sectionsIn(' \n ')]).toEqual([[], []])
  })

  it('is written, published, and told of', async () => {
    expect((await send('organizer', '/reports')).text).toContain('/manage/groups/mine/reports/2022Q4')
    const at = '/reports/2022Q4'
    expect((await send('organizer', at)).status).toBe(200)
    const twice = await send('organizer', at, { title: 'T', sections: '## A\nx\n## A\ny' })
    expect([twice.status, twice.text.includes('id="sections-fault"'), twice.text.includes('## A\ny')]).toEqual([
      422,
      true,
      true,
    ])
    const fields = { title: 'Winter <b>', sections: '## Summary\nWe met.\n\n## Thanks\nAll of you.' }
    expect((await send('organizer', at, fields)).headers.get('Location')).toBe(
      '/manage/groups/mine/reports/2022Q4?done=saved',
    )
    expect((await send('organizer', at)).text).toContain('Winter &lt;b&gt;')
    expect((await twins.world.get('/g/mine/reports/2022Q4')).text).not.toContain('We met.')
    for (const name of ['helper', 'member']) expect((await send(name, at, fields)).status).toBe(403)
    expect((await send('organizer', at, { ...fields, do: 'publish' })).headers.get('Location')).toContain(
      'done=published',
    )
    expect((await twins.world.get('/g/mine/reports/2022Q4')).text).toContain('We met.')
    expect((await send('organizer', at)).text).toContain('Tell of it')
    const late = await send('organizer', at, { ...fields, title: 'Other' })
    expect([late.status, late.text.includes('Other')]).toEqual([409, false])
  })

  it.each(['2022', '2022Q5', 'x', '2022-01-01--2022-02-01'])('of %s is none', async (name) => {
    expect((await send('organizer', `/reports/${name}`)).status).toBe(404)
  })
})
