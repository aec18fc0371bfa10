/** CSV (RFC 4180), written so that no spreadsheet takes a cell for a formula, and read back as it was. */
import { stringify } from 'csv-stringify/browser/esm/sync'

/** What a spreadsheet would take for a formula, also after spaces or quotes and in full-width letters (SECURITY C3). */
const FORMULA = /^[\s"']*[=+\-@\t\r\n\0＝＋－＠]/
const GUARDED = /^'(?=[\s"']*[=+\-@＝＋－＠])/

const cell = (value: unknown): string => {
  const text = value === null || value === undefined ? '' : String(value)
  return FORMULA.test(text) ? `'${text}` : text
}

/** Spreadsheets end a row at any line break that is not quoted, not at ours alone; after it a formula could start. */
const OPTIONS = { record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const

/** A table with its heads; an apostrophe keeps a cell from being a formula. */
export const toCsv = (head: string[], lines: unknown[][]): string =>
  stringify([head.map(cell), ...lines.map((line) => line.map(cell))], OPTIONS)

/** A cell without that apostrophe, which is not part of what was said. */
export const unguarded = (text: string): string => text.replace(GUARDED, '')
