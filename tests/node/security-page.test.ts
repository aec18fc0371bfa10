/** docs/security.md says of roles what the code does. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ABILITIES, ROLES } from '../../src/tokens/access.ts'
import { pathOf } from '../support/sources.ts'

it('has the table of roles', () => {
  const cells = readFileSync(pathOf('docs/security.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `') && !line.includes('.test.ts'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const roles = ['owner', 'organizer', 'helper', 'member'] as const
  expect(cells).toEqual(
    Object.entries(ABILITIES).map(([verb, words]) => [
      `\`${verb}\``,
      words,
      ...roles.map((role) => ((ROLES[role] as readonly string[]).includes(verb) ? 'yes' : '')),
    ]),
  )
})
