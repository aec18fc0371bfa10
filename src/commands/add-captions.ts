/** Brings captions of talks into a running Convene, one file each. */
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type Command, UsageError } from './command.ts'
import { argsOf, refusalOf, serverOf, whyNot } from './server.ts'

const MEDIA_TYPES: Record<string, string> = { '.vtt': 'text/vtt', '.srt': 'application/x-subrip' }

const OPTIONS = { language: { type: 'string' }, charset: { type: 'string' }, partial: { type: 'boolean' } } as const

export const addCaptions: Command = {
  usage: `[--language en] [--charset windows-1252] [--partial] [SLUG=]FILE…
    Each file holds the captions of one talk, .vtt or .srt, in the language that its name says (SLUG.en.vtt) or --language.
    With --partial the cues that can be read are taken from a file that is broken elsewhere.`,
  async run(args, { env, print, fail }) {
    const { values, positionals } = argsOf(args, OPTIONS)
    const server = serverOf(values, env)
    if (positionals.length === 0) throw new UsageError('no files')
    const files = positionals.map((given) => fileOf(given, values.language))
    let failed = 0
    for (const { slug, language, path } of files) {
      try {
        const mediaType = `${MEDIA_TYPES[extname(path).toLowerCase()]}${values.charset ? `; charset=${values.charset}` : ''}`
        const address = `/talks/${slug}/captions/${language}${values.partial ? '?partial=true' : ''}`
        const answer = await server.call('PUT', address, mediaType, await readFile(path))
        if (!answer.ok) throw new Error(await refusalOf(answer))
        const { cues, faults } = (await answer.json()) as { cues: number; faults: unknown[] }
        print(`${slug} (${language}): ${cues} cues${faults.length > 0 ? `, ${faults.length} could not be read` : ''}`)
      } catch (error) {
        failed += 1
        fail(`${path}: ${whyNot(error)}`)
      }
    }
    return failed === 0
  },
}

function fileOf(given: string, language: string | undefined) {
  const [, named, path = given] = /^([a-z0-9-]+)=(.+)$/s.exec(given) ?? []
  const extension = extname(path)
  if (!MEDIA_TYPES[extension.toLowerCase()]) throw new UsageError(`neither .vtt nor .srt: ${path}`)
  const [slug = '', ...rest] = basename(path, extension).split('.')
  const said = language ?? rest.at(-1)
  if (!said) throw new UsageError(`in which language is ${path}? Call it ${slug}.en${extension}, or say --language`)
  return { slug: named ?? slug, language: said, path }
}
