import { type Benchmark, ratioOf } from './figure.ts'
import { requestOf, startLoad } from './load.ts'
import { openWorkerd } from './workerd.ts'

export const worker: Benchmark = {
  name: 'An unchanged poll in workerd',
  async run() {
    const workerd = await openWorkerd()
    await workerd.call('POST', '/api/v1/groups', { slug: 'bench', name: 'Bench' })
    const tag = (await workerd.call('GET', '/g/bench/calendar.ics')).headers.get('ETag')!
    const load = startLoad()
    const rate = async (path: string) => {
      const request = requestOf('GET', path, { 'If-None-Match': tag })
      const done = await load.run({ port: workerd.port, connections: 8, ms: 1000, requests: [request] })
      if (Object.keys(done.statuses).join() !== '304')
        throw new Error(`${path} not 304: ${JSON.stringify(done.statuses)}`)
      return (done.answers / done.ms) * 1000
    }
    const { ratio, ours, theirs } = await ratioOf(
      () => rate('/g/bench/calendar.ics'),
      () => rate('/bare'),
    )
    load.stop()
    await workerd.stop()
    const note = `${Math.round(ours)} against ${Math.round(theirs)} answers a second`
    return [{ what: 'workerd', against: 'a bare Hono 304', value: ratio, goal: { atLeast: 0.6 }, note }]
  },
}
