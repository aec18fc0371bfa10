#!/usr/bin/env node
/** `npm run convene -- COMMAND …`: what is done from a terminal. Ends with 1 where something failed, with 2 for a call that can't be taken. */
import { UsageError } from './commands/command.ts'
import { commands } from './commands/index.ts'

const [name = '', ...args] = process.argv.slice(2)
const usage = () =>
  Object.entries(commands)
    .map(([name, { usage }]) => `  npm run convene -- ${name} ${usage}`)
    .join('\n')

try {
  const command = Object.hasOwn(commands, name) ? commands[name]! : null
  if (!command) throw new UsageError(name ? `no command: ${name}` : 'which command?')
  const done = await command.run(args, {
    env: process.env,
    print: console.log,
    fail: console.error,
    input: () => process.stdin,
  })
  process.exitCode = typeof done === 'number' ? done : done ? 0 : 1
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`${error.message}\n\n${usage()}`)
  process.exitCode = 2
}
