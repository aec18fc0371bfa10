import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import { invalid } from '../outcome.ts'
import type { Access } from '../tokens/access.ts'
import { faults } from './faults.ts'
import { problem } from './problem.ts'

/** What a page shows of other addresses, and whether others show it: nothing and nobody, unless it says so. */
export type Embeds = {
  /** Sources of frames and of media, as the CSP writes them. */
  frames?: string
  media?: string
  isFramable?: boolean
}

/**
 * Hono's environment: `c.env` is the Deps; `access` is what the request's bearer token allows, `usesCamera` whether the page
 * may ask for the camera, `embeds` what it takes from elsewhere, `sendsOrigin` whether its forms need
 * their Origin.
 */
export type AppEnv = {
  Bindings: Deps
  Variables: {
    askApi?: (request: Request) => Response | Promise<Response>
    access: Access
    /** Who is to answer for what it changes: `account:…`, `token:…` or `operator`. */
    actor?: string
    usesCamera?: boolean
    embeds?: Embeds
    sendsOrigin?: boolean
  }
}
export type AppContext = Context<AppEnv>

/** A router whose requests are checked against their schemas; what does not fit is answered with 422 and the places. */
export const apiRouter = () =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (!result.success) return problem(c, invalid(...faults(result.error.issues as never)))
    },
  })
