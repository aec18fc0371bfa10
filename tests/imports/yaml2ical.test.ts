import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { yaml2ical } from '../../src/imports/yaml2ical.ts'
import { openWorld, type World } from '../support/world.ts'

const meeting = (project: string, schedule: string, more = '') =>
  `project: ${project}\n${more}schedule:\n  - ${schedule.split('\n').join('\n    ')}\n`
const WEEKLY = "time: '1600'\nday: Wednesday\nirc: centos-meeting\nfrequency: weekly"
const CALL = 'description: |\n  Video at https://us06web.zoom.us/j/1?pwd=x.\n'
const TWINS = [
  meeting(
    'Hangout (US daylight saving time)',
    "time: '2100'\nday: Wednesday\nirc: zoom-vc\nfrequency: third-wednesday",
    CALL,
  ),
  meeting('Hangout (US standard time)', "time: '2200'\nday: Wednesday\nirc: zoom-vc\nfrequency: third-wednesday", CALL),
].join('---\n')

describe('yaml2ical meetings', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.group('sig')
  })
  afterEach(() => world.close())

  const load = (text: string | Uint8Array, query = '') =>
    world.api('POST', `/groups/sig/import${query}`, text, { headers: { 'Content-Type': 'application/yaml' } })
  const events = async () => (await world.api('GET', '/groups/sig/events')).body.items

  it.each([
    ['weekly', '2023-01-04T16:00:00', 'FREQ=WEEKLY;BYDAY=WE'],
    ['biweekly-odd', '2023-01-04T16:00:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'],
    ['biweekly-even', '2023-01-11T16:00:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'],
    ['quadweekly', '2023-01-04T16:00:00', 'FREQ=WEEKLY;INTERVAL=4;BYDAY=WE'],
    ['quadweekly-week-2', '2023-01-11T16:00:00', 'FREQ=WEEKLY;INTERVAL=4;BYDAY=WE'],
    ['first-wednesday', '2023-01-04T16:00:00', 'FREQ=MONTHLY;BYDAY=1WE'],
    ['third-wednesday', '2023-01-18T16:00:00', 'FREQ=MONTHLY;BYDAY=3WE'],
    ['last-wednesday', '2023-01-25T16:00:00', 'FREQ=MONTHLY;BYDAY=-1WE'],
  ])('that are %s begin at %s with %s', async (frequency, start, rule) => {
    expect((await load(meeting('A', WEEKLY.replace('weekly', frequency)))).status).toBe(200)
    expect(await events()).toMatchObject([
      { title: 'A', start, timeZone: 'UTC', recurrenceRule: rule, kind: 'meeting' },
    ])
  })

  it('keep what the file says: room, chair, links, skipped dates', async () => {
    const text = meeting(
      'A',
      `${WEEKLY}\nskip_dates:\n  - skip_date: '20230111'\n    reason: holidays`,
      'project_url: https://a.example/\nagenda_url:\nchair: Ada (ada)\nmeeting_id: a\ndescription: About A\n',
    )
    await load(text)
    expect((await events())[0]).toMatchObject({
      description: 'About A\n\nChair: Ada (ada)',
      virtualLocations: [{ name: '#centos-meeting', uri: 'ircs://irc.libera.chat/centos-meeting', features: ['chat'] }],
      links: [{ href: 'https://a.example/', title: 'Project' }],
      bot: { name: 'meetbot', meeting: 'a' },
      recurrenceOverrides: { '2023-01-11T16:00:00': { excluded: true } },
    })
  })

  it('are left unchanged by a second import, whenever it comes, and updated where their source changed', async () => {
    await load(meeting('A', WEEKLY))
    const [before] = await events()
    world.clock.now += 90 * 86_400
    expect((await load(meeting('A', WEEKLY))).body).toMatchObject({
      created: [],
      updated: [],
      unchanged: [{ id: before.id }],
    })
    expect(await events()).toEqual([before])
    await world.api('PATCH', `/events/${before.id}`, { title: 'A, our name' })
    const changed = await load(meeting('A', WEEKLY.replace('1600', '1700')))
    expect(changed.body.updated).toMatchObject([{ id: before.id }])
    expect((await events())[0]).toMatchObject({
      uid: before.uid,
      title: 'A, our name',
      start: '2023-01-04T17:00:00',
      sequence: 2,
    })
  })

  it('are only looked at by a dry run', async () => {
    const dry = await load(meeting('A', WEEKLY), '?dryRun=true')
    expect(dry.body).toMatchObject({ dryRun: true, created: [{ id: null, title: 'A', start: '2023-01-04T16:00:00' }] })
    expect(await events()).toEqual([])
  })

  it('that stand twice for want of a time zone are pointed out, and joined on request into one', async () => {
    const { body } = await load(TWINS)
    expect(body.created).toHaveLength(2)
    expect(body.twins).toHaveLength(1)
    expect(body.twins[0].suggestions[0]).toEqual({
      timeZone: 'America/Los_Angeles',
      start: '2023-01-18T14:00:00',
      title: 'Hangout',
    })
    const ids = body.twins[0].events.map((one: { id: string }) => one.id)
    const wrong = await world.api('POST', '/groups/sig/import/join', { events: ids, timeZone: 'Asia/Kolkata' })
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'timeZone'])
    const joined = await world.api('POST', '/groups/sig/import/join', { events: ids, timeZone: 'America/Los_Angeles' })
    expect(joined.body).toMatchObject({
      id: ids[0],
      title: 'Hangout',
      start: '2023-01-18T14:00:00',
      timeZone: 'America/Los_Angeles',
      sequence: 1,
    })
    const { items } = (
      await world.api('GET', `/events/${ids[0]}/occurrences?from=2023-01-01T00:00:00Z&to=2023-05-01T00:00:00Z`)
    ).body
    expect(items.map((one: { startUtc: string }) => one.startUtc.slice(5, 16))).toEqual([
      '01-18T22:00',
      '02-15T22:00',
      '03-15T21:00',
      '04-19T21:00',
    ])
    expect((await world.api('GET', `/events/${ids[1]}`)).status).toBe(410)
    expect((await load(TWINS)).body).toMatchObject({ created: [], updated: [], twins: [] })
    expect(await events()).toHaveLength(1)
  })

  it.each([
    ['a day that is none', meeting('A', WEEKLY.replace('Wednesday', 'Someday')), 'document 1, schedule.0.day'],
    ['a time that is none', meeting('A', WEEKLY.replace('1600', '2560')), 'document 1, schedule.0.time'],
    ['an unknown frequency', meeting('A', WEEKLY.replace('weekly', 'sometimes')), 'document 1, schedule.0.frequency'],
    ['no project', `schedule:\n  - ${WEEKLY.split('\n').join('\n    ')}\n`, 'document 1, project'],
    [
      'a fault in the second file',
      `${meeting('A', WEEKLY)}---\n# file: b.yaml\nproject: B\nschedule: []\n`,
      'document 2 (b.yaml), schedule',
    ],
    ['aliases', 'a: &x [1]\nb: *x\n', 'document 1'],
    [
      'an alias bomb',
      `a: &a [x,x]\n${'bcdefghij'
        .split('')
        .map((name, at) => `${name}: &${name} [*${'abcdefghij'[at]},*${'abcdefghij'[at]}]`)
        .join('\n')}\n`,
      'document 1',
    ],
    ['a tag', 'project: !!js/function x\n', 'document 1'],
    ['a key twice', `project: A\n${meeting('A', WEEKLY)}`, 'document 1'],
    ['20,000 brackets', '['.repeat(20_000), ''],
    ['dashes in dashes', '- '.repeat(5000), ''],
    // Each takes the parser minutes.
    ['keys in keys', `schedule:\n${'?   ? '.repeat(400)}x\n`, ''],
    ['keys in values', `${'? "a" : '.repeat(400)}x\n`, ''],
    ['NUL', 'project: "A\0"\n', ''],
    ['a list', '- a\n', 'document 1'],
    ['__proto__', '__proto__:\n  project: A\n', 'document 1, project'],
    ['the same project twice', `${meeting('A', WEEKLY)}---\n${meeting('A', WEEKLY)}`, 'document 2, schedule.0'],
  ])('with %s are refused with the place, and nothing is stored', async (_, text, path) => {
    const refused = await load(text)
    expect(refused.status).toBe(422)
    expect(refused.body.errors.map((fault: { path: string }) => fault.path)).toContain(path)
    expect(await events()).toEqual([])
    expect(({} as Record<string, unknown>).project).toBeUndefined()
  })

  it('that are empty, of another media type, too large or somebody else’s are refused', async () => {
    expect((await load('')).status).toBe(422)
    expect(
      (await world.api('POST', '/groups/sig/import', 'x', { headers: { 'Content-Type': 'text/plain' } })).status,
    ).toBe(415)
    expect((await load('x'.repeat(17_000_000))).status).toBe(413)
    expect(
      (
        await world.api('POST', '/groups/sig/import', meeting('A', WEEKLY), {
          token: null,
          headers: { 'Content-Type': 'application/yaml' },
        })
      ).status,
    ).toBe(401)
  })

  it('say that week 53 breaks what their source means', () => {
    const { notes } = yaml2ical.read(meeting('A', WEEKLY.replace('weekly', 'biweekly-odd')))
    expect(notes).toEqual([expect.stringContaining('53 weeks (2026)')])
  })
})
