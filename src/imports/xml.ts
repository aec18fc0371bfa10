/** XML that came from outside: checked before a parser sees it (SECURITY I2). */
import { XMLParser } from 'fast-xml-parser'
import type { Fault } from '../outcome.ts'

/** Deeper than any schedule; a parser that recurses would run out of stack long after this. */
const DEPTH_MAX = 32

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
})

export type Xml = string | XmlElement | Xml[] | undefined
export type XmlElement = { [name: string]: Xml }

/** The document, or why it can't be read. Document types and entities are refused: no schedule needs them. */
export function parseXml(text: string): { ok: true; root: XmlElement } | { ok: false; faults: Fault[] } {
  const no = (message: string) => ({ ok: false as const, faults: [{ path: '', message }] })
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return no('must not have a DOCTYPE or entities')
  if (depthOf(text) > DEPTH_MAX) return no(`is nested deeper than ${DEPTH_MAX} elements`)
  try {
    const root: unknown = parser.parse(text, true)
    return typeof root === 'object' && root !== null ? { ok: true, root: root as XmlElement } : no('is no XML')
  } catch (error) {
    const line = (error as { line?: number }).line
    const why = String(error instanceof Error ? error.message : error).slice(0, 200)
    return no(`is no well-formed XML: ${why}${line ? ` (line ${line})` : ''}`)
  }
}

/** How deep the elements nest, in one walk: a search for each end from each start would never come back from `<<<<…`. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const ending = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : '>'
    const end = text.indexOf(ending, at + 1)
    if (end < 0) break
    const isElement = ending === '>' && text[at + 1] !== '?'
    if (isElement && text[at + 1] === '/') depth -= 1
    else if (isElement && text[end - 1] !== '/') deepest = Math.max(deepest, ++depth)
    at = end + ending.length
  }
  return deepest
}

/** The elements of a name, one or many. */
export const elements = (parent: Xml, name: string): XmlElement[] => {
  const found = isElement(parent) ? parent[name] : undefined
  const list = found === undefined ? [] : Array.isArray(found) ? found : [found]
  return list.map((one) => (isElement(one) ? one : { '#text': typeof one === 'string' ? one : '' }))
}

const isElement = (value: Xml): value is XmlElement => typeof value === 'object' && !Array.isArray(value)

/** The text of an element's only child of this name, or of its attribute (`@date`); empty where there is none. */
export function textOf(parent: Xml, name: string): string {
  const found = isElement(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined
  const one = Array.isArray(found) ? found[0] : found
  if (typeof one === 'string') return one.trim()
  return isElement(one) && typeof one['#text'] === 'string' ? one['#text'].trim() : ''
}
