import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putSchedule, schedule, talksOf } from '../support/schedules.ts'
import { openWorld, type World } from '../support/world.ts'

describe('a schedule that is imported again', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const put = (events: Record<string, unknown>[], query = '', conference = {}) =>
    putSchedule(world, 'conf', schedule(events, conference), query)
  const edit = (slug: unknown, patch: object) => world.api('PATCH', `/talks/${slug}`, patch)

  it('changes what changed there, and keeps what was edited here', async () => {
    await put([{}, {}])
    const [first] = await talksOf(world, 'conf')
    await edit(first!.slug, { title: 'A better title', keywords: ['feeds'] })
    const again = await put([{ title: 'Talk 1 (new)', room: 'Lameere', abstract: 'More.' }, {}])
    expect(again.body.talks).toEqual({ created: 0, updated: 1, unchanged: 1 })
    expect(again.body.notes.join()).toContain('kept as it was edited here, though its source changed too: title')
    const [talk] = await talksOf(world, 'conf')
    expect(talk).toMatchObject({ title: 'A better title', room: 'Lameere', abstract: 'More.', keywords: ['feeds'] })
    expect(talk!.slug).toBe(first!.slug)
    // What the source says of it has not changed since, so neither does it.
    expect((await put([{ title: 'Talk 1 (new)', room: 'Lameere', abstract: 'More.' }, {}])).body).toMatchObject({
      talks: { created: 0, updated: 0, unchanged: 2 },
      notes: [],
    })
  })

  it('merges speakers and resources one by one', async () => {
    const links = (...names: string[]) => names.map((name) => ({ url: `https://conf.example/${name}`, title: name }))
    const persons = (...names: string[]) => names.map((name) => ({ name }))
    await put([{ persons: persons('Ada', 'Bob'), links: links('a.webm', 'b') }])
    const [talk] = await talksOf(world, 'conf')
    const slides = { type: 'slides', url: 'https://here.example/slides.pdf' }
    await edit(talk!.slug, {
      speakers: [{ name: 'Ada' }, { name: 'Bob' }, { name: 'Eve' }],
      resources: [...(talk!.resources as object[]), slides],
    })
    await put([{ persons: persons('Ada', 'Dan'), links: links('a.webm', 'c') }])
    const [merged] = await talksOf(world, 'conf')
    expect((merged!.speakers as { name: string }[]).map(({ name }) => name)).toEqual(['Ada', 'Eve', 'Dan'])
    expect((merged!.resources as { url: string }[]).map(({ url }) => url)).toEqual([
      'https://conf.example/a.webm',
      'https://here.example/slides.pdf',
      'https://conf.example/c',
    ])
  })

  it('keeps what was edited of the conference, and what its source says no word of', async () => {
    await world.api('POST', '/conferences', { slug: 'conf', title: 'Ours', city: 'Brussels', description: 'Hello.' })
    await put([{}])
    const conference = async () => (await world.api('GET', '/conferences/conf')).body
    expect(await conference()).toMatchObject({ title: 'Conf', city: 'Brussels', timeZone: 'Europe/Brussels' })
    await world.api('PATCH', '/conferences/conf', { title: 'Ours' })
    await put([{}], '', { title: 'Conf 2023', end: '2023-02-06' })
    expect(await conference()).toMatchObject({ title: 'Ours', ends: '2023-02-06', description: 'Hello.' })
  })

  it('says what would change in a dry run, and writes nothing', async () => {
    const dry = await put([{}, {}], '?dryRun=true')
    expect(dry.body).toMatchObject({ dryRun: true, talks: { created: 2 }, version: 1, changelog: { added: 2 } })
    expect((await world.api('GET', '/conferences/conf')).status).toBe(404)
    await put([{}, {}])
    const before = await talksOf(world, 'conf')
    const { body } = await put([{ start: '15:00' }, { id: 9, title: 'New' }], '?dryRun=true')
    expect(body.changelog).toEqual({ added: 1, moved: 1, changed: 0, cancelled: 1, restored: 0 })
    expect(await talksOf(world, 'conf')).toEqual(before)
    expect((await put([{ start: '15:00' }, { id: 9, title: 'New' }])).body.changes).toEqual(body.changes)
  })

  it('has versions that say what was added, moved and called off', async () => {
    await put([{}, {}, {}])
    await put([{}, {}, {}])
    world.clock.now += 60
    const second = await put([{ start: '15:00', room: 'Lameere' }, { abstract: 'More.' }, { id: 9, title: 'New' }])
    expect(second.body.version).toBe(2)
    const third = await put([{ start: '15:00', room: 'Lameere' }, { abstract: 'More.' }, {}])
    expect(third.body.changes.map(({ kind, title }: Record<string, string>) => [kind, title])).toEqual([
      ['restored', 'Talk 3'],
      ['cancelled', 'New'],
    ])
    const versions = (await world.api('GET', '/conferences/conf/versions', undefined, { token: null })).body.items
    expect(versions.map(({ number, changelog }: Record<string, unknown>) => [number, changelog])).toEqual([
      [3, { added: 0, moved: 0, changed: 0, cancelled: 1, restored: 1 }],
      [2, { added: 1, moved: 1, changed: 1, cancelled: 1, restored: 0 }],
      [1, { added: 3, moved: 0, changed: 0, cancelled: 0, restored: 0 }],
    ])
    expect(versions[1]).toMatchObject({ at: '2023-01-02T12:01:00Z', format: 'schedule.json', sourceVersion: 'v1' })
    const path = '/conferences/conf/versions/2?limit=2'
    const page = (await world.api('GET', path)).body
    const rest = (await world.api('GET', `${path}&cursor=${page.next}`)).body
    expect([...page.items, ...rest.items]).toEqual(second.body.changes)
    expect(page.items[0]).toEqual({
      kind: 'moved',
      talk: 'conf-talk-1',
      title: 'Talk 1',
      fields: ['room', 'start'],
      from: { start: '2023-02-04T10:00:00', room: 'Janson' },
      to: { start: '2023-02-04T15:00:00', room: 'Lameere' },
    })
    expect((await world.api('GET', '/conferences/conf/versions/4')).status).toBe(404)
    expect((await world.api('GET', '/conferences/nope/versions')).status).toBe(404)
  })

  it('leaves alone what was made or deleted here', async () => {
    await put([{}, {}])
    await world.api('POST', '/talks', { title: 'Made here', conference: 'conf', start: '2023-02-04T18:00:00' })
    await world.api('DELETE', '/talks/conf-talk-2')
    const again = await put([{}, { title: 'Talk 2, once more' }])
    expect(again.body.notes).toEqual(['“Talk 2” was deleted here, and stays so'])
    expect((await talksOf(world, 'conf')).map(({ title }) => title)).toEqual(['Talk 1', 'Made here'])
    expect(again.body.changes).toEqual([])
  })

  it('knows a talk whose number changed by its guid', async () => {
    const guid = '7ee5f2a0-0f13-4d6c-9d2e-000000000007'
    await put([{ guid }])
    const again = await put([{ id: 77, guid, title: 'Talk 1' }])
    expect(again.body.talks).toEqual({ created: 0, updated: 0, unchanged: 1 })
    expect(
      (
        await put([
          { id: 1, title: 'Another' },
          { id: 77, guid, title: 'Talk 1' },
        ])
      ).body.talks,
    ).toEqual({
      created: 1,
      updated: 1,
      unchanged: 0,
    })
  })

  it('of our own talks, exported and imported into the same conference, makes no twins', async () => {
    await world.api('POST', '/conferences', { slug: 'conf', title: 'Conf', timeZone: 'Europe/Brussels' })
    await world.api('POST', '/talks', {
      title: 'Made here',
      conference: 'conf',
      start: '2023-02-04T18:00:00',
      duration: 'PT1H',
      speakers: [{ name: 'Ada' }],
    })
    for (const extension of ['xml', 'json', 'csv']) {
      const { text } = await world.get(`/api/v1/conferences/conf/schedule.${extension}`)
      const again = await putSchedule(world, 'conf', text, '', extension)
      expect([extension, again.status, again.body.talks.created]).toEqual([extension, 200, 0])
    }
    expect((await talksOf(world, 'conf')).length).toBe(1)
  })

  it('gets its recordings from elsewhere, by guid or by title', async () => {
    const guid = '7ee5f2a0-0f13-4d6c-9d2e-000000000007'
    await put([{ guid }, { title: 'Feeds' }])
    const event = { guid, title: 'Talk 1', persons: ['Speaker 1'], frontend_link: 'https://media.example/v/1' }
    const voctoweb = await putSchedule(world, 'conf', { acronym: 'conf', events: [event] })
    expect(voctoweb.body).toMatchObject({ format: 'voctoweb', talks: { created: 0, updated: 1 } })
    const video = { title: 'Feeds', speakers: ['Speaker 2'], videos: [{ type: 'youtube', url: 'https://youtu.be/x' }] }
    expect((await putSchedule(world, 'conf', [video])).body).toMatchObject({ format: 'pyvideo', talks: { updated: 1 } })
    const talks = await talksOf(world, 'conf')
    expect(talks.map(({ title, resources }) => [title, (resources as { url: string }[])[0]?.url])).toEqual([
      ['Talk 1', 'https://media.example/v/1'],
      ['Feeds', 'https://youtu.be/x'],
    ])
    // The schedule knows nothing of recordings, and takes none away.
    await put([{ guid, abstract: 'More.' }, { title: 'Feeds' }])
    expect((await talksOf(world, 'conf'))[0]).toMatchObject({ abstract: 'More.', resources: [{ type: 'recording' }] })
  })

  it('loses no edit that is made while it is merged', async () => {
    await put([{}])
    const [, edited, , tagged] = await Promise.all([
      put([{ abstract: 'One.' }]),
      edit('conf-talk-1', { subtitle: 'Edited' }),
      put([{ abstract: 'Two.' }]),
      edit('conf-talk-1', { keywords: ['a'] }),
    ])
    const [talk] = await talksOf(world, 'conf')
    expect([edited.status, tagged.status].filter((status) => status === 200).length).toBeGreaterThan(0)
    if (edited.status === 200) expect(talk!.subtitle).toBe('Edited')
    if (tagged.status === 200) expect(talk!.keywords).toEqual(['a'])
    expect(['One.', 'Two.']).toContain(talk!.abstract)
  })
})
