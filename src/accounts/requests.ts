/** What the pages of signing in share. */
import type { AppContext } from '../http/app-env.ts'
import { actAs, sessionOf } from '../http/auth.ts'
import { dropCookie, readCookie, writeCookie } from '../http/cookies.ts'
import type { Session } from './queries.ts'
import { agentName, ownPath, SESSION_SECONDS } from './rules.ts'
import type { Browser, SignedIn } from './sign-in.ts'

/** The browser of a request: what it kept since it asked for a link, and its name. */
export const browserOf = (c: AppContext): Browser => ({
  cookie: readCookie(c, 'sign-in'),
  agent: agentName(c.req.header('User-Agent') ?? ''),
})

/** A field of a form as text; what is no text is nothing. */
export async function fieldsOf(c: AppContext): Promise<(name: string) => string> {
  const fields = await c.req.parseBody()
  return (name) => {
    const value = fields[name]
    return typeof value === 'string' ? value : ''
  }
}

/** Keeps the new session in the browser and goes on to where it was headed. */
export function enter(c: AppContext, { secret, returnTo }: Extract<SignedIn, { ok: true }>): Response {
  dropCookie(c, 'sign-in')
  writeCookie(c, 'session', secret, SESSION_SECONDS)
  c.header('Cache-Control', 'no-store')
  return c.redirect(ownPath(returnTo, c.env.baseUrl), 303)
}

/** Who is signed in; else the way to the page that signs in, and from there back to this one. */
export async function signedIn(c: AppContext): Promise<Session | Response> {
  const session = await sessionOf(c)
  if (session) {
    actAs(c, `account:${session.accountId}`)
    return session
  }
  const back = c.req.method === 'GET' ? `?return=${encodeURIComponent(c.req.path)}` : ''
  c.header('Cache-Control', 'no-store')
  return c.redirect(`/sign-in${back}`, 303)
}
