/** The next ten dates of a series that began twenty years ago, against one that began yesterday. */
import { startsBetween } from '../src/time/recurrence.ts'
import { type Benchmark, type Figure, ratioOf, timeOf } from './figure.ts'

const NOW = Date.UTC(2026, 10, 23) / 1000
const FAR = NOW + 30 * 366 * 86_400
const RULES = [
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
  'FREQ=MONTHLY;BYDAY=3WE',
  'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=YEARLY;BYMONTH=2;BYDAY=-1SU',
]
const OLD = ['2006-11-20', '2006-11-15', '2006-11-20', '2007-02-25']
const NEW = ['2026-11-23', '2026-11-18', '2026-11-23', '2026-02-22']

export const series: Benchmark = {
  name: 'The next ten dates of a series',
  async run() {
    const figures: Figure[] = []
    for (const [at, rule] of RULES.entries()) {
      const expand = (day: string) => () =>
        timeOf(() => {
          for (let time = 0; time < 300; time++)
            startsBetween({ start: `${day}T19:00:00`, timeZone: 'Europe/Berlin', rule }, NOW, FAR, 10)
        })
      const { ratio, ours, theirs } = await ratioOf(expand(OLD[at]!), expand(NEW[at]!), 9)
      const note = `${((ours / 300) * 1000).toFixed(0)} µs against ${((theirs / 300) * 1000).toFixed(0)} µs`
      figures.push({ what: rule, against: 'the same, begun yesterday', value: ratio, goal: { atMost: 2 }, note })
    }
    return figures
  },
}
