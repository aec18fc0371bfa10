/** Schedules of other programs from the shared data, read in place: every talk, person and room that is in them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const FOLDER = new URL('../../../shared/data/', import.meta.url)
const file = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')

describe.skipIf(!existsSync(FOLDER))('schedules of other programs', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const put = (slug: string, extension: string, body: string, query = '') =>
    world.api('PUT', `/conferences/${slug}/schedule.${extension}${query}`, body, {
      headers: { 'Content-Type': extension === 'csv' ? 'text/csv' : `application/${extension}` },
    })

  it.each(['frab-camp2019', 'pretalx-democon'])('c3voc: %s', async (name) => {
    const text = file(`schedules/c3voc/json/examples/${name}.json`)
    const days: { rooms: Record<string, { persons: { id: number }[] }[]> }[] = JSON.parse(text).schedule.conference.days
    const events = days.flatMap(({ rooms }) => Object.values(rooms).flat())
    const answer = await put(name, 'json', text)
    expect([answer.status, answer.body.errors]).toEqual([200, undefined])
    expect(answer.body.talks).toEqual({ created: events.length, updated: 0, unchanged: 0 })
    expect(answer.body.read).toMatchObject({
      talks: events.length,
      persons: new Set(events.flatMap(({ persons }) => persons.map(({ id }) => id))).size,
      rooms: new Set(days.flatMap(({ rooms }) => Object.keys(rooms))).size,
    })
    expect((await put(name, 'json', text)).body.talks.unchanged).toBe(events.length)
  })

  it('SCALE', async () => {
    const text = file('schedules/scale/sign_14x.xml')
    const rooms = new Set([...text.matchAll(/<Room>(.+?)<\/Room>/g)].map(([, name]) => name))
    const answer = await put('scale-14x', 'xml', text, '?timeZone=America/Los_Angeles&partial=true')
    expect([answer.status, answer.body.format, answer.body.faults]).toEqual([200, 'nodes.xml', []])
    expect(answer.body.read).toMatchObject({ talks: text.match(/<node>/g)!.length, rooms: rooms.size })
    const { items } = (await world.api('GET', '/talks?conference=scale-14x&q=Vacuum')).body
    expect(items[0]).toMatchObject({
      title: 'PostgreSQL Adores a Vacuum',
      start: '2016-01-21T09:00:00',
      timeZone: 'America/Los_Angeles',
      duration: 'PT1H',
      room: 'Room 106',
      speakers: [{ name: 'Quinn Weaver' }],
    })
  })

  it('pyvideo', async () => {
    const folder = 'pyvideo/pycon-us-2023/'
    const videos = readdirSync(new URL(`${folder}videos/`, FOLDER)).map((name) =>
      JSON.parse(file(`${folder}videos/${name}`)),
    )
    const category = JSON.parse(file(`${folder}category.json`))
    const answer = await put('pycon-us-2023', 'json', JSON.stringify({ category, videos }))
    expect([answer.body.format, answer.body.read.talks, answer.body.read.persons]).toEqual(['pyvideo', 2, 2])
    const { items } = (await world.api('GET', '/talks?conference=pycon-us-2023&language=es')).body
    expect(items[0]).toMatchObject({ year: 2023, speakers: [{ name: 'Marina Moro López' }] })
    expect(items[0].resources[0]).toMatchObject({ type: 'recording' })
  })

  it('media.ccc.de: every member that its API has', async () => {
    const fields: Record<'conference' | 'event' | 'recording', string[]> = JSON.parse(
      file('media-ccc/public-api-fields.json'),
    )
    const bare = (names: string[]) => Object.fromEntries(names.map((name) => [name.split(/[ [({]/)[0]!, null]))
    const recording = {
      ...bare(fields.recording),
      recording_url: 'https://cdn.example/talk.webm',
      mime_type: 'video/webm',
      language: 'deu-eng',
    }
    const event = {
      ...bare(fields.event),
      guid: '7ee5f2a0-0f13-4d6c-9d2e-000000000007',
      title: 'A recorded talk',
      persons: ['Ada Lovelace'],
      date: '2023-12-27T11:00:00.000+01:00',
      original_language: 'deu',
      length: 2405,
      frontend_link: 'https://media.example/v/a-recorded-talk',
      recordings: [recording],
    }
    const conference = { ...bare(fields.conference), title: '37C3', acronym: '37c3', events: [event] }
    const answer = await put('37c3', 'json', JSON.stringify(conference), '?timeZone=Europe/Berlin')
    expect([answer.status, answer.body.format, answer.body.talks?.created]).toEqual([200, 'voctoweb', 1])
    const { items } = (await world.api('GET', '/talks?conference=37c3')).body
    expect(items[0]).toMatchObject({ start: '2023-12-27T11:00:00', duration: 'PT40M', language: 'de' })
    expect(items[0].resources).toEqual([
      { type: 'recording', url: event.frontend_link },
      { type: 'recording', url: recording.recording_url, mimeType: 'video/webm', language: 'de' },
    ])
  })
})
