/** Brings a backup into a running Convene whose database is empty. */
import { open } from 'node:fs/promises'
import { type Command, type Terminal, UsageError } from './command.ts'
import { argsOf, refusalOf, type Server, serverOf, whyNot } from './server.ts'

/** Of the 1 MiB that a request may have. */
const PART_BYTES = 500_000
const JSON_LINES = 'application/x-ndjson'

export const restore: Command = {
  usage: `FILE
    Brings a backup into an empty database of the same version. One that broke off is begun again by the same call. When it is
    done the tokens of the backup count, not the one it was done with, unless that one is the server's ADMIN_TOKEN.`,
  async run(args, terminal) {
    const { values, positionals } = argsOf(args, {})
    const server = serverOf(values, terminal.env)
    const [path, ...more] = positionals
    if (!path || more.length > 0) throw new UsageError('one file')
    try {
      const { schema, rows } = await checked(path)
      await upload(server, path, schema, rows, terminal)
      terminal.print(`${rows} rows are there`)
      return true
    } catch (error) {
      terminal.fail(whyNot(error))
      return false
    }
  },
}

/** Reads the file to its end before anything is written: one that was cut off is refused. */
async function checked(path: string): Promise<{ schema: string; rows: number }> {
  const head = { schema: '', rows: 0, total: -1 }
  let at = 0
  for await (const line of linesOf(path)) {
    at += 1
    const value = parsed(line, at)
    if (at === 1 && value.backup !== 'convene') throw new Error('line 1: is no head of a backup of Convene')
    if (at === 1) head.schema = String(value.schema)
    else if (value.end === true) head.total = Number(value.rows)
    else head.rows += 1
  }
  if (head.total !== head.rows) throw new Error(`the backup is not whole: ${head.rows} rows of ${head.total}`)
  return head
}

async function upload(server: Server, path: string, schema: string, total: number, { print }: Terminal): Promise<void> {
  const send = async (address: string, mediaType: string, body: string) => {
    const answer = await server.call('POST', address, mediaType, body)
    if (!answer.ok) throw new Error(await refusalOf(answer))
    return (await answer.json()) as { id: string }
  }
  const { id } = await send('/restores', 'application/json', JSON.stringify({ schema }))
  let part = ''
  let sent = 0
  let rows = 0
  let isLast = false
  for await (const line of linesOf(path)) {
    if (!line.startsWith('{"table":')) continue
    const isToken = line.startsWith('{"table":"tokens"')
    if (part !== '' && ((isToken && !isLast) || part.length + line.length > PART_BYTES)) {
      if (isLast) throw new Error('more tokens than one part takes')
      await send(`/restores/${id}/rows`, JSON_LINES, part)
      sent += rows
      print(`  ${sent} of ${total} rows`)
      part = ''
      rows = 0
    }
    isLast ||= isToken
    part += `${line}\n`
    rows += 1
  }
  await send(`/restores/${id}/finish?rows=${total}`, JSON_LINES, part)
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path)
  try {
    for await (const line of file.readLines()) if (line !== '') yield line
  } finally {
    await file.close()
  }
}

function parsed(line: string, at: number): Record<string, unknown> {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`line ${at}: is no JSON`)
  }
}
