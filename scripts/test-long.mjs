// Runs the tests of reliability at length and writes their figures into docs/reliability.md. `npm run test:long parsers` runs those
// whose name has that in it, and leaves the figures of the others.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const PAGE = 'docs/reliability.md'
const MARK = '<!-- Below: what `npm run test:long` wrote. -->\n'
const FILES = [
  'tests/rsvp/model',
  'tests/rsvp/race',
  'tests/rsvp/faults',
  'tests/node/kill',
  'tests/node/processes',
  'tests/node/outbox',
  'tests/node/parsers',
  'tests/accounts/sign-in',
]

const [only = ''] = process.argv.slice(2)
const chosen = FILES.filter((file) => file.includes(only))
if (chosen.length === 0) throw new Error(`no test is called ${only}`)

const vitest = spawn(
  'npx',
  ['vitest', 'run', '--project', 'libsql', '--project', 'd1', '--project', 'node', ...chosen],
  {
    env: { ...process.env, LONG_TESTS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
)
let printed = ''
vitest.stdout.on('data', (data) => {
  printed += data
  process.stdout.write(data)
})
const status = await new Promise((resolve) => vitest.once('exit', resolve))
if (status !== 0) process.exit(1)

const tests = new Map()
for (const [, json] of stripVTControlCharacters(printed).matchAll(/^FIGURES (.*)$/gm)) {
  const { test, engine, figures } = JSON.parse(json)
  tests.set(test, { ...tests.get(test), [engine]: { ...tests.get(test)?.[engine], ...figures } })
}
if (tests.size === 0) throw new Error('no test told a figure')
const NAMES = { libsql: 'a libSQL file', d1: 'D1' }
const [head, written = ''] = readFileSync(PAGE, 'utf8').split(MARK)
const rows = new Map()
const cellsOf = (line) => line.split('|').map((cell) => cell.trim())
if (only !== '')
  for (const line of written
    .split('\n')
    .filter((one) => /^\| /.test(one))
    .slice(2))
    rows.set(cellsOf(line).slice(1, 3).join('|'), line)
for (const [test, engines] of tests)
  for (const [engine, figures] of Object.entries(engines)) {
    const told = Object.entries(figures).map(([name, value]) => `${name}: ${value}`)
    const on = NAMES[engine] ?? engine
    rows.set(`${test}|${on}`, `| ${test} | ${on} | ${told.join('; ')} |`)
  }
const table = ['| test | on | figures |', '|---|---|---|', ...[...rows].sort().map(([, row]) => row)].join('\n')
writeFileSync(PAGE, `${head}${MARK}\n${table}\n`)
