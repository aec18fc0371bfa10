import type { MiddlewareHandler } from 'hono'
import type { AppEnv, Embeds } from './app-env.ts'

/**
 * Nothing from elsewhere, no inline script or style, no framing (SECURITY 4.1), but for pages that say what they show. Data
 * blocks such as JSON-LD are no scripts to it.
 */
function csp({ frames, media, isFramable = false }: Embeds = {}, isSecure = false): string {
  const own = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
  const shown = `${frames ? `; frame-src ${frames}` : ''}${media ? `; media-src ${media}` : ''}`
  const framed = isFramable ? '' : "; frame-ancestors 'none'"
  return `${own}${shown}; form-action 'self'${framed}; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'${isSecure ? '; upgrade-insecure-requests' : ''}`
}

/** The headers of every page. */
export const pageHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  const { headers } = c.res
  const isSecure = c.env.baseUrl.startsWith('https:')
  headers.set('Content-Security-Policy', csp(c.get('embeds'), isSecure))
  headers.set('X-Content-Type-Options', 'nosniff')
  // Under `no-referrer` browsers send forms with `Origin: null`; to our own pages these say where they come from.
  const { isFramable = false } = c.get('embeds') ?? {}
  headers.set('Referrer-Policy', isFramable || c.get('sendsOrigin') ? 'same-origin' : 'no-referrer')
  // What is made for other websites says so itself.
  if (!headers.has('Cross-Origin-Resource-Policy'))
    headers.set('Cross-Origin-Resource-Policy', isFramable ? 'cross-origin' : 'same-origin')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set(
    'Permissions-Policy',
    `camera=(${c.get('usesCamera') ? 'self' : ''}), microphone=(), geolocation=(), payment=(), usb=()`,
  )
  if (isSecure) headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
}

/** The headers of the API: readable by any website, never with credentials; nothing in it is a document. */
export const apiHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  const { headers } = c.res
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  if (c.req.method === 'GET' || c.req.method === 'HEAD') {
    headers.set('Access-Control-Allow-Origin', '*')
    headers.set('Access-Control-Expose-Headers', 'ETag, Link')
  }
  headers.append('Vary', 'Authorization, Cookie')
}
