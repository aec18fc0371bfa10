import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refused } from '../outcome.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { BY_COOKIE, isFromHere } from './origin.ts'
import { showRefusal } from './page.tsx'
import { problem } from './problem.ts'

const MIB = 1024 * 1024
function takes(maxSize: number): MiddlewareHandler<AppEnv> {
  const tooLarge = (c: Context) => problem(c, refused('too_large', `At most ${maxSize / MIB} MiB are taken here.`))
  const whileReading = bodyLimit({ maxSize, onError: tooLarge })
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    // A length that is told is kept to by the runtime; to look at the body itself costs as much as all else here.
    const told = c.req.header('Transfer-Encoding') === undefined ? Number(c.req.header('Content-Length')) : Number.NaN
    if (!Number.isInteger(told)) return whileReading(c, next)
    return told > maxSize ? tooLarge(c) : next()
  }
}

const ordinary = takes(MIB)
const imports = takes(16 * MIB)

/** Whole schedules and calendars come as one body; everything else is small. */
const IMPORTS = /\/(import|schedule\.(xml|json|csv)|captions\/[^/]+)$/

/** Refuses a body over 1 MiB (16 MiB for imports) before it is read, and a large one in chunks while it is. */
export const limitBody: MiddlewareHandler<AppEnv> = (c, next) =>
  (IMPORTS.test(c.req.path) ? imports : ordinary)(c, next)

/** The body of an import as text, whatever its Content-Type calls it; a byte order mark goes. */
export const bodyText = async (c: AppContext): Promise<string> => new TextDecoder().decode(await c.req.arrayBuffer())

/** Refuses a form that cannot be read before a page asks for its fields; what is read here is kept for it. */
export const readableForm: MiddlewareHandler<AppEnv> = async (c, next) => {
  // What comes from elsewhere is refused for that, before anything of it is read.
  if (BY_COOKIE.test(c.req.path) && !isFromHere(c)) return next()
  if (c.req.method === 'POST')
    try {
      await c.req.parseBody()
    } catch (error) {
      // The limit speaks for itself.
      if (error instanceof Error && error.name === 'BodyLimitError') throw error
      return showRefusal(c, refused('invalid', 'The form could not be read.'))
    }
  return next()
}
