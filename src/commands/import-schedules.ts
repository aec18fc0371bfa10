/** Brings the schedules of many conferences into a running Convene, one request each, and tells how it goes. */
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type Command, type Terminal, UsageError } from './command.ts'
import { argsOf, type Server, serverOf, whyNot } from './server.ts'

const MEDIA_TYPES: Record<string, string> = {
  '.xml': 'application/xml',
  '.json': 'application/json',
  '.csv': 'text/csv',
}
const FAULTS_SHOWN = 20

type Options = { server: Server; query: string }
type Fault = { path: string; message: string }
type Answer = {
  talks?: { created: number; updated: number; unchanged: number }
  faults?: Fault[]
  errors?: Fault[]
  title?: string
  detail?: string
}

export const importSchedules: Command = {
  usage: `[--dry-run] [--partial] [--time-zone Europe/Brussels] [SLUG=]FILE…
    Each file is the schedule of one conference: .xml, .json or .csv in any format of PUT /conferences/{slug}/schedule.
    Without SLUG= the conference is called as the file. CONVENE_URL and CONVENE_TOKEN (or --url, --token) say where to.`,
  async run(args, terminal) {
    const { files, options } = optionsOf(args, terminal.env)
    const sum = { talks: 0, failed: 0 }
    for (const [at, { slug, path }] of files.entries()) {
      const told = await importOne(slug, path, options)
      const line = `[${at + 1}/${files.length}] ${slug}: ${told.line}`
      if (told.isDone) terminal.print(line)
      else terminal.fail(line)
      showFaults(told.faults, terminal)
      sum.talks += told.talks
      sum.failed += Number(!told.isDone)
    }
    const dry = options.query.includes('dryRun') ? '; nothing was written' : ''
    terminal.print(`${sum.talks} talks of ${files.length - sum.failed} conferences; ${sum.failed} files failed${dry}`)
    return sum.failed === 0
  },
}

function optionsOf(args: string[], env: Terminal['env']) {
  const { values, positionals } = argsOf(args, OPTIONS)
  const server = serverOf(values, env)
  if (positionals.length === 0) throw new UsageError('no files')
  const files = positionals.map((given) => {
    const [, named, path = given] = /^([a-z0-9-]+)=(.+)$/s.exec(given) ?? []
    if (!MEDIA_TYPES[extname(path).toLowerCase()]) throw new UsageError(`neither .xml nor .json nor .csv: ${path}`)
    return { slug: named ?? slugOf(path), path }
  })
  const query = new URLSearchParams({
    ...(values['dry-run'] ? { dryRun: 'true' } : {}),
    ...(values.partial ? { partial: 'true' } : {}),
    ...(values['time-zone'] ? { timeZone: values['time-zone'] } : {}),
  })
  return { files, options: { server, query: String(query) } }
}

const flag = { type: 'boolean' } as const
const OPTIONS = { 'time-zone': { type: 'string' }, 'dry-run': flag, partial: flag } as const

const slugOf = (path: string): string =>
  basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

type Told = { isDone: boolean; line: string; talks: number; faults: Fault[] }
const failed = (line: string, faults: Fault[] = []): Told => ({ isDone: false, line, talks: 0, faults })

async function importOne(slug: string, path: string, { server, query }: Options): Promise<Told> {
  const extension = extname(path).toLowerCase()
  try {
    const address = `/conferences/${slug}/schedule${extension}?${query}`
    const answer = await server.call('PUT', address, MEDIA_TYPES[extension]!, await readFile(path))
    const body = (await answer.json().catch(() => ({}))) as Answer
    if (!answer.ok || !body.talks) {
      const why = [body.title, body.detail].filter(Boolean).join(': ')
      return failed(`refused with ${answer.status} ${why}`.trim(), body.errors)
    }
    const { created, updated, unchanged } = body.talks
    return {
      isDone: true,
      line: `${created} created, ${updated} updated, ${unchanged} unchanged`,
      talks: created + updated + unchanged,
      faults: body.faults ?? [],
    }
  } catch (error) {
    return failed(whyNot(error))
  }
}

function showFaults(faults: Fault[], { fail }: Terminal): void {
  for (const { path, message } of faults.slice(0, FAULTS_SHOWN)) fail(`  ${path ? `${path}: ` : ''}${message}`)
  if (faults.length > FAULTS_SHOWN) fail(`  … and ${faults.length - FAULTS_SHOWN} more`)
}
