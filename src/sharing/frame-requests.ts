/** What every page for other websites' frames does alike. */
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from '../http/app-env.ts'
import { showBare } from '../http/page.tsx'
import { looksOf } from './colours.ts'

/** Answers with a page that any website may show: in its colours, as high as its frame. */
export function showFramed(
  c: AppContext,
  title: string,
  body: Child,
  status: ContentfulStatusCode = 200,
  opensBeside = false,
) {
  c.set('embeds', { isFramable: true })
  const sheet = `/embed/colours.css?${looksOf(c.req.query())}`
  return showBare(c, { title, sheet, script: '/embed-frame.js', size: 'fits', opensBeside }, body, status)
}

/** The address of another page for frames in the looks of this one. */
export function framedPath(c: AppContext, path: string, more: Record<string, string | undefined> = {}): string {
  const query = new URLSearchParams(looksOf(c.req.query()))
  for (const [name, value] of Object.entries(more)) if (value !== undefined) query.set(name, value)
  return query.size > 0 ? `${path}?${query}` : path
}
