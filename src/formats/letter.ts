/** A mail as text and as HTML, from the same parts. Pure. */
import { directionOf, LANGUAGES, type Language } from '../languages/index.ts'

/** A paragraph, a heading, facts with their names, or a link with what it does. */
export type Part =
  | string
  | { heading: string }
  | { facts: [name: string, value: string][] }
  | { link: string; href: string }

export type Letter = { language: Language; subject: string; parts: (Part | null)[] }

/**
 * Both forms of a mail. The HTML has a heading, a table of facts and links, and no style of its own: each program shows it
 * in its own letters and colours, in the dark and for who has it read to them.
 */
export function compose({ language, subject, parts }: Letter): { subject: string; text: string; html: string } {
  const { colon } = LANGUAGES[language]
  const said = parts.filter((part) => part !== null)
  return {
    subject,
    text: `${said.map((part) => textOf(part, colon)).join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head>
<body><h1>${escaped(subject)}</h1>
${said.map(htmlOf).join('\n')}
</body></html>
`,
  }
}

function textOf(part: Part, colon: string): string {
  if (typeof part === 'string') return part
  if ('heading' in part) return `* ${part.heading} *`
  if ('facts' in part) return part.facts.map(([name, value]) => `${name}${colon}${value}`).join('\n')
  return `${part.link}${colon.trimEnd()}\n${part.href}`
}

function htmlOf(part: Part): string {
  if (typeof part === 'string') return `<p>${linked(part).replaceAll('\n', '<br>\n')}</p>`
  if ('heading' in part) return `<h2>${escaped(part.heading)}</h2>`
  if ('link' in part) return `<p><a href="${escaped(part.href)}"><strong>${escaped(part.link)}</strong></a></p>`
  const row = ([name, value]: [string, string]) =>
    `<tr><th scope="row" align="start" valign="top">${escaped(name)}</th><td>${linked(value)}</td></tr>`
  return `<table cellpadding="4">\n${part.facts.map(row).join('\n')}\n</table>`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => ESCAPES[mark]!)

/** What is an address in a text becomes a link. */
const linked = (text: string): string =>
  escaped(text).replace(/https?:\/\/[^\s<]*[^\s<.,;:!?)”]/g, (uri) => `<a href="${uri}">${uri}</a>`)
