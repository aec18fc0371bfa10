/**
 * Each case of the recurrence oracle, created through the API or, where that refuses it, imported as iCalendar, and read
 * from its feed. Skipped where the shared data is not.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, datesOf, type Reading } from './clients/client.ts'
import { absence, clients } from './clients/index.ts'
import { KNOWN } from './known.ts'
import { type Case, calendarOf, cases, eventOf, expectedStarts, isZoneDataOld } from './oracle.ts'
import { type Served, serve } from './served.ts'

type Taken = { one: Case; id: string; ask: Ask }

describe.skipIf(cases.length === 0)('the recurrence oracle', () => {
  let served: Served
  const taken: Taken[] = []
  const refused: string[] = []

  beforeAll(async () => {
    served = await serve()
    await served.api('POST', '/groups', { slug: 'oracle', name: 'Oracle' })
    for (const one of cases) {
      const { status, body } = await served.api('POST', '/groups/oracle/events', eventOf(one))
      const [from, to] = one.range
      if (status !== 201) refused.push(`${one.id} ${status}`)
      const ids = status === 201 ? [body.id] : await served.importCalendar('oracle', calendarOf(one))
      for (const id of ids) taken.push({ one, id, ask: { url: `${served.url}/e/${id}.ics`, from, to } })
    }
  })
  afterAll(() => served.close())

  it('is taken by the API, but for what is known', () => {
    const known = Object.keys(KNOWN).filter((id) => KNOWN[id]!.wrong === 'refused')
    expect(refused.sort()).toEqual(known.sort().map((id) => `${id} 422`))
    expect(taken.length).toBe(cases.length)
  })

  it('agrees with the API’s occurrences, but for what is known', async () => {
    const starts = new Map<string, string[] | string>()
    for (const { one, id, ask } of taken) {
      const window = `from=${ask.from}T00:00:00Z&to=${ask.to}T00:00:00Z`
      const { items } = (await served.api('GET', `/events/${id}/occurrences?${window}`)).body
      const startsUtc = items.map(({ startUtc }: { startUtc: string }) => startUtc)
      starts.set(
        id,
        startsUtc.map((start: string) => (one.kind === 'date' ? start.slice(0, 10) : start)),
      )
    }
    expectOnlyKnown('API', starts)
  })

  for (const client of clients) {
    const missing = absence(client)
    it.skipIf(missing)(
      `is shown by ${client.name}, but for what is known${missing ? ` (${missing})` : ''}`,
      async () => {
        const asks = taken.map(({ ask }) => ({ ...ask, from: shifted(ask.from, -2), to: shifted(ask.to, 2) }))
        const readings = await client.read(asks)
        expectOnlyKnown(client.name, new Map(taken.map(({ id, ask }, at) => [id, startsOf(readings[at]!, ask)])))
      },
    )
  }

  it('has each known case in docs/interop.md', () => {
    const page = readFileSync(new URL('../../docs/interop.md', import.meta.url), 'utf8')
    expect(Object.keys(KNOWN).filter((id) => !page.includes(`| ${id} `))).toEqual([])
  })

  /** What differs must be known, and what is known must differ. */
  function expectOnlyKnown(name: string, starts: Map<string, string[] | string>): void {
    const [wrong, right]: [object[], string[]] = [[], []]
    for (const { one, id } of taken) {
      if (name !== 'API' && one.category === 'tzdata-2026' && isZoneDataOld()) continue
      const expected = expectedStarts(one)
      const isRight = JSON.stringify(starts.get(id)) === JSON.stringify(expected)
      const isKnown = KNOWN[one.id]?.wrong.includes(name) ?? false
      if (isRight && isKnown) right.push(one.id)
      if (!isRight && !isKnown) wrong.push({ case: one.id, expected, seen: starts.get(id) })
    }
    expect({ wrong, nowRight: right }).toEqual({ wrong: [], nowRight: [] })
  }
})

/** What a client shows, or what it says instead. */
function startsOf(reading: Reading, ask: Ask): string[] | string {
  return 'error' in reading ? reading.error : datesOf(reading, ask).map(({ startUtc }) => startUtc)
}

/** Programs differ at the edges of a window (one goes by local days): they are asked for more, and judged by the window. */
const shifted = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
