/** XML, written. */

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as XML has it; the two code points that XML 1.0 forbids and our fields let through are left out. */
export const escaped = (text: string): string =>
  text.replace(/[\ufffe\uffff]/g, '').replace(/[&<>"']/g, (char) => ENTITIES[char]!)

export type Attributes = Record<string, string | number | null | undefined>

/** An element; attributes without a value are left out. `content` is XML already. */
export function element(name: string, attributes: Attributes, content: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/** An element with a text in it. */
export const text = (name: string, value: string | number, attributes: Attributes = {}): string =>
  element(name, attributes, escaped(String(value)))

/** An address as xs:anyURI has it (RFC 3986): what its writer left unescaped is escaped, what is escaped stays. */
export const uri = (address: string): string =>
  encodeURI(address)
    .replace(/%25([0-9a-f]{2})/gi, '%$1')
    .replace(/(?<=^[^/]*\/\/[^/?#]*[/?#].*)[[\]]/g, (bracket) => (bracket === '[' ? '%5B' : '%5D'))

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
