/** The same as web pages (`.html`, `.log.html`): their text, with a mark before each item of a list, is what the others read. */
import { decoded } from '../../imports/html.ts'
import type { LogFormat, Read } from '../log.ts'
import { irc } from './irc.ts'
import { minutes } from './minutes.ts'

export const html = {
  name: 'html',
  isOf: (text) => /^\s*(<!doctype html|<html|<\?xml)/i.test(text.slice(0, 1000)),
  read(text, file): Read {
    const plain = textOf(text)
    if (minutes.isOf(plain)) return minutes.read(plain, file)
    if (irc.isOf(plain)) return irc.read(plain, file)
    return { ok: false, path: 'text', message: 'is a web page, but no log and no minutes of a meeting' }
  },
} as const satisfies LogFormat

/** One walk over the text, whatever stands in it. */
function textOf(page: string): string {
  let text = ''
  let depth = 0
  let hidden: string | null = null
  for (const piece of page.replace(/\r\n?/g, '\n').split(/(<[^<>]*>)/)) {
    const [, slash, named] = /^<(\/?)([a-z][a-z0-9]*)\b/i.exec(piece) ?? []
    const name = named?.toLowerCase()
    if (hidden !== null) {
      if (slash && name === hidden) hidden = null
    } else if (name === undefined) {
      if (!piece.startsWith('<!')) text += piece
    } else if (/^(style|script|head|title)$/.test(name)) hidden = slash ? null : name
    else if (/^(ol|ul)$/.test(name)) {
      depth = Math.max(0, depth + (slash ? -1 : 1))
      text += '\n'
    } else if (name === 'li') text += slash ? '\n' : `\n${'  '.repeat(Math.min(depth, 8) - 1 > 0 ? depth - 1 : 0)}* `
    else if (/^(br|p|div|h[1-6]|tr|pre|table|body)$/.test(name)) text += '\n'
  }
  // `16:00:05 <span> &lt;nick&gt; </span> text` of maubot stands in several lines.
  return decoded(text)
    .replace(/(\d\d:\d\d:\d\d)\s+<\s*(\S+)\s*>\s+/g, '$1 <$2> ')
    .replace(/^([ \t]*)\* *\n+[ \t]*/gm, '$1* ')
}
