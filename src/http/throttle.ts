/** Refuses who asks too often, before it costs anything: by the client's network, never by what it calls itself. */
import type { MiddlewareHandler } from 'hono'
import { type Limit, limitOf, networkOf } from '../limits/rules.ts'
import { take } from '../limits/take.ts'
import { type Refused, refused } from '../outcome.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { showRefusal } from './page.tsx'
import { problem } from './problem.ts'

/**
 * For requests without a token or a session. The process's own brake comes first, and of what is counted exactly the database
 * has the last word. Where the client is not known, as behind a proxy that nobody told of, nothing is counted.
 *
 * @param asPage how a refusal is shown
 */
export const throttle =
  (asPage: boolean): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const wait = await waitOf(c)
    if (wait === null) return next()
    const refusal = tooSoon(wait)
    const answer = await (asPage ? showRefusal(c, refusal) : problem(c, refusal))
    answer.headers.set('Retry-After', String(wait))
    return answer
  }

/** The refusal for who is to wait so many seconds. */
export const tooSoon = (wait: number): Refused =>
  refused('too_many_requests', `Please wait ${wait} ${wait === 1 ? 'second' : 'seconds'} and try again.`)

/** Takes one of what the client of a request has left: null where there was one, or where nobody counts; else the seconds to wait. */
export async function takeFor(c: AppContext, limit: Limit): Promise<number | null> {
  const network = networkOf(c.env.clientOf?.(c.req.raw))
  return network === null ? null : take(c.env, limit, network)
}

async function waitOf(c: AppContext): Promise<number | null> {
  const { clientOf, brake } = c.env
  if (!clientOf) return null
  const { pathname, search } = new URL(c.req.url)
  const limit = limitOf(c.req.method, pathname, search)
  const isKnown = limit && c.get('access') !== undefined && c.get('access').kind !== 'anonymous'
  const network = limit && !isKnown ? networkOf(clientOf(c.req.raw)) : null
  if (!limit || network === null) return null
  const wait = (await brake?.(`${limit.name} ${network}`, limit)) ?? null
  return wait === null && limit.isExact ? take(c.env, limit, network) : wait
}
