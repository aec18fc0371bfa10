import type { MiddlewareHandler } from 'hono'
import type { AppEnv, Embeds } from './app-env.ts'

/**
 * Nothing from elsewhere, no inline script or style, no framing (SECURITY 4.1), but for pages that say what they show. Data
 * blocks such as JSON-LD are no scripts to it.
 */
function csp({ frames, media, isFramable = false }: Embeds = {}): string {
  const own = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
  const shown = `${frames ? `; frame-src ${frames}` : ''}${media ? `; media-src ${media}` : ''}`
  const framed = isFramable ? '' : "; frame-ancestors 'none'"
  return `${own}${shown}; form-action 'self'${framed}; base-uri 'none'; object-src 'none'`
}

/** The headers of every page. */
export const pageHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  const { headers } = c.res
  headers.set('Content-Security-Policy', csp(c.get('embeds')))
  headers.set('X-Content-Type-Options', 'nosniff')
  // Under `no-referrer` the form in a frame would be sent with `Origin: null`; to our own pages it says where it comes from.
  headers.set('Referrer-Policy', c.get('embeds')?.isFramable ? 'same-origin' : 'no-referrer')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  // A page that lets in only what allows it (COEP) may show these too.
  if (c.get('embeds')?.isFramable) headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
  headers.set(
    'Permissions-Policy',
    `camera=(${c.get('usesCamera') ? 'self' : ''}), microphone=(), geolocation=(), payment=(), usb=()`,
  )
  if (c.env.baseUrl.startsWith('https:'))
    headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
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
  headers.append('Vary', 'Authorization')
}
