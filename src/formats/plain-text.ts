/** Markdown as plain text, for programs that show it as it stands. */
import MarkdownIt, { type Token } from 'markdown-it'

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false })

/** The text without its marks: list items with a hyphen, a link's address behind its words. */
export function plainText(source: string): string {
  let text = ''
  for (const token of markdown.parse(source, {})) {
    if (token.type === 'list_item_open') text += '- '
    else if (token.type === 'inline') text += inlineText(token.children ?? [])
    else if (token.type === 'fence' || token.type === 'code_block') text += `${token.content}\n`
    else if (/^(paragraph|heading)_close$/.test(token.type)) text += token.hidden ? '\n' : '\n\n'
    else if (/^(bullet_list|ordered_list)_close$/.test(token.type)) text += '\n'
  }
  return text.replace(/\n{3,}/g, '\n\n').trim()
}

function inlineText(tokens: Token[]): string {
  let text = ''
  let link = { href: '', from: 0 }
  for (const token of tokens) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') text += '\n'
    else if (token.type === 'link_open') link = { href: String(token.attrGet('href') ?? ''), from: text.length }
    else if (token.type === 'link_close') text += isSaid(text.slice(link.from), link.href) ? '' : ` (${link.href})`
    else text += token.content
  }
  return text
}

/** Whether the words of a link are its address. */
const isSaid = (words: string, href: string): boolean => href.includes(words) && /[./@]/.test(words)

const SUMMARY_MAX = 500

/** Markdown as one plain paragraph that is not too long. */
export function summaryOf(source: string, max = SUMMARY_MAX): string {
  const text = plainText(source).replace(/\s+/g, ' ')
  return text.length <= max ? text : `${text.slice(0, max).replace(/\s+\S*$/, '')} …`
}
