/** YAML that came from outside: checked before and after a parser sees it (PITFALLS L12, SECURITY I3). */
import { isNode, parseAllDocuments, visit } from 'yaml'
import type { Fault } from '../outcome.ts'

const SIZE_MAX = 1_000_000
/** The parser recurses: deeper text would end its stack. */
const DEPTH_MAX = 20
const DOCUMENTS_MAX = 500

export type YamlDocument = { place: string; value: unknown }

/** The documents of a stream, every scalar as text: `1600` and `no` stay what they are. Anchors, aliases and tags are refused. */
export function parseYaml(text: string): { documents: YamlDocument[]; faults: Fault[] } {
  const no = (message: string) => ({ documents: [], faults: [{ path: '', message }] })
  if (text.length > SIZE_MAX) return no(`must have at most ${SIZE_MAX} characters`)
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) return no('must not contain control characters')
  if (isTooDeep(text)) return no(`is nested deeper than ${DEPTH_MAX} levels`)
  const parsed = parseAllDocuments(text, {
    schema: 'failsafe',
    uniqueKeys: true,
    logLevel: 'error',
    prettyErrors: true,
  })
  if (!Array.isArray(parsed)) return no('has no document')
  if (parsed.length > DOCUMENTS_MAX) return no(`must have at most ${DOCUMENTS_MAX} documents`)
  const documents: YamlDocument[] = []
  const faults: Fault[] = []
  for (const [at, document] of parsed.entries()) {
    const file = /file:\s*(\S+)/.exec(
      `${document.commentBefore ?? ''}\n${isNode(document.contents) ? (document.contents.commentBefore ?? '') : ''}`,
    )?.[1]
    const place = `document ${at + 1}${file ? ` (${file})` : ''}`
    const problems = [...document.errors, ...document.warnings].map(({ message }) => message.split('\n')[0]!)
    visit(document, {
      Alias: () => void problems.push('must not have aliases'),
      Node: (_, node) => void ('anchor' in node && node.anchor ? problems.push('must not have anchors') : 0),
    })
    faults.push(...problems.map((message) => ({ path: place, message })))
    if (problems.length === 0) documents.push({ place, value: document.toJS({ maxAliasCount: 0 }) })
  }
  return { documents, faults }
}

/** Brackets within brackets, dashes within dashes and deep indents, counted without parsing. */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (const char of text) {
    if (char === '[' || char === '{') depth += 1
    if ((char === ']' || char === '}') && depth > 0) depth -= 1
    if (depth > DEPTH_MAX) return true
  }
  return text
    .split('\n')
    .some((line) => /^\s{100}/.test(line) || (line.match(/(?<!\S)[-?:](?!\S)/g)?.length ?? 0) > DEPTH_MAX)
}
