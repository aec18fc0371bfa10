/** What calendar programs make of events that are easily misread, besides the oracle's cases. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, datesOf } from './clients/client.ts'
import { absence, clients } from './clients/index.ts'
import { dateOf, datesOfApi, type Served, type Shown, serve } from './served.ts'
import { TROUBLES } from './troubles.ts'

const WINDOW = { from: '2022-10-01', to: '2024-01-01' }

describe('an event that is easily misread', () => {
  let served: Served
  const asks: Ask[] = []
  const expected: Shown[][] = []
  beforeAll(async () => {
    served = await serve()
    await served.api('POST', '/groups', { slug: 'troubles', name: 'Troubles' })
    for (const { event, window = WINDOW } of TROUBLES) {
      const { status, body } = await served.api('POST', '/groups/troubles/events', event)
      expect([event.title, status]).toEqual([event.title, 201])
      asks.push({ url: `${served.url}/e/${body.id}.ics`, ...window })
      expected.push(await datesOfApi(served, [body], window))
    }
  })
  afterAll(() => served.close())

  for (const client of clients) {
    const missing = absence(client)
    it.skipIf(missing)(
      `is shown by ${client.name}, but for what is known${missing ? ` (${missing})` : ''}`,
      async () => {
        const readings = await client.read(asks)
        const wrong = TROUBLES.filter((_, at) => {
          const seen = datesOf(readings[at]!, asks[at]!).map(dateOf)
          return JSON.stringify(seen.map(withoutUid)) !== JSON.stringify(expected[at]!.map(withoutUid))
        })
        const known = TROUBLES.filter((trouble) => trouble.known?.wrong.includes(client.name))
        expect(wrong.map(({ event }) => event.title)).toEqual(known.map(({ event }) => event.title))
      },
    )
  }

  it('stands in docs/interop.md where some program misreads it', () => {
    const page = readFileSync(new URL('../../docs/interop.md', import.meta.url), 'utf8')
    const titles = TROUBLES.filter(({ known }) => known).map(({ event }) => event.title)
    expect(titles.filter((title) => !page.includes(`| ${title} `))).toEqual([])
  })
})

const withoutUid = ({ startUtc, endUtc, summary, status }: Shown) => ({ startUtc, endUtc, summary, status })
