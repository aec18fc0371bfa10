import type { MiddlewareHandler } from 'hono'
import { refused } from '../outcome.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { showRefusal } from './page.tsx'

/** The pages that act by a cookie: each of them asks for `ownPages`. */
export const BY_COOKIE = /^\/(account|manage|join|sign-)/

const isSafe = (c: AppContext) => c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS'

/**
 * Whether a request may act by a cookie: what writes must come from our own pages, whatever its content type (PITFALLS L13).
 * Who sends no Origin is no browser of today.
 */
export function isFromHere(c: AppContext): boolean {
  if (isSafe(c)) return true
  const site = c.req.header('Sec-Fetch-Site')
  return c.req.header('Origin') === c.env.baseUrl && (site === undefined || site === 'same-origin')
}

/**
 * For pages that act by a cookie. Their Referrer-Policy is `same-origin`: under `no-referrer` browsers send the Origin
 * `null` with forms, of our own pages too.
 */
export const ownPages: MiddlewareHandler<AppEnv> = async (c, next) => {
  c.set('sendsOrigin', true)
  if (!isFromHere(c))
    return showRefusal(c, refused('forbidden', 'This was not sent from a page of ours. Open the page and try again.'))
  await next()
}
