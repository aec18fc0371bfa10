/** Licences by their SPDX names (https://spdx.org/licenses/). */
import parse from 'spdx-expression-parse'

/** Whether a text is an SPDX expression: `CC-BY-4.0`, `MIT OR Apache-2.0`. */
export function isLicence(text: string): boolean {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}
