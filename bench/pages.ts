/** What pages weigh with all that they load, and how long they take beside a bare Hono route with the same HTML. */
import { Hono } from 'hono'
import { addEvents, openCommunity, serveBare } from './community.ts'
import { type Benchmark, type Figure, ratioOf } from './figure.ts'
import { requestOf, startLoad } from './load.ts'
import { weigh } from './weigh.ts'

const CONNECTIONS = 8
const ROUND_MS = 700
const PAGE_KB = 40
const SCRIPTS_KB = 15
const SCRIPTS = ['/site.js', '/door.js', '/embed.js', '/embed-frame.js']

export const pages: Benchmark = {
  name: 'Pages',
  async run() {
    const community = await openCommunity()
    await addEvents(community.deps, 1000)
    const origin = `http://localhost:${community.port}`
    const event = await community.api('POST', '/groups/bench/events', {
      title: 'A meetup',
      kind: 'meetup',
      start: '2099-02-02T14:00:00',
      timeZone: 'Europe/Brussels',
      description: 'An evening of talks and questions.\n\nEverybody is welcome.',
      locations: [{ name: 'Library', address: 'Main street 1' }],
      rsvp: { capacity: { inPerson: 50 }, guestsMax: 2, questions: [{ id: 'diet', label: 'Dietary needs' }] },
    })
    const month = '2026-06'
    const shown = {
      'an event': `/e/${event.id}`,
      'an event in a frame': `/embed/e/${event.id}`,
      'a group': '/g/bench',
      'a month of 45 events': `/g/bench/calendar?month=${month}`,
      home: '/',
      'the archive': '/talks',
      'no such page': '/e/nothing',
    }
    const figures: Figure[] = []
    const load = startLoad()
    for (const [what, path] of Object.entries(shown)) {
      const { bytes, requests } = await weigh(origin + path)
      const note = `${requests} requests`
      figures.push({ what, against: 'kB with all that it loads', value: bytes / 1000, goal: { atMost: PAGE_KB }, note })
      const html = await (await fetch(origin + path, { headers: { Accept: 'text/html' } })).text()
      const bare = await serveBare(new Hono().get('*', (c) => c.html(html)))
      const rate = async (port: number) => {
        const request = requestOf('GET', path, { Accept: 'text/html' })
        const done = await load.run({ port, connections: CONNECTIONS, ms: ROUND_MS, requests: [request] })
        return (done.answers / done.ms) * 1000
      }
      const { ratio, ours, theirs } = await ratioOf(
        () => rate(community.port),
        () => rate(bare.port),
        5,
      )
      await bare.stop()
      const rates = `${Math.round(ours)} against ${Math.round(theirs)} answers a second`
      figures.push({
        what,
        against: 'a bare Hono route with this HTML, in time',
        value: 1 / ratio,
        goal: null,
        note: rates,
      })
    }
    load.stop()
    const scripts = await Promise.all(SCRIPTS.map((path) => weigh(origin + path)))
    const kb = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000
    figures.push({
      what: 'All scripts',
      against: 'kB',
      value: kb,
      goal: { atMost: SCRIPTS_KB },
      note: SCRIPTS.join(', '),
    })
    await community.stop()
    return figures
  },
}
