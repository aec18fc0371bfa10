/** Signing in with a provider: there, and back with a code. */
import { Hono } from 'hono'
import type { Provider } from '../deps.ts'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { dropCookie, readCookie, writeCookie } from '../http/cookies.ts'
import { showRefusal } from '../http/page.tsx'
import { refused } from '../outcome.ts'
import { beginFlow, finishFlow } from './providers.ts'
import { browserOf, enter } from './requests.ts'
import { LINK_SECONDS, ownPath } from './rules.ts'
import { FlowCookie } from './schema.ts'
import { signInAs } from './sign-in-as.ts'

export const providerPages = new Hono<AppEnv>()

const providerOf = (c: AppContext): Provider | undefined =>
  c.env.providers?.find(({ id }) => id === c.req.param('provider'))

providerPages.get('/sign-in/with/:provider', async (c) => {
  const provider = providerOf(c)
  if (!provider) return showRefusal(c, refused('not_found'))
  const begun = await beginFlow(c.env, provider, ownPath(c.req.query('return'), c.env.baseUrl))
  if (!begun.ok) return showRefusal(c, begun)
  writeCookie(c, 'provider', encodeURIComponent(JSON.stringify(begun.flow)), LINK_SECONDS)
  c.header('Cache-Control', 'no-store')
  return c.redirect(begun.url, 303)
})

providerPages.get('/sign-in/with/:provider/callback', async (c) => {
  const provider = providerOf(c)
  const flow = FlowCookie.safeParse(readCookie(c, 'provider'))
  dropCookie(c, 'provider')
  if (!provider) return showRefusal(c, refused('not_found'))
  // Another browser began it, or nobody did: somebody else's answer signs nobody in (RFC 6749, 10.12).
  if (!flow.success || flow.data.provider !== provider.id) return showRefusal(c, refused('provider_failed'))
  const outcome = await finishFlow(c.env, provider, flow.data, new URL(c.req.url).searchParams)
  if (!outcome.ok) return showRefusal(c, outcome)
  const secret = await signInAs(c.env, outcome.identity, browserOf(c).agent)
  return enter(c, { ok: true, secret, returnTo: flow.data.returnTo })
})
