/** The words of a search in a text that is shown: around the hits stand characters that no stored text can hold. */
import { type Term, type Token, tokensOf, type Words } from './words.ts'

export const HIT_START = '\u0002'
export const HIT_END = '\u0003'

/** More of a text is not looked at. */
const TEXT_MAX = 20_000
const BEFORE = 8
const WORDS = 24

type Hit = { from: number; to: number; term: number }

/** Where the terms stand, as numbers of tokens, in the order of the text. */
function hitsIn(tokens: Token[], terms: Term[]): Hit[] {
  const hits: Hit[] = []
  for (let from = 0; from < tokens.length; from++) {
    const term = terms.findIndex((one) => standsAt(tokens, from, one))
    if (term < 0) continue
    const to = from + terms[term]!.words.length - 1
    hits.push({ from, to, term })
    from = to
  }
  return hits
}

function standsAt(tokens: Token[], from: number, { words, isPrefix }: Term): boolean {
  const last = words.length - 1
  for (let at = 0; at <= last; at++) {
    const word = words[at]!
    const found = tokens[from + at]?.word
    if (found !== word && !(isPrefix && at === last && found?.startsWith(word))) return false
  }
  return true
}

/** Where in the text the first of the words stands; -1 where none does. */
export function firstHit(text: string, { include }: Words): number {
  const tokens = tokensOf(text)
  const [first] = hitsIn(tokens, include)
  return first ? tokens[first.from]!.at : -1
}

/** The part of a text around its first hit, from a character on, with all hits in it marked. */
export function excerpt(text: string, { include }: Words, begin = 0): string {
  const tokens = tokensOf(text.slice(0, TEXT_MAX))
  const hits = hitsIn(tokens, include)
  return cut(text, tokens, hits, hits.find(({ from }) => tokens[from]!.at >= begin) ?? hits[0])
}

function cut(text: string, tokens: Token[], hits: Hit[], main: Hit | undefined): string {
  const latest = Math.max(0, tokens.length - WORDS)
  const first = Math.min(latest, Math.max(0, (main?.from ?? 0) - BEFORE))
  const last = Math.min(tokens.length, first + WORDS) - 1
  const start = first === 0 ? 0 : tokens[first]!.at
  const end = last >= tokens.length - 1 && text.length <= TEXT_MAX ? text.length : tokens[last]!.end
  let marked = ''
  let at = start
  for (const { from, to } of hits) {
    if (from < first || to > last) continue
    marked += `${text.slice(at, tokens[from]!.at)}${HIT_START}${text.slice(tokens[from]!.at, tokens[to]!.end)}${HIT_END}`
    at = tokens[to]!.end
  }
  const whole = `${marked}${text.slice(at, end)}`.replace(/\s+/g, ' ').trim()
  return `${start > 0 ? '…' : ''}${whole}${end < text.length ? '…' : ''}`
}

/** The excerpt of the text with the most of the words, the first of those with as many; null where none has any. */
export function bestExcerpt(texts: string[], words: Words): string | null {
  let best: { count: number; text: string; tokens: Token[]; hits: Hit[] } | null = null
  for (const text of texts) {
    if (text === '') continue
    const tokens = tokensOf(text.slice(0, TEXT_MAX))
    const hits = hitsIn(tokens, words.include)
    const count = new Set(hits.map(({ term }) => term)).size
    if (count > (best?.count ?? 0)) best = { count, text, tokens, hits }
    if (count === words.include.length) break
  }
  return best && cut(best.text, best.tokens, best.hits, best.hits[0])
}
