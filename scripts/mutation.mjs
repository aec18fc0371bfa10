// Changes the code that seats, secrets and files hang on, one place at a time, and counts what the tests notice. Of each set
// 85 of 100 changes at least must be noticed; the figures go into docs/security.md. `npm run mutation csv` runs one set.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const LEAST = 85
const PAGE = 'docs/security.md'
const [BEGIN, END] = ['<!-- What `npm run mutation` wrote. -->\n', '<!-- The end of it. -->']

const SETS = {
  capacity: {
    mutate: ['src/events/seats.ts', 'src/events/promote.ts', 'src/rsvp/places.ts'],
    tests: [
      'rsvp/lines',
      'rsvp/hybrid',
      'rsvp/standing',
      'rsvp/dates',
      'rsvp/rules',
      'rsvp/rsvp',
      'rsvp/organizers',
      'rsvp/model',
    ],
  },
  'access and tokens': {
    mutate: ['access', 'capability', 'issue', 'queries', 'revoke', 'touch']
      .map((name) => `src/tokens/${name}.ts`)
      .concat('src/http/needs.ts'),
    tests: ['tokens/tokens', 'team/team', 'groups/groups'],
  },
  iCalendar: {
    mutate: ['src/feeds/ics.ts', 'src/events/vevent.ts'],
    tests: ['bytes', 'content', 'identity', 'texts', 'time', 'zones']
      .map((name) => `feeds/checklist-${name}`)
      .concat('feeds/writer', 'feeds/talks'),
  },
  CSV: {
    mutate: ['src/formats/csv.ts', 'src/rsvp/csv.ts', 'src/talks/schedule-csv.ts'],
    tests: ['formats/csv', 'rsvp/csv', 'imports/schedule-formats'],
  },
}

/** Runs one set: how many changes were made, and how many the tests noticed, by failing or by not ending. */
function run(name, { mutate, tests }) {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'))
  const [config, report] = [join(folder, 'stryker.json'), join(folder, 'report.json')]
  writeFileSync(
    config,
    JSON.stringify({
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner'],
      vitest: { configFile: 'vitest.mutation.config.ts', related: false },
      tsconfigFile: 'none',
      mutate,
      ignorePatterns: ['/dist', '/docs', '/examples', '/bench', '/.wrangler', '/data'],
      timeoutMS: 20_000,
      reporters: ['json', 'clear-text', 'progress-append-only'],
      jsonReporter: { fileName: report },
      clearTextReporter: { allowColor: false, logTests: false },
      tempDirName: '.stryker-tmp',
      allowEmpty: false,
    }),
  )
  const env = { ...process.env, MUTATION_TESTS: tests.map((test) => `tests/${test}.test.ts`).join() }
  const { status } = spawnSync('npx', ['stryker', 'run', config], { env, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${name}: Stryker ended with ${status}`)
  const { files } = JSON.parse(readFileSync(report, 'utf8'))
  rmSync(folder, { recursive: true })
  const all = Object.values(files).flatMap(({ mutants }) => mutants.map((mutant) => mutant.status))
  const noticed = all.filter((one) => one === 'Killed' || one === 'Timeout').length
  const made = all.filter((one) => !/Error|Ignored/.test(one)).length
  return { made, noticed, score: (100 * noticed) / made }
}

const [only] = process.argv.slice(2)
const chosen = Object.entries(SETS).filter(([name]) => only === undefined || name.startsWith(only))
const page = readFileSync(PAGE, 'utf8')
const [before, rest] = page.split(BEGIN)
const [written, after] = rest.split(END)
const rows = new Map(
  written.split('\n').flatMap((line) => (/^\| [^|-]/.test(line) ? [[line.split('|')[1].trim(), line]] : [])),
)
for (const [name, set] of chosen) {
  const { made, noticed, score } = run(name, set)
  const files = set.mutate.map((path) => `\`${path.replace(/^src\//, '')}\``).join(', ')
  rows.set(name, `| ${name} | ${files} | ${made} | ${noticed} | ${score.toFixed(1)} % |`)
  if (score < LEAST)
    throw new Error(`${name}: the tests notice ${score.toFixed(1)} of 100 changes; ${LEAST} it must be`)
}
rows.delete('of')
const table = ['| of | in | changes | noticed | |', '|---|---|---|---|---|', ...rows.values()].join('\n')
writeFileSync(PAGE, `${before}${BEGIN}\n${table}\n\n${END}${after}`)
