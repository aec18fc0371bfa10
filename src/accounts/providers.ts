/**
 * Signing in with a provider: the authorization code flow with PKCE (OpenID Connect Core 3.1, RFC 7636), and GitHub's, which
 * has no ID token. What the flow keeps between its two halves is in a cookie of the browser that began it; nothing is stored.
 */
import * as oauth from 'oauth4webapi'
import type { Deps, Provider } from '../deps.ts'
import { type Refused, refused } from '../outcome.ts'
import { addressKey } from './rules.ts'

/** Who somebody is to a provider; the address only where it says that it has checked it. */
export type Identity = { issuer: string; subject: string; email: string | null; name: string }
export type Flow = { provider: string; state: string; nonce: string; verifier: string; returnTo: string }

const TIMEOUT_MS = 10_000
const API = { headers: { Accept: 'application/vnd.github+json', 'User-Agent': 'Convene' } }

export const callbackOf = (deps: Deps, { id }: Provider): string => `${deps.baseUrl}/sign-in/with/${id}/callback`

const optionsOf = ({ issuer }: Provider) => ({
  signal: () => AbortSignal.timeout(TIMEOUT_MS),
  // For a provider on this machine; the settings take no other http (`schema.ts`).
  [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
})

async function serverOf(provider: Provider): Promise<oauth.AuthorizationServer> {
  const { issuer, kind } = provider
  if (kind === 'github')
    return {
      issuer,
      authorization_endpoint: `${issuer}/login/oauth/authorize`,
      token_endpoint: `${issuer}/login/oauth/access_token`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    }
  const url = new URL(issuer)
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, optionsOf(provider)))
}

/** Where to send the browser, and what it keeps until it comes back. Refuses `provider_failed` where nobody answers. */
export async function beginFlow(
  deps: Deps,
  provider: Provider,
  returnTo: string,
): Promise<{ ok: true; url: string; flow: Flow } | Refused> {
  const flow = {
    provider: provider.id,
    state: deps.newSecret(),
    nonce: deps.newSecret(),
    verifier: deps.newSecret(),
    returnTo,
  }
  try {
    const server = await serverOf(provider)
    const url = new URL(server.authorization_endpoint!)
    url.search = String(
      new URLSearchParams({
        ...Object.fromEntries(url.searchParams),
        client_id: provider.clientId,
        redirect_uri: callbackOf(deps, provider),
        response_type: 'code',
        scope: provider.kind === 'github' ? 'user:email' : 'openid email profile',
        state: flow.state,
        ...(provider.kind === 'github' ? {} : { nonce: flow.nonce }),
        code_challenge: await oauth.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      }),
    )
    return { ok: true, url: url.href, flow }
  } catch (error) {
    return failed(deps, provider, error)
  }
}

/** Who came back. Refuses `provider_failed` for what the provider, or somebody in its place, did not answer rightly. */
export async function finishFlow(
  deps: Deps,
  provider: Provider,
  flow: Flow,
  query: URLSearchParams,
): Promise<{ ok: true; identity: Identity } | Refused> {
  try {
    const server = await serverOf(provider)
    const client = { client_id: provider.clientId }
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const secret = methods.includes('client_secret_basic') ? oauth.ClientSecretBasic : oauth.ClientSecretPost
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      secret(provider.clientSecret),
      oauth.validateAuthResponse(server, client, query, flow.state),
      callbackOf(deps, provider),
      flow.verifier,
      optionsOf(provider),
    )
    const isGitHub = provider.kind === 'github'
    const granted = await oauth.processAuthorizationCodeResponse(
      server,
      client,
      answer,
      isGitHub ? {} : { expectedNonce: flow.nonce, requireIdToken: true },
    )
    const identity = isGitHub ? gitHubUser(provider, granted) : openIdUser(provider, server, client, granted)
    return { ok: true, identity: await identity }
  } catch (error) {
    return failed(deps, provider, error)
  }
}

async function openIdUser(
  provider: Provider,
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  granted: oauth.TokenEndpointResponse,
): Promise<Identity> {
  const claims = oauth.getValidatedIdTokenClaims(granted)!
  const asked =
    claims.email === undefined && server.userinfo_endpoint
      ? await oauth.processUserInfoResponse(
          server,
          client,
          claims.sub,
          await oauth.userInfoRequest(server, client, granted.access_token, optionsOf(provider)),
        )
      : {}
  const { email, email_verified: isVerified, name } = { ...claims, ...asked } as Record<string, unknown>
  return identityOf(server.issuer, claims.sub, isVerified === true ? email : null, name)
}

async function gitHubUser(provider: Provider, granted: oauth.TokenEndpointResponse): Promise<Identity> {
  const api = provider.issuer === 'https://github.com' ? 'https://api.github.com' : `${provider.issuer}/api/v3`
  const ask = async (path: string): Promise<unknown> => {
    const url = new URL(`${api}${path}`)
    const options = optionsOf(provider)
    const answer = await oauth.protectedResourceRequest(
      granted.access_token,
      'GET',
      url,
      new Headers(API.headers),
      null,
      options,
    )
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer.json()
  }
  const user = (await ask('/user')) as { id?: unknown; login?: unknown; name?: unknown }
  if (!Number.isSafeInteger(user.id)) throw new Error('no user')
  const addresses = (await ask('/user/emails')) as { email: unknown; primary: unknown; verified: unknown }[]
  const own = addresses.find(({ primary, verified }) => primary === true && verified === true)
  return identityOf(provider.issuer, String(user.id), own?.email, user.name ?? user.login)
}

/** Names and addresses as others write them, in our form; an address that is none is none. */
function identityOf(issuer: string, subject: string, email: unknown, name: unknown): Identity {
  const address =
    typeof email === 'string' && /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,189}$/.test(email) ? addressKey(email) : null
  const called =
    typeof name === 'string'
      ? name
          .replace(/[\p{Cc}\p{Cf}]/gu, '')
          .trim()
          .slice(0, 200)
      : ''
  return { issuer, subject, email: address, name: called || address || 'Somebody' }
}

/** What went wrong is the operator's to know; nothing of it holds a code or a token. */
function failed(deps: Deps, { id }: Provider, error: unknown): Refused {
  const { name, code } = error as Error & { code?: string }
  deps.log({ level: 'warn', what: 'sign-in', provider: id, error: name, ...(code ? { code } : {}) })
  return refused('provider_failed')
}
