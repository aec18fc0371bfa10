/** Licences as archives name them. */
import { isLicence } from '../talks/licence.ts'

const CREATIVE_COMMONS = /creativecommons\.org\/(?:licenses\/([a-z-]+)|publicdomain\/(zero))\/([\d.]+)/i

/** The SPDX name of `CC BY 4.0`, `cc-by-sa/4.0` or an address of Creative Commons; null, with a note, of what has none. */
export function licenceIn(said: string, notes: string[]): string | null {
  const text = said.trim()
  if (text === '') return null
  const [, kind, zero, version] = CREATIVE_COMMONS.exec(text) ?? []
  const named = version ? `CC${zero ? '0' : `-${kind}`}-${version}` : text.replace(/[\s/]+(?!(?:OR|AND|WITH)\b)/g, '-')
  const found = [text, named, named.toUpperCase()].find((one) => one.length <= 200 && isLicence(one))
  if (found === undefined) notes.push(`a licence without an SPDX name was left out: "${text.slice(0, 100)}"`)
  return found ?? null
}
