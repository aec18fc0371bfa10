/** The source text, read as the architecture test wants it: files, what they import, and their code without comments. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** `to` is a path below src/ for a file of ours, else a package. */
export type Import = { to: string; isType: boolean; isOurs: boolean }
/** `path` is below src/; `slice` is its folder there, '' at the top. */
export type Source = { path: string; slice: string; name: string; lines: number; code: string; imports: Import[] }

export const pathOf = (path: string): string => join(ROOT, path)

const IMPORT =
  /^(?:import|export)\s+(type\s+)?(?:[\w$*\s,]*(?:\{[^}]*\})?\s*from\s+)?'([^']+)'|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

/** Comments go, so that a rule may be named in one; strings stay, since SQL is code too. */
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')

function importsOf(path: string, code: string): Import[] {
  return [...code.matchAll(IMPORT)].map(([, type, named, dynamic]) => {
    const from = (named ?? dynamic)!
    const isOurs = from.startsWith('.')
    return { to: isOurs ? posix.join(dirname(path), from) : from, isType: type !== undefined, isOurs }
  })
}

export function readSources(): Source[] {
  return readdirSync(pathOf('src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => {
      const text = readFileSync(pathOf(`src/${path}`), 'utf8')
      const code = withoutComments(text)
      const [slice, ...rest] = path.includes('/') ? path.split('/') : ['', path]
      return {
        path,
        slice: slice!,
        name: rest.join('/'),
        lines: text.trimEnd().split('\n').length,
        code,
        imports: importsOf(path, code),
      }
    })
}
