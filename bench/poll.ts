/** An unchanged poll of a feed, what a subscriber's program does all day. */
import { Hono } from 'hono'
import { addEvents, openCommunity, serveBare } from './community.ts'
import { type Benchmark, ratioOf } from './figure.ts'
import { requestOf, startLoad } from './load.ts'

const CONNECTIONS = 8
const ROUND_MS = 700

export const poll: Benchmark = {
  name: 'An unchanged poll',
  async run() {
    const community = await openCommunity()
    await addEvents(community.deps, 1000)
    const feed = await fetch(`http://localhost:${community.port}/g/bench/calendar.ics`)
    await feed.arrayBuffer()
    const headers = { ETag: feed.headers.get('ETag')!, 'Cache-Control': feed.headers.get('Cache-Control')! }
    const bare = await serveBare(
      new Hono().get('/g/bench/calendar.ics', () => new Response(null, { status: 304, headers })),
    )
    const load = startLoad()
    const request = requestOf('GET', '/g/bench/calendar.ics', { 'If-None-Match': headers.ETag })
    const rate = async (port: number) => {
      const done = await load.run({ port, connections: CONNECTIONS, ms: ROUND_MS, requests: [request] })
      if (Object.keys(done.statuses).join() !== '304') throw new Error(`not 304: ${JSON.stringify(done.statuses)}`)
      return (done.answers / done.ms) * 1000
    }
    const { ratio, ours, theirs } = await ratioOf(
      () => rate(community.port),
      () => rate(bare.port),
    )
    load.stop()
    await bare.stop()
    await community.stop()
    const note = `${Math.round(ours)} against ${Math.round(theirs)} answers a second`
    return [{ what: 'Node', against: 'a bare Hono 304', value: ratio, goal: { atLeast: 0.5 }, note }]
  },
}
