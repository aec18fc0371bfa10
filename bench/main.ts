/** `npm run bench`: prints each figure beside its goal; with `-- --write` into docs/benchmarks.md too. A name runs one. */
import { readFileSync, writeFileSync } from 'node:fs'
import { archive } from './archive.ts'
import { feed } from './feed.ts'
import { type Benchmark, type Figure, isMet } from './figure.ts'
import { outbox } from './outbox.ts'
import { pages } from './pages.ts'
import { poll } from './poll.ts'
import { rows } from './rows.ts'
import { rsvp } from './rsvp.ts'
import { series } from './series.ts'
import { workerFeed } from './worker-feed.ts'
import { worker } from './worker-poll.ts'

/** Every benchmark: a new one is a file and a line here. */
const benchmarks: Record<string, Benchmark> = {
  poll,
  worker,
  feed,
  'worker-feed': workerFeed,
  series,
  rsvp,
  archive,
  rows,
  outbox,
  pages,
}

const named = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 0))
const goalOf = ({ goal }: Figure) => (goal === null ? '' : 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`)

const sections: string[] = []
let missed = 0
for (const [key, benchmark] of Object.entries(benchmarks)) {
  if (named.length > 0 && !named.includes(key)) continue
  const figures = await benchmark.run()
  missed += figures.filter((figure) => !isMet(figure)).length
  const lines = figures.map(
    (figure) =>
      `| ${figure.what} | ${figure.against} | ${number(figure.value)} | ${goalOf(figure)}${isMet(figure) ? '' : ' **missed**'} | ${figure.note ?? ''} |`,
  )
  const section = [
    `## ${benchmark.name}`,
    '',
    '| | against | figure | goal | |',
    '|---|---|---|---|---|',
    ...lines,
  ].join('\n')
  console.log(`${section}\n`)
  sections.push(section)
}

const DOCUMENT = 'docs/benchmarks.md'
if (process.argv.includes('--write')) {
  const MARK = '<!-- Below: what `npm run bench -- --write` wrote. -->'
  const [head] = readFileSync(DOCUMENT, 'utf8').split(MARK)
  writeFileSync(DOCUMENT, `${head}${MARK}\n\n${sections.join('\n\n')}\n`)
}
process.exitCode = missed > 0 ? 1 : 0
process.exit()
