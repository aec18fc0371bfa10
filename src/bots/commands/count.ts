import { setCounted } from '../../minutes/update-uncounted.ts'
import type { Command } from './command.ts'

/** Who does not want to be listed among those who were there says so once. */
export const count = {
  name: 'count',
  usage: '!count me out, !count me in',
  async run({ deps, group, nick, words }) {
    const [, way] = /^me\s+(in|out)$/i.exec(words.trim()) ?? []
    if (!way) return 'Say !count me out, or !count me in.'
    const isCounted = way.toLowerCase() === 'in'
    await setCounted(deps, group.id, nick, isCounted)
    return `${nick}: you are ${isCounted ? '' : 'not '}counted among those who were there.`
  },
} as const satisfies Command
