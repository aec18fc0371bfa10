import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refused } from '../outcome.ts'
import type { AppContext } from './app-env.ts'
import { Bare, Layout } from './layout.tsx'
import { statusOf, titleOf } from './problem.ts'

type Page = Omit<Parameters<typeof Layout>[0], 'url' | 'children'>

const doctype = raw('<!doctype html>')

/** Answers with a page; its address is made from the configured origin, never from the Host header. */
export function showPage(
  c: AppContext,
  page: Page,
  body: Child,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const url = `${c.env.baseUrl}${c.req.path}`
  if (page.isPrivate) c.header('Cache-Control', 'no-store')
  return c.html(
    <>
      {/* The doctype keeps browsers out of quirks mode; JSX has no spelling for it. */}
      {doctype}
      <Layout {...page} url={url}>
        {body}
      </Layout>
    </>,
    status,
  )
}

type Small = Omit<Parameters<typeof Bare>[0], 'children'>

/** Answers with a page that others show inside theirs. */
export const showBare = (c: AppContext, page: Small, body: Child, status: ContentfulStatusCode = 200) =>
  c.html(
    <>
      {doctype}
      <Bare {...page}>{body}</Bare>
    </>,
    status,
  )

/** A refusal as a page. */
export const showRefusal = (c: AppContext, refusal: Refused): Response | Promise<Response> =>
  showPage(
    c,
    { title: titleOf(refusal.reason), isPrivate: true },
    <>
      <h1>{titleOf(refusal.reason)}</h1>
      {refusal.detail ? <p>{refusal.detail}</p> : null}
      {refusal.errors?.length ? (
        <ul class="faults">
          {refusal.errors.map(({ path, message }) => (
            <li>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <a href="/">To the start</a>
      </p>
    </>,
    statusOf(refusal.reason),
  )
