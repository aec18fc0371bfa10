import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { DEFAULT_LANGUAGE } from '../languages/index.ts'
import type { Refused } from '../outcome.ts'
import type { AppContext } from './app-env.ts'
import { Bare, Layout } from './layout.tsx'
import { statusOf, titleOf } from './problem.ts'
import { languageIn, Speaking } from './speaking.tsx'

type Page = Omit<Parameters<typeof Layout>[0], 'url' | 'image' | 'language' | 'children'> & {
  /** The address that it is to be known by, where that is not the one that was asked for. */
  path?: string
  image?: { path: string; text: string }
  /** Whether all of it is said in the visitor's language; else it is English. */
  isTranslated?: boolean
}

const doctype = raw('<!doctype html>')

/** Answers with a page; its address is made from the configured origin, never from the Host header. */
export function showPage(
  c: AppContext,
  { path = c.req.path, image, isTranslated = false, ...page }: Page,
  body: Child,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const { baseUrl } = c.env
  const url = `${baseUrl}${path}`
  const picture = image && c.env.drawPicture ? { url: `${baseUrl}${image.path}`, text: image.text } : undefined
  if (page.isPrivate) c.header('Cache-Control', 'no-store')
  const language = isTranslated ? languageIn(c) : DEFAULT_LANGUAGE
  if (isTranslated) {
    c.header('Vary', 'Accept-Language', { append: true })
    c.header('Content-Language', language)
  }
  return c.html(
    <>
      {/* The doctype keeps browsers out of quirks mode; JSX has no spelling for it. */}
      {doctype}
      <Speaking.Provider value={language}>
        <Layout {...page} url={url} image={picture} language={language}>
          {body}
        </Layout>
      </Speaking.Provider>
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

const isLost = (reason: Refused['reason']) => reason === 'not_found' || reason === 'gone'

/** Where to look for what is not at its address. */
const Elsewhere = ({ isGone }: { isGone: boolean }) => (
  <>
    <p>
      {isGone
        ? 'Who organized it took it away.'
        : 'The address may have a letter too few, the link may be for members only or have run out, or what it led to was never public.'}
    </p>
    <form action="/talks" method="get" class="row">
      <input type="search" name="q" aria-label="Search the talks" placeholder="Search the talks" class="grow" />
      <button type="submit">Search</button>
    </form>
    <ul>
      <li>
        <a href="/calendar">What is on this month</a>
      </li>
      <li>
        <a href="/talks">All talks</a>
      </li>
      <li>An answer of yours: open the link in its mail again, to its end.</li>
    </ul>
  </>
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
      {isLost(refusal.reason) ? <Elsewhere isGone={refusal.reason === 'gone'} /> : null}
      <p>
        <a href="/">To the start</a>
      </p>
    </>,
    statusOf(refusal.reason),
  )

/** What is shown where something broke, with the id under which the operator's log has it. */
export const showBug = (c: AppContext, request: string): Response | Promise<Response> =>
  showPage(
    c,
    { title: 'Something is broken here', isPrivate: true },
    <>
      <h1>Something is broken here</h1>
      <p>It is our fault, not yours, and it is in the log. Trying again in a moment may help.</p>
      <p class="meta">
        If you tell the organizers of it, tell them this: <code>{request}</code>
      </p>
      <p>
        <a href="/">To the start</a>
      </p>
    </>,
    500,
  )
