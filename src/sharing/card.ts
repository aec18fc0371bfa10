/** The picture of a page for where its link is shown: a leaf of a calendar and a few words, as SVG. Pure. */
import { escaped } from '../formats/xml.ts'

export const CARD = { width: 1200, height: 630 }

export type Card = {
  /** A line above the title and some below. */
  above: string
  title: string
  below: string[]
  /** The leaf: month, day, year. */
  leaf: [string, string, string] | null
  isCancelled?: boolean
}

/** The letters that the fonts have; a title in others is left to the text beside the picture. */
const WRITABLE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u
const isWritable = (text: string) => WRITABLE.test(text) && !/[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]/.test(text)
/** Pictograms are in no font here, and what cannot be seen is nothing to XML. */
const plain = (text: string) =>
  text
    .replace(/\p{Extended_Pictographic}|\ufe0f|\u200d|[\u{1f1e6}-\u{1f1ff}]/gu, '')
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .trim()

/** How wide a letter is, in parts of its height: roughly, and rather too wide. */
const widthOf = (char: string): number =>
  /[iljtfrI.,:;'’!|()[\] -]/.test(char) ? 0.36 : /[mwMW@%—…]/.test(char) ? 0.95 : /[A-ZА-ЯΑ-Ω]/.test(char) ? 0.72 : 0.61
const lengthOf = (text: string) => [...text].reduce((sum, char) => sum + widthOf(char), 0)

/** A text that fits a width, with dots where it does not. */
function cut(text: string, room: number): string {
  if (lengthOf(text) <= room) return text
  let kept = ''
  for (const char of text) {
    if (lengthOf(`${kept}${char}…`) > room) break
    kept += char
  }
  return `${kept.trimEnd()}…`
}

/** Lines of whole words; the last one holds what is left, cut. */
function linesOf(text: string, room: number, max: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (lengthOf(longer) <= room || lines.at(-1) === '' || lines.length === max) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.map((line) => cut(line, room))
}

const write = (text: string, x: number, y: number, size: number, fill: string, anchor = 'start') =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escaped(text)}</text>`

const INK = '#1c2130'
const SOFT = '#474d5e'
const ACCENT = '#4338ca'
const BAD = '#8f1c13'

/** The picture. What its fonts cannot write is left out: the date is always there. */
export function cardOf({ above, title, below, leaf, isCancelled = false }: Card): string {
  const left = leaf ? 400 : 90
  const room = CARD.width - left - 80
  const words = isWritable(title) ? plain(title) : ''
  const size = [72, 62, 52].find((one) => linesOf(words, room / one, 4).length <= 3) ?? 52
  const lines = words ? linesOf(words, room / size, 3) : []
  const others = below.map(plain).filter((line) => line !== '' && isWritable(line))
  const from = 136 + size
  const last = from + (lines.length - 1) * size * 1.2
  const sheet = leaf
    ? `<rect x="90" y="84" width="250" height="290" rx="24" fill="#fff" stroke="#d9dce6" stroke-width="3"/>
<path d="M90 168v-60a24 24 0 0 1 24-24h202a24 24 0 0 1 24 24v60z" fill="${isCancelled ? BAD : ACCENT}"/>
${write(leaf[0], 215, 144, 44, '#fff', 'middle')}${write(leaf[1], 215, 294, 128, INK, 'middle')}${write(leaf[2], 215, 349, 36, SOFT, 'middle')}`
    : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CARD.width} ${CARD.height}" font-family="Noto Sans" font-weight="700">
<rect width="${CARD.width}" height="${CARD.height}" fill="#f5f6fa"/><rect width="${CARD.width}" height="16" fill="${isCancelled ? BAD : ACCENT}"/>
${sheet}
${isWritable(above) ? write(cut(plain(above), room / 32), left, 116, 32, ACCENT) : ''}
${lines.map((line, at) => write(line, left, Math.round(from + at * size * 1.2), size, INK)).join('')}
${others.map((line, at) => write(cut(line, room / 34), left, Math.round((lines.length ? last : 116) + 64 + at * 48), 34, SOFT)).join('')}
${isCancelled ? write('Cancelled', 90, 440, 40, BAD) : ''}
${write('Convene', CARD.width - 80, 596, 28, ACCENT, 'end')}
</svg>`
}
