/** HTML that schedules hold, as Markdown. It is shown through a renderer that takes no HTML, so nothing of it can act. */

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
}

export const decoded = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' '
  })

/** What a tag becomes; every other one goes, its text stays. */
const MARKS: [RegExp, { opens: string; closes: string }][] = [
  [/^li$/, { opens: '\n- ', closes: '' }],
  [/^h[1-6]$/, { opens: '\n\n### ', closes: '\n\n' }],
  [/^(strong|b)$/, { opens: '**', closes: '**' }],
  [/^(em|i)$/, { opens: '*', closes: '*' }],
  [/^code$/, { opens: '`', closes: '`' }],
  [/^br$/, { opens: '\n', closes: '\n' }],
  [/^(p|div|ul|ol|pre|blockquote|table|tr)$/, { opens: '\n\n', closes: '\n\n' }],
]

const TAG = /^<(\/?)([a-z][a-z0-9]*)\b([^<>]*)>$/i
const LINK = /\bhref\s*=\s*["']?(https?:[^"'\s>]*)/i

/** Paragraphs, lists, links and emphasis as Markdown. One walk over the text, whatever stands in it. */
export function markdownOf(html: string): string {
  let markdown = ''
  let hidden: string | null = null
  let href: string | null = null
  for (const piece of html.replace(/\r\n?/g, '\n').split(/(<[^<>]*>)/)) {
    const [, slash, named, attributes] = TAG.exec(piece) ?? []
    const name = named?.toLowerCase()
    const closes = slash === '/'
    if (hidden !== null) {
      if (closes && name === hidden) hidden = null
    } else if (name === undefined) {
      if (!piece.startsWith('<!')) markdown += markdown.endsWith('\n- ') ? piece.trimStart() : piece
    } else if (name === 'script' || name === 'style') {
      if (!closes) hidden = name
    } else if (name === 'a') {
      if (closes) {
        markdown += href === null ? '' : `](${href})`
        href = null
      } else {
        href = LINK.exec(attributes!)?.[1] ?? null
        markdown += href === null ? '' : '['
      }
    } else {
      const mark = MARKS.find(([tags]) => tags.test(name))?.[1]
      if (mark) markdown += closes ? mark.closes : mark.opens
    }
  }
  return cleanText(decoded(markdown))
}

/** Text without control characters; at most one empty line in a row. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/g, '')
    .split('\n')
    .map((one) => one.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** One line of it, without characters that deceive or take no room. */
export const cleanLine = (text: string): string =>
  cleanText(text)
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
