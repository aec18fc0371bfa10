import type { MiddlewareHandler } from 'hono'
import { findSession, type Session } from '../accounts/queries.ts'
import { touchSession } from '../accounts/revoke-session.ts'
import { accessOfRoles } from '../accounts/rules.ts'
import { actingAs } from '../changes/acting.ts'
import { sha256 } from '../digest.ts'
import { refused } from '../outcome.ts'
import { type Access, anonymous, may, TOKEN_ABILITIES } from '../tokens/access.ts'
import { type CapabilityKind, looksLikeCapability } from '../tokens/capability.ts'
import { findToken } from '../tokens/queries.ts'
import { touchToken } from '../tokens/touch.ts'
import type { AppContext, AppEnv } from './app-env.ts'
import { readCookie } from './cookies.ts'
import { abilityOf } from './needs.ts'
import { isFromHere } from './origin.ts'
import { problem } from './problem.ts'

/** Compares two digests without telling by its time where they differ. */
function equalDigests(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}

/** What a bearer token allows; null where it is no token of ours. */
async function accessOf(deps: AppEnv['Bindings'], bearer: string): Promise<{ access: Access; actor: string } | null> {
  const hash = await sha256(bearer)
  if (deps.adminTokenHash && equalDigests(hash, deps.adminTokenHash))
    return { access: { kind: 'everything' }, actor: 'operator' }
  const token = await findToken(deps.db, hash, deps.now())
  if (!token) return null
  await touchToken(deps, token)
  const actor = `token:${token.id}`
  if (token.groupId === null) return { access: { kind: 'everything' }, actor }
  const groups = new Map([[token.groupId, token.verbs ? JSON.parse(token.verbs) : TOKEN_ABILITIES]])
  return { access: { kind: 'groups', groups }, actor }
}

const bearerOf = (header: string | undefined) => /^Bearer ([\x21-\x7e]{1,200})$/.exec(header ?? '')?.[1]

/** From here on what the request changes is noted as changed by them; a backup brings its own notes. */
export function actAs(c: AppContext, actor: string): void {
  c.set('actor', actor)
  const isRestore = c.req.path.startsWith('/api/v1/restores')
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isRestore)
    c.env = { ...c.env, db: actingAs(c.env.db, actor) }
}

/** Who is signed in with this browser. */
export async function sessionOf(c: AppContext): Promise<Session | undefined> {
  const secret = readCookie(c, 'session')
  if (secret === undefined) return undefined
  const session = await findSession(c.env.db, await sha256(secret), c.env.now())
  if (session) await touchSession(c.env, session)
  return session
}

/**
 * Reads the bearer token. None is fine and means who is signed in, or nobody; a wrong one is refused, wherever it is sent.
 * Tokens are never read from cookies, and a cookie never counts beside a token.
 */
export const authenticate: MiddlewareHandler<AppEnv> = async (c, next) => {
  const header = c.req.header('Authorization')
  if (header === undefined && readCookie(c, 'session') !== undefined) {
    if (!isFromHere(c)) return problem(c, refused('forbidden', 'With a cookie only our own pages may write.'))
    const session = await sessionOf(c)
    c.set('access', session ? accessOfRoles(session.roles) : anonymous)
    if (session) actAs(c, `account:${session.accountId}`)
    c.header('Cache-Control', 'private, no-store')
    return next()
  }
  const bearer = bearerOf(header)
  // Tokens for one thing are read by the routes of that thing.
  const known =
    header === undefined || (bearer && looksLikeCapability(bearer))
      ? { access: anonymous, actor: null }
      : bearer
        ? await accessOf(c.env, bearer)
        : null
  if (known === null) return problem(c, refused('unauthorized'))
  c.set('access', known.access)
  if (known.actor) actAs(c, known.actor)
  await next()
}

/** The token for one thing that a request carries, if it carries one of this kind. */
export const capabilityOf = (c: AppContext, kind: CapabilityKind): string | undefined => {
  const bearer = bearerOf(c.req.header('Authorization'))
  return bearer?.startsWith(`${kind}_`) ? bearer : undefined
}

/** Whether the bearer may do in this group what the route needs, as `needs.ts` has it. */
export const isAllowed = (c: AppContext, groupId: string | null): boolean => may(c.get('access'), abilityOf(c), groupId)

/** The refusal for who may not do in this group (null: in all) what the route needs; null for who may. */
export function notAllowed(c: AppContext, groupId: string | null): Response | null {
  if (isAllowed(c, groupId)) return null
  return problem(c, refused(c.get('access').kind === 'anonymous' ? 'unauthorized' : 'forbidden'))
}
