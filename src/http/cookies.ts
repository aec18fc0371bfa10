/** The cookies of signing in: for this host alone, unread by scripts, not sent from other sites but by following a link. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './app-env.ts'

export type CookieName = 'session' | 'sign-in' | 'provider' | 'passkey'

/** Browsers keep `__Host-` cookies of https alone; a server under http, for trying it out, has plain ones. */
const isSecure = (c: AppContext) => c.env.baseUrl.startsWith('https:')
const nameOf = (c: AppContext, name: CookieName) => (isSecure(c) ? `__Host-${name}` : name)

export const readCookie = (c: AppContext, name: CookieName): string | undefined => getCookie(c, nameOf(c, name))

export const writeCookie = (c: AppContext, name: CookieName, value: string, maxAge: number): void =>
  setCookie(c, nameOf(c, name), value, { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(c), maxAge })

export const dropCookie = (c: AppContext, name: CookieName): void => {
  deleteCookie(c, nameOf(c, name), { path: '/', secure: isSecure(c) })
}
