/** An answer to an event, against a bare route that does one INSERT … SELECT over the same client. */
import { Hono } from 'hono'
import { openCommunity, serveBare } from './community.ts'
import { type Benchmark, type Figure, ratioOf } from './figure.ts'
import { requestOf, startLoad } from './load.ts'

const BATCH = 1500
const JSON_TYPE = { 'Content-Type': 'application/json' }

export const rsvp: Benchmark = {
  name: 'An RSVP',
  async run() {
    const community = await openCommunity()
    const { db } = community.deps
    await db.all({ sql: 'CREATE TABLE bare (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE)', params: [] })
    const bare = await serveBare(
      new Hono().post('/bare', async (c) => {
        const { name, email } = await c.req.json<{ name: string; email: string }>()
        await db.batch([
          {
            sql: 'INSERT INTO bare (name, email) SELECT ?, ? WHERE (SELECT max(id) FROM bare) IS NOT -1',
            params: [name, email],
          },
        ])
        return c.json({ name }, 201)
      }),
    )
    const load = startLoad()
    const figures: Figure[] = []
    let turn = 0
    for (const connections of [1, 16, 200]) {
      const { id } = await community.api('POST', '/groups/bench/events', {
        title: `Meetup for ${connections}`,
        kind: 'meetup',
        start: '2036-02-02T14:00:00',
        timeZone: 'Europe/Brussels',
        rsvp: { capacity: { inPerson: 1_000_000 } },
      })
      const rate = async (port: number, path: string) => {
        turn += 1
        const requests = Array.from({ length: BATCH }, (_, n) =>
          requestOf(
            'POST',
            path,
            JSON_TYPE,
            JSON.stringify({ name: `Guest ${n}`, email: `g${turn}-${n}@example.org` }),
          ),
        )
        const done = await load.run({ port, connections, ms: 60_000, requests })
        if (Object.keys(done.statuses).join() !== '201') throw new Error(`not 201: ${JSON.stringify(done.statuses)}`)
        return (done.answers / done.ms) * 1000
      }
      const { ratio, ours, theirs } = await ratioOf(
        () => rate(community.port, `/api/v1/events/${id}/rsvps`),
        () => rate(bare.port, '/bare'),
        5,
      )
      figures.push({
        what: `${connections} connections`,
        against: 'a bare Hono route with one INSERT … SELECT',
        value: ratio,
        goal: null,
        note: `${Math.round(ours)} against ${Math.round(theirs)} answers a second`,
      })
    }
    load.stop()
    await bare.stop()
    await community.stop()
    return figures
  },
}
