/** The example community as calendar programs show it: each date at the instants that the API gives. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, datesOf, type Instance } from './clients/client.ts'
import { absence, clients } from './clients/index.ts'
import { ODD_DESCRIPTION, ODD_TITLES, settle } from './community.ts'
import { dateOf, datesOfApi, type Served, type Shown, serve } from './served.ts'

const WINDOW = { from: '2022-10-01', to: '2024-01-01' }

describe('a calendar program that subscribes to us', () => {
  let served: Served
  let feeds: string[]
  let expected: Shown[]
  const seen = new Map<Client, Instance[][]>()
  beforeAll(async () => {
    served = await serve()
    feeds = await settle(served)
    const { items } = (await served.api('GET', '/events?limit=200')).body
    expected = await datesOfApi(served, items, WINDOW)
  })
  afterAll(() => served.close())

  /** What a program shows of each feed; it is started once. */
  async function read(client: Client): Promise<Instance[][]> {
    if (!seen.has(client)) {
      const readings = await client.read(feeds.map((url) => ({ url, ...WINDOW })))
      seen.set(
        client,
        readings.map((reading) => datesOf(reading, WINDOW)),
      )
    }
    return seen.get(client)!
  }

  it('has something of everything to show', () => {
    const titles = expected.map(({ summary }) => summary)
    const inLosAngeles = expected.filter(({ summary }) => summary.startsWith('In Los Angeles'))
    const hours = inLosAngeles.map(({ startUtc }) => startUtc.slice(11))
    expect(new Set(hours)).toEqual(new Set(['00:30:00Z', '01:30:00Z']))
    expect(titles).toEqual(expect.arrayContaining(['Moved to Thursday', 'One more, on a Saturday', 'FOSDEM 2023']))
    expect(titles).toEqual(expect.arrayContaining(['Over midnight', 'Cancelled: Called off in the end', ...ODD_TITLES]))
    expect(expected.length).toBeGreaterThan(120)
  })

  for (const client of clients) {
    const missing = absence(client)
    const name = `${client.name}${missing ? ` (${missing})` : ''}`

    it.skipIf(missing)(`shows each date of everybody’s feed and of a group’s, and nothing else: ${name}`, async () => {
      for (const dates of await read(client)) {
        const uids = dates.some(({ uid }) => uid !== null)
        expect(dates.map(dateOf)).toEqual(uids ? expected : expected.map((one) => ({ ...one, uid: null })))
      }
    })

    it.skipIf(missing)(`shows the oddest texts as they were sent: ${name}`, async () => {
      for (const dates of await read(client)) {
        const odd = dates.filter(({ description }) => description.startsWith('😀'))
        expect(odd.map(({ summary }) => summary)).toEqual(ODD_TITLES)
        for (const { description } of odd) expect(description.slice(0, ODD_DESCRIPTION.length)).toBe(ODD_DESCRIPTION)
      }
    })
  }

  it('is installed by .ci/run', () => {
    const installed = readFileSync(new URL('packages.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n')
    expect([...new Set(clients.flatMap(({ packages }) => packages))].sort()).toEqual(installed.sort())
  })
})
