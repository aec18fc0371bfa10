/** What people type into a search, as words to look for, and as queries of the index. */

/** Letters of scripts that are written without spaces; `talk_words` in the database has the same. */
const UNSPACED = '\\u{0e00}-\\u{109f}\\u{1780}-\\u{17ff}\\u{2e80}-\\u{ffff}\\u{20000}-\\u{3ffff}'
const LETTER = new RegExp(`[${UNSPACED}]`, 'gu')
/** Most texts, and quicker. */
const IS_ASCII = /^[\x00-\x7f]*$/
const ASCII_TOKEN = /[a-z0-9]+/g
const TOKENS = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}\\p{Co}])+`, 'gu')

/** Text as the index takes it: a space, which may be an invisible one, around each letter of a script without spaces. */
export const spread = (text: string, space = ' '): string => text.replace(LETTER, `${space}$&${space}`)

/** A word of a text as it is compared: without case and marks. */
export const fold = (word: string): string =>
  (IS_ASCII.test(word) ? word : word.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase()

export type Token = { at: number; end: number; word: string }

/** The words of a text and where they stand. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  if (IS_ASCII.test(text)) {
    const lower = text.toLowerCase()
    for (let found = ASCII_TOKEN.exec(lower); found !== null; found = ASCII_TOKEN.exec(lower))
      tokens.push({ at: found.index, end: found.index + found[0].length, word: found[0] })
    return tokens
  }
  for (const { 0: word, index } of text.matchAll(TOKENS)) {
    if (/[\p{L}\p{N}\p{Co}]/u.test(word)) tokens.push({ at: index, end: index + word.length, word: fold(word) })
  }
  return tokens
}

/** One thing to look for: words in a row, the last of which may be the beginning of one. */
export type Term = { text: string; words: string[]; isPrefix: boolean }
export type Words = { include: Term[]; exclude: Term[] }

const TERMS_MAX = 20
/** What is typed so far finds whole words that begin so, from this many letters on. */
const GUESS_FROM = 3

/**
 * Reads what somebody typed: `"…"` is a phrase, `word*` a beginning, `-word` and `-"…"` are excluded, and the last word is a
 * beginning too while it is being typed. Any text is fine; null where no word is left in it.
 */
export function readWords(typed: string): Words | null {
  const text = typed.replace(/\0/g, ' ').toWellFormed().normalize('NFC')
  const words: Words = { include: [], exclude: [] }
  for (const [, minus, phrase, word, star] of text.matchAll(/(-?)(?:"([^"]*)"|([^\s"*]+))(\*?)/g)) {
    const term = termOf(phrase ?? word ?? '', star === '*')
    const list = minus ? words.exclude : words.include
    if (term && list.length < TERMS_MAX) list.push(term)
  }
  const last = words.include.at(-1)
  if (!last) return null
  const isTyping = !/["\s]$/.test(text) && words.exclude.length === 0
  if (isTyping && last.words.at(-1)!.length >= GUESS_FROM) last.isPrefix = true
  return words
}

function termOf(typed: string, isPrefix: boolean): Term | null {
  const words = tokensOf(typed).map(({ word }) => word)
  return words.length > 0 ? { text: spread(typed).trim(), words, isPrefix } : null
}

/** Quoted, nothing in it is an operator. */
const quoted = ({ text, isPrefix }: Term): string => `"${text.replaceAll('"', '""')}"${isPrefix ? '*' : ''}`
const joined = (terms: Term[], operator: 'AND' | 'OR') => terms.map(quoted).join(` ${operator} `)

function matchOf({ include, exclude }: Words): string {
  const wanted = `(${joined(include, 'AND')})`
  return exclude.length > 0 ? `(${wanted} NOT (${joined(exclude, 'OR')}))` : wanted
}

const TEXTS = '{title speaker_names keyword_names subtitle abstract description}'
const narrowed = (match: string, filters: string[]) =>
  filters.length > 0 ? `(${match}) AND (${filterMatch(filters)})` : match

/** These filters, as a query of either index. */
export const filterMatch = (filters: string[]): string =>
  `filters : (${filters.map((one) => `"${one}"`).join(' AND ')})`

/** The queries of both indexes: of what is written about talks; of what is said in those of which the first says nothing. */
export function matchesOf(words: Words, filters: string[]): { written: string; said: string } {
  const match = matchOf(words)
  const written = `${TEXTS} : ${match}`
  return {
    written: narrowed(written, filters),
    said: narrowed(`(- filters : ${match}) NOT (${written})`, filters),
  }
}

/** The queries of the passages of a talk: all words together, else any of them. */
export const passageMatches = ({ include }: Words): { all: string; any: string } => ({
  all: joined(include, 'AND'),
  any: joined(include, 'OR'),
})
