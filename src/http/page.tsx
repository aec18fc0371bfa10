import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { DEFAULT_LANGUAGE, type Language } from '../languages/index.ts'
import { isPhrase } from '../languages/pages/en.ts'
import { sayIn } from '../languages/pages/index.ts'
import type { Refused } from '../outcome.ts'
import type { AppContext } from './app-env.ts'
import { Bare, Layout } from './layout.tsx'
import { statusOf, titleOf } from './problem.ts'
import { languageIn, Said, Speaking, useSay } from './speaking.tsx'

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
const Elsewhere = ({ isGone }: { isGone: boolean }) => {
  const say = useSay()
  return (
    <>
      <p>
        {isGone
          ? say('Who organized it took it away.')
          : say(
              'The address may have a letter too few, the link may be for members only or have run out, or what it led to was never public.',
            )}
      </p>
      <form action="/talks" method="get" class="row">
        <input
          type="search"
          name="q"
          aria-label={say('Search the talks')}
          placeholder={say('Search the talks')}
          class="grow"
        />
        <button type="submit">{say('Search')}</button>
      </form>
      <ul>
        <li>
          <a href="/calendar">{say('What is on this month')}</a>
        </li>
        <li>
          <a href="/talks">{say('All talks')}</a>
        </li>
        <li>{say('An answer of yours: open the link in its mail again, to its end.')}</li>
      </ul>
    </>
  )
}

/** Why not, in words of a language where it has some. */
export function reasonIn(language: Language, reason: Refused['reason']): string {
  const title = titleOf(reason)
  return isPhrase(title) ? sayIn(language)(title) : title
}

/** A refusal as a page; in the visitor's language where nothing of it is said in English alone. */
export function showRefusal(c: AppContext, refusal: Refused): Response | Promise<Response> {
  const { reason, detail, errors = [] } = refusal
  const isTranslated = isPhrase(titleOf(reason)) && !detail && errors.length === 0
  const title = reasonIn(isTranslated ? languageIn(c) : DEFAULT_LANGUAGE, reason)
  return showPage(
    c,
    { title, isPrivate: true, isTranslated },
    <>
      <h1>{title}</h1>
      {detail ? <p>{detail}</p> : null}
      {errors.length > 0 ? (
        <ul class="faults">
          {errors.map(({ path, message }) => (
            <li>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      ) : null}
      {isLost(reason) ? <Elsewhere isGone={reason === 'gone'} /> : null}
      <p>
        <a href="/">
          <Said p="To the start" />
        </a>
      </p>
    </>,
    statusOf(reason),
  )
}

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
