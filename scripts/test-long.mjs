// Runs the tests of reliability at length and writes their figures into docs/reliability.md.
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

const vitest = spawn(
  'npx',
  ['vitest', 'run', '--project', 'libsql', '--project', 'd1', '--project', 'node', ...FILES],
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
const rows = [...tests].sort().flatMap(([test, engines]) =>
  Object.entries(engines).map(([engine, figures]) => {
    const told = Object.entries(figures).map(([name, value]) => `${name}: ${value}`)
    return `| ${test} | ${NAMES[engine] ?? engine} | ${told.join('; ')} |`
  }),
)
const table = ['| test | on | figures |', '|---|---|---|', ...rows].join('\n')
const [head] = readFileSync(PAGE, 'utf8').split(MARK)
writeFileSync(PAGE, `${head}${MARK}\n${table}\n`)
