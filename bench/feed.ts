/** A feed after a change: from the database to bytes. The floor is the SQL that joins the same stored text. */
import { createClient } from '@libsql/client'
import { app } from '../src/app.ts'
import { addEvents, openCommunity } from './community.ts'
import { type Benchmark, type Figure, ratioOf, timeOf } from './figure.ts'

const FLOOR = `SELECT CAST(group_concat(ics, '') AS BLOB) AS body FROM (
  SELECT ics FROM events WHERE deleted_at IS NULL ORDER BY starts_at, id)`

export const feed: Benchmark = {
  name: 'A feed after one change',
  async run() {
    const figures: Figure[] = []
    for (const count of [1000, 10_000]) {
      const community = await openCommunity()
      await addEvents(community.deps, count)
      const { items } = await community.api('GET', '/groups/bench/events?limit=1')
      const id = items[0].id
      const client = createClient({ url: `file:${community.file}` })
      // The floor reads as the server does.
      await client.execute('PRAGMA mmap_size = 268435456')
      let turn = 0
      const ours = async () => {
        await community.api('PATCH', `/events/${id}`, { title: `Turn ${turn++}` })
        return timeOf(async () => (await app.request('/g/bench/calendar.ics', {}, community.deps)).arrayBuffer())
      }
      const theirs = async () => {
        await community.api('PATCH', `/events/${id}`, { title: `Turn ${turn++}` })
        return timeOf(() => client.execute(FLOOR))
      }
      const { ratio, ours: took, theirs: floor } = await ratioOf(ours, theirs, 15)
      figures.push({
        what: `${count.toLocaleString('en')} events`,
        against: 'the SQL concatenation of the same bytes',
        value: ratio,
        goal: { atMost: 3 },
        note: `${took.toFixed(2)} ms against ${floor.toFixed(2)} ms`,
      })
      if (count === 10_000) {
        const get = () => app.request('/g/bench/calendar.ics', {}, community.deps)
        figures.push(await memoryOf(1, 64, get), await memoryOf(20, null, get))
      }
      client.close()
      await community.stop()
    }
    return figures
  },
}

/** How much more memory so many answers take at their peak. */
async function memoryOf(
  times: number,
  atMost: number | null,
  call: () => Response | Promise<Response>,
): Promise<Figure> {
  const used = () => process.memoryUsage().rss / 2 ** 20
  for (let time = 0; time < 3; time++) globalThis.gc?.()
  const before = used()
  let peak = before
  for (let time = 0; time < times; time++) {
    await (await call()).arrayBuffer()
    peak = Math.max(peak, used())
  }
  const what = `10,000 events, ${times === 1 ? 'once' : `${times} times`}`
  return {
    what,
    against: 'MB of memory above idle',
    value: Math.max(0, peak - before),
    goal: atMost === null ? null : { atMost },
  }
}
