import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refused } from '../outcome.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { problem } from './problem.ts'

const MIB = 1024 * 1024
const takes = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: (c) => problem(c, refused('too_large', `At most ${maxSize / MIB} MiB are taken here.`)),
  })

const ordinary = takes(MIB)
const imports = takes(16 * MIB)

/** Whole schedules and calendars come as one body; everything else is small. */
const IMPORTS = /\/(import|schedule\.(xml|json))$/

/** Refuses a body over 1 MiB (16 MiB for imports) before it is read, and a large one in chunks while it is. */
export const limitBody: MiddlewareHandler<AppEnv> = (c, next) =>
  (IMPORTS.test(c.req.path) ? imports : ordinary)(c, next)

/** The body of an import as text, whatever its Content-Type calls it; a byte order mark goes. */
export const bodyText = async (c: AppContext): Promise<string> => new TextDecoder().decode(await c.req.arrayBuffer())
