import { agenda } from './agenda.ts'
import type { Asked, Command } from './command.ts'
import { count } from './count.ts'
import { next } from './next.ts'
import { rsvp } from './rsvp.ts'

/** What a bot can be asked: a new command is a file and a line here. */
export const commands = [next, agenda, rsvp, count] as const satisfies readonly Command[]

/** What the bot says to a line of chat; null where it is no command of ours. */
export async function answerTo(asked: Omit<Asked, 'words'>, text: string): Promise<string | null> {
  const [, name, words = ''] = /^\s*!([a-z]+)\b\s*(.*)$/is.exec(text) ?? []
  if (name?.toLowerCase() === 'help') return `I know ${commands.map(({ usage }) => usage).join(', ')}`
  const command = commands.find((one) => one.name === name?.toLowerCase())
  return command ? command.run({ ...asked, words: words.trim() }) : null
}
