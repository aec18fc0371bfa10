import type { Command } from './command.ts'
import { lineOf, nextDates } from './next-dates.ts'

/** The next date: of what takes place in this room, else of the group. */
export const next = {
  name: 'next',
  usage: '!next',
  async run(asked) {
    const [first] = await nextDates(asked)
    return first ? `Next: ${lineOf(asked.deps.baseUrl, first)}` : 'Nothing is planned.'
  },
} as const satisfies Command
