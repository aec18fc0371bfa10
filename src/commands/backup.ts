/** Writes everything that a running Convene stores into a file. */
import { open, rename, rm } from 'node:fs/promises'
import { type Command, UsageError } from './command.ts'
import { argsOf, refusalOf, type Server, serverOf, whyNot } from './server.ts'

const TRIES = 3

export const backup: Command = {
  usage: `FILE
    Writes all rows as JSON Lines, the same bytes whatever the database. They hold names and addresses: keep the file safe.`,
  async run(args, { env, print, fail }) {
    const { values, positionals } = argsOf(args, {})
    const server = serverOf(values, env)
    const [path, ...more] = positionals
    if (!path || more.length > 0) throw new UsageError('one file')
    const part = `${path}.part`
    try {
      for (let at = 1; at <= TRIES; at++) {
        const { rows, isWhole } = await download(server, part, print)
        if (isWhole) {
          await rename(part, path)
          print(`${rows} rows in ${path}`)
          return true
        }
        print('something was changed meanwhile; once more')
      }
      fail('something was changed each time: try again when less is going on')
    } catch (error) {
      fail(whyNot(error))
    }
    await rm(part, { force: true })
    return false
  },
}

/** All pages into a file that others can't read; whole where the journal stood still. */
async function download(server: Server, path: string, print: (line: string) => void) {
  const file = await open(path, 'w', 0o600)
  try {
    let address: string | undefined = '/backup'
    let first = ''
    let last = ''
    while (address !== undefined) {
      const answer = await server.call('GET', address)
      if (!answer.ok) throw new Error(await refusalOf(answer))
      const text = await answer.text()
      await file.write(text)
      const lines = text.trimEnd().split('\n')
      first ||= lines[0]!
      last = lines.at(-1)!
      address = /<[^>]*\/api\/v1([^>]+)>; rel="next"/.exec(answer.headers.get('Link') ?? '')?.[1]
      if (address) print(`  ${JSON.parse(decodeURIComponent(address.split('cursor=')[1]!)).rows} rows`)
    }
    const [head, tail] = [JSON.parse(first), JSON.parse(last)]
    if (tail.end !== true) throw new Error('the server ended too early')
    return { rows: tail.rows as number, isWhole: head.seq === tail.seq }
  } finally {
    await file.close()
  }
}
