/**
 * CPU in workerd for a feed of 1,000 events after a change: a bound from above of what a Worker is billed.
 *
 * Nothing is cached, since each answer follows a change. D1 runs in the same process here and elsewhere at Cloudflare, so
 * rounds of a change and an answer are compared with as many of a change and a request that lets D1 join the same text and
 * sends nothing of it. What is left holds the Worker, and D1's and miniflare's handing over of the text too.
 */
import { type Benchmark, type Figure, median } from './figure.ts'
import { openWorkerd } from './workerd.ts'

const EVENTS = 1000
const ANSWERS = 60
const ROUNDS = 5

export const workerFeed: Benchmark = {
  name: 'CPU in workerd for a feed after one change',
  async run() {
    const { call, cpu, stop } = await openWorkerd()
    await call('POST', '/api/v1/groups', { slug: 'bench', name: 'Bench' })
    let id = ''
    for (let n = 0; n < EVENTS; n++) {
      const day = new Date(Date.UTC(2026, 0, 1 + (n % 700))).toISOString().slice(0, 10)
      const made = await call('POST', '/api/v1/groups/bench/events', {
        title: `Event number ${n}`,
        kind: 'hangout',
        start: `${day}T${String(n % 24).padStart(2, '0')}:30:00`,
        timeZone: 'UTC',
        duration: 'PT1H',
        description: 'A meeting of the group, open to everybody. Bring a question, or an answer.',
        virtualLocations: [{ name: 'Video call', uri: `https://meet.example/${n}`, features: ['video'] }],
        keywords: ['bench'],
      })
      if (made.status !== 201) throw new Error(made.text)
      id = JSON.parse(made.text).id
    }
    let turn = 0
    const change = async () => {
      const changed = await call('PATCH', `/api/v1/events/${id}`, { title: `Turn ${turn++}` })
      if (changed.status !== 200) throw new Error(changed.text)
    }
    /** Milliseconds of CPU for so many changes, each followed by this. */
    const spent = async (after: () => Promise<unknown>) => {
      const begun = cpu()
      for (let n = 0; n < ANSWERS; n++) {
        await change()
        await after()
      }
      return (cpu() - begun) / ANSWERS
    }
    const figures: Figure[] = []
    for (const [what, query] of [
      ['as text', '?compressed=no'],
      ['compressed', ''],
    ]) {
      const answer = async () => {
        const { status, text } = await call('GET', `/g/bench/calendar.ics${query}`)
        if (status !== 200 || !text.includes(`SUMMARY:Turn ${turn - 1}\r\n`))
          throw new Error(`not what was changed: ${status}`)
      }
      await spent(answer)
      const costs: number[] = []
      for (let round = 0; round < ROUNDS; round++)
        costs.push((await spent(answer)) - (await spent(() => call('GET', '/joined'))))
      const whole = (await spent(answer)) - (await spent(async () => {}))
      const note = `with the SQL and miniflare ${whole.toFixed(1)}; of ${ROUNDS} rounds of ${ANSWERS}: ${costs.map((ms) => ms.toFixed(1)).join(', ')}`
      figures.push({
        what: `${EVENTS.toLocaleString('en')} events, ${what}`,
        against: 'ms of CPU for an answer, without the SQL',
        value: median(costs),
        goal: { atMost: 10 },
        note,
      })
    }
    await stop()
    return figures
  },
}
