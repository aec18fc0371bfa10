/** iCalendar as text: components, properties and parameters (RFC 5545, 3.1 and 3.2). It takes whatever calendars hold. */
import type { Fault } from '../outcome.ts'

export type Property = { name: string; params: Map<string, string>; value: string; line: number }
export type Component = { name: string; properties: Property[]; components: Component[]; line: number }

/** More than this in one file is no calendar of a group. */
const LINES_MAX = 400_000
const DEPTH_MAX = 8

/** The components of a text, and the lines that are none of it. Lines are numbered from 1, as an editor does. */
export function parseICalendar(text: string): { components: Component[]; faults: Fault[] } {
  const root: Component = { name: '', properties: [], components: [], line: 0 }
  const open = [root]
  const faults: Fault[] = []
  const fault = (line: number, message: string) => {
    if (faults.length < 100) faults.push({ path: `line ${line}`, message })
  }
  for (const { text: content, line } of contentLines(text)) {
    if (line > LINES_MAX) {
      fault(line, `is beyond ${LINES_MAX} lines`)
      break
    }
    const property = parseLine(content, line)
    if (!property) fault(line, `is no content line: "${content.slice(0, 60)}"`)
    else if (property.name === 'BEGIN') {
      const component = { name: property.value.trim().toUpperCase(), properties: [], components: [], line }
      open.at(-1)!.components.push(component)
      if (open.length > DEPTH_MAX) {
        fault(line, `is nested deeper than ${DEPTH_MAX} components`)
        break
      }
      open.push(component)
    } else if (property.name === 'END') close(open, property, fault)
    else open.at(-1)!.properties.push(property)
  }
  for (const { name, line } of open.slice(1)) fault(line, `begins a ${name} that has no end`)
  return { components: root.components, faults }
}

function close(open: Component[], { value, line }: Property, fault: (line: number, message: string) => void): void {
  const name = value.trim().toUpperCase()
  const at = open.findLastIndex((one) => one.name === name)
  if (at < 1) {
    fault(line, `ends a ${name} that has not begun`)
    return
  }
  for (const { name: within } of open.slice(at + 1)) fault(line, `ends a ${name} within a ${within}`)
  open.length = at
}

/** Lines unfolded (RFC 5545, 3.1), with the number of the first. */
function* contentLines(text: string): Generator<{ text: string; line: number }> {
  let current: string[] = []
  let begun = 1
  let line = 0
  for (const one of text.split(/\r\n|\n|\r/)) {
    line += 1
    if (/^[ \t]/.test(one) && current.length > 0) {
      current.push(one.slice(1))
      continue
    }
    const whole = current.join('')
    if (whole.trim() !== '') yield { text: whole, line: begun }
    current = [one]
    begun = line
  }
  const whole = current.join('')
  if (whole.trim() !== '') yield { text: whole, line: begun }
}

const NAME = /^[A-Za-z0-9_.-]+/

/** `NAME;PARAM=value;OTHER="quoted":value`; null for what is none. Newlines in parameters are RFC 6868's. */
function parseLine(text: string, line: number): Property | null {
  const name = NAME.exec(text)?.[0]
  if (!name) return null
  const params = new Map<string, string>()
  let at = name.length
  while (text[at] === ';') {
    const equals = text.indexOf('=', at)
    if (equals < 0) return null
    const param = text.slice(at + 1, equals).toUpperCase()
    at = equals + 1
    let value = ''
    let quoted = false
    for (; at < text.length && (quoted || (text[at] !== ';' && text[at] !== ':')); at++) {
      if (text[at] === '"') quoted = !quoted
      else value += text[at]
    }
    params.set(
      param,
      value.replace(/\^(['n^])/g, (_, mark: string) => ({ "'": '"', n: '\n', '^': '^' })[mark]!),
    )
  }
  if (text[at] !== ':') return null
  return { name: name.toUpperCase(), params, value: text.slice(at + 1), line }
}

/** A TEXT value as it was meant (RFC 5545, 3.3.11). */
export const unescapeText = (value: string): string =>
  value.replace(/\\([\\;,nN])/g, (_, mark: string) => (mark === 'n' || mark === 'N' ? '\n' : mark))

/** A list of TEXT values: commas that are not escaped part them. */
export const textList = (value: string): string[] =>
  (value.match(/(?:\\.|[^,\\])+/g) ?? []).map((one) => unescapeText(one).trim()).filter(Boolean)

export const propertyOf = ({ properties }: Component, name: string): Property | undefined =>
  properties.find((property) => property.name === name)

export const propertiesOf = ({ properties }: Component, name: string): Property[] =>
  properties.filter((property) => property.name === name)
