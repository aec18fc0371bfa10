/** Holds docs/feeds.md: it has each line of the checklist, and each test that it names is there. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pathOf } from '../support/sources.ts'

const CHECKLIST = pathOf('../shared/CHECKLIST.md')
const page = readFileSync(pathOf('docs/feeds.md'), 'utf8')
const rows = [...page.matchAll(/^\| (\d\.\d+) +\| (.*) \| ?(.*?) *\|$/gm)].map(([, line, what, held]) => ({
  line: line!,
  what: what!,
  tests: [...held!.matchAll(/`([^`]+?) › ([^`]+)`/g)].map(([, file, name]) => ({ file: file!, name: name! })),
}))

/** The lines of the checklist by number; its tables and lists without numbers are counted. */
function linesOfChecklist(): string[] {
  const text = readFileSync(CHECKLIST, 'utf8')
  const section = (number: number) => text.split(`\n## ${number}. `)[1]!.split('\n## ')[0]!
  const numbered = [...text.matchAll(/^\| (\d\.\d+) \|/gm)].map(([, line]) => line!)
  const newer = section(7)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
  const points = [...section(8).matchAll(/(?:^|\s)(\d)\. /g)].map(([, point]) => point!)
  return [...numbered, ...newer.map((_, at) => `7.${at + 1}`), ...points.map((point) => `8.${point}`)]
}

describe('docs/feeds.md', () => {
  it.skipIf(!existsSync(CHECKLIST))('has each line of the checklist once', () => {
    expect(rows.map(({ line }) => line).toSorted()).toEqual(linesOfChecklist().toSorted())
  })

  it('names a test for each line, or says why not', () => {
    expect(rows.filter(({ what, tests }) => tests.length === 0 && !what.startsWith('why not: '))).toEqual([])
  })

  it('names only tests that are there', () => {
    const missing = rows.flatMap(({ line, tests }) =>
      tests.flatMap(({ file, name }) => {
        const path = pathOf(`tests/${file}.test.ts`)
        const code = existsSync(path) ? readFileSync(path, 'utf8') : ''
        const isThere = [`'${name}'`, `"${name}"`].some(
          (quoted) => code.includes(`(${quoted},`) || code.includes(`\n    ${quoted},`),
        )
        return isThere ? [] : [`${line}: ${file} › ${name}`]
      }),
    )
    expect(missing).toEqual([])
    expect(rows.length).toBeGreaterThan(80)
  })
})
