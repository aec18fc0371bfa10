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

const decoded = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' '
  })

/** Paragraphs, lists, links and emphasis survive; every other tag goes, its text stays. */
export function markdownOf(html: string): string {
  const text = html
    .replace(/\r\n?/g, '\n')
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<a\b[^>]*?\bhref\s*=\s*["']?(https?:[^"'\s>]*)["']?[^>]*>([\s\S]*?)<\/a\s*>/gi, '[$2]($1)')
    .replace(/<li\b[^>]*>\s*/gi, '\n- ')
    .replace(/<h[1-6]\b[^>]*>\s*/gi, '\n\n### ')
    .replace(/<\/?(strong|b)\s*>/gi, '**')
    .replace(/<\/?(em|i)\s*>/gi, '*')
    .replace(/<\/?code\s*>/gi, '`')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?(p|div|ul|ol|h[1-6]|pre|blockquote|table|tr)\b[^>]*>/gi, '\n\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
  return cleanText(decoded(text))
}

/** Text without control characters; at most one empty line in a row. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/g, '')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** One line of it, without characters that deceive or take no room. */
export const cleanLine = (text: string): string =>
  cleanText(text)
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
