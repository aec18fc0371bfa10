/** What people ask a bot in chat: a new command is a file beside this one, and a line in the index. */
import type { Deps } from '../../deps.ts'

export type Asked = {
  deps: Deps
  group: { id: string; slug: string }
  bot: { id: string }
  /** Who asks, as the room knows them. */
  nick: string
  channel: string | null
  /** What stands after the command. */
  words: string
}

export type Command = {
  name: string
  usage: string
  /** @returns what the bot says, in one line. */
  run(asked: Asked): Promise<string>
}
