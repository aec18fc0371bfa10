/** The real meeting files of CentOS and OpenStack, read in place. Skipped where the shared data is not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../support/world.ts'

const DATA = new URL('../../../shared/data/', import.meta.url)

/** All files of a folder as one stream, each named. */
function stream(folder: string): string {
  const names = readdirSync(new URL(folder, DATA)).filter((name) => name.endsWith('.yaml'))
  return names
    .map((name) => `# file: ${name}\n${readFileSync(new URL(`${folder}${name}`, DATA), 'utf8')}`)
    .join('\n---\n')
}

describe.skipIf(!existsSync(DATA))('the real meeting files', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await world.group('centos')
    await world.group('openstack')
  })
  afterAll(() => world.close())

  const load = (group: string, folder: string) =>
    world.api('POST', `/groups/${group}/import?from=2025-03-01`, stream(folder), {
      headers: { 'Content-Type': 'application/yaml' },
    })

  it('of CentOS become its calendar, with the hangout pointed out as a twin', async () => {
    const { status, body } = await load('centos', 'centos-calendar/2025-03/meetings/')
    expect([status, body.created.length, body.twins.length]).toEqual([200, 12, 1])
    const { items } = (await world.api('GET', '/groups/centos/events?limit=200')).body
    const rules = Object.fromEntries(
      items.map((one: { title: string; start: string; recurrenceRule: string }) => [
        one.title,
        `${one.start} ${one.recurrenceRule}`,
      ]),
    )
    expect(rules).toMatchObject({
      'Alternate Images SIG': '2025-03-13T19:00:00 FREQ=MONTHLY;BYDAY=2TH',
      'Automotive SIG': '2025-03-05T14:00:00 FREQ=MONTHLY;BYDAY=1WE',
      'Board of Directors': '2025-03-19T14:00:00 FREQ=MONTHLY;BYDAY=3WE',
      'Hyperscale SIG': '2025-03-12T16:00:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
      'Software Collections SIG Sync-up': '2025-03-04T14:00:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
    })
    const [{ events, suggestions }] = body.twins
    expect(suggestions[0]).toEqual({
      timeZone: 'America/Los_Angeles',
      start: '2025-03-19T14:00:00',
      title: 'Hyperscale SIG monthly hangout',
    })
    const joined = await world.api('POST', '/groups/centos/import/join', {
      events: events.map((one: { id: string }) => one.id),
      timeZone: 'America/Los_Angeles',
    })
    expect([joined.status, joined.body.kind]).toEqual([200, 'hangout'])
    expect((await load('centos', 'centos-calendar/2025-03/meetings/')).body).toMatchObject({
      created: [],
      updated: [],
      twins: [],
    })
    expect((await world.api('GET', '/groups/centos/events?limit=200')).body.items).toHaveLength(11)
  })

  it('of OpenStack are all read', async () => {
    const { status, body } = await load('openstack', 'irc-meetings/meetings/')
    expect(body.errors).toBeUndefined()
    // 50 entries in 43 files, of which 2 are adhoc.
    expect([status, body.created.length]).toEqual([200, 48])
    expect(body.notes.filter((note: string) => note.includes('adhoc'))).toHaveLength(2)
  })
})
