import { raw } from 'hono/html'
import MarkdownIt from 'markdown-it'

// No raw HTML; javascript: and data: links stay text (LIBRARIES 1.7).
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false })

/** Users' links say nothing of us to search engines and tell their targets nothing of the reader. */
markdown.renderer.rules.link_open = (tokens, at, options, _env, self) => {
  tokens[at]!.attrSet('rel', 'nofollow ugc noopener noreferrer')
  return self.renderToken(tokens, at, options)
}
// A picture from elsewhere would tell its host who reads the page; the CSP forbids it, so it becomes a link.
markdown.renderer.rules.image = (tokens, at) => {
  const { content, attrs } = tokens[at]!
  const source = String(attrs?.find(([name]) => name === 'src')?.[1] ?? '')
  const { escapeHtml } = markdown.utils
  return `<a href="${escapeHtml(source)}" rel="nofollow ugc noopener noreferrer">${escapeHtml(content || source)}</a>`
}

/** Markdown as safe HTML, ready for JSX. */
export const renderMarkdown = (text: string) => raw(markdown.render(text))
